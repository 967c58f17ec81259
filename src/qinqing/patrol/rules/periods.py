"""The stretches of time a duty belongs to. Days are inclusive; a quarter is the calendar's."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with a code that never changes ("2026Q4") and what people call it."""

    code: str
    title: str
    starts_on: date
    due_on: date

    def covers(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.starts_on <= day <= self.due_on

    def is_ending(self, day: date, days: int) -> bool:
        """Say whether a day is one of its last `days`, in which firms not yet visited are called out.

        Source: 附2安-(3)b.
        """
        return self.covers(day) and (self.due_on - day).days < days

    @property
    def before(self) -> date:
        """Return the last day before it."""
        return self.starts_on - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the first day after it."""
        return self.due_on + timedelta(days=1)


def _span(day: date, parts: int) -> tuple[int, date, date]:
    """Return which of so many equal parts of its year a day lies in, and that part's first and last day."""
    months = 12 // parts
    number = (day.month - 1) // months + 1
    first = date(day.year, (number - 1) * months + 1, 1)
    following = date(day.year + 1, 1, 1) if number == parts else date(day.year, number * months + 1, 1)
    return number, first, following - timedelta(days=1)


def month_of(day: date) -> Span:
    """Return the month of a day."""
    number, first, last = _span(day, 12)
    return Span(f"{day.year}M{number:02d}", f"{day.year}年{number}月", first, last)


def quarter_of(day: date) -> Span:
    """Return the calendar quarter of a day. Source: 附2安-(3)b."""
    number, first, last = _span(day, 4)
    return Span(f"{day.year}Q{number}", f"{day.year}年第{number}季度", first, last)


def half_of(day: date) -> Span:
    """Return the half-year of a day."""
    number, first, last = _span(day, 2)
    return Span(f"{day.year}H{number}", f"{day.year}年{'上' if number == 1 else '下'}半年", first, last)


def year_of(day: date) -> Span:
    """Return the year of a day."""
    _, first, last = _span(day, 1)
    return Span(f"{day.year}", f"{day.year}年", first, last)


_EVERY = {"month": month_of, "quarter": quarter_of, "half_year": half_of, "year": year_of}


def span_of(every: str, day: date) -> Span:
    """Return the stretch of this length ("month", "quarter", "half_year", "year") that a day lies in."""
    return _EVERY[every](day)


def quarter(code: str) -> Span | None:
    """Return the quarter with this code, None for anything else."""
    year, _, number = code.partition("Q")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")):
        return None
    return quarter_of(date(int(year), int(number) * 3, 1)) if 2000 <= int(year) <= 2099 else None
