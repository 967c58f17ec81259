import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_search_tables'),
        ('enterprises', '0001_initial'),
        ('people', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(max_length=40, verbose_name='级别代码')),
                ('level_name', models.CharField(max_length=40, verbose_name='级别')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
                ('measures', models.TextField(verbose_name='减排要求')),
                ('starts_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='预计解除')),
                ('by_name', models.CharField(max_length=100, verbose_name='启动人')),
                ('at', models.DateTimeField(verbose_name='发出时间')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='解除时间')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['town', '-id'], name='alert_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='alert_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='AlertFirm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measures', models.TextField(blank=True, verbose_name='本企业措施')),
                ('state', models.CharField(choices=[('waiting', '未通知'), ('unreached', '未接通'), ('told', '已通知'), ('in_place', '已落实')], default='waiting', max_length=20, verbose_name='状态')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='通知到')),
                ('in_place_at', models.DateTimeField(blank=True, null=True, verbose_name='落实')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firms', to='outreach.alert')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('alert', 'enterprise'), name='one_line_a_firm_of_an_alert')],
            },
        ),
        migrations.CreateModel(
            name='AlertReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '未通知'), ('unreached', '未接通'), ('told', '已通知'), ('in_place', '已落实')], max_length=20, verbose_name='情况')),
                ('source', models.CharField(choices=[('office', '电话通知'), ('field', '网格员'), ('enterprise', '企业确认')], max_length=20, verbose_name='来源')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='说明')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片')),
                ('by_name', models.CharField(max_length=100, verbose_name='何人')),
                ('happened_at', models.DateTimeField(verbose_name='何时')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('firm', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='outreach.alertfirm')),
            ],
            options={
                'ordering': ['happened_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ContactNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('phone', '电话'), ('wechat', '微信'), ('in_person', '当面'), ('other', '其他')], default='phone', max_length=20, verbose_name='方式')),
                ('with_name', models.CharField(blank=True, max_length=60, verbose_name='和谁')),
                ('text', models.TextField(verbose_name='说了什么')),
                ('by_name', models.CharField(max_length=100, verbose_name='记录人')),
                ('made_at', models.DateTimeField(verbose_name='联系时间')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='转成的诉求')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_notes', to='enterprises.enterprise', verbose_name='企业')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(fields=['town', '-made_at', '-id'], name='contact_newest'), models.Index(fields=['enterprise', '-made_at'], name='contact_of_firm')],
            },
        ),
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(blank=True, verbose_name='要求')),
                ('line', models.CharField(choices=[('safety', '安全消防'), ('environment', '环保'), ('building', '房屋'), ('other', '其他')], default='safety', max_length=20, verbose_name='条线')),
                ('whom', models.CharField(choices=[('all', '全镇网格员'), ('communities', '所选村（社区）的网格员'), ('officers', '所选网格员')], max_length=20, verbose_name='给谁')),
                ('external', models.CharField(blank=True, max_length=80, verbose_name='另须在哪个系统（APP）操作')),
                ('due_at', models.DateTimeField(verbose_name='完成时限')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='附件')),
                ('by_name', models.CharField(max_length=100, verbose_name='布置人')),
                ('at', models.DateTimeField(verbose_name='布置时间')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['town', '-id'], name='errand_newest')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('kind', models.CharField(choices=[('law', '法律法规'), ('policy', '政策文件'), ('leaflet', '宣传资料'), ('decision', '上级决策部署')], max_length=20, verbose_name='种类')),
                ('line', models.CharField(choices=[('safety', '安全消防'), ('environment', '环保'), ('building', '房屋'), ('other', '其他')], default='safety', max_length=20, verbose_name='条线')),
                ('text', models.TextField(blank=True, verbose_name='正文')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='附件')),
                ('by_name', models.CharField(max_length=100, verbose_name='放入人')),
                ('at', models.DateTimeField(verbose_name='放入时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['town', '-id'], name='material_newest')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('line', models.CharField(choices=[('safety', '安全消防'), ('environment', '环保'), ('building', '房屋'), ('other', '其他')], max_length=20, verbose_name='条线')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('whom', models.CharField(max_length=200, verbose_name='发给谁')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='最迟回执')),
                ('by_name', models.CharField(max_length=100, verbose_name='发出人')),
                ('at', models.DateTimeField(verbose_name='发出时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
                ('materials', models.ManyToManyField(related_name='batches', to='outreach.material')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['town', '-id'], name='batch_newest')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=120, verbose_name='主题')),
                ('topics', models.JSONField(blank=True, default=list, verbose_name='内容清单')),
                ('held_at', models.DateTimeField(verbose_name='时间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('where', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('text', models.TextField(blank=True, verbose_name='纪要')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片和材料')),
                ('host_name', models.CharField(max_length=100, verbose_name='召集人姓名')),
                ('made_at', models.DateTimeField(verbose_name='记录时间')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office', verbose_name='村（社区）')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='召集人')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-held_at', '-id'],
                'indexes': [models.Index(fields=['town', '-held_at', '-id'], name='meeting_newest'), models.Index(fields=['host', 'year'], name='meeting_of_host')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attended', models.BooleanField(default=False, verbose_name='到会')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='到会人')),
                ('corrected', models.CharField(blank=True, max_length=200, verbose_name='更正')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='enterprises.enterprise')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='outreach.meeting')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'enterprise'), name='asked_once_to_a_meeting')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_from_enterprise', models.BooleanField(verbose_name='企业发出')),
                ('by_name', models.CharField(max_length=60, verbose_name='发出人')),
                ('text', models.TextField(verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('read_at', models.DateTimeField(null=True, verbose_name='对方看到')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['enterprise', '-id'], name='message_of_firm'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['enterprise', 'is_from_enterprise'], name='unread')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(blank=True, choices=[('', '待回执'), ('signed', '签收'), ('read', '已阅'), ('handed', '当面送达'), ('refused', '拒收')], default='', max_length=20, verbose_name='回执')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='签收人')),
                ('by_name', models.CharField(blank=True, max_length=100, verbose_name='登记人')),
                ('at', models.DateTimeField(blank=True, null=True, verbose_name='回执时间')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='outreach.batch')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publicity', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('way', '')), fields=['enterprise', '-id'], name='receipt_waiting')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'enterprise'), name='one_receipt_a_firm')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='完成')),
                ('note', models.TextField(blank=True, verbose_name='完成情况')),
                ('external_done', models.BooleanField(default=False, verbose_name='已在外部系统（APP）操作')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='网格员')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office', verbose_name='村（社区）')),
                ('errand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='outreach.errand')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['account', '-id'], name='share_open')],
                'constraints': [models.UniqueConstraint(fields=('errand', 'account'), name='one_share_an_officer')],
            },
        ),
    ]
