"""Forms of accounts and posts."""

from datetime import date

from django import forms

from qinqing.people import reads as people
from qinqing.people.words import KINDS_OF_ROLE, OfficeKind


class PersonForm(forms.Form):
    """Name and e-mail of a person."""

    name = forms.CharField(
        label="姓名",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写姓名。", "max_length": "姓名最多40个字。"},
    )
    email = forms.EmailField(
        label="邮箱",
        required=False,
        help_text="填了可收邮件提醒。",
        error_messages={"invalid": "邮箱的格式不对。"},
    )


class NewPersonForm(PersonForm):
    """The same with a user name."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="2至40位小写字母、数字或中文，可含 . _ @ -；建好后不能改。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "请填写用户名。", "max_length": "用户名最多40位。"},
    )
    field_order = ("username", "name", "email")


class ShutForm(forms.Form):
    """Why an account is shut."""

    reason = forms.CharField(label="原因", max_length=100, required=False, help_text="如：调离、退休；会记入台账。")


def _date_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请选择日期。", "invalid": "日期不对，请写成 2026-11-23 这样。"},
    )


class PostForm(forms.Form):
    """A role at an office from a day on."""

    office = forms.TypedChoiceField(
        label="单位",
        coerce=int,
        error_messages={"required": "请选择单位。", "invalid_choice": "没有这个单位，请从列表中选择。"},
    )
    role = forms.ChoiceField(
        label="岗位", error_messages={"required": "请选择岗位。", "invalid_choice": "没有这个岗位，请从列表中选择。"}
    )
    starts_on = _date_field("起")
    ends_on = _date_field("止", "长期任职留空。", required=False)

    def __init__(self, *args: object, town_id: int, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        groups: dict[str, list[tuple[str, str]]] = {kind.label: [] for kind in OfficeKind}
        for office in people.offices(town_id):
            groups[OfficeKind.label_of(office.kind)].append((str(office.pk), office.name))
        offices = [(label, rows) for label, rows in groups.items() if rows]
        self.fields["office"].choices = [("", "请选择"), *offices]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "请选择"), *((str(role), role.label) for role in KINDS_OF_ROLE)]  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today


class EndForm(forms.Form):
    """The last day of a post."""

    ends_on = _date_field("任职至", "当天仍有效。填昨天，即从现在起不再任职。")


class ChargeForm(forms.Form):
    """What is in a leader's charge."""

    offices = forms.TypedMultipleChoiceField(
        label="分管单位与蹲点村（社区）",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个单位，请从列表中选择。"},
    )

    def __init__(self, *args: object, town_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)
        rows = [(str(office.pk), office.name) for office in people.offices(town_id, kinds)]
        self.fields["offices"].choices = rows  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Who is away from when to when, and who hears in his stead."""

    account = forms.TypedChoiceField(label="请假的人", coerce=int)
    deputy = forms.TypedChoiceField(
        label="代办人",
        coerce=int,
        error_messages={"required": "请选择代办人。", "invalid_choice": "请从本单位同事中选择。"},
    )
    starts_on = _date_field("起")
    ends_on = _date_field("止", "当天算在内。")

    def __init__(
        self, *args: object, away: dict[int, str], deputies: dict[int, str], today: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["account"].choices = list(away.items())  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", "请选择"), *deputies.items()]  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today
