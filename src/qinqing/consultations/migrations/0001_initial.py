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
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_in_case', models.PositiveSmallIntegerField(verbose_name='第几次会商')),
                ('held_at', models.DateTimeField(verbose_name='时间')),
                ('place', models.CharField(max_length=100, verbose_name='地点')),
                ('agenda', models.TextField(verbose_name='议题')),
                ('convened_by_name', models.CharField(max_length=60, verbose_name='召集人')),
                ('convened_at', models.DateTimeField(verbose_name='召集时间')),
                ('opinion', models.TextField(blank=True, verbose_name='办理意见')),
                ('recorded_at', models.DateTimeField(null=True, verbose_name='形成意见时间')),
                ('recorded_by_name', models.CharField(blank=True, max_length=60, verbose_name='记录人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='cases.case')),
                ('offices', models.ManyToManyField(related_name='+', to='people.office', verbose_name='参加单位')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.town')),
            ],
            options={
                'ordering': ['-held_at', '-id'],
                'indexes': [models.Index(fields=['town', '-held_at'], name='session_of_town')],
                'constraints': [models.UniqueConstraint(fields=('case', 'place_in_case'), name='session_once')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.TextField(verbose_name='议定事项')),
                ('working_days', models.PositiveSmallIntegerField(verbose_name='工作日')),
                ('is_lead', models.BooleanField(verbose_name='牵头')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='consultations.session')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
