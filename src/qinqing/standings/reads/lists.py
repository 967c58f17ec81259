"""Lists, results, the cases behind a line, objections: as the reader may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qinqing.cases.reads import counting as cases
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind, Role
from qinqing.standings import policy
from qinqing.standings.models import Appeal, Commendation, Evidence, Listing, Score, TypicalCase
from qinqing.standings.rules.scoring import LATE
from qinqing.standings.words import Group, Side, State
from qinqing.statistics.rules.periods import Period, period, quarters_of, year_of

if TYPE_CHECKING:
    from qinqing.cases.models import Case

PAGE = 50
MEASURED = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)
"""Offices that handle matters; the leadership and supervision are not measured by it."""
_SIDES = {side.value: place for place, side in enumerate((Side.RED, Side.NEITHER, Side.BLACK, Side.TOLD, Side.FEW))}


def listings(by: Actor) -> list[Listing]:
    """Return the lists somebody may open, the latest first."""
    return list(policy.visible_to(by)[:PAGE])


def every(town_id: int) -> list[Listing]:
    """Return every list of a town that was not thrown away: for the check against the ledger."""
    return list(Listing.objects.filter(town_id=town_id).exclude(state=State.DROPPED.value))


def listing_for(by: Actor, listing_id: int) -> Listing:
    """Return one list.

    Raises:
        NotFound: no such list, or not in his sight.
    """
    found = policy.visible_to(by).filter(pk=listing_id).first()
    if found is None:
        raise NotFound("没有这一期红黑榜，或还没有公布。")
    return found


def period_of(listing: Listing) -> Period:
    """Return the period of a list."""
    found = period(listing.period)
    if found is None:
        raise NotFound(f"没有“{listing.period}”这个时段。")
    return found


def scores_of(by: Actor, listing: Listing) -> list[tuple[Group, list[Score]]]:
    """Return the results he reads, by group; within one by rank, then those who are not ranked."""
    rows = list(policy.scores_for(by, listing).select_related("office"))
    rows.sort(key=lambda one: (one.rank is None, one.rank or 0, _SIDES[one.side], -one.total, one.office_id))
    return [(group, mine) for group in Group if (mine := [one for one in rows if one.group == group])]


def score_for(by: Actor, score_id: int) -> Score:
    """Return one office's result, its list and office fetched along.

    Raises:
        NotFound: no such result, or not in his sight.
    """
    found = Score.objects.select_related("listing", "office").filter(pk=score_id, listing__town_id=by.town_id).first()
    if found is not None and policy.visible_to(by).filter(pk=found.listing_id).exists():
        mine = policy.scores_for(by, found.listing).filter(pk=found.pk).exists()
        if mine:
            return found
    raise NotFound("没有这个单位的结果，或还没有公布。")


@dataclass(frozen=True)
class Behind:
    """A page of the cases behind a line of points.

    Attributes:
        rows: (case, what it adds in words, whether it no longer counts), newest first.
        hidden: how many of the page are outside the reader's sight.
        next: the case's id to go on before, 0 at the end.
    """

    rows: list[tuple["Case", Evidence]]
    hidden: int
    next: int


def behind(by: Actor, score: Score, measures: tuple[str, ...], *, part: str = "", before: int = 0) -> Behind:
    """Return the cases that make up a line of an office's points: exactly those. Source: 二(四)-1."""
    if not policy.reads_cases(by, score):
        return Behind([], 0, 0)
    rows = Evidence.objects.filter(score=score).order_by("-case_id")
    if before:
        rows = rows.filter(case_id__lt=before)
    found: list[Evidence] = []
    for row in rows.iterator(chunk_size=500):
        late = row.adds.get("due", 0) > row.adds.get("in_time", 0)
        if late if part == LATE else any(row.adds.get(name) for name in measures):
            found.append(row)
        if len(found) > PAGE:
            break
    page = found[:PAGE]
    seen = cases.seen_among(by, [row.case_id for row in page])
    return Behind(
        [(seen[row.case_id], row) for row in page if row.case_id in seen],
        sum(row.case_id not in seen for row in page),
        page[-1].case_id if len(found) > PAGE else 0,
    )


def appeals_of(by: Actor, listing: Listing) -> list[Appeal]:
    """Return the objections to a list: to hub, supervision and leaders all, to an office its own."""
    rows = Appeal.objects.filter(listing=listing).select_related("score__office", "case").order_by("pk")
    if by.post in EVERYTHING_ROLES or by.post == Role.LEADER:
        return list(rows)
    return list(rows.filter(score__office_id=by.office_id or 0))


def appeal_for(by: Actor, appeal_id: int) -> Appeal:
    """Return one objection.

    Raises:
        NotFound: no such objection, or not in his sight.
    """
    found = Appeal.objects.select_related("listing", "score__office", "case").filter(pk=appeal_id).first()
    if found is not None and any(one.pk == found.pk for one in appeals_of(by, listing_for(by, found.listing_id))):
        return found
    raise NotFound("没有这件申诉，或不在您的查看范围内。")


def commendations_of(listing: Listing) -> list[Commendation]:
    """Return who is commended with a list."""
    return list(Commendation.objects.filter(listing=listing).select_related("office").order_by("pk"))


def typical_cases(town_id: int, since: datetime | None = None, until: datetime | None = None) -> list[TypicalCase]:
    """Return the typical cases taken up, the latest first. Their texts name nobody."""
    rows = TypicalCase.objects.filter(town_id=town_id).select_related("office")
    if since is not None and until is not None:
        rows = rows.filter(at__gte=since, at__lt=until)
    return list(rows.order_by("-pk")[:PAGE])


def to_calculate(by: Actor, at: datetime) -> list[Period]:
    """Return the periods that have ended and have no list yet, the latest first: quarters, then a year whose quarters are out."""
    year = at.year
    ended = [
        one
        for number in (year, year - 1)
        for one in (year_of(number), *reversed(quarters_of(number)))
        if one.end <= at.date()
    ]
    states = dict(
        Listing.objects.filter(town_id=by.town_id, period__in=[one.code for one in ended])
        .exclude(state=State.DROPPED.value)
        .values_list("period", "state")
    )
    return [
        one
        for one in ended
        if one.code not in states and (len(one.months) < 12 or states.get(f"{one.code}-Q4") == State.PUBLISHED)
    ]


def offices_measured(town_id: int) -> list[tuple[int, str, str, bool]]:
    """Return (id, short name, kind, is an outpost) of every office that is measured, in the plan's order."""
    return [(one.pk, one.short, one.kind, one.is_outpost) for one in people.offices(town_id, MEASURED)]
