"""What was learnt, and how good it was: each decision of the hub held against what had been suggested."""

from django.db import models


class Learned(models.Model):
    """One lesson of a town. The latest is the one in use; earlier ones stay, so that a hit rate names its lesson."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    at = models.DateTimeField("学习时间")
    by_name = models.CharField("由谁", max_length=60)
    from_plan = models.PositiveIntegerField("方案条目")
    from_decisions = models.PositiveIntegerField("中转站的决定")
    content = models.JSONField("内容")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["town", "-id"], name="learned_latest")]

    def __str__(self) -> str:
        return f"{self.town_id} {self.at:%Y-%m-%d}"


class Judgement(models.Model):
    """One decision of the hub beside what was suggested before it: rank 1–3, 0 when none of three was right."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+", primary_key=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    learned = models.ForeignKey(Learned, models.PROTECT, related_name="+")
    chosen = models.CharField("中转站定的类别", max_length=40)
    suggested = models.CharField("当时的建议", max_length=130, blank=True)
    rank = models.PositiveSmallIntegerField("第几个说中")
    at = models.DateTimeField("接办时间")

    class Meta:
        indexes = [models.Index(fields=["town", "at"], name="judgement_of_month")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rank}"
