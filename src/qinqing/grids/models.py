"""Grids, the officers' roster, and the dated ties of officers to enterprises: the two lists of the plan.

Days are inclusive on both ends and in Asia/Shanghai. A row with an `ends_on` still to come is in force today,
a row whose `starts_on` is still to come is not: ask `reads`, never the open end alone (ADR 0008).
"""

from django.db import models
from django.db.models import F, Q

from qinqing.grids.words import Rank

_ENDS_LATER = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class Grid(models.Model):
    """A part of a village or community that officers look after. Closed grids stay for the history."""

    community = models.ForeignKey("people.Office", models.PROTECT, related_name="grids", verbose_name="村（社区）")
    name = models.CharField("网格名称", max_length=30)
    place = models.PositiveIntegerField("次序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(is_active=True), name="grid_name_once_per_community"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """What the roster says beyond the post; the post holds person, community, first and last day."""

    post = models.OneToOneField("people.Post", models.PROTECT, related_name="roster", verbose_name="岗位")
    title = models.CharField("职务", max_length=30, blank=True)
    is_full_time = models.BooleanField("专职", default=False)
    phone_encrypted = models.TextField("手机号（密文）", blank=True)
    phone_mask = models.CharField("手机号（掩码）", max_length=20, blank=True)

    def __str__(self) -> str:
        return f"网格员 {self.post_id}"


class Membership(models.Model):
    """An officer serves a grid, from a day to a day."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="memberships", verbose_name="网格员")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="memberships", verbose_name="网格")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_ENDS_LATER, name="membership_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["officer", "grid"], condition=Q(ends_on__isnull=True), name="membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.grid}"


class Liaison(models.Model):
    """An officer answers for an enterprise, as lead or deputy, from a day to a day.

    The database lets no enterprise have two ties of one rank without an end, nor two that begin on one day.
    """

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="liaisons", verbose_name="企业"
    )
    officer = models.ForeignKey("people.Account", models.PROTECT, related_name="liaisons", verbose_name="网格员")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="liaisons", verbose_name="网格")
    rank = models.CharField("主责/B角", max_length=10, choices=Rank.choices(), default=Rank.LEAD.value)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    reason = models.CharField("开始原因", max_length=200, blank=True)
    started_by = models.CharField("登记人", max_length=80)
    started_at = models.DateTimeField("登记时间")
    end_reason = models.CharField("结束原因", max_length=200, blank=True)
    ended_by = models.CharField("结束登记人", max_length=80, blank=True)
    ended_at = models.DateTimeField("结束登记时间", null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=_ENDS_LATER, name="liaison_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(ends_on__isnull=True, rank="lead"),
                name="one_open_lead_per_enterprise",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(ends_on__isnull=True, rank="deputy"),
                name="one_open_deputy_per_enterprise",
            ),
            models.UniqueConstraint(fields=["enterprise", "rank", "starts_on"], name="one_liaison_begins_a_day"),
        ]
        indexes = [models.Index(fields=["officer", "ends_on"], name="liaison_of_officer")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.officer} · {Rank.label_of(self.rank)}"


class ListConfirmation(models.Model):
    """A community declared both its lists right; the counts are those of that moment."""

    community = models.ForeignKey(
        "people.Office", models.PROTECT, related_name="list_confirmations", verbose_name="村（社区）"
    )
    year = models.PositiveSmallIntegerField("年度")
    confirmed_by = models.CharField("确认人", max_length=80)
    at = models.DateTimeField("确认时间")
    officers = models.PositiveIntegerField("网格员数", default=0)
    enterprises = models.PositiveIntegerField("企业数", default=0)
    gaps = models.PositiveIntegerField("缺口数", default=0)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "-at"], name="confirmation_of_community")]

    def __str__(self) -> str:
        return f"{self.community} {self.year}年名单确认"
