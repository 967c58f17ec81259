"""Everything fetched about who answers for whom. The two lists themselves are in `lists`, the town's view
in `coverage`, what an enterprise is shown of its officers in `cards`.

Where a day is asked for and none is given, it is the database's own day in Asia/Shanghai.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from qinqing.grids import policy
from qinqing.grids.models import Grid, Liaison, ListConfirmation, Membership, Officer
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry
    from qinqing.people.models import Office


@dataclass(frozen=True)
class TieLine:
    """One period in which an officer answers for an enterprise; days inclusive, `until` None without an end."""

    liaison_id: int
    rank: str
    officer_id: int
    officer: str
    grid_id: int
    grid: str
    since: date
    until: date | None
    reason: str
    started_by: str
    end_reason: str
    ended_by: str


@dataclass(frozen=True)
class TieOnList:
    """A tie, its enterprise, and the community whose lists show it to the reader."""

    line: TieLine
    enterprise_id: int
    enterprise: str
    community_id: int


@dataclass(frozen=True)
class GridSummary:
    """A grid, how many officers serve it, how many enterprises lie in it."""

    id: int
    name: str
    officers: int
    enterprises: int


def in_force(on: date | None = None) -> Q:
    """Return the condition that a tie holds on a day."""
    day = on or _database_day()
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def lead_of(enterprise_id: int, on: date | None = None) -> int | None:
    """Return the account of the lead officer of an enterprise on a day, or None: then it is a gap.

    Source: 二(一)-3, 二(二)1-诉求-落实.
    """
    return _holder(enterprise_id, Rank.LEAD, on)


def deputy_of(enterprise_id: int, on: date | None = None) -> int | None:
    """Return the account of the deputy officer (B角) of an enterprise on a day, or None."""
    return _holder(enterprise_id, Rank.DEPUTY, on)


def leads_of(enterprise_ids: Iterable[int], on: date | None = None) -> dict[int, tuple[int, str]]:
    """Return account and name of the lead officers of some enterprises on a day; those without one are left out. One query.

    Source: 二(一)-3.
    """
    rows = Liaison.objects.filter(in_force(on), enterprise_id__in=list(enterprise_ids), rank=Rank.LEAD.value)
    found = rows.order_by().values_list("enterprise_id", "officer_id", "officer__name")
    return {enterprise: (account, name) for enterprise, account, name in found}


def enterprise_ids_of(account_id: int, on: date | None = None) -> QuerySet[Liaison, int]:
    """Return the ids of the enterprises an officer is tied to, as lead or deputy, fit for `__in`.

    Counted from the moment a tie is recorded until its last day has passed: whoever is named for next week may read up
    beforehand. For who answers on a day ask `lead_of`.

    Source: 二(一)-6.
    """
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on or _database_day())
    return Liaison.objects.filter(still, officer_id=account_id).values_list("enterprise_id", flat=True)


def led_by(account_id: int, on: date | None = None) -> QuerySet[Liaison, int]:
    """Return the ids of the enterprises an officer leads on a day, fit for `__in`."""
    return Liaison.objects.filter(in_force(on), officer_id=account_id, rank=Rank.LEAD.value).values_list(
        "enterprise_id", flat=True
    )


def history_of(enterprise_id: int) -> list[TieLine]:
    """Return every period of an enterprise, latest first, in both ranks; whoever may see the firm may see it."""
    rows = Liaison.objects.filter(enterprise_id=enterprise_id).select_related("officer", "grid")
    return [line_of(row) for row in rows.order_by("-starts_on", "rank", "-id")]


def communities(by: Actor) -> list["Office"]:
    """Return the communities whose lists the actor may see, in the plan's order."""
    return [one for one in people.offices(by.town_id, [OfficeKind.COMMUNITY]) if policy.may_read(by, one)]


def community(community_id: int, *, by: Actor) -> "Office":
    """Return a community whose lists the actor may see.

    Raises:
        NotFound: no such community, or not one of his.
    """
    found = people.office(community_id)
    policy.require_read(by, found)
    return found


def officers_of(community_id: int, on: date) -> list[Officer]:
    """Return the roster rows of a community's officers in office on a day or named for later, in order of naming.

    `officer.post.account` is the person.
    """
    rows = Officer.objects.filter(
        Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=on),
        post__office_id=community_id,
        post__account__is_active=True,
    )
    return list(rows.select_related("post__account").order_by("pk"))


def officer(officer_id: int, *, by: Actor) -> Officer:
    """Return a roster row of a community whose lists the actor may see.

    Raises:
        NotFound: no such officer, or not one of his.
    """
    found = Officer.objects.select_related("post__account", "post__office").filter(pk=officer_id).first()
    if found is None:
        raise NotFound
    policy.require_read(by, found.post.office)
    return found


def grids_of(community_id: int) -> list[Grid]:
    """Return a community's open grids in order."""
    return list(Grid.objects.filter(community_id=community_id, is_active=True))


def grid(grid_id: int, *, by: Actor) -> Grid:
    """Return a grid of a community whose lists the actor may see.

    Raises:
        NotFound: no such grid, or not one of his.
    """
    found = Grid.objects.select_related("community").filter(pk=grid_id).first()
    if found is None:
        raise NotFound("没有这个网格。", code="grid_not_found")
    policy.require_read(by, found.community)
    return found


def grid_lines(community_id: int, *, on: date) -> list[GridSummary]:
    """Return a community's open grids with how many officers serve and how many enterprises lie in each on a day."""
    day = in_force(on)
    officers = dict(
        Membership.objects.filter(day, grid__community_id=community_id)
        .order_by()
        .values_list("grid_id")
        .annotate(total=Count("officer", distinct=True))
    )
    enterprises = dict(
        Liaison.objects.filter(day, grid__community_id=community_id, rank=Rank.LEAD.value)
        .order_by()
        .values_list("grid_id")
        .annotate(total=Count("enterprise", distinct=True))
    )
    return [
        GridSummary(row.pk, row.name, officers.get(row.pk, 0), enterprises.get(row.pk, 0))
        for row in grids_of(community_id)
    ]


def tie(liaison_id: int, *, by: Actor) -> TieOnList:
    """Return a tie and the lists it is on, for one who may see them.

    Raises:
        NotFound: no such tie, or not on lists of his.
    """
    row = (
        Liaison.objects.filter(pk=liaison_id, enterprise__town_id=by.town_id)
        .select_related("officer", "grid__community", "enterprise__community")
        .first()
    )
    if row is not None:
        for one in (row.enterprise.community, row.grid.community):
            if one is not None and policy.may_read(by, one):
                return TieOnList(line_of(row), row.enterprise_id, row.enterprise.name, one.pk)
    raise NotFound("没有这条联系关系，或已由别人改过，请刷新后再看。", code="tie_not_found")


def attached(entry: Officer, *, after: date, grid_id: int | None = None) -> int:
    """Return for how many enterprises an officer answers, as lead or deputy, on any day after this one."""
    rows = Liaison.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=after),
        officer_id=entry.post.account_id,
        grid__community_id=entry.post.office_id,
    )
    if grid_id is not None:
        rows = rows.filter(grid_id=grid_id)
    return rows.values("enterprise").distinct().count()


def confirmations_of(community_id: int, limit: int = 5) -> list[ListConfirmation]:
    """Return the latest confirmations of a community's lists, newest first."""
    return list(ListConfirmation.objects.filter(community_id=community_id)[:limit])


def entries_of(community_id: int, *, by: Actor, limit: int = 50) -> list["Entry"]:
    """Return the latest ledger entries on a community's lists, newest first.

    Raises:
        NotFound: not a community whose lists the actor may see.
    """
    community(community_id, by=by)
    return list(ledger.entries_of("lists", community_id).order_by("-seq")[:limit])


def line_of(row: Liaison) -> TieLine:
    """Return a tie as it is shown; expects officer and grid to be fetched along."""
    return TieLine(
        liaison_id=row.pk,
        rank=row.rank,
        officer_id=row.officer_id,
        officer=row.officer.name,
        grid_id=row.grid_id,
        grid=row.grid.name,
        since=row.starts_on,
        until=row.ends_on,
        reason=row.reason,
        started_by=row.started_by,
        end_reason=row.end_reason,
        ended_by=row.ended_by,
    )


def _holder(enterprise_id: int, rank: Rank, on: date | None) -> int | None:
    rows = Liaison.objects.filter(in_force(on), enterprise_id=enterprise_id, rank=rank.value)
    return rows.values_list("officer_id", flat=True).first()


def _database_day() -> TruncDate:
    return TruncDate(Now(), tzinfo=SHANGHAI)
