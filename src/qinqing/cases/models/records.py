"""What happens on the way of a case and must be kept as rows: extensions, answers, ratings, files…"""

from django.db import models
from django.db.models import Q

from qinqing.cases.models.case import Case
from qinqing.cases.models.task import Task
from qinqing.cases.words import Asked, Complaint, Ground, Leading, Outcome, Satisfaction, ToldWay, UrgeLevel


class Extension(models.Model):
    """A governed change of the limit, at most once a round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=Asked.choices())
    reason = models.CharField("原因", max_length=40)
    note = models.TextField("说明")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    asked_at = models.DateTimeField("申请")
    asked_by_name = models.CharField("申请人", max_length=60)
    old_due_at = models.DateTimeField("原期限")
    new_due_at = models.DateTimeField("新期限")
    working_days = models.PositiveSmallIntegerField("共几个工作日")
    decided_at = models.DateTimeField("审批", null=True)
    decided_by_name = models.CharField("审批人", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=~Q(state=Asked.REFUSED.value), name="extension_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"延期 {self.case_id}"


class Suspension(models.Model):
    """长期挂账: leader-approved, with staged replies."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    state = models.CharField("状态", max_length=10, choices=Asked.choices())
    reason = models.CharField("原因", max_length=40)
    scheme = models.TextField("推进打算")
    next_reply_on = models.DateField("下次答复日期")
    due_before = models.DateTimeField("挂账前的期限")
    asked_at = models.DateTimeField("申请")
    asked_by_name = models.CharField("申请人", max_length=60)
    decided_at = models.DateTimeField("审批", null=True)
    decided_by_name = models.CharField("审批人", max_length=60, blank=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[Asked.ASKED.value, Asked.GRANTED.value]),
                name="one_suspension_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"长期挂账 {self.case_id}"


class Feedback(models.Model):
    """The answer to the enterprise; one a round of 办结, staged replies beside it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="feedbacks")
    office_name = models.CharField("答复单位", max_length=60)
    by_name = models.CharField("答复人", max_length=60)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    is_staged = models.BooleanField("阶段性答复", default=False)
    outcome = models.CharField("办理结果", max_length=15, choices=Outcome.choices(), blank=True)
    reply = models.TextField("答复")
    told_way = models.CharField("告知方式", max_length=10, choices=ToldWay.choices())
    told_at = models.DateTimeField("告知时间")
    at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"答复 {self.case_id}"


class Rating(models.Model):
    """What the enterprise said of one round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    solved = models.BooleanField("解决了")
    satisfaction = models.CharField("满意度", max_length=15, choices=Satisfaction.choices())
    comment = models.TextField("评语", blank=True)
    by_name = models.CharField("评价人", max_length=60)
    at = models.DateTimeField("时间")
    open_at = models.DateTimeField("对经办单位公开的时间")
    complaint = models.CharField("核实", max_length=10, choices=Complaint.choices(), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="rated_once_a_round")]

    def __str__(self) -> str:
        return f"评价 {self.case_id}"


class Recheck(models.Model):
    """A look at whether a problem was put right: recheck before 办结, or 回头看 after 销账."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rechecks")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    is_rectification = models.BooleanField("整改登记")
    passed = models.BooleanField("合格", null=True)
    note = models.TextField("情况")
    by_name = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"整改复查 {self.case_id}"


class LookBack(models.Model):
    """A 回头看 owed after write-off of a 两违 case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="look_backs")
    due_on = models.DateField("应查日期")
    done_at = models.DateTimeField("完成", null=True)
    passed = models.BooleanField("合格", null=True)

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="look_back_due")]

    def __str__(self) -> str:
        return f"回头看 {self.case_id} {self.due_on}"


class Upward(models.Model):
    """A department's submission to its superior line. `frozen` is what the superior is shown: a copy made then."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="upwards")
    task = models.ForeignKey(Task, models.PROTECT, related_name="upwards")
    superior = models.CharField("上级条线部门", max_length=60)
    document_no = models.CharField("报送文号", max_length=60, blank=True)
    sent_on = models.DateField("报送日期")
    expected_on = models.DateField("预计答复日期")
    note = models.TextField("说明")
    frozen = models.TextField("报送内容（定稿）")
    next_progress_at = models.DateTimeField("下次报进展期限")
    answered_at = models.DateTimeField("上级答复时间", null=True)
    answer = models.TextField("上级答复", blank=True)
    answered_by_name = models.CharField("答复人", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(answered_at__isnull=True), name="one_open_upward_a_task"
            )
        ]

    def __str__(self) -> str:
        return f"上报 {self.case_id} → {self.superior}"


class Urge(models.Model):
    """催办 and 督办: numbered, with a reply-by, and a reply or a cancellation. An enterprise's own urging has no number."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="urges")
    level = models.CharField("层级", max_length=12, choices=UrgeLevel.choices())
    ground = models.CharField("事由", max_length=12, choices=Ground.choices(), default=Ground.MANUAL.value)
    number = models.CharField("编号", max_length=30, blank=True)
    stage = models.CharField("催办时的状态", max_length=15)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="收件单位")
    note = models.TextField("要求")
    by_name = models.CharField("发出人", max_length=60)
    at = models.DateTimeField("发出")
    reply_by = models.DateTimeField("回复期限", null=True)
    reply = models.TextField("回复", blank=True)
    replied_at = models.DateTimeField("回复时间", null=True)
    replied_by_name = models.CharField("回复人", max_length=60, blank=True)
    cancelled_at = models.DateTimeField("撤销时间", null=True)
    cancelled_by_name = models.CharField("撤销人", max_length=60, blank=True)
    cancel_reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["reply_by"],
                name="order_waits",
                condition=Q(replied_at__isnull=True, cancelled_at__isnull=True) & ~Q(number=""),
            ),
            models.Index(fields=["office", "-id"], name="order_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.case_id}"


class Instruction(models.Model):
    """批示 of a leader on a matter: whoever has the matter replies to it, wherever it went meanwhile. Source: 三要(二)-3."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="instructions")
    leader = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    leader_name = models.CharField("批示领导", max_length=60)
    number = models.CharField("编号", max_length=30)
    leading = models.CharField("属于", max_length=12, choices=Leading.choices())
    note = models.TextField("批示")
    office_name = models.CharField("批给", max_length=60)
    at = models.DateTimeField("时间")
    reply_by = models.DateTimeField("回复期限")
    reply = models.TextField("回复", blank=True)
    replied_at = models.DateTimeField("回复时间", null=True)
    replied_by_name = models.CharField("回复人", max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["leader", "-id"], name="instruction_of_leader"),
            models.Index(fields=["reply_by"], condition=Q(replied_at__isnull=True), name="instruction_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.case_id}"


class Attachment(models.Model):
    """A file of a case. The bytes lie in the store under their digest; the entry of the ledger names the digest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    digest = models.CharField("摘要", max_length=64)
    name = models.CharField("文件名", max_length=120)
    size = models.PositiveIntegerField("字节")
    mime = models.CharField("类型", max_length=100)
    for_enterprise = models.BooleanField("企业可见", default=False)
    by_name = models.CharField("上传人", max_length=60)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """A person's own filter of the 一本账 page, under a name."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
