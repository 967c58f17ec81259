"""Who answers for an enterprise on which day: pure decisions over dated periods.

One primitive: from a day on, an enterprise's officer of one rank is this one (or nobody). Everything planned for
later falls away, what held before stays as it was. Days are inclusive.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qinqing.kernel.errors import Refused

FURTHEST_AHEAD_DAYS = 366
"""How far ahead a change may be planned: a hand-over for the year after next is a slip of the finger."""
LEAVING_SOON_DAYS = 60
"""An officer whose last day is nearer than this takes on no enterprise, and his gap shows (house rule, ADR 0008)."""


@dataclass(frozen=True)
class Period:
    """An officer answers for one enterprise in one rank, from `starts_on` to `ends_on` (None: no end planned)."""

    id: int
    officer_id: int
    grid_id: int
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Say whether the officer answers on this day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def reaches(self, day: date) -> bool:
        """Say whether the period holds on this day or any later one."""
        return self.ends_on is None or self.ends_on >= day


@dataclass(frozen=True)
class Change:
    """What `settle` does to the periods: take out `drop`, end `cut` the day before, let `keep` go on, open a new one."""

    drop: frozenset[int]
    cut: int | None
    keep: int | None
    opens: bool

    def __bool__(self) -> bool:
        """Say whether anything changes."""
        return bool(self.drop or self.cut or self.keep or self.opens)


def settle(periods: Collection[Period], start: date, officer_id: int | None, grid_id: int | None = None) -> Change:
    """Return what must change so that from `start` on this officer (None: nobody) answers, and before as before.

    A period that would begin on or after `start` never comes into force and is dropped; one that reaches `start` ends
    the day before. If the officer already answers in that grid on that day or its eve, his period simply goes on.
    Expects periods that do not overlap and leaves periods that do not overlap.

    Source: 二(一)-3.
    """
    eve = start - timedelta(days=1)
    before = next((p for p in periods if p.starts_on < start and p.covers(eve)), None)
    same = [p for p in (before, next((p for p in periods if p.starts_on == start), None)) if p]
    stays = next((p for p in same if (p.officer_id, p.grid_id) == (officer_id, grid_id)), None)
    drop = frozenset(p.id for p in periods if p.starts_on >= start and p is not stays)
    if stays is not None:
        return Change(drop, None, stays.id if stays.ends_on else None, opens=False)
    cut = before.id if before and before.ends_on != eve else None
    return Change(drop, cut, None, officer_id is not None)


def in_force(periods: Iterable[Period], day: date) -> Period | None:
    """Return the period that holds on a day."""
    return next((p for p in periods if p.covers(day)), None)


def from_then_on(periods: Iterable[Period], day: date) -> list[Period]:
    """Return the periods that hold on this day or later, earliest first."""
    return sorted((p for p in periods if p.reaches(day)), key=lambda p: p.starts_on)


def overlaps(periods: Sequence[Period]) -> list[tuple[Period, Period]]:
    """Return the pairs that share a day. Always empty while every change goes through `settle`."""
    ordered = sorted(periods, key=lambda p: (p.starts_on, p.id))
    return [
        (first, second)
        for at, first in enumerate(ordered)
        for second in ordered[at + 1 :]
        if first.reaches(second.starts_on)
    ]


def require_day(day: date, *, today: date, field: str) -> None:
    """Let pass a day from today to a year ahead.

    Past days are refused: who answered on a day stays what it was on that day.

    Raises:
        Refused: the day is past or too far ahead.
    """
    if day < today:
        raise Refused(
            "day_is_past", "生效日期不能早于今天。以前就已换人的，请从今天起登记，并在原因里写明实际日期。", field=field
        )
    if day > today + timedelta(days=FURTHEST_AHEAD_DAYS):
        raise Refused("day_too_far", "生效日期最多提前一年登记，请核对年份。", field=field)


def require_first_day(periods: Collection[Period], day: date, *, today: date) -> None:
    """Let pass a first day for an enterprise that nobody answers for: past days only where nobody answered before.

    Raises:
        Refused: the day lies in the time of an earlier officer, or too far ahead.
    """
    if day > today + timedelta(days=FURTHEST_AHEAD_DAYS):
        raise Refused("day_too_far", "开始日期最多提前一年登记，请核对年份。", field="on")
    last = max((p.ends_on for p in periods if p.ends_on), default=None)
    if last and day <= last:
        raise Refused(
            "day_is_taken", f"这家企业在{last:%Y年%-m月%-d日}及以前有人联系，开始日期要晚于这一天。", field="on"
        )


def choose_grid(served: Collection[int], wanted: int | None, present: int | None) -> int:
    """Return the grid a tie belongs to: the wanted one, else the enterprise's present one, else the officer's only one.

    Args:
        served: grids the officer serves on the first day.
        wanted: the grid somebody chose, if any.
        present: the grid of the enterprise's present tie, if any.

    Raises:
        Refused: the officer serves no grid, not the wanted one, or several without a choice.
    """
    if not served:
        raise Refused("officer_without_grid", "这位网格员还没有编入网格，请先编入网格。", field="officer")
    if wanted is not None:
        if wanted not in served:
            raise Refused("not_in_grid", "这位网格员不在所选网格，请换一个网格，或先把他编入该网格。", field="grid")
        return wanted
    if present in served and present is not None:
        return present
    if len(served) > 1:
        raise Refused("choose_grid", "这位网格员负责几个网格，请选择企业归入哪个网格。", field="grid")
    return next(iter(served))
