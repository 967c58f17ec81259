"""Months, quarters and years, as people name them and addresses write them: 2026-11, 2026-Q4, 2026."""

import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"(20[0-9]{2})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
_QUARTERS = ("一", "二", "三", "四")


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months. `code` names it in addresses and rows; `months` are "2026-11" each, in order."""

    code: str
    title: str
    months: tuple[str, ...]

    @property
    def first(self) -> date:
        """Return its first day."""
        return date.fromisoformat(f"{self.months[0]}-01")

    @property
    def end(self) -> date:
        """Return the first day after it."""
        year, month = int(self.months[-1][:4]), int(self.months[-1][5:])
        return date(year + month // 12, month % 12 + 1, 1)

    @property
    def year(self) -> int:
        """Return the year it lies in."""
        return int(self.code[:4])


def period(code: str) -> Period | None:
    """Return the period with this code, None for anything that names none."""
    found = _FORM.fullmatch(code)
    if found is None:
        return None
    year, quarter, month = found.groups()
    if month:
        return Period(code, f"{year}年{int(month)}月", (code,))
    if quarter:
        first = int(quarter) * 3 - 2
        months = tuple(f"{year}-{number:02}" for number in range(first, first + 3))
        return Period(code, f"{year}年第{_QUARTERS[int(quarter) - 1]}季度", months)
    return Period(code, f"{year}年", tuple(f"{year}-{number:02}" for number in range(1, 13)))


def month(code: str) -> Period:
    """Return a month that is known to be one: a column of a table."""
    return _known(code)


def month_of(day: date) -> Period:
    """Return the month a day lies in."""
    return _known(f"{day:%Y-%m}")


def quarter_of(day: date) -> Period:
    """Return the quarter a day lies in."""
    return _known(f"{day.year}-Q{(day.month + 2) // 3}")


def year_of(year: int) -> Period:
    """Return a year."""
    return _known(str(year))


def quarters_of(year: int) -> tuple[Period, ...]:
    """Return the four quarters of a year."""
    return tuple(_known(f"{year}-Q{number}") for number in range(1, 5))


def recent(day: date, years: int = 3) -> list[Period]:
    """Return what a list of periods offers: this year and those before, each with its quarters and months, newest first."""
    found = []
    for year in range(day.year, day.year - years, -1):
        last = day.month if year == day.year else 12
        found.append(_known(str(year)))
        for quarter in range((last + 2) // 3, 0, -1):
            found.append(_known(f"{year}-Q{quarter}"))
            found += [_known(f"{year}-{month:02}") for month in range(min(last, quarter * 3), quarter * 3 - 3, -1)]
    return found


def _known(code: str) -> Period:
    found = period(code)
    if found is None:
        raise ValueError(code)
    return found
