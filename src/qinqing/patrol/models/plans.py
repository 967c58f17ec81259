"""What is to come: visits an office has announced. And what others did: references to 行政检查, of which we keep no form."""

from django.db import models
from django.db.models import Q

from qinqing.patrol.words import AHEAD, Nature, PlanState


class PlannedVisit(models.Model):
    """A visit an office announces to a firm: the notice (who, why, on what ground, when) and the firm's answer."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="planned_visits")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="planned_visits")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="单位")
    joint_with = models.ManyToManyField("people.Office", related_name="+", blank=True, verbose_name="联合走访单位")
    nature = models.CharField("类型", max_length=12, choices=Nature.choices())
    on = models.DateField("日期")
    hours = models.CharField("时段", max_length=40, blank=True)
    people = models.CharField("走访人员", max_length=200)
    purpose = models.CharField("目的", max_length=400)
    basis = models.CharField("依据", max_length=200, blank=True)
    checklists = models.JSONField("清单", default=list)
    exception = models.CharField("宁静日走访理由", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=PlanState.choices(), default=PlanState.PLANNED.value)
    answered_by = models.CharField("企业答复人", max_length=80, blank=True)
    answered_at = models.DateTimeField("企业答复时间", null=True)
    answer_note = models.CharField("企业意见", max_length=200, blank=True)
    wanted_on = models.DateField("企业希望改到", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    end_reason = models.CharField("取消原因", max_length=200, blank=True)
    planned_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    planned_name = models.CharField("登记人", max_length=80)
    planned_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        ordering = ["on", "id"]
        indexes = [
            models.Index(fields=["enterprise", "on"], name="plan_of_firm"),
            models.Index(
                fields=["town", "on", "id"],
                condition=Q(state__in=sorted(state.value for state in AHEAD)),
                name="plan_ahead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.on}"


class InspectionReference(models.Model):
    """That an authority made an 行政检查: its number, nothing of its content. The record itself is in the state's system."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="inspections")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="inspections")
    authority = models.CharField("实施机关", max_length=60)
    item = models.CharField("检查事项", max_length=120)
    number = models.CharField("检查码或通知书号", max_length=60)
    on = models.DateField("检查日期")
    result = models.CharField("结果或查询方式", max_length=200, blank=True)
    registered_by = models.CharField("登记人", max_length=80)
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+", verbose_name="登记单位")
    registered_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("作废时间", null=True)
    struck_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "authority", "number", "enterprise"],
                condition=Q(struck_at__isnull=True),
                name="inspection_registered_once",
            )
        ]
        indexes = [
            models.Index(fields=["town", "-on", "-id"], name="inspection_of_town"),
            models.Index(fields=["enterprise", "-on"], name="inspection_of_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.number}"
