"""例会: a meeting and who of the enterprises came."""

from uuid import uuid4

from django.db import models


class Meeting(models.Model):
    """One meeting of an officer, community or office with enterprises. The phone's UUID is the key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    community = models.ForeignKey(
        "people.Office", models.PROTECT, null=True, related_name="+", verbose_name="村（社区）"
    )
    topic = models.CharField("主题", max_length=120)
    topics = models.JSONField("内容清单", default=list, blank=True)
    held_at = models.DateTimeField("时间")
    year = models.PositiveSmallIntegerField("年度")
    where = models.CharField("地点", max_length=120, blank=True)
    text = models.TextField("纪要", blank=True)
    attachments = models.JSONField("照片和材料", default=list, blank=True)
    host = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+", verbose_name="召集人")
    host_name = models.CharField("召集人姓名", max_length=100)
    made_at = models.DateTimeField("记录时间")
    received_at = models.DateTimeField("收到时间")

    class Meta:
        ordering = ["-held_at", "-id"]
        indexes = [
            models.Index(fields=["town", "-held_at", "-id"], name="meeting_newest"),
            models.Index(fields=["host", "year"], name="meeting_of_host"),
        ]

    def __str__(self) -> str:
        return self.topic


class Attendance(models.Model):
    """An enterprise that was asked to a meeting, and whether it came."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="meetings")
    attended = models.BooleanField("到会", default=False)
    name = models.CharField("到会人", max_length=60, blank=True)
    corrected = models.CharField("更正", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "enterprise"], name="asked_once_to_a_meeting")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.attended}"
