"""What is owed to each firm in each stretch of time: laid out in advance, so that a gap is a row and not an absence."""

from django.db import models
from django.db.models import F, Q

from qinqing.patrol.words import DutyKind, DutyState


class Duty(models.Model):
    """One thing owed to one firm between two days.

    `code` is the checklist's (or "" for a meeting), `period` the code of the stretch of time. `need` is how often,
    `got` how often it has been; a visit duty needs one.
    """

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="duties")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="duties")
    kind = models.CharField("类别", max_length=12, choices=DutyKind.choices())
    code = models.CharField("清单代码", max_length=40, blank=True)
    title = models.CharField("名称", max_length=120)
    clause = models.CharField("条款", max_length=40, blank=True)
    period = models.CharField("期间代码", max_length=60)
    period_title = models.CharField("期间", max_length=60)
    starts_on = models.DateField("起")
    due_on = models.DateField("应于")
    miss_on = models.DateField("最迟收到")
    state = models.CharField("状态", max_length=10, choices=DutyState.choices(), default=DutyState.OPEN.value)
    need = models.PositiveSmallIntegerField("应有次数", default=1)
    got = models.PositiveSmallIntegerField("已有次数", default=0)
    fulfilled_by = models.ForeignKey("patrol.Visit", models.PROTECT, null=True, related_name="duties_done")
    fulfilled_on = models.DateField("完成日期", null=True)
    late_received = models.BooleanField("季后补传", default=False)
    excused_reason = models.CharField("免查原因", max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind", "code", "period"], name="duty_once_per_period"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="duty_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(state="done") | Q(got__gte=F("need")), name="duty_done_has_enough"),
            models.CheckConstraint(condition=~Q(state="excused") | ~Q(excused_reason=""), name="duty_excused_says_why"),
        ]
        indexes = [
            models.Index(fields=["town", "period", "kind", "state"], name="duty_of_period"),
            models.Index(fields=["town", "kind", "due_on", "state"], name="duty_of_quarter"),
            models.Index(fields=["enterprise", "due_on"], name="duty_of_firm"),
            models.Index(fields=["town", "due_on"], condition=Q(state="open"), name="duty_open_until"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.title} {self.period_title}"
