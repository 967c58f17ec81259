"""Office hours: when a working day opens, rests at noon and closes, by season."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The same object as `kernel.clock.SHANGHAI`, which rules may not import (it needs Django)."""


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours from a day of the year on, until the next season begins.

    Without a noon break, `noon_from` equals `noon_to`.
    """

    starts: tuple[int, int]
    opens: time
    noon_from: time
    noon_to: time
    closes: time

    def __post_init__(self) -> None:
        date(2000, *self.starts)  # 29 February is allowed; 30 February is not
        if not self.opens < self.noon_from <= self.noon_to < self.closes:
            raise ValueError("办公时间应为：上班早于午休开始，午休开始不晚于午休结束，午休结束早于下班")

    def spans(self, on: date) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
        """Return morning and afternoon of a day, each from its first to its last moment (both inclusive)."""
        return (
            (datetime.combine(on, self.opens, SHANGHAI), datetime.combine(on, self.noon_from, SHANGHAI)),
            (datetime.combine(on, self.noon_to, SHANGHAI), datetime.combine(on, self.closes, SHANGHAI)),
        )


class SeasonRow(Protocol):
    """A row of the plan's `office_hours`: "MM-DD" and times of day, as "HH:MM" or `time`."""

    @property
    def from_(self) -> str: ...  # noqa: D102
    @property
    def opens(self) -> time | str: ...  # noqa: D102
    @property
    def noon_from(self) -> time | str: ...  # noqa: D102
    @property
    def noon_to(self) -> time | str: ...  # noqa: D102
    @property
    def closes(self) -> time | str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The seasons of a year, in order of their first day. Before the first one, the last one goes on over New Year."""

    seasons: tuple[Season, ...]

    def __post_init__(self) -> None:
        firsts = [season.starts for season in self.seasons]
        if not firsts or firsts != sorted(set(firsts)):
            raise ValueError("办公时间至少要有一季，各季的起始日不能重复，并按先后排列")

    def on(self, day: date) -> Season:
        """Return the season in force on a day."""
        found = self.seasons[-1]
        for season in self.seasons:
            if (day.month, day.day) >= season.starts:
                found = season
        return found

    def closes_at(self, day: date) -> datetime:
        """Return the moment the offices close on a day, were it a working day."""
        return datetime.combine(day, self.on(day).closes, SHANGHAI)


def hours_from(rows: Iterable[SeasonRow]) -> OfficeHours:
    """Return the office hours that a plan's rows describe.

    Raises:
        ValueError: no row, a day that does not exist, or hours out of order.
    """
    seasons = [
        Season(_starts(row.from_), _time(row.opens), _time(row.noon_from), _time(row.noon_to), _time(row.closes))
        for row in rows
    ]
    return OfficeHours(tuple(sorted(seasons, key=lambda season: season.starts)))


def _starts(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)


def _time(value: time | str) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value


DEFAULT_HOURS = OfficeHours((Season((1, 1), time(8, 30), time(12), time(13, 30), time(17, 30)),))
"""08:30-12:00, 13:30-17:30 the whole year, until a plan says otherwise."""

DAY = timedelta(days=1)
