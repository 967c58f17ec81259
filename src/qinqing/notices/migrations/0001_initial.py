import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_search_tables'),
        ('people', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.BooleanField(default=False, verbose_name='同时发电子邮件')),
            ],
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('book', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='账本')),
                ('seq', models.BigIntegerField(default=0, verbose_name='已读到')),
            ],
        ),
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('slot', models.CharField(max_length=20, verbose_name='场次')),
                ('claimed_until', models.DateTimeField(verbose_name='占用到')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='结果')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'slot'), name='chore_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('book', models.CharField(max_length=20, verbose_name='账本')),
                ('seq', models.BigIntegerField(verbose_name='账目序号')),
                ('about', models.CharField(blank=True, help_text='非事项：种类:编号，如 alert:12', max_length=60, verbose_name='有关什么')),
                ('kind', models.CharField(max_length=40, verbose_name='事由')),
                ('heading', models.CharField(max_length=140, verbose_name='标题')),
                ('sentence', models.TextField(verbose_name='内容')),
                ('action', models.BooleanField(default=False, verbose_name='需要办理')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('read_at', models.DateTimeField(null=True, verbose_name='已读')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='inbox'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['account'], name='inbox_unread')],
                'constraints': [models.UniqueConstraint(fields=('account', 'book', 'seq'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', '电子邮件')], max_length=10, verbose_name='渠道')),
                ('address', models.CharField(max_length=254, verbose_name='地址')),
                ('pace', models.CharField(choices=[('urgent', '随时'), ('prompt', '当即，夜里除外'), ('digest', '早上一封')], default='digest', max_length=10, verbose_name='快慢')),
                ('state', models.CharField(choices=[('queued', '待发'), ('sent', '已发'), ('failed', '未发出')], default='queued', max_length=10, verbose_name='状态')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('due_at', models.DateTimeField(verbose_name='下次')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出')),
                ('trouble', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='notices.notice')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['due_at'], name='posts_queued')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'channel'), name='posted_once')],
            },
        ),
    ]
