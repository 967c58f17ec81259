"""Sums by month, and what each case adds to them. All of it can be counted again from the ledger at any time."""

from collections import Counter

from django.db import models

from qinqing.statistics.words import Dimension, Measure


class Counts(models.Model):
    """A row of whole numbers, one column a measure."""

    received = models.IntegerField("收到", default=0)
    excluded = models.IntegerField("不计入", default=0)
    written_off = models.IntegerField("销账", default=0)
    working_days = models.IntegerField("办理用时（工作日）", default=0)
    due = models.IntegerField("应办结", default=0)
    in_time = models.IntegerField("按时办结", default=0)
    dispatched = models.IntegerField("应签收", default=0)
    signed = models.IntegerField("及时签收", default=0)
    taken = models.IntegerField("应接办", default=0)
    taken_in_time = models.IntegerField("及时接办", default=0)
    visited = models.IntegerField("企业说了是否解决", default=0)
    solved = models.IntegerField("已解决", default=0)
    partly = models.IntegerField("部分解决", default=0)
    rated = models.IntegerField("已评价", default=0)
    satisfied = models.IntegerField("满意", default=0)
    returns = models.IntegerField("退回", default=0)
    overruled = models.IntegerField("被驳回的退回", default=0)
    reopened = models.IntegerField("重办", default=0)
    helped = models.IntegerField("办结协办、牵头会商", default=0)

    class Meta:
        abstract = True

    @property
    def counts(self) -> Counter[Measure]:
        """Return the numbers by measure."""
        return Counter({measure: getattr(self, measure.value) for measure in Measure})


class Reader(models.Model):
    """How far a town's book has been counted, and when that was."""

    town = models.OneToOneField("people.Town", models.PROTECT, related_name="+", primary_key=True)
    seq = models.PositiveBigIntegerField("读到", default=0)
    counted_at = models.DateTimeField("统计到", null=True)

    def __str__(self) -> str:
        return f"{self.town_id} · {self.seq}"


class Line(Counts):
    """What one case adds to one month: of an office, or (office empty) as such. The rows behind every figure."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    month = models.CharField("月", max_length=7)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True)
    kind = models.CharField("类别", max_length=10)
    community = models.CharField("属地", max_length=20)
    park = models.CharField("园区", max_length=20, blank=True)
    topic = models.CharField("事项类别", max_length=60, blank=True)
    source = models.CharField("来源", max_length=15)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "month", "office"], name="statistics_line_once"),
            models.UniqueConstraint(
                fields=["case", "month"], condition=models.Q(office__isnull=True), name="statistics_case_line_once"
            ),
        ]
        indexes = [models.Index(fields=["town", "month", "office", "case"], name="statistics_line_of_month")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.month} {self.office_id or '—'}"


class Ripening(models.Model):
    """A case whose figures time alone will change: a limit runs out, whatever anybody does."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+", primary_key=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    at = models.DateTimeField("到时")

    class Meta:
        indexes = [models.Index(fields=["town", "at"], name="statistics_ripening_next")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class Figure(Counts):
    """The sums of one month along one line: of a village, a topic … or of the town. A few hundred rows a month."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    month = models.CharField("月", max_length=7)
    dimension = models.CharField("口径", max_length=10, choices=Dimension.choices())
    key = models.CharField("对象", max_length=60, blank=True)
    kind = models.CharField("类别", max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "dimension", "month", "key", "kind"], name="statistics_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.dimension} {self.key}"
