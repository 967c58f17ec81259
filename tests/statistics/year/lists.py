"""Points, places and sides of the red and black lists out of the recount: the scheme of the design, written down anew."""

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qinqing.statistics.words import Measure

M = Measure
Counts = Mapping[Measure, int]
FEW, OUTPOST = "few", "told"


def points(n: Counts, *, is_hub: bool) -> Decimal:
    """20 for signing, 30 for keeping the limit, 25 for solving, 25 for satisfaction; off for lateness, overruled returns, second rounds."""
    shares = [
        (
            20,
            Fraction(n[M.TAKEN_IN_TIME]) if is_hub else Fraction(n[M.SIGNED]),
            n[M.TAKEN] if is_hub else n[M.DISPATCHED],
        ),
        (30, Fraction(n[M.IN_TIME]), n[M.DUE]),
        (25, n[M.SOLVED] + Fraction(n[M.PARTLY], 2), n[M.VISITED]),
        (25, Fraction(n[M.SATISFIED]), n[M.RATED]),
    ]
    worth = sum(weight for weight, _, whole in shares if whole)
    found = sum((Fraction(100 * weight, worth) * part / whole for weight, part, whole in shares if whole), Fraction())
    found -= min(n[M.DUE] - n[M.IN_TIME], 10) + n[M.OVERRULED] + n[M.REOPENED]
    return two_digits(max(found, Fraction()))


def two_digits(exact: Fraction) -> Decimal:
    """Return a number with two digits, half going up."""
    return Decimal(int(exact * 200 + 1) // 2).scaleb(-2).quantize(Decimal("0.01"), ROUND_HALF_UP)


def year(quarters: list[tuple[Decimal, int]]) -> Decimal:
    """Return the mean of the quarters, each weighing by what was due."""
    whole = sum(due for _, due in quarters)
    return two_digits(Fraction(sum(Fraction(total) * due for total, due in quarters)) / whole) if whole else Decimal(0)


def sides(
    totals: Mapping[int, tuple[str, Decimal, int]],
) -> dict[int, tuple[int | None, str]]:
    """Return (place, side) of every office given as (group, points, matters due)."""
    found: dict[int, tuple[int | None, str]] = {}
    for office, (group, total, due) in totals.items():
        if group == "outposts":
            found[office] = (None, OUTPOST)
        elif due < 5:
            found[office] = (None, FEW)
        else:
            rivals = [other for kind, other, had in totals.values() if kind == group and had >= 5]
            place = 1 + sum(other > total for other in rivals)
            side = "black" if total < 75 else "red" if total >= 95 and place <= 3 else "neither"
            found[office] = (place, side)
    return found


def sum_of(parts: list[Counter[Measure]]) -> Counter[Measure]:
    """Return the sum of some months."""
    whole: Counter[Measure] = Counter()
    for part in parts:
        whole.update(part)
    return whole
