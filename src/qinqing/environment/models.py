"""The environment file of an enterprise. What it emits in kind (涉气, 危废 …) stands in its tags, not here again."""

from django.db import models
from django.db.models import F, Q

from qinqing.environment.rules import YEARLY_BY
from qinqing.environment.words import Drainage, PaperKind, PermitClass, Result


class Profile(models.Model):
    """What is known of one firm: the card an officer reads before he goes."""

    enterprise = models.OneToOneField(
        "enterprises.Enterprise", models.PROTECT, primary_key=True, related_name="environment", verbose_name="企业"
    )
    process = models.TextField("工艺流程", blank=True)
    drainage = models.CharField("雨污分流", max_length=20, choices=Drainage.choices(), default=Drainage.UNKNOWN.value)
    permit_class = models.CharField(
        "排污许可类别", max_length=20, choices=PermitClass.choices(), default=PermitClass.UNKNOWN.value
    )
    is_quarterly = models.BooleanField("许可证要求季报", default=False)
    is_monthly = models.BooleanField("许可证要求月报", default=False)
    yearly_by = models.CharField("年报期限（次年）", max_length=5, default=YEARLY_BY)
    reports_since = models.DateField("执行报告从何时起", null=True, blank=True)
    hazardous_codes = models.CharField("危废类别代码", max_length=200, blank=True)
    storage = models.CharField("危废贮存", max_length=120, blank=True)
    measures_yellow = models.TextField("黄色预警减排措施", blank=True)
    measures_orange = models.TextField("橙色预警减排措施", blank=True)
    measures_red = models.TextField("红色预警减排措施", blank=True)
    measures_other = models.TextField("临时管控、错峰生产措施", blank=True)
    monitoring_times = models.PositiveSmallIntegerField("每年自行监测次数", null=True, blank=True)
    note = models.TextField("备注", blank=True)
    updated_at = models.DateTimeField("更新时间")
    updated_by = models.CharField("更新人", max_length=100)

    def __str__(self) -> str:
        return str(self.enterprise)


class Stage(models.Model):
    """One 产污环节: where pollution arises, what treats it, by which standard."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="stages", verbose_name="企业")
    name = models.CharField("产污环节", max_length=60)
    pollutants = models.CharField("污染因子", max_length=120, blank=True)
    facility = models.CharField("治理设施", max_length=120, blank=True)
    principle = models.TextField("工作原理与处理过程", blank=True)
    standard = models.CharField("执行标准", max_length=160, blank=True)
    situation = models.CharField("排放情况", max_length=200, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["enterprise"], condition=Q(ended_at__isnull=True), name="stage_of_firm")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A permit or an agreement, with its last day."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="environment_papers", verbose_name="企业"
    )
    kind = models.CharField("种类", max_length=20, choices=PaperKind.choices())
    number = models.CharField("文号", max_length=80, blank=True)
    whom = models.CharField("发证机关或处置单位", max_length=120, blank=True)
    detail = models.CharField("内容", max_length=200, blank=True)
    starts_on = models.DateField("起", null=True, blank=True)
    ends_on = models.DateField("到期", null=True, blank=True)
    kept_by = models.CharField("登记人", max_length=100)
    kept_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    end_reason = models.CharField("停用原因", max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="paper_ends_after_it_starts",
            )
        ]
        indexes = [
            models.Index(fields=["ends_on"], condition=Q(ended_at__isnull=True), name="paper_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"{PaperKind.label_of(self.kind)} {self.number}"


class Monitoring(models.Model):
    """One self-monitoring of a firm."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="monitorings", verbose_name="企业"
    )
    year = models.PositiveSmallIntegerField("年度")
    done_on = models.DateField("监测（报告）日期")
    agency = models.CharField("监测单位", max_length=120, blank=True)
    items = models.CharField("监测项目", max_length=200, blank=True)
    result = models.CharField("结果", max_length=20, choices=Result.choices(), default=Result.WAITING.value)
    number = models.CharField("报告编号", max_length=80, blank=True)
    kept_by = models.CharField("登记人", max_length=100)
    kept_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-done_on", "-id"]
        indexes = [models.Index(fields=["enterprise", "year"], name="monitoring_of_year")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.done_on}"


class SentReport(models.Model):
    """A 执行报告 that was uploaded to the state's platform; here only that it was, when and its number."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="sent_reports", verbose_name="企业"
    )
    period = models.CharField("期次", max_length=8)
    sent_on = models.DateField("上传日期")
    number = models.CharField("回执号", max_length=80, blank=True)
    kept_by = models.CharField("登记人", max_length=100)
    kept_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["period"]
        constraints = [models.UniqueConstraint(fields=["enterprise", "period"], name="report_sent_once")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.period}"
