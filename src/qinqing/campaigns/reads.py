"""Everything fetched of campaigns. Whether an enterprise was visited is derived from the visits; after the summing up it is kept."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When

from qinqing.campaigns import policy
from qinqing.campaigns.models import Campaign, CampaignFirm
from qinqing.campaigns.rules import stand_of
from qinqing.campaigns.words import Progress, Stand
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.patrol.reads.during import visits_during

PAGE = 20
FIRMS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign on a list; `owed` and `done` count the enterprises the reader sees."""

    id: int
    name: str
    office: str
    whom: str
    starts_on: date
    ends_on: date
    stand: Stand
    owed: int
    done: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One community's share of a campaign."""

    id: int
    name: str
    owed: int
    done: int

    @property
    def left(self) -> int:
        """Return how many are still to be visited."""
        return self.owed - self.done


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One enterprise of a campaign. `officer` is who leads it now; "" is a gap."""

    id: int
    enterprise_id: int
    name: str
    community: str
    park: str
    officer: str
    visited_on: date | None


@dataclass(frozen=True)
class Sheet:
    """One campaign as its reader sees it: his communities in the plan's order."""

    campaign: Campaign
    stand: Stand
    places: list[PlaceLine]
    may_close: bool

    @property
    def owed(self) -> int:
        """Return how many enterprises are on the list."""
        return sum(place.owed for place in self.places)

    @property
    def done(self) -> int:
        """Return how many of them were visited."""
        return sum(place.done for place in self.places)

    @property
    def left(self) -> int:
        """Return how many are still to be visited."""
        return self.owed - self.done


def listing(by: Actor, today: date, *, before: int = 0) -> list[Line]:
    """Return a page of campaigns and one more, newest first. Two queries."""
    rows = policy.visible_to(by).select_related("office")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    counted = with_visits(policy.firms_visible_to(by).filter(campaign__in=[row.pk for row in found]))
    sums = {
        campaign: (owed, done)
        for campaign, owed, done in counted.order_by()
        .values_list("campaign_id")
        .annotate(owed=Count("pk"), done=Count("pk", filter=Q(seen_on__isnull=False)))
    }
    return [
        Line(
            row.pk,
            row.name,
            row.office.short,
            row.whom,
            row.starts_on,
            row.ends_on,
            _stand(row, today),
            *sums.get(row.pk, (0, 0)),
        )
        for row in found
    ]


def sheet(by: Actor, campaign_id: int, today: date) -> Sheet:
    """Return one campaign with its progress by community.

    Raises:
        NotFound: no such campaign, or none of its enterprises is his.
    """
    row = policy.visible_to(by).select_related("office").filter(pk=campaign_id).first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    counted = with_visits(policy.firms_visible_to(by).filter(campaign=row)).order_by("community__place", "community_id")
    places = [
        PlaceLine(*place)
        for place in counted.values_list("community_id", "community__short").annotate(
            owed=Count("pk"), done=Count("pk", filter=Q(seen_on__isnull=False))
        )
    ]
    may_close = row.closed_at is None and policy.may_close(by, row)
    return Sheet(row, _stand(row, today), places, may_close)


def firms(
    by: Actor,
    campaign_id: int,
    today: date,
    *,
    community_id: int = 0,
    progress: str = "",
    after: int = 0,
    size: int = FIRMS,
) -> list[FirmLine]:
    """Return the enterprises of a campaign a person sees and one more, in the order of the list. Two queries.

    Args:
        community_id: only of this community; 0 of all.
        progress: only those that stand so (`Progress`); "" all.
        after: go on after the row with this number.
    """
    rows = with_visits(policy.firms_visible_to(by).filter(campaign_id=campaign_id, pk__gt=after))
    if community_id:
        rows = rows.filter(community_id=community_id)
    if progress:
        rows = rows.filter(Q(seen_on__isnull=progress == Progress.LEFT))
    found = list(rows.select_related("enterprise__park", "community").order_by("pk")[: size + 1])
    officers = grids.leads_of([row.enterprise_id for row in found], today)
    return [
        FirmLine(
            row.pk,
            row.enterprise_id,
            row.enterprise.name,
            row.community.short,
            row.enterprise.park.name if row.enterprise.park else "",
            officers[row.enterprise_id][1] if row.enterprise_id in officers else "",
            row.seen_on,  # type: ignore[attr-defined]  # annotated by `with_visits`
        )
        for row in found
    ]


def with_visits(rows: QuerySet[CampaignFirm]) -> "QuerySet[CampaignFirm]":
    """Say beside each enterprise when it was last visited within the campaign, None if it was not: `seen_on`."""
    firm, since, until = OuterRef("enterprise_id"), OuterRef("campaign__starts_on"), OuterRef("campaign__ends_on")
    plain = visits_during(firm, since, until).values("made_on")[:1]
    listed = visits_during(firm, since, until, OuterRef("campaign__checklist")).values("made_on")[:1]
    return rows.annotate(
        seen_on=Case(
            When(campaign__closed_at__isnull=False, then=F("visited_on")),
            When(campaign__checklist="", then=Subquery(plain)),
            default=Subquery(listed),
        )
    )


def _stand(row: Campaign, today: date) -> Stand:
    return stand_of(row.starts_on, row.ends_on, today, is_closed=row.closed_at is not None)
