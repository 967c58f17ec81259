import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='用户名')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='邮箱')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='首次登录须改密码')),
                ('password_changed_at', models.DateTimeField(null=True, verbose_name='改密时间')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('session_epoch', models.PositiveIntegerField(default=0, help_text='加一即让所有已登录的会话失效', verbose_name='登录代次')),
            ],
        ),
        migrations.CreateModel(
            name='Town',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='镇代码')),
                ('name', models.CharField(max_length=50, verbose_name='名称')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
            ],
        ),
        migrations.CreateModel(
            name='OpenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('started_at', models.DateTimeField(verbose_name='登录时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近使用')),
                ('ip', models.CharField(max_length=45, verbose_name='地址')),
                ('agent', models.CharField(blank=True, max_length=200, verbose_name='浏览器')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='代码')),
                ('kind', models.CharField(choices=[('hub', '中转站'), ('department', '职能部门'), ('community', '村（社区）'), ('supervision', '督查'), ('leadership', '镇领导'), ('administration', '系统管理')], max_length=20, verbose_name='类别')),
                ('name', models.CharField(max_length=60, verbose_name='全称')),
                ('short', models.CharField(max_length=20, verbose_name='简称')),
                ('place', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('is_outpost', models.BooleanField(default=False, verbose_name='派驻机构')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='people.town')),
            ],
            options={
                'ordering': ['place', 'id'],
                'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='office_code_once_per_town')],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='town',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.town'),
        ),
        migrations.CreateModel(
            name='PasswordHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('encoded', models.CharField(max_length=200)),
                ('at', models.DateTimeField(verbose_name='停用时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_passwords', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-at'], name='old_password_newest')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contact', '企业联系人'), ('hub_clerk', '中转站专人'), ('hub_head', '中转站负责人'), ('handler', '经办人'), ('office_head', '单位负责人'), ('grid_officer', '网格员'), ('leader', '镇领导'), ('supervisor', '督查'), ('discipline', '纪检'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计员'), ('system', '系统'), ('card', '企业码')], max_length=20, verbose_name='岗位')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('in_charge_of', models.ManyToManyField(blank=True, related_name='leaders', to='people.office', verbose_name='分管单位与蹲点村（社区）')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.office')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('account', 'office', 'role'), name='post_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(verbose_name='止')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL)),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='leave_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('account', models.F('deputy')), _negated=True), name='leave_has_another_deputy')],
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['ends_on'], name='leaves_not_taken_back'), models.Index(fields=['office', '-starts_on'], name='leaves_of_office')],
            },
        ),
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('outcome', models.CharField(choices=[('ok', '登录成功'), ('password_ok', '密码正确，等动态口令'), ('wrong', '用户名或密码不对'), ('wrong_code', '动态口令不对'), ('locked', '试错过多，暂停登录'), ('disabled', '账号已停用'), ('unlocked', '管理员解锁'), ('signed_out', '退出'), ('trying', '正在核对')], max_length=20, verbose_name='结果')),
                ('username', models.CharField(max_length=80, verbose_name='用户名')),
                ('ip', models.CharField(max_length=45, verbose_name='地址')),
                ('agent', models.CharField(blank=True, max_length=200, verbose_name='浏览器')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['username', 'ip', '-at'], name='try_by_name_and_place'), models.Index(fields=['ip', '-at'], name='try_by_place'), models.Index(fields=['-at'], name='try_newest')],
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='account_username_any_case'),
        ),
    ]
