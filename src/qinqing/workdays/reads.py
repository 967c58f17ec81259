"""Everything fetched from the calendar: the table, cached in the process; which years are missing; a year to look at."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from qinqing.workdays import rules
from qinqing.workdays.models import CalendarDay, Notice
from qinqing.workdays.rules import DEFAULT_HOURS, Calendar, Change, OfficeHours
from qinqing.workdays.words import DayKind, Mark

Stamp = tuple[int, str]

_CHECK_EVERY_S = 1.0
_WATCH_AFTER_IMPORT_S = 60.0


@dataclass(slots=True)
class _Kept:
    """What this process remembers: calendars by office hours, all of one version of the table."""

    stamp: Stamp | None = None
    checked: float = 0.0
    watched_until: float = 0.0


_kept = _Kept()
_calendars: dict[OfficeHours, Calendar] = {}


def calendar(hours: OfficeHours = DEFAULT_HOURS) -> Calendar:
    """Return the calendar for these office hours.

    Costs one tiny query at most once a second and process; an import by another process is seen after that second.
    """
    _forget_if_stale()
    found = _calendars.get(hours)
    if found is None:
        off, work = _marks(CalendarDay.objects.all())
        found = _calendars[hours] = Calendar(off, work, confirmed_years(), hours)
    return found


def forget() -> None:
    """Let the next `calendar` read the table again, and look closely for a while: the import may yet be rolled back."""
    _calendars.clear()
    _kept.stamp = None
    _kept.watched_until = time.monotonic() + _WATCH_AFTER_IMPORT_S


def _forget_if_stale() -> None:
    now = time.monotonic()
    if _kept.stamp is not None and now - _kept.checked < _CHECK_EVERY_S and now >= _kept.watched_until:
        return
    stamp = version()
    if stamp != _kept.stamp:
        _calendars.clear()
    _kept.stamp, _kept.checked = stamp, now


def version() -> Stamp:
    """Return what identifies the present state of the table; it differs after every import."""
    newest = Notice.objects.order_by("-id").values_list("id", "digest").first()
    return newest or (0, "")


def _marks(rows: Iterable[CalendarDay]) -> tuple[dict[date, str], dict[date, str]]:
    """Return days off and days worked; rows come in the order of their notices, the later one decides."""
    marks = {row.on: (row.mark, row.label) for row in rows}
    off = {on: label for on, (mark, label) in marks.items() if mark == Mark.REST}
    return off, {on: label for on, (mark, label) in marks.items() if mark == Mark.WORK}


def confirmed_years() -> frozenset[int]:
    """Return the years whose notice is in."""
    return frozenset(Notice.objects.values_list("year", flat=True).distinct())


def years_missing(today: date) -> tuple[int, ...]:
    """Return the years whose notice should be in by `today` and is not; not empty means a red banner.

    This year's always; next year's from 1 November (the State Council publishes between late October and mid November).
    """
    return rules.missing_years(confirmed_years(), today)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Which notice stands behind a year, who took it in, and when (None: it came with the system)."""

    year: int
    papers: tuple[str, ...]
    confirmed_by: str
    confirmed_at: datetime | None
    imports: int


def confirmations() -> list[Confirmation]:
    """Return the notice in force of every confirmed year, newest year first, with how often it was imported."""
    newest = Notice.objects.values("year").annotate(newest=Max("id")).values_list("newest", flat=True)
    times: dict[int, int] = {}
    for year in Notice.objects.values_list("year", flat=True):
        times[year] = times.get(year, 0) + 1
    return [
        Confirmation(row.year, tuple(row.papers.splitlines()), row.confirmed_by, row.confirmed_at, times[row.year])
        for row in Notice.objects.filter(pk__in=list(newest)).order_by("-year")
    ]


def changes(notice: rules.Notice) -> tuple[Change, ...]:
    """Return which days would count differently, or carry another name, once this notice is in. Nothing is written."""
    rows = list(CalendarDay.objects.all())
    before = Calendar(*_marks(rows), confirmed_years())
    kept = [row for row in rows if row.notice_year != notice.year]
    new = [CalendarDay(notice_year=notice.year, on=day.on, mark=day.mark.value, label=day.label) for day in notice.days]
    after = Calendar(*_marks(sorted(kept + new, key=lambda row: row.notice_year)), frozenset())
    touched = {row.on for row in rows if row.notice_year == notice.year} | {day.on for day in notice.days}
    told = ((on, _told(before, on), _told(after, on)) for on in sorted(touched))
    return tuple(Change(on, old, new_) for on, old, new_ in told if old != new_)


def _told(known: Calendar, on: date) -> str:
    kind, label = known.kind(on), known.label(on)
    return f"{label}{kind.label}" if label else kind.label


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a year to look at."""

    on: date
    kind: DayKind
    label: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None where a week reaches into another month."""

    number: int
    workdays: int
    weeks: tuple[tuple[DayCell | None, ...], ...]


def months(year: int) -> list[Month]:
    """Return the twelve months of a year, every day with how it counts."""
    known = calendar()
    return [_month(known, year, number) for number in range(1, 13)]


def _month(known: Calendar, year: int, number: int) -> Month:
    on = date(year, number, 1)
    cells: list[DayCell | None] = [None] * on.weekday()
    while on.month == number:
        cells.append(DayCell(on, known.kind(on), known.label(on)))
        on += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    workdays = sum(cell.kind.is_work for cell in cells if cell)
    return Month(number, workdays, tuple(tuple(cells[i : i + 7]) for i in range(0, len(cells), 7)))
