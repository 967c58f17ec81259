"""The town's checklists and their versions. A published version never changes: the database itself refuses (`guards.py`)."""

from django.db import models
from django.db.models import Q

from qinqing.checklists.words import VersionState


class Checklist(models.Model):
    """A list of the town by its code, which stays for ever: F4 is 附件4."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="checklists")
    code = models.CharField("代码", max_length=8)
    annex = models.CharField("附件", max_length=20, blank=True)
    title = models.CharField("名称", max_length=80)
    place = models.PositiveIntegerField("次序", default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="checklist_code_once_per_town")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ChecklistVersion(models.Model):
    """What a list says, as one canonical text with its digest. Visits name the digest, so no version is ever removed."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版次")
    status = models.CharField("状态", max_length=20, choices=VersionState.choices(), default=VersionState.DRAFT.value)
    title = models.CharField("名称", max_length=80)
    is_draft_text = models.BooleanField("草案", default=False, help_text="不是镇里的正式文本，显示和打印都标草案")
    content = models.TextField("正文（规范 JSON）")
    content_sha256 = models.CharField("摘要（SHA-256）", max_length=64, db_index=True)
    items = models.PositiveIntegerField("项数")
    source = models.CharField("来源", max_length=200, blank=True)
    effective_from = models.DateField("起用日期", null=True, blank=True)
    effective_to = models.DateField("停用日期", null=True, blank=True)
    prepared_at = models.DateTimeField("录入时间")
    prepared_by = models.CharField("录入人", max_length=100)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=100, blank=True)

    class Meta:
        ordering = ["checklist", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_number_once"),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=Q(status=VersionState.PUBLISHED.value),
                name="checklist_one_version_in_use",
            ),
            models.UniqueConstraint(
                fields=["checklist"], condition=Q(status=VersionState.DRAFT.value), name="checklist_one_draft"
            ),
            models.CheckConstraint(
                name="checklist_version_dated_when_published",
                condition=Q(status=VersionState.DRAFT.value, effective_from__isnull=True, published_at__isnull=True)
                | Q(effective_from__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"
