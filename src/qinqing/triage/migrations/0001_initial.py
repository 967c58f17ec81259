import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_search_tables'),
        ('people', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Learned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='学习时间')),
                ('by_name', models.CharField(max_length=60, verbose_name='由谁')),
                ('from_plan', models.PositiveIntegerField(verbose_name='方案条目')),
                ('from_decisions', models.PositiveIntegerField(verbose_name='中转站的决定')),
                ('content', models.JSONField(verbose_name='内容')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['town', '-id'], name='learned_latest')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('chosen', models.CharField(max_length=40, verbose_name='中转站定的类别')),
                ('suggested', models.CharField(blank=True, max_length=130, verbose_name='当时的建议')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='第几个说中')),
                ('at', models.DateTimeField(verbose_name='接办时间')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
                ('learned', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.learned')),
            ],
            options={
                'indexes': [models.Index(fields=['town', 'at'], name='judgement_of_month')],
            },
        ),
    ]
