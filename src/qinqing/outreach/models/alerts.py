"""减排通知: an alert of the city, the enterprises on the list, and what is known of each."""

from django.db import models
from django.db.models import F, Q

from qinqing.outreach.words import AlertState, Source


class Alert(models.Model):
    """An emergency warning, temporary control or off-peak production, from its start until it is lifted."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    level = models.CharField("级别代码", max_length=40)
    level_name = models.CharField("级别", max_length=40)
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=80, blank=True)
    measures = models.TextField("减排要求")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("预计解除", null=True, blank=True)
    by_name = models.CharField("启动人", max_length=100)
    at = models.DateTimeField("发出时间")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="alert_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["town", "-id"], name="alert_newest")]

    def __str__(self) -> str:
        return self.title


class AlertFirm(models.Model):
    """An enterprise on the list of an alert, what it has to do, and how far it is."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="alerts")
    measures = models.TextField("本企业措施", blank=True)
    state = models.CharField("状态", max_length=20, choices=AlertState.choices(), default=AlertState.WAITING.value)
    told_at = models.DateTimeField("通知到", null=True, blank=True)
    in_place_at = models.DateTimeField("落实", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alert", "enterprise"], name="one_line_a_firm_of_an_alert")]

    def __str__(self) -> str:
        return f"{self.enterprise} {AlertState.label_of(self.state)}"


class AlertReply(models.Model):
    """One thing that became known: a call that failed, a call that reached, measures in place. Rows only grow."""

    firm = models.ForeignKey(AlertFirm, models.PROTECT, related_name="replies")
    state = models.CharField("情况", max_length=20, choices=AlertState.choices())
    source = models.CharField("来源", max_length=20, choices=Source.choices())
    note = models.CharField("说明", max_length=400, blank=True)
    attachments = models.JSONField("照片", default=list, blank=True)
    by_name = models.CharField("何人", max_length=100)
    happened_at = models.DateTimeField("何时")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.by_name}"
