"""The book-keeping beside the cases: numbers given out, who holds what, monthly balance, counters for the today page."""

from django.db import models
from django.db.models import Q

from qinqing.cases.models.case import Case


class Serial(models.Model):
    """The last number given out per town, kind and year. Locked while giving one; never goes back."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "prefix", "year"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.last:04d}号"


class Holding(models.Model):
    """A case on an office's account: hung (挂账) from, off (销账) at."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holdings")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("挂账")
    closed_at = models.DateTimeField("销账", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "office"], condition=Q(closed_at__isnull=True), name="held_once")
        ]
        indexes = [models.Index(fields=["office", "opened_at"], name="holding_of_office")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.office_id}"


class Balance(models.Model):
    """How many cases went on and off an office's account in a month; opening and closing follow by addition."""

    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    month = models.CharField("月", max_length=7)
    hung = models.IntegerField("挂账", default=0)
    cleared = models.IntegerField("销账", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "month"], name="balance_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month} +{self.hung} −{self.cleared}"


class Tally(models.Model):
    """A counter of what waits at an office, by pile (see `rules.piles`): the today page reads it instead of counting."""

    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    pile = models.CharField(max_length=20)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "pile"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.pile} {self.count}"
