"""The tables people read: one line a village, office, topic …, or a month after the other; and the cases behind each figure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from qinqing.cases.reads import counting as cases
from qinqing.cases.terms import current_terms
from qinqing.cases.words import Kind, Source
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.outreach.reads import yearly as publicity
from qinqing.patrol.reads import yearly as visits
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind
from qinqing.statistics import policy
from qinqing.statistics.models import Figure, Line
from qinqing.statistics.reads.counting import counted_to
from qinqing.statistics.rules.periods import Period, year_of
from qinqing.statistics.rules.rates import average_days, rate_of
from qinqing.statistics.words import Dimension, Measure, Rate

if TYPE_CHECKING:
    from qinqing.cases.models import Case

PAGE = 50
HANDLING = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about and its figures."""

    key: str
    name: str
    counts: Counter[Measure] = field(default_factory=Counter)

    def rate(self, rate: Rate) -> Fraction | None:
        """Return a rate of this line."""
        return rate_of(self.counts, rate)

    @property
    def days(self) -> Fraction | None:
        """Return the working days a case took on average."""
        return average_days(self.counts)


@dataclass(frozen=True)
class Wanted:
    """What is asked: which months, along which line, of which kind of case ("" both)."""

    period: Period
    dimension: Dimension = Dimension.OFFICE
    kind: str = ""


def table(by: Actor, wanted: Wanted) -> list[Row]:
    """Return the lines of a table somebody may see, in the plan's order; lines without any figure are left out.

    Raises:
        NotAllowed: the post reads no statistics.

    Source: 附1-内容-2, 三职(二)-1.
    """
    policy.require(by)
    found: dict[str, Counter[Measure]] = {}
    for row in _rows(by, wanted.dimension, wanted.kind).filter(month__in=wanted.period.months):
        found.setdefault(row.key, Counter()).update(row.counts)
    names = names_of(by, wanted.dimension)
    order = {key: place for place, key in enumerate(names)}
    keys = sorted((key for key in found if any(found[key].values())), key=lambda key: (order.get(key, len(order)), key))
    return [Row(key, names.get(key, key.partition(":")[2] or key), found[key]) for key in keys]


def months(by: Actor, wanted: Wanted, key: str = "") -> list[Row]:
    """Return one line month by month, every month of the period's year, also those without figures.

    Raises:
        NotAllowed: as `table`.
    """
    policy.require(by)
    year = year_of(wanted.period.year)
    found: dict[str, Counter[Measure]] = {}
    rows = _rows(by, wanted.dimension, wanted.kind).filter(key=key)
    for row in rows.filter(month__in=year.months):
        found.setdefault(row.month, Counter()).update(row.counts)
    return [Row(month, f"{int(month[5:])}月", found.get(month, Counter())) for month in year.months]


def total(by: Actor, wanted: Wanted) -> Row:
    """Return the town's line, or for somebody who sees only his office's figures that one."""
    policy.require(by)
    dimension, key, name = Dimension.TOWN, "", Dimension.TOWN.label
    if not policy.sees_town(by):
        dimension, key, name = Dimension.OFFICE, str(by.office_id or 0), by.office_name
    counts: Counter[Measure] = Counter()
    for row in _rows(by, dimension, wanted.kind).filter(key=key, month__in=wanted.period.months):
        counts.update(row.counts)
    return Row(key, name, counts)


def _rows(by: Actor, dimension: Dimension, kind: str) -> QuerySet[Figure]:
    rows = Figure.objects.filter(town_id=by.town_id, dimension=dimension.value)
    if kind:
        rows = rows.filter(kind=kind)
    if not policy.sees_town(by):
        own = dimension in (Dimension.OFFICE, Dimension.COMMUNITY)
        rows = rows.filter(key=str(by.office_id or 0)) if own else rows.none()
    return rows


def names_of(by: Actor, dimension: Dimension) -> dict[str, str]:
    """Return what the keys of a line are called, in the order of the plan."""
    match dimension:
        case Dimension.OFFICE:
            return {str(office.pk): office.short for office in people.offices(by.town_id, HANDLING, active=False)}
        case Dimension.COMMUNITY:
            kinds = [OfficeKind.COMMUNITY]
            return {str(office.pk): office.short for office in people.offices(by.town_id, kinds, active=False)}
        case Dimension.PARK:
            return {str(park.pk): park.name for park in enterprises.parks(by.town_id)}
        case Dimension.TOPIC:
            _, terms = current_terms(by.book)
            topics = {f"{Kind.DEMAND.value}:{one.code}": one.name for one in terms.matters(Kind.DEMAND)}
            return topics | {
                f"{Kind.PROBLEM.value}:{one.code}": f"{one.name}（问题）" for one in terms.matters(Kind.PROBLEM)
            }
        case Dimension.SOURCE:
            return {source.value: source.label for source in Source}
    return {"": Dimension.TOWN.label}


@dataclass(frozen=True)
class Behind:
    """A page of the cases behind one figure.

    Attributes:
        cases: (case, how much it adds) as far as the reader may see them, newest first.
        hidden: how many of this page are outside his sight.
        next: the id to go on before, 0 at the end.
    """

    cases: list[tuple["Case", int]]
    hidden: int
    next: int


def behind(by: Actor, wanted: Wanted, key: str, measure: Measure, *, before: int = 0) -> Behind:
    """Return the cases that make up a figure: exactly those, because the figure is their sum.

    Raises:
        NotAllowed: as `table`. NotFound: a line the reader may not see.

    Source: 二(四)-1.
    """
    policy.require(by)
    if not policy.sees_town(by):
        own = wanted.dimension in (Dimension.OFFICE, Dimension.COMMUNITY)
        if not own or key != str(by.office_id or 0):
            raise NotFound("没有这一栏，或不在您的查看范围内。")
    rows = Line.objects.filter(_place(wanted.dimension, key), town_id=by.town_id, month__in=wanted.period.months)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if before:
        rows = rows.filter(case_id__lt=before)
    sums = rows.filter(**{f"{measure.value}__gt": 0}).values("case_id").annotate(n=Sum(measure.value))
    found = list(sums.order_by("-case_id")[: PAGE + 1])
    page = found[:PAGE]
    seen = cases.seen_among(by, [row["case_id"] for row in page])
    return Behind(
        [(seen[row["case_id"]], row["n"]) for row in page if row["case_id"] in seen],
        sum(row["case_id"] not in seen for row in page),
        page[-1]["case_id"] if len(found) > PAGE else 0,
    )


def _place(dimension: Dimension, key: str) -> Q:
    if dimension is Dimension.OFFICE:
        return Q(office_id=int(key) if key.isdecimal() and len(key) < 19 else 0)
    if dimension is Dimension.TOWN:
        return Q(office__isnull=True)
    return Q(office__isnull=True, **{dimension.value: key})


@dataclass(frozen=True)
class AnnualRow:
    """One office's year: its cases, and beside them what else it did for firms. Nothing of it is a score."""

    row: Row
    kind: str
    visits: int
    publicity: int


def annual(by: Actor, year: int) -> list[AnnualRow]:
    """Return the annual table of how every office managed and served enterprises. Source: 附1-内容-2, 三要(三)-1."""
    span = year_of(year)
    counts = {row.key: row for row in table(by, Wanted(span, Dimension.OFFICE))}
    made = visits.visits_by_office(by.town_id, span.first, span.end)
    sent = publicity.batches_by_office(by.town_id, span.first, span.end)
    offices = people.offices(by.town_id, HANDLING, active=False)
    return [
        AnnualRow(
            counts.get(str(office.pk), Row(str(office.pk), office.short)),
            office.kind,
            made.get(office.pk, 0),
            sent.get(office.pk, 0),
        )
        for office in offices
        if policy.sees_town(by) or office.pk == by.office_id
    ]


def counted_at(by: Actor) -> datetime | None:
    """Return the moment the figures were last counted; None before the first time."""
    reader = counted_to(by.town_id)
    return reader.counted_at if reader else None
