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
            name='Accident',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('where', models.CharField(max_length=160, verbose_name='哪里')),
                ('what', models.CharField(max_length=40, verbose_name='种类代码')),
                ('what_name', models.CharField(max_length=40, verbose_name='种类')),
                ('happened_at', models.DateTimeField(verbose_name='发生时间')),
                ('casualties', models.CharField(choices=[('unknown', '情况不明'), ('none', '无人员伤亡'), ('injured', '有人受伤'), ('trapped', '有人被困'), ('dead', '有人死亡')], default='unknown', max_length=20, verbose_name='人员')),
                ('text', models.TextField(blank=True, verbose_name='情况')),
                ('called', models.BooleanField(default=False, verbose_name='已电话报告')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片')),
                ('reporter_name', models.CharField(max_length=100, verbose_name='报告人')),
                ('made_at', models.DateTimeField(verbose_name='报告时间')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='处置结束')),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office', verbose_name='属地')),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accidents', to='enterprises.enterprise', verbose_name='企业')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-received_at', '-id'],
                'indexes': [models.Index(fields=['town', '-received_at', '-id'], name='accident_newest')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('measure', '现场处置'), ('arrived', '到场'), ('upward', '上报上级'), ('aftercare', '善后'), ('closed', '处置结束')], max_length=20, verbose_name='种类')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='照片')),
                ('happened_at', models.DateTimeField(verbose_name='何时')),
                ('by_name', models.CharField(max_length=100, verbose_name='何人')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accidents.accident')),
            ],
            options={
                'ordering': ['happened_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('safety', '镇安委办（综执安监办）'), ('hub', '中转站'), ('community', '属地村（社区）负责人'), ('leader', '分管、蹲点领导'), ('officer', '联系网格员')], max_length=20, verbose_name='身份')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='看到')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='accidents.accident')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['account'], name='accident_unseen')],
                'constraints': [models.UniqueConstraint(fields=('accident', 'account'), name='accident_told_once')],
            },
        ),
    ]
