"""Charts drawn on the server: bars and columns. Words are HTML, so they read at every width; the table beside holds the numbers.

No script, no colour without a word: each bar says its figure, and the whole is one list to a screen reader.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from qinqing.web.parts.tones import one_of

register = template.Library()
_TONES = ("", "ok", "soon", "late")


class Bar(NamedTuple):
    """One bar: `share` of the full length (0–1, None draws none), the figure in words, where it leads."""

    label: str
    share: float | None
    words: str
    url: str = ""
    tone: str = ""


class Column(NamedTuple):
    """One column: a figure, and a share (0–1) the line above goes through; None leaves a gap in the line."""

    label: str
    figure: int
    share: float | None = None


@register.simple_tag
def bars(rows: Sequence[Bar], label: str) -> SafeString:
    """Draw lying bars, one a row: name, bar, figure. `rows` are `Bar`s. Tones: none ok soon late."""
    drawn = format_html_join(
        "",
        '<li class="{}"><span class="bar-name">{}</span>{}<span class="bar-words num">{}</span></li>',
        ((one_of("bars", row.tone, _TONES), _name(row), _bar(row.share), row.words) for row in rows),
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption><ol class="chart-bars">{}</ol></figure>', label, drawn
    )


def _name(row: Bar) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.url, row.label) if row.url else format_html("{}", row.label)


def _bar(share: float | None) -> SafeString:
    wide = f"{max(0.0, min(share or 0.0, 1.0)) * 100:.1f}"
    return format_html(
        '<svg class="chart-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="chart-ground" width="100" height="10"/><rect class="chart-fill" width="{}" height="10"/></svg>',
        wide,
    )


@register.simple_tag
def columns(points: Sequence[Column], label: str, line: str = "") -> SafeString:
    """Draw standing columns over time, with a line of shares over them. `points` are `Column`s; `line` names the shares."""
    most = max((point.figure for point in points), default=0) or 1
    width = 100 / max(len(points), 1)
    rects = format_html_join(
        "",
        '<rect class="chart-fill" x="{}" y="{}" width="{}" height="{}"/>',
        (_box(place * width, width, point.figure / most * 100) for place, point in enumerate(points)),
    )
    words = format_html_join(
        "",
        "<li><b class=num>{}</b><span>{}</span>{}</li>",
        ((point.figure, point.label, _share(point.share, line)) for point in points),
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<svg class="chart-columns" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}{}</svg>'
        '<ol class="chart-feet">{}</ol></figure>',
        f"{label}（柱）、{line}（线）" if line else label,
        rects,
        _line([point.share for point in points], width) if line else "",
        words,
    )


def _box(left: float, width: float, height: float) -> tuple[str, str, str, str]:
    return f"{left + width * 0.2:.2f}", f"{100 - height:.2f}", f"{width * 0.6:.2f}", f"{height:.2f}"


def _share(share: float | None, line: str) -> SafeString:
    if not line:
        return SafeString("")
    return format_html('<small class="num">{}</small>', "—" if share is None else f"{share * 100:.0f}%")


def _line(shares: Sequence[float | None], width: float) -> SafeString:
    """Join what follows each other without a gap."""
    runs: list[list[str]] = [[]]
    for place, share in enumerate(shares):
        if share is None:
            runs.append([])
        else:
            runs[-1].append(f"{place * width + width / 2:.2f},{100 - share * 100:.2f}")
    drawn = ((" ".join([*run, run[0]] if len(run) == 1 else run),) for run in runs if run)
    return format_html_join("", '<polyline class="chart-line" points="{}"/>', drawn)
