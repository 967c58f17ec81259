"""Campaigns and their frozen lists. Whether an enterprise was visited is read off the visits until the campaign is summed up."""

from django.db import models


class Campaign(models.Model):
    """One special campaign. `checklist`: the code of the list to go through on the visit, "" for any visit."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    basis = models.CharField("依据或事由", max_length=120)
    text = models.TextField("要求", blank=True)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    whom = models.CharField("哪些企业", max_length=120)
    checklist = models.CharField("清单代码", max_length=40, blank=True)
    checklist_title = models.CharField("清单名称", max_length=120, blank=True)
    firms_count = models.PositiveIntegerField("应走访家数")
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="牵头单位")
    by_name = models.CharField("谁开展", max_length=80)
    at = models.DateTimeField("开展时间")
    summary = models.TextField("总结", blank=True)
    closed_by = models.CharField("谁总结", max_length=80, blank=True)
    closed_at = models.DateTimeField("总结时间", null=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["town", "-id"], name="campaign_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignFirm(models.Model):
    """One enterprise of a campaign, with community and lead officer of the day it opened; `visited_on` is set at the summing up."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="属地")
    officer = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+", verbose_name="主责网格员"
    )
    visited_on = models.DateField("走访日期", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "enterprise"], name="campaign_firm_once"),
        ]
        indexes = [models.Index(fields=["enterprise"], name="campaign_of_firm")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.enterprise_id}"
