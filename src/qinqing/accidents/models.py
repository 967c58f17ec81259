"""Accidents as first reported, who was told, and the log. The phone's UUID is the key: sent twice, it is one report."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from qinqing.accidents.words import Casualties, LineKind, Why


class Accident(models.Model):
    """A quick report. What came first is never rewritten: what is learnt later are lines."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, null=True, related_name="accidents", verbose_name="企业"
    )
    community = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+", verbose_name="属地")
    where = models.CharField("哪里", max_length=160)
    what = models.CharField("种类代码", max_length=40)
    what_name = models.CharField("种类", max_length=40)
    happened_at = models.DateTimeField("发生时间")
    casualties = models.CharField("人员", max_length=20, choices=Casualties.choices(), default=Casualties.UNKNOWN.value)
    text = models.TextField("情况", blank=True)
    called = models.BooleanField("已电话报告", default=False)
    attachments = models.JSONField("照片", default=list, blank=True)
    reporter = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    reporter_name = models.CharField("报告人", max_length=100)
    made_at = models.DateTimeField("报告时间")
    received_at = models.DateTimeField("收到时间")
    arrived_at = models.DateTimeField("到场时间", null=True, blank=True)
    closed_at = models.DateTimeField("处置结束", null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["town", "-received_at", "-id"], name="accident_newest")]

    def __str__(self) -> str:
        return f"{self.where} {self.what_name}"


class Told(models.Model):
    """Somebody the report went to, in the moment it was made, and when he opened it."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="told")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    why = models.CharField("身份", max_length=20, choices=Why.choices())
    seen_at = models.DateTimeField("看到", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["accident", "account"], name="accident_told_once")]
        indexes = [models.Index(fields=["account"], condition=Q(seen_at__isnull=True), name="accident_unseen")]

    def __str__(self) -> str:
        return f"{self.account} {self.why}"


class Line(models.Model):
    """One line of the log."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="lines")
    kind = models.CharField("种类", max_length=20, choices=LineKind.choices())
    text = models.TextField("内容", blank=True)
    attachments = models.JSONField("照片", default=list, blank=True)
    happened_at = models.DateTimeField("何时")
    by_name = models.CharField("何人", max_length=100)
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:20]}"
