"""One office's share of a case."""

from django.db import models
from django.db.models import Q

from qinqing.cases.models.case import Case
from qinqing.cases.words import Part, Ruling, TaskState


class Task(models.Model):
    """What one office was given of a case: lead or support, handler, limit, state."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    part = models.CharField("牵头或协办", max_length=10, choices=Part.choices())
    state = models.CharField("状态", max_length=10, choices=TaskState.choices())
    handler = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    what = models.TextField("任务", blank=True)
    guidance = models.TextField("业务指导", blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    offered_at = models.DateTimeField("交办")
    sign_due_at = models.DateTimeField("签收期限")
    return_due_at = models.DateTimeField("退回期限")
    signed_at = models.DateTimeField("签收", null=True)
    due_at = models.DateTimeField("办理期限")
    done_at = models.DateTimeField("办结", null=True)
    result = models.TextField("结果", blank=True)
    upward = models.BooleanField("上级办理中", default=False)
    return_reason = models.CharField("退回原因", max_length=40, blank=True)
    return_basis = models.CharField("退回依据", max_length=200, blank=True)
    returned_at = models.DateTimeField("退回", null=True)
    recalled_at = models.DateTimeField("收回", null=True)
    ruling = models.CharField("裁定", max_length=10, choices=Ruling.choices(), blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(part=Part.LEAD.value, state__in=[TaskState.OFFERED.value, TaskState.WORKING.value]),
                name="one_live_lead_task",
            ),
            models.UniqueConstraint(
                fields=["case", "office"],
                condition=Q(state__in=[TaskState.OFFERED.value, TaskState.WORKING.value]),
                name="one_live_task_an_office",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "due_at"], name="task_of_office")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.office_id} · {self.state}"
