"""What was said between an officer and an enterprise: the contact log, and messages in the house's own channel."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from qinqing.outreach.words import Way


class ContactNote(models.Model):
    """One line of the contact log (电话、微信、当面). The phone's UUID is the key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="contact_notes", verbose_name="企业"
    )
    way = models.CharField("方式", max_length=20, choices=Way.choices(), default=Way.PHONE.value)
    with_name = models.CharField("和谁", max_length=60, blank=True)
    text = models.TextField("说了什么")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", verbose_name="转成的诉求")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("记录人", max_length=100)
    made_at = models.DateTimeField("联系时间")
    received_at = models.DateTimeField("收到时间")

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["town", "-made_at", "-id"], name="contact_newest"),
            models.Index(fields=["enterprise", "-made_at"], name="contact_of_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.made_at:%m-%d}"


class Message(models.Model):
    """One message between an enterprise and its officer (点对点): nobody else reads it."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="messages")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    is_from_enterprise = models.BooleanField("企业发出")
    by_name = models.CharField("发出人", max_length=60)
    text = models.TextField("内容")
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("对方看到", null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["enterprise", "-id"], name="message_of_firm"),
            models.Index(fields=["enterprise", "is_from_enterprise"], condition=Q(read_at__isnull=True), name="unread"),
        ]

    def __str__(self) -> str:
        return self.text[:20]
