"""Small signs: lamp, chip, clause, drawing, moment, button."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinqing.kernel.clock import SHANGHAI
from qinqing.plan import clauses
from qinqing.web.parts.drawings import DRAWINGS
from qinqing.web.parts.tones import BUTTONS, LAMPS, NOTES, Part, one_of
from qinqing.workdays.rules import weekday

register = template.Library()


@register.simple_tag
def lamp(tone: str, words: str) -> SafeString:
    """Show how much time is left: colour and words, never one without the other. Tones: ok soon late calm."""
    return format_html('<span class="lamp {}">{}</span>', one_of("lamp", tone, LAMPS), words)


@register.simple_tag
def chip(text: str, tone: str = "") -> SafeString:
    """Show a small label: a topic, a place, a role. Tones: none ok soon late calm."""
    return format_html('<span class="chip {}">{}</span>', one_of("chip", tone, NOTES), text)


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
        SafeString(DRAWINGS[name]),
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
    }[one_of("moment", form, ("short", "long", "day", "due"))]
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
        "text": text, "href": href, "tone": one_of("btn", tone, BUTTONS), "name": name, "value": value, "note": note,
        "title": f"依据 {clauses.label(clause)}：{clauses.quote(clause)}" if clause else "", "icon": icon, "form": form,
        "action": action,
    }  # fmt: skip


@register.filter
def dial(number: str) -> str:
    """Return a phone number as a link dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def filesize(size: int) -> str:
    """Return a size in bytes as people say it: 84 KB, 2.3 MB."""
    return f"{max(round(size / 1024), 1)} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
