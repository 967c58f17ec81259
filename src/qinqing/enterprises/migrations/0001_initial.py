import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200, verbose_name='文件名')),
                ('digest', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('upload', models.BinaryField(null=True, verbose_name='上传内容（密文）')),
                ('state', models.CharField(choices=[('ready', '待确认'), ('running', '导入中'), ('done', '已导入'), ('failed', '未导入')], default='ready', max_length=20, verbose_name='状态')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='总行数')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='已处理')),
                ('report', models.JSONField(default=dict, verbose_name='结果')),
                ('started_name', models.CharField(max_length=100, verbose_name='导入人')),
                ('started_at', models.DateTimeField(verbose_name='上传时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to='people.town')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Park',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('place', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('communities', models.ManyToManyField(blank=True, related_name='parks', to='people.office', verbose_name='所涉村（社区）')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parks', to='people.town')),
            ],
            options={
                'ordering': ['place', 'id'],
                'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='park_code_once_per_town')],
            },
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('name_key', models.CharField(help_text='名称去掉全半角、大小写、空格之别', max_length=120, verbose_name='名称检索键')),
                ('short', models.CharField(blank=True, max_length=40, verbose_name='简称')),
                ('initials', models.CharField(blank=True, max_length=120, verbose_name='拼音首字母')),
                ('initials_by_hand', models.BooleanField(default=False, verbose_name='首字母为人工指定')),
                ('number_kind', models.CharField(choices=[('uscc', '统一社会信用代码'), ('old', '原15位注册号'), ('none', '暂无代码')], max_length=10, verbose_name='证号类别')),
                ('uscc', models.CharField(blank=True, max_length=18, null=True, verbose_name='统一社会信用代码')),
                ('old_number', models.CharField(blank=True, max_length=15, null=True, verbose_name='原15位注册号')),
                ('no_code_reason', models.CharField(blank=True, max_length=100, verbose_name='无代码原因')),
                ('kind', models.CharField(choices=[('company', '企业'), ('sole', '个体工商户'), ('cooperative', '农民专业合作社'), ('branch', '分支机构'), ('collective', '村级集体经济组织'), ('institution', '事业单位'), ('non_profit', '民办非企业单位'), ('workshop', '无照小作坊'), ('other', '其他')], default='company', max_length=20, verbose_name='类型')),
                ('legal_form', models.CharField(blank=True, help_text='营业执照上的类型原文', max_length=60, verbose_name='登记类型')),
                ('status', models.CharField(choices=[('operating', '在营'), ('partly', '半停产'), ('halted', '停产'), ('resting', '歇业'), ('moved', '搬迁'), ('deregistered', '注销')], default='operating', max_length=20, verbose_name='状态')),
                ('registered_on', models.DateField(blank=True, null=True, verbose_name='成立日期')),
                ('capital', models.CharField(blank=True, max_length=60, verbose_name='注册资本')),
                ('business_scope', models.TextField(blank=True, verbose_name='经营范围')),
                ('registered_address', models.CharField(blank=True, max_length=200, verbose_name='注册地址')),
                ('production_address', models.CharField(blank=True, max_length=200, verbose_name='生产经营地址')),
                ('is_unassigned', models.BooleanField(default=False, verbose_name='待归属')),
                ('industry', models.CharField(blank=True, help_text='GB/T 4754-2017', max_length=4, verbose_name='行业代码')),
                ('scale', models.CharField(choices=[('unknown', '未核定'), ('above', '规上'), ('below', '规下'), ('small', '个体/小作坊'), ('non_industrial', '非工业')], default='unknown', max_length=20, verbose_name='规模')),
                ('scale_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='规模认定年度')),
                ('tags', models.JSONField(blank=True, default=list, verbose_name='特征标签')),
                ('is_key', models.BooleanField(default=False, verbose_name='重点行业领域')),
                ('workers', models.PositiveIntegerField(blank=True, null=True, verbose_name='从业人数')),
                ('land_mu', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='占地（亩）')),
                ('floor_m2', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='建筑面积（平方米）')),
                ('ownership', models.CharField(choices=[('unknown', '未登记'), ('own', '自有'), ('rented', '租赁'), ('both', '自有兼租赁')], default='unknown', max_length=20, verbose_name='用房')),
                ('landlord', models.CharField(blank=True, max_length=120, verbose_name='房东')),
                ('legal_person', models.CharField(blank=True, max_length=60, verbose_name='法定代表人')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='来源')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('last_verified_at', models.DateTimeField(blank=True, null=True, verbose_name='最近核实')),
                ('last_verified_by', models.CharField(blank=True, max_length=60, verbose_name='核实人')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
                ('created_at', models.DateTimeField(verbose_name='建档时间')),
                ('updated_at', models.DateTimeField(verbose_name='更新时间')),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='people.office')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='people.town')),
                ('park', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='enterprises.park')),
            ],
            options={
                'ordering': ['initials', 'id'],
                'indexes': [models.Index(fields=['town', 'initials', 'id'], name='enterprise_by_initials'), models.Index(fields=['town', 'is_unassigned', 'id'], name='enterprise_unassigned'), models.Index(fields=['community', 'initials', 'id'], name='enterprise_by_community'), models.Index(fields=['town', 'name_key'], name='enterprise_by_name_key')],
                'constraints': [models.UniqueConstraint(fields=('town', 'uscc'), name='enterprise_uscc_once_per_town'), models.UniqueConstraint(fields=('town', 'old_number'), name='enterprise_old_number_once_per_town'), models.CheckConstraint(condition=models.Q(models.Q(('number_kind', 'uscc'), ('uscc__isnull', False)), models.Q(('number_kind', 'old'), ('old_number__isnull', False), ('uscc__isnull', True)), models.Q(('number_kind', 'none'), ('old_number__isnull', True), ('uscc__isnull', True), models.Q(('no_code_reason', ''), _negated=True)), _connector='OR'), name='enterprise_number_fits_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('community__isnull', False), ('is_unassigned', False)), models.Q(('community__isnull', True), ('is_unassigned', True)), models.Q(('community__isnull', True), ('is_unassigned', False), models.Q(('status__in', ['halted', 'operating', 'partly']), _negated=True)), _connector='OR'), name='enterprise_active_has_community')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.JSONField(verbose_name='拟改内容')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('state', models.CharField(choices=[('waiting', '待审核'), ('approved', '已通过'), ('rejected', '未通过')], default='waiting', max_length=20, verbose_name='状态')),
                ('proposed_name', models.CharField(max_length=100, verbose_name='提出人')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('decided_name', models.CharField(blank=True, max_length=100, verbose_name='审核人')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('decided_note', models.CharField(blank=True, max_length=200, verbose_name='审核意见')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='enterprises.enterprise')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['state', 'enterprise'], name='proposal_by_state')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('duty', models.CharField(choices=[('legal', '法定代表人'), ('principal', '主要负责人'), ('contact', '企业联系人（主）'), ('deputy', '企业联系人（备）'), ('safety', '安全负责人'), ('environment', '环保负责人'), ('fire', '消防负责人')], default='contact', max_length=20, verbose_name='身份')),
                ('phone_encrypted', models.TextField(blank=True, verbose_name='电话（密文）')),
                ('phone_mask', models.CharField(blank=True, max_length=30, verbose_name='电话')),
                ('phone_hash', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='电话盲索引')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contact_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('ends_on__isnull', True)), fields=('account',), name='contact_account_speaks_for_one'), models.UniqueConstraint(condition=models.Q(('duty', 'contact'), ('ends_on__isnull', True)), fields=('enterprise',), name='contact_one_main_per_firm')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='令牌盲索引')),
                ('token_encrypted', models.TextField(verbose_name='令牌（密文）')),
                ('issued_at', models.DateTimeField(verbose_name='发出时间')),
                ('issued_by', models.CharField(max_length=60, verbose_name='发出人')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='enterprises.enterprise')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('enterprise',), name='card_one_valid_per_firm')],
            },
        ),
    ]
