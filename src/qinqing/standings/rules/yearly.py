"""A year out of its published quarters: the mean, weighted by how much there was to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qinqing.standings.rules.scoring import Line, Points, Tally, rounded, volume


@dataclass(frozen=True, slots=True)
class Quarter:
    """One office's published quarter."""

    title: str
    total: Decimal
    tally: Tally


def year_of_quarters(quarters: Sequence[Quarter]) -> tuple[Counter[str], Points]:
    """Return the year's sums and points. Quarters without any matter due say nothing. Source: 三要(三)-3; domain §3.8."""
    tally: Counter[str] = Counter()
    for one in quarters:
        tally.update(one.tally)
    whole = volume(tally)
    lines = [
        Line(one.title, f"{one.total}分 × {volume(one.tally)}件 ÷ 全年{whole}件", Fraction(one.total) * volume(one.tally) / whole, ())
        for one in quarters
        if volume(one.tally)
    ]  # fmt: skip
    return tally, Points(tuple(lines), rounded(sum((line.points for line in lines), Fraction())))
