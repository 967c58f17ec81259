"""The enterprise file: firms, the people who speak for them, parks, cards, proposals, imports."""

from django.db import models
from django.db.models import F, Q

from qinqing.enterprises.words import (
    ACTIVE_STATUSES,
    Duty,
    ImportState,
    Kind,
    NumberKind,
    Ownership,
    ProposalState,
    Scale,
    Status,
)


class Park(models.Model):
    """An industrial park of the plan; firms stand in at most one."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="parks")
    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    communities = models.ManyToManyField(
        "people.Office", related_name="parks", blank=True, verbose_name="所涉村（社区）"
    )
    place = models.PositiveIntegerField("次序", default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="park_code_once_per_town")]

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """One firm of one town. 属地 is where it really works, so both addresses are kept."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="enterprises")
    name = models.CharField("名称", max_length=120)
    name_key = models.CharField("名称检索键", max_length=120, help_text="名称去掉全半角、大小写、空格之别")
    short = models.CharField("简称", max_length=40, blank=True)
    initials = models.CharField("拼音首字母", max_length=120, blank=True)
    initials_by_hand = models.BooleanField("首字母为人工指定", default=False)
    number_kind = models.CharField("证号类别", max_length=10, choices=NumberKind.choices())
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True)  # noqa: DJ001  unknown is NULL: unique
    old_number = models.CharField("原15位注册号", max_length=15, null=True, blank=True)  # noqa: DJ001  unknown is NULL: unique
    no_code_reason = models.CharField("无代码原因", max_length=100, blank=True)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices(), default=Kind.COMPANY.value)
    legal_form = models.CharField("登记类型", max_length=60, blank=True, help_text="营业执照上的类型原文")
    status = models.CharField("状态", max_length=20, choices=Status.choices(), default=Status.OPERATING.value)
    registered_on = models.DateField("成立日期", null=True, blank=True)
    capital = models.CharField("注册资本", max_length=60, blank=True)
    business_scope = models.TextField("经营范围", blank=True)
    registered_address = models.CharField("注册地址", max_length=200, blank=True)
    production_address = models.CharField("生产经营地址", max_length=200, blank=True)
    community = models.ForeignKey("people.Office", models.PROTECT, null=True, blank=True, related_name="enterprises")
    is_unassigned = models.BooleanField("待归属", default=False)
    park = models.ForeignKey(Park, models.PROTECT, null=True, blank=True, related_name="enterprises")
    industry = models.CharField("行业代码", max_length=4, blank=True, help_text="GB/T 4754-2017")
    scale = models.CharField("规模", max_length=20, choices=Scale.choices(), default=Scale.UNKNOWN.value)
    scale_year = models.PositiveSmallIntegerField("规模认定年度", null=True, blank=True)
    tags = models.JSONField("特征标签", default=list, blank=True)
    is_key = models.BooleanField("重点行业领域", default=False)
    workers = models.PositiveIntegerField("从业人数", null=True, blank=True)
    land_mu = models.DecimalField("占地（亩）", max_digits=10, decimal_places=2, null=True, blank=True)
    floor_m2 = models.DecimalField("建筑面积（平方米）", max_digits=12, decimal_places=2, null=True, blank=True)
    ownership = models.CharField("用房", max_length=20, choices=Ownership.choices(), default=Ownership.UNKNOWN.value)
    landlord = models.CharField("房东", max_length=120, blank=True)
    legal_person = models.CharField("法定代表人", max_length=60, blank=True)
    source = models.CharField("来源", max_length=100, blank=True)
    note = models.TextField("备注", blank=True)
    last_verified_at = models.DateTimeField("最近核实", null=True, blank=True)
    last_verified_by = models.CharField("核实人", max_length=60, blank=True)
    is_demo = models.BooleanField("演示", default=False)
    created_at = models.DateTimeField("建档时间")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        ordering = ["initials", "id"]
        indexes = [
            models.Index(fields=["town", "initials", "id"], name="enterprise_by_initials"),
            models.Index(fields=["town", "is_unassigned", "id"], name="enterprise_unassigned"),
            models.Index(fields=["community", "initials", "id"], name="enterprise_by_community"),
            models.Index(fields=["town", "name_key"], name="enterprise_by_name_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["town", "uscc"], name="enterprise_uscc_once_per_town"),
            models.UniqueConstraint(fields=["town", "old_number"], name="enterprise_old_number_once_per_town"),
            models.CheckConstraint(
                name="enterprise_number_fits_its_kind",
                condition=Q(number_kind=NumberKind.USCC.value, uscc__isnull=False)
                | Q(number_kind=NumberKind.OLD.value, uscc__isnull=True, old_number__isnull=False)
                | (
                    Q(number_kind=NumberKind.NONE.value, uscc__isnull=True, old_number__isnull=True)
                    & ~Q(no_code_reason="")
                ),
            ),
            models.CheckConstraint(
                name="enterprise_active_has_community",
                condition=Q(community__isnull=False, is_unassigned=False)
                | Q(community__isnull=True, is_unassigned=True)
                | (
                    Q(community__isnull=True, is_unassigned=False)
                    & ~Q(status__in=sorted(s.value for s in ACTIVE_STATUSES))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody who speaks for the firm. The phone is stored sealed, its mask and a blind index beside it."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="contacts")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, blank=True, related_name="contacts")
    name = models.CharField("姓名", max_length=60)
    duty = models.CharField("身份", max_length=20, choices=Duty.choices(), default=Duty.CONTACT.value)
    phone_encrypted = models.TextField("电话（密文）", blank=True)
    phone_mask = models.CharField("电话", max_length=30, blank=True)
    phone_hash = models.CharField("电话盲索引", max_length=64, blank=True, db_index=True)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contact_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ends_on__isnull=True, account__isnull=False),
                name="contact_account_speaks_for_one",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(ends_on__isnull=True, duty=Duty.CONTACT.value),
                name="contact_one_main_per_firm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{Duty.label_of(self.duty)}）"


class Card(models.Model):
    """The QR card at a firm's gate: whoever holds it may speak up and track, nothing more.

    Looked up by a keyed hash, so a stolen database gives no working card; kept sealed as well, so that
    the same card can be printed again when the first one fades.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="cards")
    token_hash = models.CharField("令牌盲索引", max_length=64, unique=True)
    token_encrypted = models.TextField("令牌（密文）")
    issued_at = models.DateTimeField("发出时间")
    issued_by = models.CharField("发出人", max_length=60)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(revoked_at__isnull=True), name="card_one_valid_per_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} 企业码"


class Proposal(models.Model):
    """A change of sensitive facts that waits for the hub: `changes` maps a field to [old, new] as stored."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="proposals")
    changes = models.JSONField("拟改内容")
    reason = models.CharField("理由", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=ProposalState.choices(), default=ProposalState.WAITING.value
    )
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    proposed_name = models.CharField("提出人", max_length=100)
    proposed_at = models.DateTimeField("提出时间")
    decided_name = models.CharField("审核人", max_length=100, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_note = models.CharField("审核意见", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "enterprise"], name="proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.enterprise}：{'、'.join(self.changes)}"


class ImportRun(models.Model):
    """One uploaded list of firms: what it was, what became of each row. The upload goes when the run ends."""

    town = models.ForeignKey("people.Town", models.PROTECT, related_name="import_runs")
    filename = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    upload = models.BinaryField("上传内容（密文）", null=True)
    state = models.CharField("状态", max_length=20, choices=ImportState.choices(), default=ImportState.READY.value)
    total = models.PositiveIntegerField("总行数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    report = models.JSONField("结果", default=dict)
    started_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    started_name = models.CharField("导入人", max_length=100)
    started_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.filename}（{ImportState.label_of(self.state)}）"
