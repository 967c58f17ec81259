import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('enterprises', '0001_initial'),
        ('people', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('by_name', models.CharField(max_length=60, verbose_name='上传人')),
                ('body', models.BinaryField(verbose_name='原文')),
                ('sha256', models.CharField(max_length=64, verbose_name='原文摘要')),
                ('size', models.PositiveIntegerField(verbose_name='字节')),
                ('made_at', models.DateTimeField(verbose_name='完成时间（更正后）')),
                ('wall_at', models.DateTimeField(null=True, verbose_name='手机所记时间')),
                ('offset_ms', models.BigIntegerField(null=True, verbose_name='手机时钟差（毫秒）')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('expected', models.PositiveSmallIntegerField(default=0, verbose_name='附件数')),
                ('whole', models.CharField(choices=[('stored', '附件未齐'), ('complete', '已收齐')], default='stored', max_length=10, verbose_name='收齐')),
                ('completed_at', models.DateTimeField(null=True, verbose_name='收齐时间')),
                ('taking', models.CharField(choices=[('taken', '已登记'), ('waiting', '等前一条到达'), ('review', '待人工确认'), ('refused', '未能登记'), ('unreadable', '看不懂'), ('unknown', '本版本不认识')], default='unknown', max_length=12, verbose_name='登记')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='登记次数')),
                ('hold_until', models.DateTimeField(null=True, verbose_name='最迟再试')),
                ('flags', models.JSONField(default=list, verbose_name='存疑')),
                ('needs', models.BooleanField(default=False, verbose_name='要处理')),
                ('amends', models.UUIDField(null=True, verbose_name='更正哪一条')),
                ('handled_at', models.DateTimeField(null=True, verbose_name='处理时间')),
                ('handled_by', models.CharField(blank=True, max_length=80, verbose_name='处理人')),
                ('handled_note', models.CharField(blank=True, max_length=500, verbose_name='处理说明')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReceiptBook',
            fields=[
                ('town', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.town')),
                ('last', models.PositiveBigIntegerField(default=0, verbose_name='末号')),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('agent', models.CharField(blank=True, max_length=300, verbose_name='浏览器')),
                ('credential', models.CharField(max_length=64, unique=True, verbose_name='凭证摘要')),
                ('state', models.CharField(choices=[('active', '正常'), ('retired', '人员已离岗'), ('revoked', '已停用')], default='active', max_length=10, verbose_name='状态')),
                ('issued_at', models.DateTimeField(verbose_name='发证时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近联系')),
                ('beat_at', models.DateTimeField(null=True, verbose_name='最近报到')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='停用时间')),
                ('revoked_by', models.CharField(blank=True, max_length=80, verbose_name='停用人')),
                ('revoked_why', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('wipe', models.BooleanField(default=False, verbose_name='清除手机数据')),
                ('wipe_told_at', models.DateTimeField(null=True, verbose_name='清除指令送达')),
                ('epoch', models.CharField(blank=True, max_length=64, verbose_name='存储代次')),
                ('app', models.CharField(blank=True, max_length=20, verbose_name='版本')),
                ('pending', models.JSONField(default=list, verbose_name='手机上未传')),
                ('pending_count', models.PositiveIntegerField(default=0, verbose_name='未传条数')),
                ('oldest_pending_at', models.DateTimeField(null=True, verbose_name='最早未传')),
                ('skew_ms', models.BigIntegerField(null=True, verbose_name='时钟差（毫秒）')),
                ('storage', models.JSONField(default=dict, verbose_name='存储')),
                ('self_test', models.JSONField(default=dict, verbose_name='自检')),
                ('phones_told', models.CharField(blank=True, max_length=64, verbose_name='已带电话')),
                ('self_test_at', models.DateTimeField(null=True, verbose_name='自检时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-seen_at', 'id'],
                'indexes': [models.Index(fields=['town', 'office', '-seen_at'], name='device_of_office'), models.Index(fields=['account', '-seen_at'], name='device_of_account')],
            },
        ),
        migrations.CreateModel(
            name='Loss',
            fields=[
                ('record', models.UUIDField(primary_key=True, serialize=False, verbose_name='现场记录')),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('made_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('body_is_here', models.BooleanField(default=False, verbose_name='正文已到')),
                ('noticed_at', models.DateTimeField(verbose_name='发现时间')),
                ('found_at', models.DateTimeField(null=True, verbose_name='找回时间')),
                ('handled_at', models.DateTimeField(null=True, verbose_name='处理时间')),
                ('handled_by', models.CharField(blank=True, max_length=80, verbose_name='处理人')),
                ('handled_note', models.CharField(blank=True, max_length=500, verbose_name='处理说明')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='field.device')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-noticed_at', 'record'],
                'indexes': [models.Index(condition=models.Q(('found_at__isnull', True), ('handled_at__isnull', True)), fields=['town', 'office', '-noticed_at'], name='loss_open')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='receipt', serialize=False, to='field.record')),
                ('no', models.PositiveBigIntegerField(verbose_name='收条号')),
                ('manifest_sha256', models.CharField(max_length=64, verbose_name='清单摘要')),
                ('at', models.DateTimeField(verbose_name='开具时间')),
            ],
        ),
        migrations.AddField(
            model_name='record',
            name='device',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='field.device'),
        ),
        migrations.AddField(
            model_name='record',
            name='enterprise',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.enterprise'),
        ),
        migrations.AddField(
            model_name='record',
            name='office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office'),
        ),
        migrations.AddField(
            model_name='record',
            name='post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post'),
        ),
        migrations.AddField(
            model_name='record',
            name='town',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town'),
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('by_name', models.CharField(max_length=60, verbose_name='上传人')),
                ('body', models.BinaryField(verbose_name='原文')),
                ('sha256', models.CharField(max_length=64, verbose_name='原文摘要')),
                ('at', models.DateTimeField(verbose_name='收到时间')),
                ('handled_at', models.DateTimeField(null=True, verbose_name='处理时间')),
                ('handled_by', models.CharField(blank=True, max_length=80, verbose_name='处理人')),
                ('handled_note', models.CharField(blank=True, max_length=500, verbose_name='处理说明')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='field.device')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='field.record')),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['town', '-at'], name='conflict_open')],
                'constraints': [models.UniqueConstraint(fields=('record', 'account', 'sha256'), name='conflicting_bytes_once')],
            },
        ),
        migrations.AddField(
            model_name='receipt',
            name='town',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['town', '-received_at', 'id'], name='record_of_town'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['account', '-received_at'], name='record_of_account'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('handled_at__isnull', True), ('needs', True)), fields=['town', '-received_at', 'id'], name='record_needs'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('whole', 'stored')), fields=['town', '-received_at', 'id'], name='record_incomplete'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('taking', 'waiting')), fields=['hold_until'], name='record_waiting'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('amends__isnull', False)), fields=['amends'], name='record_amends'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('town', 'no'), name='receipt_number_once_per_town'),
        ),
    ]
