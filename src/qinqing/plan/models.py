"""The versions of each town's plan, kept for ever: a case is judged by the version it began under."""

from django.db import models


class PlanVersion(models.Model):
    """One version of a town's plan. Written once, read only as long as its digest holds; the ledger has the digest too."""

    book = models.CharField("镇代码", max_length=20)
    number = models.PositiveIntegerField("版次")
    title = models.CharField("名称", max_length=60)
    digest = models.CharField("摘要（SHA-256）", max_length=64)
    body = models.TextField("正文（规范 JSON）")
    changes = models.JSONField("与上一版的不同", default=list)
    loaded_at = models.DateTimeField("载入时间")
    loaded_by = models.CharField("载入人", max_length=80)

    class Meta:
        ordering = ["book", "-number"]
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="plan_number_once_per_town")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"
