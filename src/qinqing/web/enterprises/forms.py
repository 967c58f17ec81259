"""Forms of the enterprise file. What a fact may be is decided in `enterprises.rules`; here it only gets its input."""

from typing import TYPE_CHECKING, Any

from django.forms import FileField, FileInput, HiddenInput

from qinqing.enterprises import reads, rules
from qinqing.enterprises.rules import Reach
from qinqing.enterprises.words import Duty, Kind, Ownership, Scale, Status, Tag
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind
from qinqing.web import forms

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

GROUPS = (
    ("身份", (
        "name", "uscc", "old_number", "no_code_reason", "kind", "legal_form", "short", "initials", "legal_person",
        "registered_on", "capital",
    )),
    ("在哪里", ("community_id", "status", "production_address", "registered_address", "park_id")),
    ("做什么、多大", ("industry", "business_scope", "scale", "scale_year", "workers", "is_key", "tags")),
    ("用地用房", ("land_mu", "floor_m2", "ownership", "landlord")),
    ("其他", ("note", "reason")),
)  # fmt: skip
"""How the form is cut into cards."""
INSIDE = ("note", "is_key", "tags")
"""What officials write for each other: the firm neither reads nor proposes it."""
AFTER_THE_HUB = "改后须中转站审核才生效"


def communities(town_id: int) -> list[tuple[Any, str]]:
    """Return the choices of a 属地."""
    return [forms.CHOOSE, *((one.pk, one.name) for one in people.offices(town_id, [OfficeKind.COMMUNITY]))]


class FileForm(forms.Form):
    """Every fact of a firm's file; the reader of `rules.FIELDS` says what is wrong with each."""

    name = forms.Line("企业名称", 120, help_text="以营业执照为准。")
    uscc = forms.Line(
        "统一社会信用代码", 60, required=False, keyboard="latin", help_text="18位；原15位注册号也可以填在这里。"
    )
    old_number = forms.Line("原15位注册号", 60, required=False)
    no_code_reason = forms.Line(
        "无代码原因", 100, required=False, help_text="没有任何代码时填写，如：无照小作坊、正在办理。"
    )
    kind = forms.Choice("类型", [("", "按代码判断"), *Kind.choices()], required=False)
    legal_form = forms.Line("登记类型", 60, required=False, help_text="营业执照上的原文，如：有限责任公司。")
    short = forms.Line("简称", 40, required=False)
    initials = forms.Line("拼音首字母", 60, required=False, help_text="留空自动生成；多音字不准时在此更正。")
    legal_person = forms.Line("法定代表人", 60, required=False)
    registered_on = forms.Line("成立日期", 30, required=False, placeholder="2001-07-27")
    capital = forms.Line("注册资本", 60, required=False)
    production_address = forms.Line("生产经营地址", 200, required=False, help_text="属地以这里为准。")
    registered_address = forms.Line("注册地址", 200, required=False)
    park_id = forms.Choice("园区", required=False, to=int)
    industry = forms.Line("行业代码", 60, required=False, help_text="国民经济行业代码，如 3670。", placeholder="3670")
    business_scope = forms.Long("经营范围", 4000, required=False, rows=3)
    scale = forms.Choice("规模", Scale.choices(), required=False)
    scale_year = forms.Line("规模认定年度", 10, required=False, keyboard="numeric")
    workers = forms.Line("从业人数", 20, required=False, keyboard="numeric")
    is_key = forms.Yes("列为重点行业领域企业")
    tags = forms.Choices_("特征标签", Tag.choices(), required=False)
    land_mu = forms.Line("占地（亩）", 20, required=False, keyboard="decimal")
    floor_m2 = forms.Line("建筑面积（平方米）", 20, required=False, keyboard="decimal")
    ownership = forms.Choice("用房", Ownership.choices(), required=False)
    landlord = forms.Line("房东", 120, required=False, help_text="租赁的，填出租方或村集体。")
    note = forms.Long("备注", 2000, required=False, rows=3)

    def __init__(self, *args: Any, town_id: int, reach: Reach = Reach.HUB, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in INSIDE if reach is Reach.OWN else ():
            del self.fields[name]
        parks = [("", "不在园区"), *((park.pk, park.name) for park in reads.parks(town_id))]
        self.fields["park_id"].choices = parks  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name in rules.FIELDS and not rules.writes_at_once(reach, rules.FIELDS[name]):
                field.help_text = (
                    "；".join(part for part in (str(field.help_text).rstrip("。"), AFTER_THE_HUB) if part) + "。"
                )

    def clean(self) -> dict[str, Any]:
        """Read every fact at once, so that everything wrong is shown at once."""
        given: dict[str, Any] = super().clean() or {}
        for name in [name for name in given if name in rules.FIELDS]:
            try:
                rules.FIELDS[name].read(name, given[name])
            except Refused as refusal:
                self.add_error(name, refusal.sentence)
        if not {"uscc", "old_number"} & set(self.errors):
            try:
                rules.read_number(given.get("uscc", ""), given.get("old_number", ""), given.get("no_code_reason", ""))
            except Refused as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return given

    def raw(self) -> dict[str, Any]:
        """Return the facts as the actions take them."""
        return {name: value for name, value in self.cleaned_data.items() if name in rules.FIELDS}

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Return the cards of the form: title and fields."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]


class NewForm(FileForm):
    """A new file: with its community and standing."""

    community_id = forms.Choice("属地村（社区）", to=int, help_text="以实际生产经营地为准。")
    status = forms.Choice("经营状态", Status.choices(), required=False)

    def __init__(self, *args: Any, town_id: int, **kwargs: Any) -> None:
        super().__init__(*args, town_id=town_id, **kwargs)
        self.fields["community_id"].choices = communities(town_id)  # type: ignore[attr-defined]


class EditForm(FileForm):
    """A known file: with the reason for the change, and what was seen when it was opened."""

    reason = forms.Line("变更理由", 200, required=False, help_text="如：换领营业执照。中转站审核时会看。")
    seen = forms.Line("", 40, required=False, widget=HiddenInput())

    @staticmethod
    def shown(enterprise: "Enterprise") -> dict[str, Any]:
        """Return what stands in the form at first."""
        values = {name: getattr(enterprise, name) for name in rules.FIELDS}
        values["initials"] = enterprise.initials if enterprise.initials_by_hand else ""
        return values | {"seen": reads.version(enterprise)}


class StatusForm(forms.Form):
    """How the firm stands."""

    status = forms.Choice("经营状态", Status.choices(), open_=True)
    note = forms.Line("说明", 200, required=False, help_text="如：订单减少、搬往何处。会记入台账。")


class CommunityForm(forms.Form):
    """Where the firm belongs."""

    community_id = forms.Choice("属地村（社区）", to=int, help_text="以实际生产经营地为准。")

    def __init__(self, *args: Any, town_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community_id"].choices = communities(town_id)  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """Somebody who speaks for the firm."""

    name = forms.Line("姓名", 60)
    duty = forms.Choice("身份", Duty.choices())
    phone = forms.Line("电话", 40, required=False, keyboard="tel", help_text="手机或固定电话。加密保存，查看会留痕。")


class EndContactForm(forms.Form):
    """Until when somebody spoke for the firm."""

    ends_on = forms.Day("最后一天", help_text="停用后，其账号即不能再代表本企业。")


class AccountForm(forms.Form):
    """The user name of a contact's new account."""

    username = forms.Line("用户名", 40, help_text="2至40位小写字母、数字或中文；可用手机号。")


class RevokeForm(forms.Form):
    """Why a card stops working."""

    reason = forms.Line("作废原因", 100, help_text="如：遗失、被翻拍、企业已搬走。")


class UploadForm(forms.Form):
    """A list of firms."""

    file = FileField(
        label="企业名单",
        help_text=".xlsx 或 .csv，不超过20MB、2万行；列名可用中文，认得常见的叫法。",
        error_messages={
            "required": "请选择文件。",
            "empty": "文件是空的，请重新选择。",
            "invalid": "文件没有传上来，请重试。",
        },
        widget=FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
