"""A deadline in plain Chinese: short enough for a card, complete enough to count again."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from qinqing.workdays.rules.statutory import knows_lunar_days
from qinqing.workdays.words import DayKind

if TYPE_CHECKING:
    from qinqing.workdays.rules.deadlines import Day, Due

_WEEKDAYS = "一二三四五六日"


def sentences(due: "Due") -> list[str]:
    """Return the sentences, in the order one counts: receipt and last day, weekends, holidays, make-up days, caveats."""
    counted = [day for day in due.days if day.on > due.day_zero]
    lines = [_first(due)]
    weekend = [day.on for day in counted if day.kind == DayKind.WEEKEND]
    if weekend:
        lines.append(f"{_days(weekend, due.day_zero)}周末不计。")
    lines.extend(_holidays(counted, due.day_zero))
    lines.extend(_makeups(counted, due.day_zero))
    lines.extend(_caveats(due))
    return lines


def weekday(on: date) -> str:
    """Return 周一 … 周日."""
    return "周" + _WEEKDAYS[on.weekday()]


def span(first: date, last: date) -> str:
    """Return 1月1日, 1月1日至3日 or 1月28日至2月4日."""
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{last.day}日" if first.month == last.month else f"{start}至{last.month}月{last.day}日"


def _first(due: "Due") -> str:
    received, last = due.received, due.at
    arrival = received.date()
    clock = f"{received:%H:%M:%S}" if received.second and received.time() > last.time() else f"{received:%H:%M}"
    start = f"{arrival.month}月{arrival.day}日 {clock} 收到"
    if due.day_zero != arrival:
        # An arrival that is itself a working day can only have been put off by the hour.
        why = "当天已下班" if due.days[0].kind.is_work else f"当天{_why_closed(due.days[0])}"
        start += f"，{why}，视为{_day(due.day_zero, arrival)}收到"
    elif not due.days[0].kind.is_work:
        start += f"（{_why_closed(due.days[0])}）"
    following = _day(due.day_zero + timedelta(days=1), due.day_zero)
    return (
        f"{start}，当日不计入；{following}起第{due.count}个工作日为{_full(last.date(), arrival)}，"
        f"下班时间{last:%H:%M}截止。"
    )


def _why_closed(day: "Day") -> str:
    return f"{day.label}放假" if day.kind == DayKind.HOLIDAY else f"{weekday(day.on)}休息"


def _holidays(counted: Iterable["Day"], near: date) -> list[str]:
    """Name each holiday once, with all its days."""
    named: dict[tuple[int, str], list[date]] = {}
    for day in counted:
        if day.kind == DayKind.HOLIDAY:
            named.setdefault((day.on.year, day.label), []).append(day.on)
    return [f"{_days(days, near)}{label}放假不计。" for (_, label), days in named.items()]


def _makeups(counted: Iterable["Day"], near: date) -> list[str]:
    named: dict[str, list[date]] = {}
    for day in counted:
        if day.kind == DayKind.MAKEUP:
            named.setdefault(day.label, []).append(day.on)
    return [
        "、".join(f"{_day(on, near if i == 0 else days[i - 1])}（{weekday(on)}）" for i, on in enumerate(days))
        + (f"因{label}调休上班，计入。" if label else "调休上班，计入。")
        for label, days in named.items()
    ]


def _caveats(due: "Due") -> list[str]:
    lines = []
    if due.guessed_years:
        years = "、".join(f"{year}年" for year in due.guessed_years)
        known = (
            "周末和法定节日"
            if all(knows_lunar_days(y) for y in due.guessed_years)
            else "周末和公历节日（春节等农历节日未计）"
        )
        lines.append(
            f"{years}放假安排尚未录入，暂按{known}推算，此期限为暂定；通知录入后重新核定，只会顺延，不会提前。"
        )
    elif due.year_end_open:
        lines.append(f"{due.at.year + 1}年元旦安排尚未录入，如涉及12月末，期限只会顺延，不会提前。")
    return lines


def _days(days: list[date], near: date) -> str:
    """Return days as people write them: 28、29日 · 15日至23日 · 11月28、29日，12月5、6日."""
    parts: list[str] = []
    for (year, month), group in groupby(days, key=lambda on: (on.year, on.month)):
        prefix = "" if (year, month) == (near.year, near.month) else f"{month}月"
        if year != near.year:
            prefix = f"{year}年{month}月"
        text = "、".join(_spans(list(group)))
        parts.append(prefix + text)
        near = date(year, month, 1)
    return "，".join(parts)


def _spans(days: list[date]) -> Iterator[str]:
    """Yield the days of one month: three or more in a row as a span, others as a list with one 日 at its end."""
    singles: list[str] = []
    for first, last in _runs(days):
        if last - first < timedelta(days=2):
            singles.extend(str(on.day) for on in dict.fromkeys((first, last)))
            continue
        if singles:
            yield "、".join(singles) + "日"
            singles = []
        yield f"{first.day}日至{last.day}日"
    if singles:
        yield "、".join(singles) + "日"


def _runs(days: list[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for on in days:
        if runs and on - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], on)
        else:
            runs.append((on, on))
    return runs


def _day(on: date, near: date) -> str:
    """Return a day with only as much of its date as `near` does not say already."""
    if on.year != near.year:
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day}日" if on.month == near.month else f"{on.month}月{on.day}日"


def _full(on: date, near: date) -> str:
    return f"{on.month}月{on.day}日" if on.year == near.year else f"{on.year}年{on.month}月{on.day}日"
