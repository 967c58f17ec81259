"""The lists as they are calculated, checked and published. What is published is fixed by the database (`guards`)."""

from django.db import models
from django.db.models import Q

from qinqing.standings.words import AppealState, Group, Side, State


class Listing(models.Model):
    """The red and black list of one period, calculated from the ledger up to `until_seq` as of `counted_at`."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    period = models.CharField("时段", max_length=8)
    state = models.CharField("状态", max_length=10, choices=State.choices(), default=State.CHECKING.value)
    plan_version = models.ForeignKey("plan.PlanVersion", models.PROTECT, related_name="+")
    until_seq = models.PositiveBigIntegerField("账目至第几笔")
    counted_at = models.DateTimeField("统计到")
    digest = models.CharField("快照", max_length=64)
    calculated_at = models.DateTimeField("计算时间")
    calculated_by_name = models.CharField("计算人", max_length=80)
    appeal_by = models.DateTimeField("申诉截止", null=True)
    submitted_at = models.DateTimeField("报审时间", null=True)
    decided_at = models.DateTimeField("审批时间", null=True)
    decided_by_name = models.CharField("审批人", max_length=80, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)
    published_at = models.DateTimeField("公布时间", null=True)

    class Meta:
        ordering = ["-period", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "period"], condition=~Q(state=State.DROPPED.value), name="listing_once_a_period"
            )
        ]
        indexes = [models.Index(fields=["town", "-period", "-id"], name="listing_of_town")]

    def __str__(self) -> str:
        return f"{self.period} {self.get_state_display()}"


class Score(models.Model):
    """One office on one list: its sums, its points line by line, its place."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="scores")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    group = models.CharField("组别", max_length=12, choices=Group.choices())
    is_hub = models.BooleanField("中转站", default=False)
    tally = models.JSONField("计数")
    lines = models.JSONField("得分明细")
    total = models.DecimalField("得分", max_digits=6, decimal_places=2)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    side = models.CharField("榜", max_length=8, choices=Side.choices())
    why = models.CharField("说明", max_length=200, blank=True)
    veto = models.CharField("一票否决", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "office"], name="score_once_a_listing")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.total}"


class Evidence(models.Model):
    """A matter behind an office's points, and what it adds to each sum."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    score = models.ForeignKey(Score, models.PROTECT, related_name="evidence")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    adds = models.JSONField("计入")
    is_excluded = models.BooleanField("申诉成立，不计入", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["score", "case"], name="evidence_once_a_case")]

    def __str__(self) -> str:
        return f"{self.score_id} {self.case_id}"


class Appeal(models.Model):
    """An office's objection to a matter being counted as it is; supervision rules."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="appeals")
    score = models.ForeignKey(Score, models.PROTECT, related_name="appeals")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    at = models.DateTimeField("申诉时间")
    by_name = models.CharField("申诉人", max_length=80)
    state = models.CharField("裁定", max_length=10, choices=AppealState.choices(), default=AppealState.WAITING.value)
    ruling = models.CharField("裁定理由", max_length=500, blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruled_by_name = models.CharField("裁定人", max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["score", "case"], name="appealed_once_a_case")]

    def __str__(self) -> str:
        return f"{self.score_id} {self.case_id} {self.get_state_display()}"


class Commendation(models.Model):
    """An office, or somebody of it, put forward for commendation. There is no such row to anybody's disadvantage."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="commendations")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    person = models.CharField("个人", max_length=40, blank=True)
    words = models.CharField("事迹", max_length=300)
    by_name = models.CharField("提名人", max_length=80)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.office_id} {self.person}"


class TypicalCase(models.Model):
    """A way of handling worth doing again, written down without names."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    title = models.CharField("题目", max_length=60)
    text = models.CharField("做法", max_length=1000)
    at = models.DateTimeField("采用时间")
    by_name = models.CharField("采用人", max_length=80)

    class Meta:
        indexes = [models.Index(fields=["town", "at"], name="typical_of_town")]

    def __str__(self) -> str:
        return self.title
