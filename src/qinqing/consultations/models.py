"""Sittings of the working group and what is consulted at them. What a session means for its case stands with the case."""

from django.db import models

from qinqing.consultations.words import Answer, Presence


class Sitting(models.Model):
    """One meeting at one place and time, about one case or several."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=100)
    convened_by_name = models.CharField("召集人", max_length=60)
    convened_at = models.DateTimeField("召集时间")
    left_over = models.TextField("遗留问题", blank=True)
    attended_at = models.DateTimeField("登记到会时间", null=True)
    attended_by_name = models.CharField("登记人", max_length=60, blank=True)
    moves = models.PositiveSmallIntegerField("改期次数", default=0)

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["town", "held_at", "place"], name="sitting_once")]

    def __str__(self) -> str:
        return f"会商 {self.held_at:%Y-%m-%d %H:%M} {self.place}"


class Invitation(models.Model):
    """An office called to a sitting: what it answered, whether it came."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="invitations")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    answer = models.CharField("答复", max_length=10, choices=Answer.choices(), default=Answer.WAITING.value)
    who = models.CharField("到会人", max_length=60, blank=True)
    reason = models.CharField("不能参加的原因", max_length=200, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by_name = models.CharField("答复人", max_length=60, blank=True)
    presence = models.CharField(
        "到会情况", max_length=10, choices=Presence.choices(), default=Presence.UNKNOWN.value, blank=True
    )
    note = models.CharField("缺席原因", max_length=200, blank=True)

    class Meta:
        ordering = ["office__place", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "office"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.office_id}"


class Session(models.Model):
    """One case at one sitting; a case may be consulted more than once."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="sessions")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="sessions")
    place_in_case = models.PositiveSmallIntegerField("第几次会商")
    agenda = models.TextField("议题")
    left_out = models.CharField("没有邀请的单位和理由", max_length=400, blank=True)
    convened_at = models.DateTimeField("召集时间")
    opinion = models.TextField("办理意见", blank=True)
    recorded_at = models.DateTimeField("形成意见时间", null=True)
    recorded_by_name = models.CharField("记录人", max_length=60, blank=True)
    offices = models.ManyToManyField("people.Office", related_name="+", verbose_name="参加单位")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["case", "place_in_case"], name="session_once")]
        indexes = [models.Index(fields=["town", "-id"], name="session_of_town")]

    def __str__(self) -> str:
        return f"会商 {self.case_id} 第{self.place_in_case}次"


class Item(models.Model):
    """One thing agreed: which office does what in how many working days, and the task it became."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    task = models.ForeignKey("cases.Task", models.PROTECT, related_name="+")
    what = models.TextField("议定事项")
    working_days = models.PositiveSmallIntegerField("工作日")
    is_lead = models.BooleanField("牵头")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what
