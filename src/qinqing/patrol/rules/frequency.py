"""How often a firm was visited, and when that is often. Says so, forbids nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Often:
    """On how many days of the last 30, 90 and 365 somebody visited a firm."""

    in_30: int
    in_90: int
    in_365: int

    def warning(self, *, per_month: int, per_year: int) -> str:
        """Return what to think about before going once more, "" while the town's own numbers are not reached.

        Source: 三要(四)-3.
        """
        if self.in_30 >= per_month:
            return f"近30天已走访{self.in_30}次，请先看看能不能合并或改期。"
        if self.in_365 >= per_year:
            return f"近一年已走访{self.in_365}次，请先看看能不能合并或改期。"
        return ""


def often(days: Iterable[date], on: date) -> Often:
    """Return how many different days up to `on` lie within the last 30, 90 and 365; several visits of a day are one."""
    past = {day for day in days if day <= on}

    def within(number: int) -> int:
        return sum(1 for day in past if day > on - timedelta(days=number))

    return Often(within(30), within(90), within(365))
