"""When a matter is due, and why on that day."""

from dataclasses import dataclass
from datetime import date, datetime

from qinqing.workdays.rules.calendar import Calendar, check_days, in_shanghai
from qinqing.workdays.rules.explain import sentences
from qinqing.workdays.rules.hours import DAY
from qinqing.workdays.words import DayKind, Policy


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the way to a due date: `number` is 0 for the day of receipt, k for the k-th working day, else None."""

    on: date
    number: int | None
    kind: DayKind
    label: str


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment with every day that led to it, from the day of arrival to the last one.

    Attributes:
        at: the last moment in time (inclusive): close of business, Asia/Shanghai.
        provisional: 暂定: the count runs through a year whose notice is not in.
        day_zero: the day of receipt, which does not count.
        days: day by day, first the day of arrival, last the due date.
        received, count, policy: what was asked.
        guessed_years: the years that make it 暂定.
        year_end_open: it ends in the last days of December and next year's notice, which may touch them, is not in.
    """

    at: datetime
    provisional: bool
    day_zero: date
    days: tuple[Day, ...]
    received: datetime
    count: int
    policy: Policy
    guessed_years: tuple[int, ...] = ()
    year_end_open: bool = False

    def explain(self) -> list[str]:
        """Return 中文 sentences that let anybody count it again: receipt, last day, what did not count and why."""
        return sentences(self)


def due(received: datetime, days: int, calendar: Calendar, policy: str = "A") -> Due:
    """Return when something received at this moment is due after `days` working days, with the explanation.

    The day of receipt does not count; the last working day ends at close of business, that second included.

    Raises:
        Refused: days outside 1-1000, or a moment outside 2008-2099.
        ValueError: a moment without time zone, an unknown policy.

    Source: 二(四)-4; 民法典 201, 203; 行政许可法 82.
    """
    policy = Policy.of(policy)
    moment = in_shanghai(received)
    check_days(days)
    zero = calendar.day_zero(moment, policy)
    steps: list[Day] = []
    on, number = moment.date(), 0
    while True:
        kind = calendar.kind(on)
        counts = on > zero and kind.is_work
        number += counts
        steps.append(Day(on, number if counts else (0 if on == zero else None), kind, calendar.label(on)))
        if number == days:
            break
        on += DAY
    guessed = _guessed_years(moment.date(), on, calendar, policy)
    return Due(
        at=calendar.hours.closes_at(on),
        provisional=bool(guessed),
        day_zero=zero,
        days=tuple(steps),
        received=moment,
        count=days,
        policy=policy,
        guessed_years=guessed,
        year_end_open=(on.month, on.day) >= (12, 28) and on.year + 1 not in calendar.confirmed_years,
    )


def due_at(received: datetime, days: int, calendar: Calendar, policy: str = "A") -> datetime:
    """Return the moment `due` gives, without its explanation: for recomputing many.

    Raises:
        Refused, ValueError: as `due`.

    Source: 二(四)-4; 民法典 201, 203.
    """
    moment = in_shanghai(received)
    check_days(days)
    by_hour = policy == "B"
    if not by_hour and policy != "A":
        Policy.of(policy)  # says what is wrong with it
    return calendar.nth_close(moment, days, by_hour=by_hour)


def is_provisional(received: datetime, due_at: datetime, calendar: Calendar, policy: str = "A") -> bool:
    """Say whether a due moment is 暂定, i.e. counted through a year whose notice is not in."""
    return bool(_guessed_years(in_shanghai(received).date(), in_shanghai(due_at).date(), calendar, policy))


def _guessed_years(received_on: date, due_on: date, calendar: Calendar, policy: str) -> tuple[int, ...]:
    # Under A the day of arrival does not enter the count at all; under B it decides what the day of receipt is.
    first = received_on + DAY if policy == "A" else received_on
    return tuple(year for year in range(first.year, due_on.year + 1) if year not in calendar.confirmed_years)


def keep_promise(old_due: datetime, new_due: datetime) -> datetime:
    """Return the due moment that stands after recomputing: one already announced never moves earlier.

    Source: 二(四)-4; ADR 0007.
    """
    return max(old_due, new_due)


def elapsed(received: datetime, until: datetime, calendar: Calendar, policy: str = "A") -> int:
    """Return how many working days a matter took: those in (day of receipt, day of `until`]; never negative.

    Raises:
        Refused, ValueError: as `due`.

    Source: 二(四)-4 (counted as the limit is).
    """
    return calendar.count(calendar.day_zero(in_shanghai(received), Policy.of(policy)), in_shanghai(until).date())
