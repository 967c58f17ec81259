"""A year's holidays as the notice itself puts them: one line a holiday, days off, days worked for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from qinqing.workdays.rules.calendar import Calendar
from qinqing.workdays.rules.explain import span, weekday
from qinqing.workdays.rules.hours import DAY
from qinqing.workdays.words import DayKind


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One holiday: its name, its days off and the weekend days worked for it, in words."""

    name: str
    off: str
    work: str


def arrangements(calendar: Calendar, year: int) -> list[Arrangement]:
    """Return the holidays of a year in order, weekend days that touch a holiday's days counted in.

    For a year without a notice these are the statutory days alone.
    """
    off: dict[str, list[date]] = {}
    work: dict[str, list[date]] = {}
    on = date(year, 1, 1)
    while on.year == year:
        kind, label = calendar.kind(on), calendar.label(on)
        if kind == DayKind.HOLIDAY:
            off.setdefault(label, []).append(on)
        elif kind == DayKind.MAKEUP:
            work.setdefault(label, []).append(on)
        on += DAY
    names = sorted({*off, *work}, key=lambda name: (off.get(name) or work[name])[0])
    return [Arrangement(name, _off(calendar, off.get(name, [])), _work(work.get(name, []))) for name in names]


def _off(calendar: Calendar, days: list[date]) -> str:
    joined = _with_weekends(calendar, days)
    # A run of consecutive days has one and the same distance to its place in the list.
    runs = [[on for _, on in run] for _, run in groupby(enumerate(joined), lambda at: at[1] - timedelta(days=at[0]))]
    return "、".join(f"{span(run[0], run[-1])}（{len(run)}天）" for run in runs)


def _with_weekends(calendar: Calendar, days: list[date]) -> list[date]:
    """Add the weekend days right before, between and after: people read 1月1日至3日, whichever of them the notice lists."""
    found = set(days)
    for on in days:
        for step in (DAY, -DAY):
            near = on + step
            while calendar.kind(near) == DayKind.WEEKEND and near.year == on.year:
                found.add(near)
                near += step
    return sorted(found)


def _work(days: list[date]) -> str:
    return "、".join(f"{on.month}月{on.day}日（{weekday(on)}）" for on in days)
