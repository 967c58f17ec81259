"""Blocks of a page: card, banner, facts, figures, filters, tables, what is said when there is nothing."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinqing.web.parts.tones import NOTES, one_of

register = template.Library()


@register.simple_block_tag
def card(content: str, title: str = "", *, tone: str = "", note: str = "", id: str = "", level: int = 2) -> SafeString:  # noqa: A002  HTML's word
    """Put content on a card with a heading of a level; `note` stands small beside the heading. Tones: none soon late calm ok."""
    return render_to_string(
        "parts/card.html",
        {"content": content, "title": title, "tone": one_of("card", tone, NOTES), "note": note, "id": id, "level": level},
    )  # fmt: skip


@register.simple_block_tag
def banner(content: str, tone: str = "calm", title: str = "") -> SafeString:
    """Say something that must not be missed, above the matter itself. Tones: calm ok soon late."""
    return render_to_string(
        "parts/banner.html", {"content": content, "tone": one_of("banner", tone, NOTES), "title": title}
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
        one_of("pill", tone, ("", "late")),
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
    waiting: int | None = None


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
    tone = one_of("stat", tone, NOTES)
    return format_html('<div class="{}"><dt>{}</dt><dd><b class="num">{}</b>{}</dd></div>', tone, label, figure, small)
