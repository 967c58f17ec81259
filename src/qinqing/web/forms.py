"""Forms of the pages: our own few kinds of field, every message in 中文 and about this very field, text cleaned on the way in.

A field's label, help and message are drawn by the part `{% field form.name %}`. The browser's own checks stay off: the
server's answer is the same with and without JavaScript, and nothing is cut silently while pasting.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict

from qinqing.kernel import text as texts
from qinqing.kernel.clock import SHANGHAI

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Choices = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
CHOOSE = ("", "请选择")


def _messages(field: forms.Field, verb: str) -> dict[str, str]:
    """Return our messages for what Django checks; a field's own ones, given as `error_messages`, stand before them."""
    label, limit = field.label or "此项", getattr(field, "max_length", None)
    return {
        "required": f"请{verb}{label}。",
        "max_length": f"{label}最多{limit}个字，现在%(show_value)d个字。",
        "min_length": f"{label}太短了。",
        "invalid": f"{label}写得不对，请核对。",
        "invalid_choice": f"{label}请从列表中选择。",
        "invalid_list": f"{label}请从列表中选择。",
        "max_value": f"{label}不能大于%(limit_value)s。",
        "min_value": f"{label}不能小于%(limit_value)s。",
        "max_digits": f"{label}的数字太长了。",
        "null_characters_not_allowed": f"{label}里有认不出的字符。",
    }


class Line(forms.CharField):
    """One line of text, cleaned."""

    def __init__(
        self,
        label: str,
        limit: int = 60,
        *,
        keyboard: str = "",
        autocomplete: str = "off",
        placeholder: str = "",
        **more: Any,
    ) -> None:
        """Take the label, the longest text in characters, and which keyboard a phone shows ("numeric", "tel", …)."""
        attrs = {"autocomplete": autocomplete}
        attrs |= {"inputmode": keyboard} if keyboard else {}
        attrs |= {"placeholder": placeholder} if placeholder else {}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(label=label, max_length=limit, strip=False, **more)

    def to_python(self, value: Any) -> str:
        """Return the text cleaned, on one line."""
        return " ".join(texts.clean(str(value or "")).split("\n"))


class Long(forms.CharField):
    """Several lines of text, cleaned; the count of characters is shown as one types."""

    def __init__(self, label: str, limit: int = 2000, *, rows: int = 4, placeholder: str = "", **more: Any) -> None:
        """Take the label, the longest text in characters, and the height in lines."""
        attrs: dict[str, Any] = {"rows": rows, "data-limit": limit}
        attrs |= {"placeholder": placeholder} if placeholder else {}
        more.setdefault("widget", forms.Textarea(attrs=attrs))
        super().__init__(label=label, max_length=limit, strip=False, **more)

    def to_python(self, value: Any) -> str:
        """Return the text cleaned, its lines kept."""
        return texts.clean(str(value or ""))


class _Closed:
    """A list some lines of which are shown but cannot be chosen now; the line says why."""

    closed: Collection[str] = frozenset()

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        """Draw one line."""
        option: dict[str, Any] = super().create_option(name, value, *rest, **more)  # type: ignore[misc]
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
            option["selected"] = False
        return option


class _Select(_Closed, forms.Select): ...


class _Radios(_Closed, forms.RadioSelect): ...


class _Boxes(_Closed, forms.CheckboxSelectMultiple): ...


def _close(field: forms.ChoiceField, closed: Collection[Any]) -> frozenset[str]:
    found = frozenset(str(value) for value in closed)
    if isinstance(field.widget, _Closed):
        field.widget.closed = found
    return found


class Choice(forms.TypedChoiceField):
    """One of a list: a select; as buttons to press when `open_` is set (good for two to five)."""

    def __init__(
        self,
        label: str,
        choices: Choices = (),
        *,
        open_: bool = False,
        to: Any = str,
        closed: Collection[Any] = (),
        **more: Any,
    ) -> None:
        """Take the label, the (value, 中文) pairs, the type the value becomes (`to=int` for ids), and values shown but closed.

        Pairs may stand in groups: (heading, list of pairs).
        """
        more.setdefault("widget", _Radios if open_ else _Select)
        super().__init__(label=label, choices=choices, coerce=to, empty_value=None if to is int else "", **more)
        self.closed = _close(self, closed)

    def valid_value(self, value: Any) -> bool:
        """Say whether this may be chosen."""
        return super().valid_value(value) and str(value) not in self.closed


class Choices_(forms.TypedMultipleChoiceField):  # noqa: N801  "Choices" is the type of a list of choices
    """Any number of a list, as boxes to tick."""

    def __init__(
        self, label: str, choices: Choices = (), *, to: Any = str, closed: Collection[Any] = (), **more: Any
    ) -> None:
        """Take the label, the (value, 中文) pairs (or groups of them), the type each value becomes, and values closed."""
        more.setdefault("widget", _Boxes)
        super().__init__(label=label, choices=choices, coerce=to, **more)
        self.closed = _close(self, closed)

    def valid_value(self, value: Any) -> bool:
        """Say whether this may be chosen."""
        return super().valid_value(value) and str(value) not in self.closed


class Yes(forms.BooleanField):
    """A box to tick; never required."""

    def __init__(self, label: str, **more: Any) -> None:
        """Take the label, which stands beside the box."""
        super().__init__(label=label, required=False, **more)


class Whole(forms.IntegerField):
    """A whole number."""

    def __init__(self, label: str, *, low: int, high: int, **more: Any) -> None:
        """Take the label and the range, both ends allowed."""
        more.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(label=label, min_value=low, max_value=high, **more)


class Day(forms.DateField):
    """A day."""

    def __init__(self, label: str, **more: Any) -> None:
        """Take the label."""
        more.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(label=label, input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"], **more)


class Moment(forms.DateTimeField):
    """A moment, Asia/Shanghai, to the minute; aware when it comes out."""

    def __init__(self, label: str, **more: Any) -> None:
        """Take the label."""
        more.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"]
        super().__init__(label=label, input_formats=formats, **more)

    def clean(self, value: Any) -> datetime | None:
        """Return the moment on Shanghai's clock."""
        moment = cast("datetime | None", super().clean(value))
        return moment.astimezone(SHANGHAI) if moment else None


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: "MultiValueDict[str, UploadedFile[Any]]", name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class Files(forms.FileField):
    """Any number of files; what comes out is a list of what was uploaded, unchecked: `cases.files` looks into them."""

    def __init__(self, label: str = "附件", *, accept: str = "", most: int = 9, **more: Any) -> None:
        """Take the label, the endings offered by the browser, and how many files are taken."""
        attrs: dict[str, Any] = {"multiple": True} | ({"accept": accept} if accept else {})
        more.setdefault("widget", _FilesInput(attrs=attrs))
        more.setdefault("required", False)
        super().__init__(label=label, **more)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of files.

        Raises:
            ValidationError: none where one is needed, or too many.
        """
        given: Sequence[UploadedFile[Any]] = [one for one in (data or []) if one]
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(given) > self.most:
            raise forms.ValidationError(f"一次最多{self.most}个文件，现在{len(given)}个。", code="too_many")
        return list(given)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show nothing: a browser does not let a page fill in files."""
        return None


_CHOSEN = (forms.ChoiceField, forms.MultipleChoiceField, forms.DateField, forms.DateTimeField, forms.FileField)


class Form(forms.Form):
    """A form of ours."""

    required_css_class = "must"
    use_required_attribute = False
    refused_status = 422

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Give a field our messages where it has Django's own, and let nothing be cut while pasting."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    for code, sentence in _messages(field, "选择" if isinstance(field, _CHOSEN) else "填写").items():
        if field.error_messages.get(code) is defaults.get(code):
            field.error_messages[code] = sentence
    field.widget.attrs.pop("maxlength", None)
