"""What the ladder keeps beside a case: the reminders given and the orders proposed. The orders themselves are the case's."""

from django.db import models
from django.db.models import Q

from qinqing.cases.words import Ground, UrgeLevel
from qinqing.supervision.words import ProposalState


class Reminder(models.Model):
    """That a limit comes near was told: once for each limit and each number of days left."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    due_at = models.DateTimeField("期限")
    days_left = models.PositiveSmallIntegerField("剩几个工作日")
    at = models.DateTimeField("提醒时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due_at", "days_left"], name="reminded_once")]

    def __str__(self) -> str:
        return f"提醒 {self.case_id}"


class Proposal(models.Model):
    """An order the ladder proposes and a person decides on; the same reason is proposed once a round."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    level = models.CharField("层级", max_length=12, choices=UrgeLevel.choices())
    ground = models.CharField("事由", max_length=12, choices=Ground.choices())
    round = models.PositiveSmallIntegerField("轮次", default=1)
    detail = models.CharField("情况", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=ProposalState.choices(), default=ProposalState.WAITING.value
    )
    at = models.DateTimeField("提出时间")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by_name = models.CharField("决定人", max_length=80, blank=True)
    reason = models.CharField("不予督办的理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "level", "ground"], name="proposed_once_a_round")
        ]
        indexes = [
            models.Index(fields=["town", "-id"], name="proposal_waits", condition=Q(state=ProposalState.WAITING.value))
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.case_id}"
