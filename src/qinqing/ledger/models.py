"""Tables of the ledger. Entries and seals only grow; the database itself refuses the rest (`guards.py`).

The ledger lies below people and cases, so it points at nothing: names are copied as they were at the moment. Texts that
people or other folders shape have no length limit here: an entry must never fail because a name was long.
"""

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from qinqing.ledger.words import Algorithm

SEALS = "*seals"
"""The head under which the seals count themselves; no town code looks like it."""


class Entry(models.Model):
    """One thing that happened, for good. Identified by book (town code) and number in that book."""

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.CharField("账册", max_length=20)
    seq = models.PositiveBigIntegerField("序号")
    subject_kind = models.CharField("对象类别", max_length=40)
    subject_id = models.BigIntegerField("对象")
    subject_seq = models.PositiveIntegerField("对象内序号")
    label = models.TextField("编号")
    stamp = models.CharField("时间", max_length=32)
    kind = models.CharField("种类", max_length=80)
    verb = models.TextField("动作")
    sentence = models.TextField("记事")
    facts_text = models.TextField("事实")
    clause = models.TextField("条款")
    actor_id = models.BigIntegerField("账号", null=True)
    actor_name = models.TextField("何人")
    post = models.CharField("岗位", max_length=40)
    office_id = models.BigIntegerField("单位编号", null=True)
    office_name = models.TextField("单位")
    via = models.CharField("途径", max_length=20)
    files_text = models.TextField("附件摘要")
    previous = models.CharField("上一笔摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    algorithm = models.CharField("算法", max_length=10, choices=Algorithm.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "book", "subject_seq"], name="entry_once_per_step_of_subject"
            ),
        ]
        indexes = [
            models.Index(fields=["book", "kind", "seq"], name="entry_by_kind"),
            models.Index(fields=["book", "actor_id", "seq"], name="entry_by_actor"),
            models.Index(fields=["book", "stamp"], name="entry_by_stamp"),
            # One row per subject: finds a case by the number people know it by.
            models.Index(fields=["label"], condition=Q(subject_seq=1), name="entry_by_label"),
        ]

    def __str__(self) -> str:
        return f"{self.book}·{self.seq} {self.label} {self.verb}"

    @property
    def at(self) -> datetime:
        """Return the moment it happened, aware, +08:00."""
        return datetime.fromisoformat(self.stamp)

    @property
    def facts(self) -> dict[str, Any]:
        """Return the facts as told by the action; moments and dates are ISO text."""
        facts: dict[str, Any] = json.loads(self.facts_text)
        return facts

    @property
    def files(self) -> tuple[str, ...]:
        """Return the digests of the files this entry vouches for, in the order given."""
        return tuple(self.files_text.split())


class Head(models.Model):
    """Where a book stands: its last number and digest. Locked by whoever appends, moved by exactly one."""

    book = models.CharField("账册", max_length=20, primary_key=True)
    seq = models.PositiveBigIntegerField("最后序号")
    digest = models.CharField("最后摘要", max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.book}·{self.seq}"


class Seal(models.Model):
    """A closed day over all books: how far each book had come, in one digest to print, mail or hang on the wall."""

    number = models.PositiveIntegerField("号", primary_key=True)
    day = models.DateField("日", unique=True)
    sealed_at = models.CharField("封账时间", max_length=32)
    heads_text = models.TextField("各账册")
    entries = models.PositiveBigIntegerField("笔数")
    previous = models.CharField("上一封摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    algorithm = models.CharField("算法", max_length=10, choices=Algorithm.choices())

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"

    @property
    def at(self) -> datetime:
        """Return the moment of sealing, aware, +08:00."""
        return datetime.fromisoformat(self.sealed_at)

    @property
    def heads(self) -> dict[str, dict[str, Any]]:
        """Return, by book: `seq` and `digest` of the last entry sealed, `entries` sealed by this seal."""
        heads: dict[str, dict[str, Any]] = json.loads(self.heads_text)
        return heads
