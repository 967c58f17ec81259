"""Forms: a field with all that belongs to it, what is wrong, the key that makes five presses one."""

import uuid
from typing import Any, NamedTuple, cast

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.forms.forms import BaseForm
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinqing.web import respond
from qinqing.web.parts.tones import Part

register = template.Library()


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, *, autofocus: bool = False, hint: str = "") -> dict[str, Any]:
    """Draw one field of a form: label, whether it must be filled, help, what is wrong, the input. `hint` replaces its help.

    The first field that is wrong takes the cursor, with and without JavaScript.
    """
    if not isinstance(bound, BoundField):
        raise Part(f"field: not a field of a form: {bound!r}")
    widget = bound.field.widget
    kinds: tuple[tuple[type, str], ...] = (
        (CheckboxSelectMultiple, "group"), (RadioSelect, "group"), (CheckboxInput, "check"), (Textarea, "area"),
        (Select, "select"), (FileInput, "file"),
    )  # fmt: skip
    kind = next((name for cls, name in kinds if isinstance(widget, cls)), "input")
    wrong = [name for name in bound.form.errors if name in bound.form.fields]
    focus = bound.name == wrong[0] if wrong else autofocus and not bound.form.is_bound
    attrs: dict[str, str | bool] = {"autofocus": True} if focus else {}
    if kind == "file":
        attrs["data-files"] = "yes"
    if hint:
        bound.help_text = hint
    given = (
        bound.form.files.getlist(bound.html_name)
        if kind == "file" and bound.form.is_bound and hasattr(bound.form.files, "getlist")
        else []
    )
    return {
        "groups": _groups(bound) if kind == "group" else [],
        "bound": bound, "kind": kind, "input": "" if kind == "group" else bound.as_widget(attrs=attrs), "given": given,
        "limit": widget.attrs.get("data-limit", ""), "is_radio": isinstance(widget, RadioSelect),
    }  # fmt: skip


class _Group(NamedTuple):
    """Choices under one heading; "" where the list has none. `is_open` for what is laid open from the beginning."""

    heading: str
    options: list[Any]
    is_open: bool


def _groups(bound: BoundField) -> list[_Group]:
    """Sort the lines of a list under their headings: the first is laid open, a later one when something in it is chosen."""
    drawn = iter(bound)
    found: list[_Group] = []
    for value, label in cast("Any", bound.field).choices:
        heading, size = (value, len(label)) if isinstance(label, (list, tuple)) else ("", 1)
        options = [next(drawn) for _ in range(size)]
        if found and found[-1].heading == heading:
            found[-1].options.extend(options)
            continue
        found.append(_Group(heading, options, not found or any(one.data["selected"] for one in options)))
    return found


@register.inclusion_tag("parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw every field of a form in order, hidden ones too, what is wrong with the form as a whole first."""
    return {"form": form}


@register.inclusion_tag("parts/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """Say what is wrong with the form as a whole, and how many fields are to be put right."""
    wrong = [form[name] for name in form.errors if name in form.fields]
    return {"errors": form.non_field_errors(), "wrong": wrong}


@register.simple_tag(takes_context=True)
def press_key(context: Context) -> SafeString:
    """Give a form the key that makes five presses one: the same key, sent again, gives the same case."""
    request = context.get("request")
    kept = request.POST.get("press_key", "") if request is not None and request.method == "POST" else ""
    key = kept if kept.isascii() and kept.isalnum() and len(kept) == 32 else uuid.uuid4().hex
    return format_html('<input type="hidden" name="press_key" value="{}">', key)


@register.simple_tag(takes_context=True)
def announce(context: Context, words: str) -> SafeString:
    """Read out what a swap changed (找到 50 件); shows nothing, and nothing at all on a whole page."""
    request = context.get("request")
    if request is None or not respond.by_htmx(request):
        return SafeString("")
    return format_html('<div id="live" hx-swap-oob="innerHTML"><span class="unseen">{}</span></div>', words)
