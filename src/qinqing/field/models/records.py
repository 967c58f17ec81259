"""What phones sent: the bytes as they came, what was made of them, and the receipt."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from qinqing.field.words import Taking, Whole


class Record(models.Model):
    """One frozen record of the field, under the UUID the phone gave it. `body` is never changed.

    Attributes:
        enterprise: the firm it names, if the town has it.
        expected: how many attachments its manifest names, well-formed or not.
        flags: what is questionable, `[{"code", "words"}]`.
        needs: whether a person of the office should look.
    """

    id = models.UUIDField(primary_key=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=20)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    device = models.ForeignKey("field.Device", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("上传人", max_length=60)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, null=True, related_name="+")
    body = models.BinaryField("原文")
    sha256 = models.CharField("原文摘要", max_length=64)
    size = models.PositiveIntegerField("字节")
    made_at = models.DateTimeField("完成时间（更正后）")
    wall_at = models.DateTimeField("手机所记时间", null=True)
    offset_ms = models.BigIntegerField("手机时钟差（毫秒）", null=True)
    received_at = models.DateTimeField("收到时间")
    expected = models.PositiveSmallIntegerField("附件数", default=0)
    whole = models.CharField("收齐", max_length=10, choices=Whole.choices(), default=Whole.STORED.value)
    completed_at = models.DateTimeField("收齐时间", null=True)
    taking = models.CharField("登记", max_length=12, choices=Taking.choices(), default=Taking.UNKNOWN.value)
    tries = models.PositiveSmallIntegerField("登记次数", default=0)
    hold_until = models.DateTimeField("最迟再试", null=True)
    flags = models.JSONField("存疑", default=list)
    needs = models.BooleanField("要处理", default=False)
    amends = models.UUIDField("更正哪一条", null=True)
    handled_at = models.DateTimeField("处理时间", null=True)
    handled_by = models.CharField("处理人", max_length=80, blank=True)
    handled_note = models.CharField("处理说明", max_length=500, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["town", "-received_at", "id"], name="record_of_town"),
            models.Index(fields=["account", "-received_at"], name="record_of_account"),
            models.Index(
                fields=["town", "-received_at", "id"],
                condition=Q(needs=True, handled_at__isnull=True),
                name="record_needs",
            ),
            models.Index(
                fields=["town", "-received_at", "id"], condition=Q(whole=Whole.STORED.value), name="record_incomplete"
            ),
            models.Index(fields=["hold_until"], condition=Q(taking=Taking.WAITING.value), name="record_waiting"),
            models.Index(fields=["amends"], condition=Q(amends__isnull=False), name="record_amends"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Conflict(models.Model):
    """Other bytes that came under an id already taken: kept beside it, the office decides. Each once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    record = models.ForeignKey(Record, models.PROTECT, related_name="conflicts")
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=20)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    device = models.ForeignKey("field.Device", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("上传人", max_length=60)
    body = models.BinaryField("原文")
    sha256 = models.CharField("原文摘要", max_length=64)
    at = models.DateTimeField("收到时间")
    handled_at = models.DateTimeField("处理时间", null=True)
    handled_by = models.CharField("处理人", max_length=80, blank=True)
    handled_note = models.CharField("处理说明", max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["record", "account", "sha256"], name="conflicting_bytes_once")]
        indexes = [
            models.Index(fields=["town", "-at"], condition=Q(handled_at__isnull=True), name="conflict_open"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class ReceiptBook(models.Model):
    """The last receipt number of a town; its row is the lock under which the next one is given."""

    town = models.OneToOneField("people.Town", models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveBigIntegerField("末号", default=0)

    def __str__(self) -> str:
        return f"№ {self.last}"


class Receipt(models.Model):
    """The town has the whole record: body and every attachment, verified. One a record; the phone may delete its copy."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="receipt")
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    no = models.PositiveBigIntegerField("收条号")
    manifest_sha256 = models.CharField("清单摘要", max_length=64)
    at = models.DateTimeField("开具时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "no"], name="receipt_number_once_per_town")]

    def __str__(self) -> str:
        return f"№ {self.no:06d}"
