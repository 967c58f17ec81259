import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('enterprises', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Grid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='网格名称')),
                ('place', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grids', to='people.office', verbose_name='村（社区）')),
            ],
            options={
                'ordering': ['place', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('community', 'name'), name='grid_name_once_per_community')],
            },
        ),
        migrations.CreateModel(
            name='Liaison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.CharField(choices=[('lead', '主责'), ('deputy', 'B角')], default='lead', max_length=10, verbose_name='主责/B角')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='开始原因')),
                ('started_by', models.CharField(max_length=80, verbose_name='登记人')),
                ('started_at', models.DateTimeField(verbose_name='登记时间')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='结束原因')),
                ('ended_by', models.CharField(blank=True, max_length=80, verbose_name='结束登记人')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束登记时间')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to='enterprises.enterprise', verbose_name='企业')),
                ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to='grids.grid', verbose_name='网格')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to=settings.AUTH_USER_MODEL, verbose_name='网格员')),
            ],
            options={
                'ordering': ['starts_on', 'id'],
                'indexes': [models.Index(fields=['officer', 'ends_on'], name='liaison_of_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='liaison_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('rank', 'lead')), fields=('enterprise',), name='one_open_lead_per_enterprise'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('rank', 'deputy')), fields=('enterprise',), name='one_open_deputy_per_enterprise'), models.UniqueConstraint(fields=('enterprise', 'rank', 'starts_on'), name='one_liaison_begins_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ListConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('confirmed_by', models.CharField(max_length=80, verbose_name='确认人')),
                ('at', models.DateTimeField(verbose_name='确认时间')),
                ('officers', models.PositiveIntegerField(default=0, verbose_name='网格员数')),
                ('enterprises', models.PositiveIntegerField(default=0, verbose_name='企业数')),
                ('gaps', models.PositiveIntegerField(default=0, verbose_name='缺口数')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='list_confirmations', to='people.office', verbose_name='村（社区）')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['community', '-at'], name='confirmation_of_community')],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=30, verbose_name='职务')),
                ('is_full_time', models.BooleanField(default=False, verbose_name='专职')),
                ('phone_encrypted', models.TextField(blank=True, verbose_name='手机号（密文）')),
                ('phone_mask', models.CharField(blank=True, max_length=20, verbose_name='手机号（掩码）')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='roster', to='people.post', verbose_name='岗位')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='grids.grid', verbose_name='网格')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='grids.officer', verbose_name='网格员')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('officer', 'grid'), name='membership_open_once')],
            },
        ),
    ]
