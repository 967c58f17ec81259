"""房屋登记册 and 两违登记册: what is known of each, and its story."""

from django.db import models
from django.db.models import Q

from qinqing.findings.models.finding import Finding
from qinqing.findings.words import (
    BuildingState,
    BuildStage,
    Grade,
    IllegalKind,
    IllegalSource,
    IllegalState,
    LandType,
    Remedy,
    Structure,
)


class Building(models.Model):
    """A building whose safety is in question: owner and user are told, it is appraised, made safe, written off."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=30)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="属地")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="buildings", null=True, verbose_name="隐患线索")
    name = models.CharField("房屋", max_length=60)
    address = models.CharField("位置", max_length=120, blank=True)
    owner = models.CharField("产权人", max_length=120)
    user = models.CharField("使用人", max_length=120)
    land_type = models.CharField("土地性质", max_length=12, choices=LandType.choices(), blank=True)
    structure = models.CharField("结构", max_length=12, choices=Structure.choices(), blank=True)
    floors = models.PositiveSmallIntegerField("层数", null=True)
    area_m2 = models.DecimalField("建筑面积（平方米）", max_digits=10, decimal_places=2, null=True)
    built_year = models.PositiveSmallIntegerField("建成年份", null=True)
    is_listed = models.BooleanField("登记在册危房", default=False)
    hazard = models.TextField("存在的隐患")
    photos = models.JSONField("照片", default=list)

    state = models.CharField("状态", max_length=12, choices=BuildingState.choices())
    found_on = models.DateField("发现日期")
    owner_told_at = models.DateTimeField("告知产权人", null=True)
    user_told_at = models.DateTimeField("告知使用人", null=True)
    grade = models.CharField("鉴定等级", max_length=2, choices=Grade.choices(), blank=True)
    appraised_on = models.DateField("鉴定日期", null=True)
    appraiser = models.CharField("鉴定机构", max_length=120, blank=True)
    report_no = models.CharField("报告编号", max_length=60, blank=True)
    remedy_due_on = models.DateField("整治期限", null=True)
    remedy = models.CharField("整治方式", max_length=12, choices=Remedy.choices(), blank=True)
    remedied_on = models.DateField("整治日期", null=True)
    closed_at = models.DateTimeField("销号", null=True)
    made_at = models.DateTimeField("登记时间")
    touched_at = models.DateTimeField("最近变动")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="building_number_once"),
            models.CheckConstraint(
                condition=Q(state=BuildingState.CLOSED.value, closed_at__isnull=False)
                | (~Q(state=BuildingState.CLOSED.value) & Q(closed_at__isnull=True)),
                name="building_closed_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-id"], name="building_list"),
            models.Index(fields=["community", "-id"], name="building_of_community"),
            models.Index(fields=["enterprise", "-id"], name="building_of_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class IllegalBuilding(models.Model):
    """A suspected 两违 (illegal use of land, illegal building). It is a problem of the spine from its first moment."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=30)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True, verbose_name="属地")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+", null=True, verbose_name="隐患线索")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True, verbose_name="企业问题")
    kind = models.CharField("类型", max_length=10, choices=IllegalKind.choices())
    source = models.CharField("来源", max_length=10, choices=IllegalSource.choices())
    source_no = models.CharField("信访或举报编号", max_length=60, blank=True)
    location = models.CharField("位置", max_length=120)
    area_m2 = models.DecimalField("面积（平方米）", max_digits=10, decimal_places=2, null=True)
    stage = models.CharField("建设阶段", max_length=12, choices=BuildStage.choices(), blank=True)
    text = models.TextField("情况")
    photos = models.JSONField("影像资料", default=list)

    state = models.CharField("状态", max_length=12, choices=IllegalState.choices())
    found_on = models.DateField("发现日期")
    stopped_at = models.DateTimeField("告知停止", null=True)
    transferred_on = models.DateField("移送日期", null=True)
    transferred_to = models.CharField("移送单位", max_length=60, blank=True)
    transfer_no = models.CharField("移送文号", max_length=60, blank=True)
    cleared_on = models.DateField("拆除或整改到位", null=True)
    closed_at = models.DateTimeField("销号", null=True)
    look_backs_due = models.JSONField("应回头看的日子", default=list)
    made_at = models.DateTimeField("登记时间")
    touched_at = models.DateTimeField("最近变动")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="illegal_number_once"),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(finding__isnull=False), name="illegal_once_per_finding"
            ),
            models.CheckConstraint(
                condition=Q(state=IllegalState.CLOSED.value, closed_at__isnull=False)
                | (~Q(state=IllegalState.CLOSED.value) & Q(closed_at__isnull=True)),
                name="illegal_closed_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-id"], name="illegal_list"),
            models.Index(fields=["community", "-id"], name="illegal_of_community"),
            models.Index(fields=["enterprise", "-id"], name="illegal_of_enterprise"),
            models.Index(fields=["case"], name="illegal_of_case"),
        ]

    def __str__(self) -> str:
        return self.number


class RegisterEntry(models.Model):
    """One step in the story of a building or a 两违, only ever added."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="story", null=True)
    illegal = models.ForeignKey(IllegalBuilding, models.PROTECT, related_name="story", null=True)
    step = models.CharField("步骤", max_length=20)
    text = models.TextField("情况")
    photos = models.JSONField("照片", default=list)
    passed = models.BooleanField("合格", null=True)
    due_on = models.DateField("应办日期", null=True)
    by_name = models.CharField("何人", max_length=80)
    office_name = models.CharField("单位", max_length=60, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "登记册经过"
        constraints = [
            models.CheckConstraint(
                condition=Q(building__isnull=False, illegal__isnull=True)
                | Q(building__isnull=True, illegal__isnull=False),
                name="register_entry_is_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["building", "id"], name="story_of_building"),
            models.Index(fields=["illegal", "id"], name="story_of_illegal"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d}"
