"""The town's map: one row a town. The file it came from is named by its digest in the ledger."""

from django.db import models


class TownMap(models.Model):
    """Outlines of a town's communities and parks, as `rules.Outline.plain` writes them."""

    town = models.OneToOneField("people.Town", models.PROTECT, related_name="+", primary_key=True)
    outlines = models.JSONField("边界")
    digest = models.CharField("文件摘要", max_length=64)
    is_demo = models.BooleanField("演示", default=False)
    at = models.DateTimeField("导入时间")
    by_name = models.CharField("由谁", max_length=80)

    def __str__(self) -> str:
        return f"{self.town_id} {self.at:%Y-%m-%d}"
