"""临时任务: what the safety office or another asks of officers, and each officer's share."""

from django.db import models
from django.db.models import Q

from qinqing.outreach.words import Line, Whom


class Errand(models.Model):
    """An ad-hoc task with a last moment. `external`: the state's system or app it is to be entered in as well."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("要求", blank=True)
    line = models.CharField("条线", max_length=20, choices=Line.choices(), default=Line.SAFETY.value)
    whom = models.CharField("给谁", max_length=20, choices=Whom.choices())
    external = models.CharField("另须在哪个系统（APP）操作", max_length=80, blank=True)
    due_at = models.DateTimeField("完成时限")
    attachments = models.JSONField("附件", default=list, blank=True)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("布置人", max_length=100)
    at = models.DateTimeField("布置时间")
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["town", "-id"], name="errand_newest")]

    def __str__(self) -> str:
        return self.title


class Share(models.Model):
    """What one officer owes of an errand."""

    errand = models.ForeignKey(Errand, models.PROTECT, related_name="shares")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", verbose_name="网格员")
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="村（社区）")
    done_at = models.DateTimeField("完成", null=True, blank=True)
    note = models.TextField("完成情况", blank=True)
    external_done = models.BooleanField("已在外部系统（APP）操作", default=False)
    attachments = models.JSONField("照片", default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["errand", "account"], name="one_share_an_officer")]
        indexes = [models.Index(fields=["account", "-id"], condition=Q(done_at__isnull=True), name="share_open")]

    def __str__(self) -> str:
        return f"{self.errand} {self.account}"
