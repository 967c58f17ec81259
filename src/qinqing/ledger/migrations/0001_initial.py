"""The tables of the ledger and the triggers that guard them."""

from typing import Any

from django.db import migrations, models

from qinqing.ledger import guards


def _install(apps: Any, schema_editor: Any) -> None:
    guards.install(schema_editor.connection)


def _remove(apps: Any, schema_editor: Any) -> None:
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('book', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='账册')),
                ('seq', models.PositiveBigIntegerField(verbose_name='最后序号')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='最后摘要')),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='号')),
                ('day', models.DateField(unique=True, verbose_name='日')),
                ('sealed_at', models.CharField(max_length=32, verbose_name='封账时间')),
                ('heads_text', models.TextField(verbose_name='各账册')),
                ('entries', models.PositiveBigIntegerField(verbose_name='笔数')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='上一封摘要')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('algorithm', models.CharField(choices=[('sm3', '国密 SM3'), ('sha256', 'SHA-256')], max_length=10, verbose_name='算法')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('pk', models.CompositePrimaryKey('book', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('book', models.CharField(max_length=20, verbose_name='账册')),
                ('seq', models.PositiveBigIntegerField(verbose_name='序号')),
                ('subject_kind', models.CharField(max_length=40, verbose_name='对象类别')),
                ('subject_id', models.BigIntegerField(verbose_name='对象')),
                ('subject_seq', models.PositiveIntegerField(verbose_name='对象内序号')),
                ('label', models.TextField(verbose_name='编号')),
                ('stamp', models.CharField(max_length=32, verbose_name='时间')),
                ('kind', models.CharField(max_length=80, verbose_name='种类')),
                ('verb', models.TextField(verbose_name='动作')),
                ('sentence', models.TextField(verbose_name='记事')),
                ('facts_text', models.TextField(verbose_name='事实')),
                ('clause', models.TextField(verbose_name='条款')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='账号')),
                ('actor_name', models.TextField(verbose_name='何人')),
                ('post', models.CharField(max_length=40, verbose_name='岗位')),
                ('office_id', models.BigIntegerField(null=True, verbose_name='单位编号')),
                ('office_name', models.TextField(verbose_name='单位')),
                ('via', models.CharField(max_length=20, verbose_name='途径')),
                ('files_text', models.TextField(verbose_name='附件摘要')),
                ('previous', models.CharField(max_length=64, verbose_name='上一笔摘要')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('algorithm', models.CharField(choices=[('sm3', '国密 SM3'), ('sha256', 'SHA-256')], max_length=10, verbose_name='算法')),
            ],
            options={
                'indexes': [models.Index(fields=['book', 'kind', 'seq'], name='entry_by_kind'), models.Index(fields=['book', 'actor_id', 'seq'], name='entry_by_actor'), models.Index(fields=['book', 'stamp'], name='entry_by_stamp'), models.Index(condition=models.Q(('subject_seq', 1)), fields=['label'], name='entry_by_label')],
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'book', 'subject_seq'), name='entry_once_per_step_of_subject')],
            },
        ),
        migrations.RunPython(_install, _remove),
    ]
