import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='代码')),
                ('annex', models.CharField(blank=True, max_length=20, verbose_name='附件')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('place', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checklists', to='people.town')),
            ],
            options={
                'ordering': ['place', 'id'],
                'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='checklist_code_once_per_town')],
            },
        ),
        migrations.CreateModel(
            name='ChecklistVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('status', models.CharField(choices=[('draft', '待发布'), ('published', '使用中'), ('retired', '已停用')], default='draft', max_length=20, verbose_name='状态')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('is_draft_text', models.BooleanField(default=False, help_text='不是镇里的正式文本，显示和打印都标草案', verbose_name='草案')),
                ('content', models.TextField(verbose_name='正文（规范 JSON）')),
                ('content_sha256', models.CharField(db_index=True, max_length=64, verbose_name='摘要（SHA-256）')),
                ('items', models.PositiveIntegerField(verbose_name='项数')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='来源')),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='起用日期')),
                ('effective_to', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('prepared_at', models.DateTimeField(verbose_name='录入时间')),
                ('prepared_by', models.CharField(max_length=100, verbose_name='录入人')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('published_by', models.CharField(blank=True, max_length=100, verbose_name='发布人')),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='checklists.checklist')),
            ],
            options={
                'ordering': ['checklist', '-number'],
                'constraints': [models.UniqueConstraint(fields=('checklist', 'number'), name='checklist_version_number_once'), models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('checklist',), name='checklist_one_version_in_use'), models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('checklist',), name='checklist_one_draft'), models.CheckConstraint(condition=models.Q(models.Q(('effective_from__isnull', True), ('published_at__isnull', True), ('status', 'draft')), models.Q(('effective_from__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='checklist_version_dated_when_published')],
            },
        ),
    ]
