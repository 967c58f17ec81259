"""Counting cases from their raw entries: what the sums are made from, and what they are held against."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qinqing.cases.reads import counting as cases
from qinqing.cases.reads.counting import Standing
from qinqing.cases.terms import Terms, terms_of
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.ledger import reads as ledger
from qinqing.statistics.models import Figure, Reader
from qinqing.statistics.rules.telling import Counted, Told, tell
from qinqing.statistics.words import Dimension, Measure
from qinqing.workdays.rules import add_hours

BATCH = 500
FigureKey = tuple[str, str, str, str]
"""Month, dimension, key, kind."""
Sums = dict[FigureKey, Counter[Measure]]


@dataclass(frozen=True, slots=True)
class _PlanLimits:
    """A plan and a calendar, as the rules ask them."""

    terms: Terms

    def sign_by(self, offered: datetime) -> datetime:
        return self.terms.due(offered, self.terms.plan.limits.sign.value)

    def take_by(self, received: datetime) -> datetime:
        try:
            return add_hours(received, self.terms.plan.limits.hub_accept_hours.value, self.terms.calendar)
        except Refused:  # outside the years the calendar knows
            return received

    def problem_by(self, start: datetime) -> datetime:
        return self.terms.due(start, self.terms.plan.limits.problem_close.value)

    def close_of(self, on: date) -> datetime:
        return self.terms.close_of(on)


def count_cases(
    case_ids: Iterable[int], *, now: datetime, until: int | None = None
) -> Iterator[tuple[Standing, Counted]]:
    """Yield what each of some cases adds, from its entries and the calendar alone. Two queries.

    Args:
        case_ids: cases of one town.
        now: the moment of counting.
        until: only entries of the book up to this number: how things stood then.
    """
    wanted = list(case_ids)
    told: dict[int, list[Told]] = {}
    rows = ledger.entries_of_many("case", wanted)
    for entry in rows if until is None else rows.filter(seq__lte=until):
        told.setdefault(entry.subject_id, []).append(
            Told(entry.kind, entry.at.astimezone(SHANGHAI), entry.office_id, entry.facts)
        )
    for standing in cases.standing_of(wanted):
        limits = _PlanLimits(terms_of(standing.plan_version_id))
        entries = told.get(standing.id, [])
        yield standing, tell(entries, hub=standing.hub_id, limits=limits, now=now.astimezone(SHANGHAI))


def figure_keys(standing: Standing, month: str, office: int | None) -> list[FigureKey]:
    """Return which sums a line of a case belongs to."""
    if office is not None:
        return [(month, Dimension.OFFICE.value, str(office), standing.kind)]
    keys = {
        Dimension.TOWN: "",
        Dimension.COMMUNITY: str(standing.community_id),
        Dimension.PARK: str(standing.park_id or ""),
        Dimension.TOPIC: f"{standing.kind}:{standing.topic}" if standing.topic else "",
        Dimension.SOURCE: standing.source,
    }
    return [
        (month, dimension.value, key, standing.kind)
        for dimension, key in keys.items()
        if key or dimension is Dimension.TOWN
    ]


def from_entries(town_id: int, *, now: datetime, until: int | None = None) -> Sums:
    """Count a whole town from raw entries, 500 cases at a time: what the kept sums have to equal."""
    sums: Sums = {}
    last = 0
    while found := cases.ids_after(town_id, last, BATCH):
        last = found[-1]
        for standing, counted in count_cases(found, now=now, until=until):
            for (month, office), adds in counted.adds.items():
                for key in figure_keys(standing, month, office):
                    sums.setdefault(key, Counter()).update(adds)
    return {key: counts for key, counts in sums.items() if any(counts.values())}


def kept(town_id: int) -> Sums:
    """Return the kept sums of a town."""
    rows = Figure.objects.filter(town_id=town_id)
    found = {(row.month, row.dimension, row.key, row.kind): +row.counts for row in rows}
    return {key: counts for key, counts in found.items() if counts}


@dataclass(frozen=True)
class Difference:
    """A sum that is not what the entries say."""

    key: FigureKey
    measure: Measure
    kept: int
    counted: int

    def __str__(self) -> str:
        month, dimension, key, _kind = self.key
        where = f"{month} {Dimension.label_of(dimension)} {key}".strip()
        return f"{where}：{self.measure.label} 账面 {self.kept}，重数 {self.counted}"


def differences(town_id: int) -> list[Difference]:
    """Hold the kept sums against the entries, as of the moment and the entry they were counted to."""
    reader = counted_to(town_id)
    if reader is None or reader.counted_at is None:
        return []
    counted = from_entries(town_id, now=reader.counted_at, until=reader.seq)
    stored = kept(town_id)
    return [
        Difference(key, measure, stored.get(key, Counter())[measure], counted.get(key, Counter())[measure])
        for key in sorted(stored.keys() | counted.keys())
        for measure in Measure
        if stored.get(key, Counter())[measure] != counted.get(key, Counter())[measure]
    ]


def counted_to(town_id: int) -> Reader | None:
    """Return how far a town's book has been counted, None before the first time."""
    return Reader.objects.filter(pk=town_id).first()


def line_values(standing: Standing) -> dict[str, Any]:
    """Return the columns of a line that say where its case belongs."""
    return {
        "kind": standing.kind,
        "community": str(standing.community_id),
        "park": str(standing.park_id or ""),
        "topic": f"{standing.kind}:{standing.topic}" if standing.topic else "",
        "source": standing.source,
    }
