"""Everything fetched about who answers for whom. The two lists themselves are in `lists`, the town's view in `coverage`.

Where a day is asked for and none is given, it is the database's own day in Asia/Shanghai.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from qinqing.grids import policy
from qinqing.grids.models import Grid, Liaison, ListConfirmation, Officer
from qinqing.grids.words import Rank
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry
    from qinqing.people.models import Office

PHONE_PURPOSE = "officer.phone"
"""What an officer's number is sealed for: it opens nowhere else."""


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
class OfficerCard:
    """What an enterprise is shown of its officer; `phone` is empty for those who may only see the mask."""

    account_id: int
    name: str
    rank_label: str
    community: str
    grid: str
    title: str
    phone_mask: str
    phone: str


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


def cards_of(enterprise_id: int, *, by: Actor, on: date | None = None) -> list[OfficerCard]:
    """Return the officers of an enterprise on a day, the lead first, as a person who sees the firm may see them.

    The firm's own people get the full number: the plan wants a direct line between the two. Others get the mask.

    Source: 附1-(1)a.
    """
    rows = list(
        Liaison.objects.filter(in_force(on), enterprise_id=enterprise_id)
        .select_related("officer", "grid__community")
        .order_by("-rank")
    )
    roster = _roster_of([row.officer_id for row in rows])
    own = by.enterprise_id == enterprise_id
    cards = []
    for row in rows:
        entry = roster.get((row.officer_id, row.grid.community_id))
        cards.append(
            OfficerCard(
                account_id=row.officer_id,
                name=row.officer.name,
                rank_label=Rank.label_of(row.rank),
                community=row.grid.community.name,
                grid=row.grid.name,
                title=entry.title if entry else "",
                phone_mask=entry.phone_mask if entry else "",
                phone=phone_of(entry) if entry and own else "",
            )
        )
    return cards


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


def phone_of(entry: Officer) -> str:
    """Return an officer's full phone number; only for those the caller has found entitled."""
    return secrets.unseal(entry.phone_encrypted, PHONE_PURPOSE) if entry.phone_encrypted else ""


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


def _roster_of(account_ids: list[int]) -> dict[tuple[int, int], Officer]:
    """Return the latest roster row by (account, community)."""
    rows = Officer.objects.filter(post__account_id__in=account_ids).select_related("post").order_by("pk")
    return {(row.post.account_id, row.post.office_id): row for row in rows}


def _database_day() -> TruncDate:
    return TruncDate(Now(), tzinfo=SHANGHAI)
