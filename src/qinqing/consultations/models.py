"""Sessions of the working group. What a session means for its case stands with the case."""

from django.db import models


class Session(models.Model):
    """One meeting about one case; a case may be consulted more than once."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="sessions")
    place_in_case = models.PositiveSmallIntegerField("第几次会商")
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=100)
    agenda = models.TextField("议题")
    convened_by_name = models.CharField("召集人", max_length=60)
    convened_at = models.DateTimeField("召集时间")
    opinion = models.TextField("办理意见", blank=True)
    recorded_at = models.DateTimeField("形成意见时间", null=True)
    recorded_by_name = models.CharField("记录人", max_length=60, blank=True)
    offices = models.ManyToManyField("people.Office", related_name="+", verbose_name="参加单位")

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["case", "place_in_case"], name="session_once")]
        indexes = [models.Index(fields=["town", "-held_at"], name="session_of_town")]

    def __str__(self) -> str:
        return f"会商 {self.case_id} 第{self.place_in_case}次"


class Item(models.Model):
    """One thing agreed: which office does what in how many working days. The task it became lies with the case."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    what = models.TextField("议定事项")
    working_days = models.PositiveSmallIntegerField("工作日")
    is_lead = models.BooleanField("牵头")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what
