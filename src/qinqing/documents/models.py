"""The register of papers: what was drawn up, about what, and which ledger entry holds it."""

from django.db import models

from qinqing.documents.words import PaperKind, Subject


class Issue(models.Model):
    """One paper drawn up. Its contents lie in the ledger entry `seq` of the town's book."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=12, choices=PaperKind.choices())
    subject_kind = models.CharField("关于", max_length=10, choices=Subject.choices())
    subject_key = models.CharField("关于哪一件", max_length=40)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+", null=True)
    number = models.CharField("文号", max_length=40)
    is_draft = models.BooleanField("送审稿", default=False)
    title = models.CharField("标题", max_length=120)
    digest = models.CharField("快照", max_length=64)
    book = models.CharField("账本", max_length=20)
    seq = models.PositiveBigIntegerField("账目号")
    by_name = models.CharField("出具人", max_length=60)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["town", "-id"], name="paper_register"),
            models.Index(fields=["subject_kind", "subject_key", "-id"], name="paper_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Series(models.Model):
    """The last number given in a series of a town and year, e.g. 交办〔2026〕."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=12, choices=PaperKind.choices())
    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "kind", "year"], name="paper_series_once")]

    def __str__(self) -> str:
        return f"{self.kind}〔{self.year}〕{self.last}"
