"""Forms of the two lists."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from qinqing.grids.actions.desk import LONGEST_REASON
from qinqing.grids.actions.officers import LONGEST_TITLE
from qinqing.grids.actions.periods import MOST_AT_ONCE
from qinqing.grids.lists import OfficerLine
from qinqing.grids.words import Rank

if TYPE_CHECKING:
    from qinqing.grids.models import Grid

_CHOSEN = re.compile(r"(\d{1,18})(?:-(\d{1,18}))?")
_TARGET = re.compile(r"(\d{1,18})-(\d{1,18})")


class ChosenField(forms.Field):
    """Ticked enterprises: values "12" or, where the page showed who answers, "12-7" (enterprise, officer).

    Cleans to a dict enterprise → officer shown (None if none was). Whether they may be chosen is the action's question: a page
    that is out of date shall hear who was faster, not "invalid choice".
    """

    widget = forms.SelectMultiple
    default_error_messages = {"required": "请先勾选企业。", "invalid": "勾选的内容认不出，请刷新后再选。"}

    def to_python(self, value: Any) -> dict[int, int | None]:
        """Return the ticked enterprises."""
        matches = [_CHOSEN.fullmatch(str(one)) for one in list(value or [])[: MOST_AT_ONCE + 1]]
        if not all(matches):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return {int(match[1]): int(match[2]) if match[2] else None for match in matches if match}


class TargetField(forms.ChoiceField):
    """The officer who takes over and the grid, as one choice: "7-3"; cleans to (account, grid)."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": "请选择网格员。", "invalid_choice": "没有这位网格员，请从列表中选择。"}
        super().__init__(label="网格员", error_messages=errors, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return (account, grid)."""
        raw = super().clean(value)
        match = _TARGET.fullmatch(raw)
        return (int(match[1]), int(match[2])) if match else None


def targets(officers: Sequence[OfficerLine], *, on: date, without: int | None = None) -> list[tuple[str, str]]:
    """Return whom a form offers, those with the fewest enterprises first: value and what it says."""
    offered = [
        line
        for line in officers
        if line.grids and not line.last_day and line.since <= on and line.account_id != without
    ]
    return [
        (f"{line.account_id}-{grid.id}", f"{line.name} · {grid.name}（现联系{line.leads}家）")
        for line in sorted(offered, key=lambda line: line.leads)
        for grid in line.grids
    ]


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """Return a day, typed or picked."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请选择日期。", "invalid": "日期不对，请写成 2026-11-23 这样。"},
    )


def _reason_field(example: str) -> forms.CharField:
    return forms.CharField(
        label="原因",
        max_length=LONGEST_REASON,
        help_text=f"例如：{example}。会记入一本账。",
        error_messages={"required": "请写明原因。", "max_length": f"原因最多{LONGEST_REASON}个字。"},
    )


def _offer(form: forms.Form, name: str, offered: Sequence[tuple[Any, str]]) -> None:
    """Set what a field of choices offers."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so in the form
    field.choices = list(offered)


class _ToOfficer(forms.Form):
    enterprises = ChosenField(label="企业")
    officer = TargetField()

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "officer", [("", "请选择"), *offered])

    @property
    def chosen(self) -> dict[int, int | None]:
        """Return what is ticked, also while something is wrong with it: the page shows it again."""
        try:
            return ChosenField().to_python(self["enterprises"].data)
        except ValidationError:
            return {}


class TieForm(_ToOfficer):
    """Give enterprises their lead."""


class OneTieForm(forms.Form):
    """Give one enterprise its lead or deputy."""

    rank = forms.ChoiceField(label="担任", choices=Rank.choices(), widget=forms.RadioSelect)
    officer = TargetField()
    on = day_field("从哪天起")

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], lacks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "officer", [("", "请选择"), *offered])
        if not self.is_bound:  # a press from an outdated page shall hear who was faster, not "no such choice"
            _offer(self, "rank", [(code, Rank.label_of(code)) for code in lacks])


class HandOverForm(_ToOfficer):
    """Hand enterprises over."""

    effective_on = day_field("从哪天起", "当天起由新的网格员联系，前一天及以前仍是原来的网格员。")
    reason = _reason_field("岗位调整、人员离任、网格调整")
    field_order = ("officer", "effective_on", "reason")


class ReleaseForm(forms.Form):
    """Leave an enterprise without its officer."""

    effective_on = day_field("从哪天起不再联系")
    reason = _reason_field("企业搬迁、B角调整")


class OfficerForm(forms.Form):
    """What the roster says of an officer."""

    phone = forms.CharField(
        label="联系电话",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text="加密保存，名单上只显示掩码；他联系的企业可以看到完整号码。",
    )
    title = forms.CharField(
        label="职务",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="例如：村委委员、网格长。",
        error_messages={"max_length": f"职务最多{LONGEST_TITLE}个字。"},
    )
    is_full_time = forms.BooleanField(label="专职", required=False)


class NewOfficerForm(OfficerForm):
    """Put somebody on the roster."""

    account = forms.TypedChoiceField(label="本村（社区）已有账号的人员", required=False, coerce=int, empty_value=None)
    name = forms.CharField(
        label="姓名",
        required=False,
        max_length=40,
        help_text="系统里还没有账号的人在这里填姓名；登录由系统管理员另行开通。",
        error_messages={"max_length": "姓名最多40个字。"},
    )
    grids = forms.TypedMultipleChoiceField(
        label="负责网格", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts_on = day_field("任职日期")
    field_order = ("account", "name", "phone", "title", "is_full_time", "grids", "starts_on")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], grids: "Sequence[Grid]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "account", [("", "不在其中，填写下面的姓名"), *people])
        _offer(self, "grids", [(grid.pk, grid.name) for grid in grids])

    def clean(self) -> dict[str, Any]:
        """Require either a person from the list or a name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("account") and not cleaned.get("name"):
            self.add_error("name", "请从已有人员中选择，或填写姓名。")
        return cleaned


class EndForm(forms.Form):
    """Take an officer off the roster."""

    last_day = day_field("任职到哪天", "这一天及以前仍在任。")
    reason = _reason_field("到龄、岗位调整、离职")


class GridForm(forms.Form):
    """Name of a grid."""

    name = forms.CharField(
        label="网格名称",
        max_length=30,
        error_messages={"required": "请填写网格名称。", "max_length": "网格名称最多30个字。"},
    )


class CloseGridForm(forms.Form):
    """Why a grid is closed."""

    reason = _reason_field("网格合并")
