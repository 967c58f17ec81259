"""Visits as they were made: never overwritten, corrected only by amendments with a reason.

The row's number is ours; `uid` is the phone's, by which the record came and by which other folders speak of the visit.
"""

from django.db import models
from django.db.models import Q

from qinqing.patrol.words import Acknowledgement, Lateness, Nature


class Visit(models.Model):
    """One visit to one firm, by one officer, for one or several offices, with any number of checklists."""

    uid = models.UUIDField("记录号", unique=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="visits")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, null=True, related_name="visits")
    community = models.ForeignKey(
        "people.Office", models.PROTECT, null=True, related_name="+", verbose_name="走访时的属地"
    )
    officer = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    officer_name = models.CharField("走访人", max_length=60)
    post = models.CharField("岗位", max_length=20)
    office = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+", verbose_name="走访单位")
    joint_with = models.ManyToManyField("people.Office", related_name="+", blank=True, verbose_name="联合走访单位")
    nature = models.CharField("类型", max_length=12, choices=Nature.choices())
    started_at = models.DateTimeField("开始（校正后）")
    finished_at = models.DateTimeField("结束（校正后）")
    made_on = models.DateField("走访日期")
    wall_at = models.DateTimeField("手机时间（原样）", null=True)
    offset_ms = models.BigIntegerField("手机快慢（毫秒）", null=True)
    received_at = models.DateTimeField("收到")
    counts = models.BooleanField("计入应查", default=True)
    lateness = models.CharField(
        "迟到", max_length=10, choices=Lateness.choices(), default=Lateness.IN_TIME.value, blank=True
    )
    place = models.JSONField("位置", null=True)
    acknowledgement = models.CharField("确认情况", max_length=12, choices=Acknowledgement.choices(), blank=True)
    representative = models.CharField("企业代表", max_length=60, blank=True)
    why_unsigned = models.CharField("未签字原因", max_length=200, blank=True)
    findings = models.PositiveSmallIntegerField("隐患线索数", default=0)
    signature = models.UUIDField("签名图", null=True)
    summary = models.TextField("小结", blank=True)
    exception = models.CharField("宁静日走访理由", max_length=200, blank=True)
    status_seen = models.CharField("所见经营状态", max_length=20, blank=True)
    problems = models.PositiveSmallIntegerField("存在问题项数", default=0)
    flags = models.JSONField("疑点", default=list)
    to_review = models.BooleanField("待核看", default=False)
    reviewed_by = models.CharField("核看人", max_length=80, blank=True)
    reviewed_at = models.DateTimeField("核看时间", null=True)
    review_note = models.CharField("核看意见", max_length=200, blank=True)
    planned = models.ForeignKey("patrol.PlannedVisit", models.PROTECT, null=True, related_name="visits")
    needs_city = models.BooleanField("须上报市系统", default=False)
    city_on = models.DateField("市系统上报日期", null=True)
    city_number = models.CharField("市系统编号", max_length=60, blank=True)
    city_by = models.CharField("上报登记人", max_length=80, blank=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(fields=["town", "-started_at", "-id"], name="visit_of_town"),
            models.Index(fields=["enterprise", "-started_at", "-id"], name="visit_of_firm"),
            models.Index(fields=["community", "-started_at", "-id"], name="visit_of_community"),
            models.Index(fields=["officer", "-started_at", "-id"], name="visit_of_officer"),
            models.Index(fields=["town", "-started_at"], condition=Q(to_review=True), name="visit_to_review"),
            models.Index(
                fields=["town", "-started_at"], condition=Q(needs_city=True, city_on__isnull=True), name="visit_to_city"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.made_on} {Nature.label_of(self.nature)}"


class ChecklistRun(models.Model):
    """One checklist gone through on a visit, in the version the officer had on the phone."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="runs")
    code = models.CharField("清单代码", max_length=40)
    title = models.CharField("清单名称", max_length=120)
    sha256 = models.CharField("版本摘要", max_length=64)
    number = models.PositiveIntegerField("版本号", default=0)
    is_draft = models.BooleanField("草案", default=False)
    line = models.ForeignKey("people.Office", models.PROTECT, null=True, related_name="+", verbose_name="主管单位")
    place = models.PositiveSmallIntegerField("次序", default=0)
    ok = models.PositiveSmallIntegerField("符合", default=0)
    bad = models.PositiveSmallIntegerField("存在问题", default=0)
    na = models.PositiveSmallIntegerField("不涉及", default=0)
    other = models.PositiveSmallIntegerField("其他作答", default=0)
    blank = models.PositiveSmallIntegerField("未答", default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "code"], name="checklist_once_per_visit")]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """One answer, with the item's words as they were then."""

    run = models.ForeignKey(ChecklistRun, models.PROTECT, related_name="answers")
    place = models.PositiveSmallIntegerField("次序", default=0)
    item_key = models.CharField("项目", max_length=40)
    repeat = models.PositiveSmallIntegerField("第几处", default=0)
    section = models.CharField("分组", max_length=60, blank=True)
    item_text = models.TextField("项目原文", blank=True)
    value = models.TextField("答", blank=True)
    shown = models.TextField("答（中文）", blank=True)
    note = models.TextField("说明", blank=True)
    photos = models.JSONField("照片", default=list)

    class Meta:
        ordering = ["place", "repeat", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "item_key", "repeat"], name="item_answered_once")]

    def __str__(self) -> str:
        return f"{self.item_key} {self.value}"


class Amendment(models.Model):
    """What somebody added to a visit afterwards; the record itself stays as it came."""

    uid = models.UUIDField("记录号", unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="amendments")
    reason = models.CharField("原因", max_length=200)
    text = models.TextField("更正内容")
    by_name = models.CharField("更正人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"更正 {self.visit_id}"
