"""Phones: each browser of an officer's phone is a device of its own, and what one of them has lost."""

from uuid import uuid4

from django.db import models

from qinqing.field.words import DeviceState


class Device(models.Model):
    """A browser that holds an upload credential. The credential itself is never stored, only its keyed digest.

    `pending` is what the phone said it still holds: `[{"kind", "id", "made_ms"}]`; the phone cannot remember what it forgot.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="devices")
    post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    agent = models.CharField("浏览器", max_length=300, blank=True)
    credential = models.CharField("凭证摘要", max_length=64, unique=True)
    state = models.CharField("状态", max_length=10, choices=DeviceState.choices(), default=DeviceState.ACTIVE.value)
    issued_at = models.DateTimeField("发证时间")
    seen_at = models.DateTimeField("最近联系")
    beat_at = models.DateTimeField("最近报到", null=True)
    revoked_at = models.DateTimeField("停用时间", null=True)
    revoked_by = models.CharField("停用人", max_length=80, blank=True)
    revoked_why = models.CharField("停用原因", max_length=200, blank=True)
    wipe = models.BooleanField("清除手机数据", default=False)
    wipe_told_at = models.DateTimeField("清除指令送达", null=True)
    epoch = models.CharField("存储代次", max_length=64, blank=True)
    app = models.CharField("版本", max_length=20, blank=True)
    pending = models.JSONField("手机上未传", default=list)
    pending_count = models.PositiveIntegerField("未传条数", default=0)
    oldest_pending_at = models.DateTimeField("最早未传", null=True)
    skew_ms = models.BigIntegerField("时钟差（毫秒）", null=True)
    storage = models.JSONField("存储", default=dict)
    self_test = models.JSONField("自检", default=dict)
    phones_told = models.CharField("已带电话", max_length=64, blank=True)
    self_test_at = models.DateTimeField("自检时间", null=True)

    class Meta:
        ordering = ["-seen_at", "id"]
        indexes = [
            models.Index(fields=["town", "office", "-seen_at"], name="device_of_office"),
            models.Index(fields=["account", "-seen_at"], name="device_of_account"),
        ]

    def __str__(self) -> str:
        return self.name


class Loss(models.Model):
    """A record that was on a phone, finalized, and is there no more, without a receipt; found again if it still arrives."""

    record = models.UUIDField("现场记录", primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="losses")
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=20)
    made_at = models.DateTimeField("完成时间", null=True)
    body_is_here = models.BooleanField("正文已到", default=False)
    noticed_at = models.DateTimeField("发现时间")
    found_at = models.DateTimeField("找回时间", null=True)
    handled_at = models.DateTimeField("处理时间", null=True)
    handled_by = models.CharField("处理人", max_length=80, blank=True)
    handled_note = models.CharField("处理说明", max_length=500, blank=True)

    class Meta:
        ordering = ["-noticed_at", "record"]
        indexes = [
            models.Index(
                fields=["town", "office", "-noticed_at"],
                condition=models.Q(found_at__isnull=True, handled_at__isnull=True),
                name="loss_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.record)
