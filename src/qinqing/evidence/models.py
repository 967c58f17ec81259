"""Photos and files by their digest, and what hangs them on a record of the field or on a form of the office."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from qinqing.evidence.words import Role, State


class Blob(models.Model):
    """Bytes that lie in the store under their digest; two attachments may share them."""

    sha256 = models.CharField("摘要", primary_key=True, max_length=64)
    size = models.PositiveIntegerField("字节")
    type = models.CharField("类型", max_length=100)
    at = models.DateTimeField("收到时间")

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """One photo, signature or file. From the field it is named first, by the record's manifest, and arrives in pieces.

    `enterprise` and `office` say who may look at it besides whoever brought it; `for_enterprise` lets the firm itself look.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    record = models.UUIDField("现场记录", null=True, blank=True)
    place = models.PositiveSmallIntegerField("次序", default=0)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, null=True, related_name="+")
    for_enterprise = models.BooleanField("企业可见", default=False)
    role = models.CharField("用途", max_length=12, choices=Role.choices(), default=Role.PHOTO.value)
    name = models.CharField("文件名", max_length=120, blank=True)
    type = models.CharField("类型", max_length=100)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节")
    offset = models.PositiveIntegerField("已到字节", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices(), default=State.EXPECTED.value)
    made_at = models.DateTimeField("拍摄时间", null=True)
    at = models.DateTimeField("登记时间")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("上传人", max_length=60)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("size")), name="attachment_not_beyond_its_end"),
            models.CheckConstraint(
                condition=~Q(state=State.COMPLETE.value) | Q(offset=F("size")), name="attachment_complete_is_whole"
            ),
        ]
        indexes = [models.Index(fields=["record"], name="attachment_of_record")]

    def __str__(self) -> str:
        return self.name or str(self.id)
