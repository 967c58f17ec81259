"""宣传: what there is to hand out, to whom it was sent, and each enterprise's receipt."""

from django.db import models
from django.db.models import Q

from qinqing.outreach.words import Line, MaterialKind, ReceiptWay


class Material(models.Model):
    """A law, a policy paper, a leaflet: text, files, or both."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=120)
    kind = models.CharField("种类", max_length=20, choices=MaterialKind.choices())
    line = models.CharField("条线", max_length=20, choices=Line.choices(), default=Line.SAFETY.value)
    text = models.TextField("正文", blank=True)
    attachments = models.JSONField("附件", default=list, blank=True)
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("放入人", max_length=100)
    at = models.DateTimeField("放入时间")
    withdrawn_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["town", "-id"], name="material_newest")]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """Materials sent to a set of enterprises that does not change afterwards."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=120)
    line = models.CharField("条线", max_length=20, choices=Line.choices())
    note = models.TextField("说明", blank=True)
    whom = models.CharField("发给谁", max_length=200)
    materials = models.ManyToManyField(Material, related_name="batches")
    due_on = models.DateField("最迟回执", null=True, blank=True)
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("发出人", max_length=100)
    at = models.DateTimeField("发出时间")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["town", "-id"], name="batch_newest")]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """One enterprise of a batch, and how it took it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="receipts")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="publicity")
    way = models.CharField(
        "回执", max_length=20, choices=ReceiptWay.choices(), default=ReceiptWay.WAITING.value, blank=True
    )
    name = models.CharField("签收人", max_length=60, blank=True)
    by_name = models.CharField("登记人", max_length=100, blank=True)
    at = models.DateTimeField("回执时间", null=True, blank=True)
    attachments = models.JSONField("照片", default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "enterprise"], name="one_receipt_a_firm")]
        indexes = [models.Index(fields=["enterprise", "-id"], condition=Q(way=""), name="receipt_waiting")]

    def __str__(self) -> str:
        return f"{self.enterprise} {ReceiptWay.label_of(self.way)}"
