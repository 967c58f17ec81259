"""The parts pages are made of. A part is a function: its signature says what it needs, its docstring what it is for.

Builtin in every template, no `{% load %}`. A missing or misspelt argument fails when the template is loaded. Wrappers
(`{% card %}…{% endcard %}`) take what stands between their tags. All of them, in every tone, are shown on /parts/.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.forms.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.text import mask_phone
from qinqing.plan import clauses
from qinqing.web import respond
from qinqing.web.templatetags.drawings import DRAWINGS
from qinqing.workdays.rules import Due, weekday
from qinqing.workdays.words import DayKind

register = template.Library()

LAMP_TONES = ("ok", "soon", "late", "calm")
BTN_TONES = ("", "main", "danger", "quiet")
NOTE_TONES = ("", "ok", "soon", "late", "calm")


class Part(ValueError):  # noqa: N818  a fault of the template, told to its author
    """A part was given something it does not have, e.g. a tone."""


def _one_of(what: str, given: str, allowed: Sequence[str]) -> str:
    if str(given) not in allowed:
        raise Part(f"{what}: {given!r}; there is {', '.join(repr(one) for one in allowed)}")
    return str(given)


# ── words and signs ────────────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def lamp(tone: str, words: str) -> SafeString:
    """Show how much time is left: colour and words, never one without the other. Tones: ok soon late calm."""
    return format_html('<span class="lamp {}">{}</span>', _one_of("lamp", tone, LAMP_TONES), words)


@register.simple_tag
def chip(text: str, tone: str = "") -> SafeString:
    """Show a small label: a topic, a place, a role. Tones: none ok soon late calm."""
    return format_html('<span class="chip {}">{}</span>', _one_of("chip", tone, NOTE_TONES), text)


@register.simple_tag
def clause_chip(id: str, word: str = "", note: str = "") -> SafeString:  # noqa: A002  the plan calls it so
    """Show which clause of the plan stands behind something; the plan's own words appear on pointing or focus.

    `word` tells it apart (三（三）路灯), `note` says what it means here (依据 二（四）：5个工作日内办结并反馈).
    """
    label = clauses.label(id, word)
    words = f"依据 {label}：{note}" if note else label
    quote = clauses.quote(id)
    if not quote:
        return format_html('<span class="clause">{}</span>', words)
    return format_html('<abbr class="clause" title="{}">{}</abbr>', quote, words)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a small sign; with a `label` it is read out, without one it is decoration."""
    if name not in DRAWINGS:
        raise Part(f"icon: no drawing {name!r}")
    told = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>',
        told,
        SafeString(DRAWINGS[name]),  # noqa: S308  our own drawings
    )


@register.simple_tag
def moment(at: datetime | None, form: str = "short") -> SafeString:
    """Show a moment on Shanghai's clock. Forms: short 11-23 09:12, long 2026年11月23日 周一 09:12, day 11月23日 周一."""
    if at is None:
        return SafeString("")
    here = at.astimezone(SHANGHAI)
    shown = {
        "short": f"{here:%m-%d %H:%M}",
        "long": f"{here.year}年{here.month}月{here.day}日 {weekday(here.date())} {here:%H:%M}",
        "day": f"{here.month}月{here.day}日 {weekday(here.date())}",
        "due": f"{here.month}月{here.day}日 {weekday(here.date())} {here:%H:%M}",
    }[_one_of("moment", form, ("short", "long", "day", "due"))]
    return format_html('<time class="num" datetime="{}">{}</time>', here.isoformat(timespec="minutes"), shown)


@register.inclusion_tag("parts/btn.html")
def btn(
    text: str,
    href: str = "",
    *,
    tone: str = "",
    name: str = "",
    value: str = "",
    note: str = "",
    clause: str = "",
    icon: str = "",
    form: str = "",
    action: str = "",
) -> dict[str, Any]:
    """Draw a button: a link with `href`, else a submit with `name`/`value`, for the form with id `form`, to `action`.

    `note` is small beside the word (最迟 12-07); `clause` names what it rests on, shown on pointing. Tones: none main
    danger quiet; a page has one main button.
    """
    return {
        "text": text, "href": href, "tone": _one_of("btn", tone, BTN_TONES), "name": name, "value": value, "note": note,
        "title": f"依据 {clauses.label(clause)}：{clauses.quote(clause)}" if clause else "", "icon": icon, "form": form,
        "action": action,
    }  # fmt: skip


# ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.simple_block_tag
def card(content: str, title: str = "", *, tone: str = "", note: str = "", id: str = "", level: int = 2) -> SafeString:  # noqa: A002  HTML's word
    """Put content on a card with a heading of a level; `note` stands small beside the heading. Tones: none soon late calm ok."""
    return render_to_string(
        "parts/card.html",
        {"content": content, "title": title, "tone": _one_of("card", tone, NOTE_TONES), "note": note, "id": id, "level": level},
    )  # fmt: skip


@register.simple_block_tag
def banner(content: str, tone: str = "calm", title: str = "") -> SafeString:
    """Say something that must not be missed, above the matter itself. Tones: calm ok soon late."""
    return render_to_string(
        "parts/banner.html", {"content": content, "tone": _one_of("banner", tone, NOTE_TONES), "title": title}
    )


@register.simple_block_tag
def kv(content: str) -> SafeString:
    """Hold facts as pairs: `{% kv %}{% pair "企业" %}演示车灯{% endpair %}{% endkv %}`."""
    return format_html('<dl class="kv">{}</dl>', content)


@register.simple_block_tag
def pair(content: str, label: str) -> SafeString:
    """Show one fact inside `kv`; nothing at all when there is none."""
    if not content.strip():
        return SafeString("")
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def filters(content: str, label: str = "筛选") -> SafeString:
    """Hold the filters of a list: `{% filters %}{% pill "在办" url is_on=True count=50 %}…{% endfilters %}`."""
    return format_html('<nav class="pills" aria-label="{}">{}</nav>', label, content)


@register.simple_tag
def pill(text: str, url: str, *, is_on: bool = False, count: int | None = None, tone: str = "") -> SafeString:
    """Show one filter as a link; `is_on` marks it pressed. Tones: none late."""
    return format_html(
        '<a class="pill {}" href="{}"{}>{}{}</a>',
        _one_of("pill", tone, ("", "late")),
        url,
        SafeString(' aria-current="true"') if is_on else "",
        text,
        "" if count is None else format_html(' <span class="num">{}</span>', count),
    )


@register.simple_block_tag
def rows(content: str, label: str) -> SafeString:
    """Hold a table (thead, tbody); on a phone each row becomes a card. A cell says its heading: `<td data-label="期限">`.

    Cell classes: `first` is the row's heading on a phone, `wide` takes its whole width, `end` is aligned right.
    """
    return format_html(
        '<div class="rows" role="region" aria-label="{}"><table><caption class="unseen">{}</caption>{}</table></div>',
        label,
        label,
        content,
    )


@register.inclusion_tag("parts/nothing.html")
def nothing(title: str, how: str, *, url: str = "", press: str = "") -> dict[str, str]:
    """Say that a list is empty, why that is so or how to begin, and offer the press that begins."""
    return {"title": title, "how": how, "url": url, "press": press}


@register.inclusion_tag("parts/pager.html")
def pager(*, previous: str = "", next: str = "", note: str = "") -> dict[str, str]:  # noqa: A002  the word on the button
    """Lead to the page before and after of a list that is read by key; "" where there is none."""
    return {"previous": previous, "next": next, "note": note}


class Tab(NamedTuple):
    """One page of several under the same heading."""

    label: str
    url: str
    is_on: bool = False
    count: int | None = None


@register.inclusion_tag("parts/tabs.html")
def tabs(pages: Iterable[Tab], label: str) -> dict[str, Any]:
    """Lead between pages that belong together; `pages` are `Tab`s."""
    return {"tabs": list(pages), "label": label}


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Hold figures side by side: `{% stats %}{% stat "月初在账" 41 %}…{% endstats %}`."""
    return format_html('<dl class="stats">{}</dl>', content)


@register.simple_tag
def stat(label: str, value: object, note: str = "", *, tone: str = "", url: str = "") -> SafeString:
    """Show one figure inside `stats`, as a link where it leads to what was counted. Tones: none ok soon late."""
    figure = format_html('<a href="{}">{}</a>', url, value) if url else value
    small = format_html("<small>{}</small>", note) if note else ""
    tone = _one_of("stat", tone, NOTE_TONES)
    return format_html('<div class="{}"><dt>{}</dt><dd><b class="num">{}</b>{}</dd></div>', tone, label, figure, small)


# ── the matter itself ──────────────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag("parts/journey.html")
def journey(steps: Iterable[Any], *, is_small: bool = False) -> dict[str, Any]:
    """Draw the way of a matter. A step has `label`, `note` (when, or who has it) and `state` done, now or todo.

    `is_small` leaves the notes out (lists, the portal's cards). On a phone the line keeps its stops, and one sentence
    below says where it stands and what comes next.
    """
    found = list(steps)
    for step in found:
        _one_of("journey", step.state, ("done", "now", "todo"))
    at = next((place for place, step in enumerate(found) if step.state == "now"), None)
    ahead = found[at + 1 :] if at is not None else []
    promised = next((step for step in ahead if step.note), ahead[0] if ahead else None)
    return {"steps": found, "now": found[at] if at is not None else None, "next": promised, "is_small": is_small}


class Cell(NamedTuple):
    """One day of the day strip."""

    on: date
    tone: str
    mark: str
    told: str


@register.inclusion_tag("parts/due.html")
def due_days(due: Due, *, is_open: bool = True) -> dict[str, Any]:
    """Show a deadline day by day on a calendar, with the sentences that explain it: 为什么是这一天.

    `due` is `workdays.rules.Due`. With `is_open=False` the explanation is folded away until asked for.
    """
    cells = [_cell(day, due) for day in due.days]
    return {
        "due": due, "cells": cells, "first": due.days[0].on.isoweekday() if cells else 1, "is_open": is_open,
        "months": sorted({(day.on.year, day.on.month) for day in due.days}), "sentences": due.explain(),
    }  # fmt: skip


def _cell(day: Any, due: Due) -> Cell:
    on = f"{day.on.month}月{day.on.day}日 {weekday(day.on)}"
    if day.on == due.at.astimezone(SHANGHAI).date():
        return Cell(day.on, "due", "截止", f"{on}，第{day.number}个工作日，截止")
    if day.number == 0:
        return Cell(day.on, "zero", "收到", f"{on}，收到当日，不计入")
    if day.number is None:
        name = day.label or ("周末" if day.kind == DayKind.WEEKEND else day.kind.label)
        return Cell(day.on, "off", "休", f"{on}，{name}，不计")
    made_up = day.kind == DayKind.MAKEUP
    return Cell(
        day.on,
        "work",
        "班" if made_up else str(day.number),
        f"{on}，第{day.number}个工作日" + ("（调休上班）" if made_up else ""),
    )


@register.inclusion_tag("parts/timeline.html")
def timeline(entries: Iterable[Any], *, files: dict[str, Any] | None = None, is_public: bool = False) -> dict[str, Any]:
    """Show ledger entries as they came, each with who, what and clause; newest first.

    `files` gives what to show for an attached file by its digest (name, url, size). `is_public`: as an enterprise reads
    it: offices instead of names, no clauses.
    """
    known = files or {}
    lines = [
        {"entry": entry, "files": [known[digest] for digest in entry.files if digest in known]} for entry in entries
    ]
    return {"lines": lines[::-1], "is_public": is_public}


@register.inclusion_tag("parts/file_list.html")
def file_list(files: Iterable[Any], *, empty: str = "") -> dict[str, Any]:
    """List attachments: each has `name`, `url`, `size` in bytes and `is_image`. Pictures are shown small."""
    return {"files": list(files), "empty": empty}


@register.inclusion_tag("parts/phone.html", takes_context=True)
def phone(context: Context, number: str, *, reveal: str = "", is_clear: bool = False) -> dict[str, Any]:
    """Show a phone number masked, with a button that shows it; pressing it is an entry in the ledger.

    `number` may come masked already. `reveal` is the address posted to ("" = no button). `is_clear` shows it whole, as a
    link that dials.
    """
    shown = number if is_clear or "*" in number else mask_phone(number)
    return {"number": shown, "reveal": reveal, "is_clear": is_clear, "csrf_token": context.get("csrf_token")}


# ── forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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
    attrs = {"autofocus": True} if focus else {}
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
        "bound": bound, "kind": kind, "input": "" if kind == "group" else bound.as_widget(attrs=attrs), "given": given,
        "limit": widget.attrs.get("data-limit", ""), "is_radio": isinstance(widget, RadioSelect),
    }  # fmt: skip


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


@register.filter
def dial(number: str) -> str:
    """Return a phone number as a link dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def filesize(size: int) -> str:
    """Return a size in bytes as people say it: 84 KB, 2.3 MB."""
    return f"{max(round(size / 1024), 1)} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
