"""Points of one office out of what came of its matters. Exact fractions; rounded once, at the end.

Source: 三要(三)-2; domain §3.8. Nothing that an office merely did (visits, log-ins, photos) can get in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qinqing.plan.standings_spec import Bonus, Deduction, Standings
from qinqing.standings.words import Part
from qinqing.statistics.rules.rates import rate_of
from qinqing.statistics.words import Measure, Rate

FULL = 100
ORDERS = (Part.SUPERVISED.value, Part.SUPERVISED_AGAIN.value, Part.FALSE_FINISH.value)
TYPICAL = Part.TYPICAL.value
KEYS = (*(measure.value for measure in Measure), *ORDERS, TYPICAL)
"""What a tally may hold: the measures of the statistics, the orders given, the typical cases taken up."""
Tally = Mapping[str, int]
LATE = "late"
BLACKENING = (Part.SUPERVISED_AGAIN.value, Part.FALSE_FINISH.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an office's sheet.

    Attributes:
        part: code of `Part`.
        how: the sum in words: 17 ÷ 18 × 30.
        points: what it adds or takes.
        measures: which sums it is made of, so that the page can show the cases.
    """

    part: str
    how: str
    points: Fraction
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """An office's result: the lines and their sum."""

    lines: tuple[Line, ...]
    total: Decimal


def volume(tally: Tally) -> int:
    """Return how many matters an office is measured by: those that were due."""
    return tally.get(Measure.DUE.value, 0)


def points_of(tally: Tally, scheme: Standings, *, is_hub: bool = False) -> Points:
    """Return the points of an office.

    A rate with nothing under the line (nobody rated, say) counts neither for nor against: its weight goes to the other rates in
    proportion. The hub is measured by taking matters in where others are measured by signing for them.

    Source: domain §3.8.
    """
    lines = [*_rates(tally, scheme, is_hub=is_hub)]
    lines += [line for rule in scheme.deductions if (line := _deduction(tally, rule))]
    lines += [line for rule in scheme.bonuses if (line := _bonus(tally, rule))]
    total = max(sum((line.points for line in lines), Fraction()), Fraction())
    return Points(tuple(lines), rounded(total))


def rounded(value: Fraction) -> Decimal:
    """Return a number with two digits after the point; half goes up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _rates(tally: Tally, scheme: Standings, *, is_hub: bool) -> list[Line]:
    counts = {measure: tally.get(measure.value, 0) for measure in Measure}
    found: list[tuple[str, Fraction | None, int, tuple[str, ...]]] = []
    for weight in scheme.weights:
        rate = Rate.TAKEN if is_hub and weight.rate == Rate.SIGNED.value else Rate(weight.rate)
        found.append((weight.rate, rate_of(counts, rate), weight.points, _MADE_OF[rate]))
    there = sum(points for _, share, points, _ in found if share is not None)
    lines = []
    for part, share, points, measures in found:
        if share is None:
            lines.append(Line(part, "没有可算的事项，分值按比例并入其他项", Fraction(), measures))
            continue
        worth = Fraction(points * FULL, there)
        over = Fraction(share * counts[Measure(measures[-1])])
        lines.append(
            Line(part, f"{_plain(over)} ÷ {counts[Measure(measures[-1])]} × {_plain(worth)}分", share * worth, measures)
        )
    return lines


_MADE_OF: dict[Rate, tuple[str, ...]] = {
    Rate.SIGNED: ("signed", "dispatched"),
    Rate.TAKEN: ("taken_in_time", "taken"),
    Rate.IN_TIME: ("in_time", "due"),
    Rate.SOLVED: ("solved", "partly", "visited"),
    Rate.SATISFIED: ("satisfied", "rated"),
}
"""The sums a rate is made of; the last is what stands under the line."""


def _deduction(tally: Tally, rule: Deduction) -> Line | None:
    number = count_of(tally, rule.fault)
    if not number:
        return None
    points = number * rule.points
    capped = min(points, rule.cap) if rule.cap else points
    measures = ("due", "in_time") if rule.fault == LATE else (rule.fault,)
    return Line(
        rule.fault, _said(number, f"{number} 件 × {rule.points}分", points, capped), Fraction(-capped), measures
    )


def _bonus(tally: Tally, rule: Bonus) -> Line | None:
    number = count_of(tally, rule.merit)
    if not number:
        return None
    points = Fraction(number * rule.points, rule.every)
    capped = min(points, Fraction(rule.cap))
    each = f"{rule.points}分" if rule.every == 1 else f"{rule.points}分/{rule.every}件"
    return Line(rule.merit, _said(number, f"{number} 件 × {each}", points, capped), capped, (rule.merit,))


def count_of(tally: Tally, part: str) -> int:
    """Return how many matters of a kind there are; what was due and not in time is late."""
    if part == LATE:
        return tally.get(Measure.DUE.value, 0) - tally.get(Measure.IN_TIME.value, 0)
    return tally.get(part, 0)


def _said(number: int, words: str, points: Fraction | int, capped: Fraction | int) -> str:
    return words if points == capped else f"{words}，封顶{_plain(Fraction(capped))}分"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}".rstrip("0").rstrip(".")
