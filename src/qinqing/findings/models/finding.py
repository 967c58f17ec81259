"""Findings (隐患线索) that live across visits, what happened to them, and what waits because of them.

A finding's `uid` is the phone's own id: the same finding sent twice is one row. Its number and `id` are ours.
"""

from django.db import models
from django.db.models import Q

from qinqing.findings.words import SAFETY_ONLY, EventKind, Holding, Level, State

_GRAVE = [level.value for level in sorted(SAFETY_ONLY)]


class Serial(models.Model):
    """The last number given out per town, kind and year. Locked while giving one; never goes back."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "prefix", "year"], name="finding_serial_once")]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.last:04d}号"


class Finding(models.Model):
    """A suspected hazard at a firm. Where it stands follows from its events; `actions` keeps the columns in step."""

    uid = models.UUIDField("记录标识", unique=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=30)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    community = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True, verbose_name="属地")
    visit = models.UUIDField("走访", null=True)

    checklist = models.CharField("清单", max_length=20, blank=True)
    item = models.CharField("清单项", max_length=40, blank=True)
    item_text = models.CharField("清单项内容", max_length=500, blank=True)
    category = models.CharField("类别", max_length=40)
    category_name = models.CharField("类别名", max_length=40)
    level = models.CharField("程度", max_length=10, choices=Level.choices())
    text = models.TextField("发现的情况")
    place_text = models.CharField("地点", max_length=120, blank=True)
    photos = models.JSONField("照片", default=list)
    advice = models.TextField("劝导意见", blank=True)
    stop = models.JSONField("告知中止", null=True)
    is_fixed_on_spot = models.BooleanField("当场整改", default=False)
    is_shared = models.BooleanField("企业可见", default=True)
    is_problem = models.BooleanField("作为企业问题上报", default=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True, verbose_name="企业问题")
    repeat_of = models.ForeignKey("self", models.PROTECT, related_name="repeats", null=True, verbose_name="重复发生自")

    found_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True, verbose_name="发现人")
    found_by_name = models.CharField("发现人", max_length=80)
    found_office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True)
    line_office = models.ForeignKey(
        "people.Office", models.PROTECT, related_name="+", null=True, verbose_name="条线主管单位"
    )
    owner_office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", verbose_name="跟进单位")
    safety_office = models.ForeignKey(
        "people.Office", models.PROTECT, related_name="+", null=True, verbose_name="综执安监办（疑似重大或已移送的）"
    )

    state = models.CharField("状态", max_length=12, choices=State.choices())
    deadline = models.DateField("整改期限", null=True)
    first_deadline = models.DateField("原定期限", null=True)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    is_transferred = models.BooleanField("已移送", default=False)
    is_parallel = models.BooleanField("有同时跟进", default=False)
    version = models.PositiveIntegerField("版本", default=0)
    closed_made_at = models.DateTimeField("销号时间", null=True)
    closed_version = models.PositiveIntegerField("销号版本", default=0)
    flags = models.JSONField("需核对", default=list)

    made_at = models.DateTimeField("发现时间")
    received_at = models.DateTimeField("登记时间")
    touched_at = models.DateTimeField("最近变动")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=Q(state=State.PASSED.value, closed_made_at__isnull=False)
                | (~Q(state=State.PASSED.value) & Q(closed_made_at__isnull=True)),
                name="finding_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(level__in=_GRAVE) | Q(safety_office__isnull=False),
                name="grave_finding_stands_at_the_safety_office",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-id"], name="finding_list"),
            models.Index(fields=["town", "state", "deadline"], name="finding_due"),
            models.Index(fields=["enterprise", "-id"], name="finding_of_enterprise"),
            models.Index(fields=["community", "-id"], name="finding_of_community"),
            models.Index(fields=["owner_office", "-id"], name="finding_of_owner"),
            models.Index(fields=["visit"], name="finding_of_visit"),
            models.Index(fields=["case"], name="finding_of_case"),
            models.Index(
                fields=["town", "-id"],
                condition=Q(level__in=_GRAVE) & ~Q(state=State.PASSED.value),
                name="finding_grave_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FindingEvent(models.Model):
    """One thing that happened to a finding, by the phone's id; only ever added. `version` is its place in the story."""

    id = models.UUIDField(primary_key=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="events")
    version = models.PositiveIntegerField("次序")
    kind = models.CharField("动作", max_length=20, choices=EventKind.choices())
    base_version = models.PositiveIntegerField("当时看到的版本", null=True)
    text = models.TextField("情况", blank=True)
    photos = models.JSONField("照片", default=list)
    until = models.DateField("延到", null=True)
    level = models.CharField("判定", max_length=10, choices=Level.choices(), blank=True)
    is_parallel = models.BooleanField("同时跟进", default=False)
    objections = models.JSONField("未起作用的原因", default=list)
    state_after = models.CharField("之后的状态", max_length=12, choices=State.choices())
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField("何人", max_length=80)
    office_name = models.CharField("单位", max_length=60, blank=True)
    is_firms = models.BooleanField("企业所填", default=False)
    record = models.UUIDField("上传记录", null=True)
    made_at = models.DateTimeField("时间")
    received_at = models.DateTimeField("收到")

    class Meta:
        ordering = ["finding", "version"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="finding_event_in_order"),
            models.CheckConstraint(condition=Q(version__gte=1), name="finding_event_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.version} {EventKind.label_of(self.kind)}"


class HeldEvent(models.Model):
    """An event whose finding has not arrived: kept five days, then hung on the firm for the office to look at."""

    id = models.UUIDField(primary_key=True)
    town = models.ForeignKey("people.Town", models.PROTECT, related_name="+")
    finding_uid = models.UUIDField("隐患标识")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+", null=True)
    body = models.JSONField("内容")
    actor = models.JSONField("何人")
    by_name = models.CharField("何人", max_length=80)
    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+", null=True)
    record = models.UUIDField("上传记录", null=True)
    made_at = models.DateTimeField("时间")
    received_at = models.DateTimeField("收到")
    state = models.CharField("状态", max_length=10, choices=Holding.choices(), default=Holding.WAITING.value)
    settled_at = models.DateTimeField("了结", null=True)
    settled_by_name = models.CharField("了结人", max_length=80, blank=True)
    settled_note = models.CharField("处理情况", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["finding_uid"], name="held_of_finding"),
            models.Index(fields=["received_at"], condition=Q(state=Holding.WAITING.value), name="held_waiting"),
            models.Index(
                fields=["town"],
                condition=Q(state=Holding.ORPHAN.value, settled_at__isnull=True),
                name="held_orphan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_uid} {Holding.label_of(self.state)}"


class Unreported(models.Model):
    """A finding that is a problem and has no case yet, and what the spine said: the office presses again."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="unreported", primary_key=True)
    code = models.CharField("原因代码", max_length=40)
    words = models.CharField("原因", max_length=300)
    tries = models.PositiveSmallIntegerField("次数", default=1)
    at = models.DateTimeField("最近一次")
    settled_at = models.DateTimeField("了结", null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(settled_at__isnull=True), name="unreported_open")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.words}"
