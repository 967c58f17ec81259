"""两张名单: the officers of a community, the enterprises it holds, and every gap between the two.

Queries: a fixed number whatever the size of the village (about ten).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES, Duty
from qinqing.grids import policy, reads
from qinqing.grids.models import Liaison, Membership, Officer
from qinqing.grids.reads import TieLine
from qinqing.grids.rules import LEAVING_SOON_DAYS, Period, overlaps
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.words import Role

if TYPE_CHECKING:
    from qinqing.enterprises.models import Contact, Enterprise
    from qinqing.people.models import Office


@dataclass(frozen=True)
class GridLine:
    """A grid an officer serves."""

    id: int
    name: str


@dataclass(frozen=True)
class OfficerLine:
    """One line of the first list 《网格员名单》. `leads`, `deputies`: enterprises on that day."""

    id: int
    account_id: int
    name: str
    title: str
    is_full_time: bool
    grids: tuple[GridLine, ...]
    phone_mask: str
    since: date
    last_day: date | None
    leads: int
    deputies: int

    @property
    def kind(self) -> str:
        """Return 专职 or 兼职."""
        return "专职" if self.is_full_time else "兼职"

    @property
    def where(self) -> str:
        """Return the names of his grids."""
        return "、".join(grid.name for grid in self.grids)


@dataclass(frozen=True)
class EnterpriseLine:
    """One line of the second list 《联系企业名单》.

    Attributes:
        lead, deputy: who answers on that day, if anybody.
        planned: lead ties that begin later, earliest first.
    """

    id: int
    name: str
    code: str
    status: str
    contact: str
    contact_phone_mask: str
    lead: TieLine | None
    deputy: TieLine | None
    planned: tuple[TieLine, ...]

    @property
    def ends_on(self) -> date | None:
        """Return the lead's last day if nobody is named to follow."""
        return self.lead.until if self.lead and not self.planned else None


@dataclass(frozen=True)
class UnlistedLine:
    """Somebody who holds the post of a grid officer but is not on the roster."""

    account_id: int
    name: str


@dataclass(frozen=True)
class Gaps:
    """Everything that keeps the two lists from answering one to one.

    Attributes:
        without_lead: active enterprises nobody answers for on that day.
        ending: active enterprises whose lead's last day is set and nobody follows.
        astray: enterprises whose lead is not an officer of their community that day (left, shut, or the firm moved).
        deputy_astray: enterprises whose deputy is not an officer of their community that day.
        without_contact: active enterprises without a main contact.
        idle: officers without an enterprise.
        without_grid: officers in no grid.
        leaving: officers whose last day is near while enterprises are theirs beyond it.
        unlisted: posts of grid officers that the roster lacks.
        overlapping: enterprises with two leads on one day.
    """

    without_lead: tuple[EnterpriseLine, ...] = ()
    ending: tuple[EnterpriseLine, ...] = ()
    astray: tuple[EnterpriseLine, ...] = ()
    deputy_astray: tuple[EnterpriseLine, ...] = ()
    without_contact: tuple[EnterpriseLine, ...] = ()
    idle: tuple[OfficerLine, ...] = ()
    without_grid: tuple[OfficerLine, ...] = ()
    leaving: tuple[OfficerLine, ...] = ()
    unlisted: tuple[UnlistedLine, ...] = ()
    overlapping: tuple[EnterpriseLine, ...] = ()

    @property
    def count(self) -> int:
        """Return how many gaps there are."""
        return sum(len(kind) for kind in vars(self).values())


@dataclass(frozen=True)
class Lists:
    """The two lists of a community on a day. `whole` is False where the reader sees only his own lines of them."""

    community: "Office"
    on: date
    officers: tuple[OfficerLine, ...]
    enterprises: tuple[EnterpriseLine, ...]
    gaps: Gaps
    whole: bool


def two_lists(community_id: int, *, by: Actor, on: date) -> Lists:
    """Return both lists of a community on a day, and the gaps.

    A grid officer gets his own line and his own enterprises, and no gaps: his community's head closes them.

    Raises:
        NotFound: not a community whose lists the actor may see.

    Source: 二(一)-2, 二(一)-3.
    """
    community = reads.community(community_id, by=by)
    firms = _firms(community_id, by)
    ties = _ties(community_id, firms, on)
    roster = reads.officers_of(community_id, on)
    firm_lines = tuple(_firm_line(firm, ties.get(firm.pk, []), on) for firm in firms)
    officer_lines = _officer_lines(roster, firm_lines, on)
    if policy.reads_own_lines_only(by):
        own = tuple(line for line in officer_lines if line.account_id == by.account_id)
        return Lists(community, on, own, firm_lines, Gaps(), whole=False)
    gaps = _gaps(community_id, officer_lines, firm_lines, ties, on)
    return Lists(community, on, officer_lines, firm_lines, gaps, whole=True)


def _firms(community_id: int, by: Actor) -> list["Enterprise"]:
    """Return the firms of the second list: active ones, and others somebody still answers for."""
    rows = enterprises.visible_to(by).filter(community_id=community_id).prefetch_related("contacts")
    active = [status.value for status in ACTIVE_STATUSES]
    tied = Liaison.objects.filter(enterprise__community_id=community_id, ends_on=None).values("enterprise_id")
    return list(rows.filter(Q(status__in=active) | Q(pk__in=tied)))


def _ties(community_id: int, firms: Collection["Enterprise"], on: date) -> dict[int, list[Liaison]]:
    """Return each firm's ties that hold on a day or later, earliest first.

    Asked by community, not by a list of ids: a list of thousands is slow to send and SQLite has an end to it.
    """
    found: dict[int, list[Liaison]] = {firm.pk: [] for firm in firms}
    rows = Liaison.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), enterprise__community_id=community_id
    ).select_related("officer", "grid")
    for row in rows:
        if row.enterprise_id in found:
            found[row.enterprise_id].append(row)
    return found


def _firm_line(firm: "Enterprise", ties: list[Liaison], on: date) -> EnterpriseLine:
    leads = [reads.line_of(row) for row in ties if row.rank == Rank.LEAD]
    deputies = [reads.line_of(row) for row in ties if row.rank == Rank.DEPUTY]
    contact = _main_contact(firm, on)
    return EnterpriseLine(
        id=firm.pk,
        name=firm.name,
        code=firm.uscc or firm.old_number or "",
        status=firm.status,
        contact=contact.name if contact else "",
        contact_phone_mask=contact.phone_mask if contact else "",
        lead=next((line for line in leads if line.since <= on), None),
        deputy=next((line for line in deputies if line.since <= on), None),
        planned=tuple(line for line in leads if line.since > on),
    )


def _main_contact(firm: "Enterprise", on: date) -> "Contact | None":
    """Return the firm's main contact on a day. Source: 附1-(1)b."""
    for contact in firm.contacts.all():
        if contact.duty == Duty.CONTACT and contact.starts_on <= on and (not contact.ends_on or contact.ends_on >= on):
            return contact
    return None


def _officer_lines(roster: list[Officer], firms: tuple[EnterpriseLine, ...], on: date) -> tuple[OfficerLine, ...]:
    leads = Counter(line.lead.officer_id for line in firms if line.lead)
    deputies = Counter(line.deputy.officer_id for line in firms if line.deputy)
    grids: dict[int, list[GridLine]] = {}
    serving = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), officer__in=[row.pk for row in roster], grid__is_active=True
    )
    for row in serving.select_related("grid").order_by("grid__place", "grid_id"):
        grids.setdefault(row.officer_id, []).append(GridLine(row.grid_id, row.grid.name))
    return tuple(
        OfficerLine(
            id=row.pk,
            account_id=row.post.account_id,
            name=row.post.account.name,
            title=row.title,
            is_full_time=row.is_full_time,
            grids=tuple(dict.fromkeys(grids.get(row.pk, []))),
            phone_mask=row.phone_mask,
            since=row.post.starts_on,
            last_day=row.post.ends_on,
            leads=leads[row.post.account_id],
            deputies=deputies[row.post.account_id],
        )
        for row in roster
    )


def _gaps(
    community_id: int,
    officers: tuple[OfficerLine, ...],
    firms: tuple[EnterpriseLine, ...],
    ties: Mapping[int, list[Liaison]],
    on: date,
) -> Gaps:
    active = [line for line in firms if line.status in ACTIVE_STATUSES]
    here = {line.account_id for line in officers if line.since <= on}
    beyond = _beyond_last_day(officers, ties, on)
    listed = {line.account_id for line in officers}
    return Gaps(
        without_lead=tuple(line for line in active if line.lead is None),
        ending=tuple(line for line in active if line.ends_on),
        astray=tuple(
            line
            for line in firms
            if line.lead and (line.lead.officer_id not in here or _lies_elsewhere(line, ties, community_id))
        ),
        deputy_astray=tuple(line for line in firms if line.deputy and line.deputy.officer_id not in here),
        without_contact=tuple(line for line in active if not line.contact),
        idle=tuple(line for line in officers if line.since <= on and not line.leads and not line.deputies),
        without_grid=tuple(line for line in officers if not line.grids),
        leaving=tuple(line for line in officers if line.account_id in beyond),
        unlisted=tuple(
            UnlistedLine(post.account_id, post.account.name)
            for post in people.people_of(community_id, [Role.GRID_OFFICER], on)
            if post.account_id not in listed
        ),
        overlapping=tuple(line for line in firms if _overlap(ties.get(line.id, []))),
    )


def _lies_elsewhere(line: EnterpriseLine, ties: Mapping[int, list[Liaison]], community_id: int) -> bool:
    """Say whether the firm's lead stems from the community it lay in before."""
    lead = line.lead
    return lead is not None and any(
        row.pk == lead.liaison_id and row.grid.community_id != community_id for row in ties[line.id]
    )


def _beyond_last_day(officers: tuple[OfficerLine, ...], ties: Mapping[int, list[Liaison]], on: date) -> set[int]:
    """Return the officers with a last day near by who are to answer for somebody after it."""
    near = on + timedelta(days=LEAVING_SOON_DAYS)
    last_days = {line.account_id: line.last_day for line in officers if line.last_day and line.last_day < near}
    found = set()
    for row in (row for rows in ties.values() for row in rows):
        last_day = last_days.get(row.officer_id)
        if last_day and (row.ends_on is None or row.ends_on > last_day):
            found.add(row.officer_id)
    return found


def _overlap(rows: list[Liaison]) -> bool:
    leads = [row for row in rows if row.rank == Rank.LEAD]
    return len(leads) > 1 and bool(
        overlaps([Period(row.pk, row.officer_id, row.grid_id, row.starts_on, row.ends_on) for row in leads])
    )
