"""The case itself: one row says where a matter stands; the ledger says how it came there."""

from django.db import models
from django.db.models import Q

from qinqing.cases.words import (
    Asked,
    CaseState,
    Complaint,
    Grade,
    Kind,
    Outcome,
    Proof,
    Route,
    Satisfaction,
    Severity,
    Source,
    StopResponse,
)


class Case(models.Model):
    """A matter of an enterprise (涉企事项), changed only by `cases.actions`."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    book = models.CharField("账本", max_length=20)
    plan_version = models.ForeignKey("plan.PlanVersion", models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices())
    number = models.CharField("编号", max_length=30)
    state = models.CharField("状态", max_length=15, choices=CaseState.choices())

    title = models.CharField("标题", max_length=80)
    text = models.TextField("内容")
    topic = models.CharField("事项类别", max_length=40, blank=True)
    topic_name = models.CharField("事项类别名", max_length=40, blank=True)
    grade = models.CharField("一般或特殊", max_length=10, choices=Grade.choices(), default=Grade.ORDINARY.value)
    source = models.CharField("来源", max_length=15, choices=Source.choices())
    route = models.CharField("途径", max_length=15, choices=Route.choices(), blank=True)

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    enterprise_name = models.CharField("企业", max_length=120)
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="属地")
    park = models.ForeignKey("enterprises.Park", models.PROTECT, related_name="+", null=True, verbose_name="园区")

    submitter = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True, verbose_name="提交人")
    submitter_name = models.CharField("提交人", max_length=60)
    first_asked = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, verbose_name="首问责任人"
    )
    first_asked_name = models.CharField("首问责任人", max_length=60, blank=True)
    press_key = models.CharField("提交标识", max_length=64, null=True)  # noqa: DJ001  NULL = no key; "" would collide
    track_code = models.CharField("查询码", max_length=12)

    told_at = models.DateTimeField("企业说的时间", null=True)
    submitted_at = models.DateTimeField("提交")
    clock_at = models.DateTimeField("起算")
    accepted_at = models.DateTimeField("接办", null=True)
    dispatched_at = models.DateTimeField("交办", null=True)
    due_at = models.DateTimeField("到期")
    first_due_at = models.DateTimeField("原定到期")
    due_provisional = models.BooleanField("期限暂定", default=False)
    answered_at = models.DateTimeField("反馈", null=True)
    registered_at = models.DateTimeField("整理", null=True)
    ended_at = models.DateTimeField("销账", null=True)
    touched_at = models.DateTimeField("最近变动")

    last_due_at = models.DateTimeField("最迟（第10个工作日）")
    hub = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="中转站")
    lead_office = models.ForeignKey(
        "people.Office", models.PROTECT, related_name="+", null=True, verbose_name="牵头单位"
    )
    handler = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True, verbose_name="经办人")
    outcome = models.CharField("办理结果", max_length=15, choices=Outcome.choices(), blank=True)
    satisfaction = models.CharField("评价", max_length=15, choices=Satisfaction.choices(), blank=True)
    complaint = models.CharField("不满意核实", max_length=10, choices=Complaint.choices(), blank=True)
    decline_reason = models.CharField("不予受理原因", max_length=40, blank=True)

    is_key = models.BooleanField("重点", default=False)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    wants_consultation = models.BooleanField("提请会商", default=False)
    upward = models.BooleanField("上级办理中", default=False)
    published = models.TextField("告知企业的内容", blank=True)
    # What waits on the case, kept beside it so that lists need no further query; the rows are in `records`.
    extension = models.CharField("本轮延期", max_length=10, choices=Asked.choices(), blank=True)
    suspension = models.CharField("长期挂账申请", max_length=10, choices=Asked.choices(), blank=True)
    urge_waits = models.BooleanField("催办待回复", default=False)
    instruction_waits = models.BooleanField("批示待回复", default=False)
    urged_stage = models.CharField("企业催办过的阶段", max_length=20, blank=True)
    rated_round = models.PositiveSmallIntegerField("已评价轮次", default=0)
    rate_until = models.DateTimeField("评价截止", null=True)
    reopenings = models.PositiveSmallIntegerField("重办次数", default=0)
    proof = models.CharField("整改", max_length=10, choices=Proof.choices(), blank=True)
    look_back_on = models.DateField("下一次回头看", null=True)
    has_complainant = models.BooleanField("有投诉人", default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, verbose_name="并入")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["town", "press_key"], name="case_press_once"),
            models.CheckConstraint(
                condition=~Q(state=CaseState.WRITTEN_OFF.value)
                | Q(answered_at__isnull=False, registered_at__isnull=False),
                name="written_off_case_was_answered_and_registered",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-id"], name="case_ledger"),
            models.Index(fields=["town", "state", "due_at"], name="case_due"),
            models.Index(fields=["enterprise", "-id"], name="case_of_enterprise"),
            models.Index(fields=["community", "-id"], name="case_of_community"),
            models.Index(fields=["town", "lead_office", "-id"], name="case_of_lead_office"),
            models.Index(fields=["town"], name="case_complained", condition=Q(complaint=Complaint.OPEN.value)),
            models.Index(fields=["due_provisional"], name="case_provisional", condition=Q(due_provisional=True)),
            models.Index(fields=["look_back_on"], name="case_look_back", condition=Q(look_back_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Problem(models.Model):
    """What only a problem has: how the enterprise was told to stop, and who complained (sealed)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="problem", primary_key=True)
    severity = models.CharField("严重程度", max_length=10, choices=Severity.choices())
    several_offices = models.BooleanField("涉及多部门", default=False)
    place = models.CharField("地点", max_length=120, blank=True)
    stop_whom = models.CharField("告知对象", max_length=60, blank=True)
    stop_at = models.DateTimeField("告知时间", null=True)
    stop_way = models.CharField("告知方式", max_length=30, blank=True)
    stop_response = models.CharField("企业反应", max_length=12, choices=StopResponse.choices(), blank=True)
    stop_why_not = models.CharField("未能告知原因", max_length=200, blank=True)
    complainant_sealed = models.TextField("投诉人（加密）", blank=True)
    needs_look_back = models.BooleanField("需回头看", default=False)
    reference_no = models.CharField("执法或移送文号", max_length=80, blank=True)

    def __str__(self) -> str:
        return f"问题 {self.case_id}"


class Involvement(models.Model):
    """Who ever had to do with a case, as an office or as a person. It never expires: they keep reading it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="involvements")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "case"], condition=Q(office__isnull=False), name="office_involved_once"
            ),
            models.UniqueConstraint(
                fields=["account", "case"], condition=Q(account__isnull=False), name="account_involved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ↔ {self.office_id or self.account_id}"
