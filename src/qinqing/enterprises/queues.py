"""What waits for somebody: firms without a community, changes to judge, files gone stale."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qinqing.enterprises import policy, reads, rules, showing
from qinqing.enterprises.facts.change import Change
from qinqing.enterprises.models import Contact, Enterprise, Park, Proposal
from qinqing.enterprises.places import Place, suggest
from qinqing.enterprises.words import ACTIVE_STATUSES, Duty, ProposalState
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind

_ACTIVE = sorted(str(status) for status in ACTIVE_STATUSES)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A firm without community, with what its address suggests."""

    id: int
    name: str
    number: str
    address: str
    suggested_id: int | None
    suggested: str
    source: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposed change as the hub judges it, and as its proposer sees what became of it."""

    id: int
    enterprise_id: int
    enterprise: str
    changes: tuple[Change, ...]
    reason: str
    proposed_name: str
    proposed_at: datetime
    state: str
    state_label: str
    decided_name: str
    decided_at: datetime | None
    decided_note: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many firms this person sees, and how many of them want something."""

    active: int
    unassigned: int
    proposals: int
    stale: int
    without_contact: int


def places(town_id: int) -> list[Place]:
    """Return the town's communities by all their names, in the plan's order."""
    offices = people.offices(town_id, [OfficeKind.COMMUNITY])
    return [Place(office.pk, office.code, office.name, office.short) for office in offices]


def unassigned(by: Actor, *, after: int = 0, size: int = 100) -> list[Waiting]:
    """Return firms on the 待归属 list, oldest first, from behind a firm's id on.

    Raises:
        NotAllowed: not the hub.
    Source: 一-1.
    """
    policy.require_manage(by)
    known = places(by.town_id)
    rows = policy.visible_to(by).filter(is_unassigned=True, pk__gt=max(after, 0)).order_by("pk")[:size]
    return [_waiting(enterprise, known) for enterprise in rows]


def _waiting(enterprise: Enterprise, known: list[Place]) -> Waiting:
    guess = suggest(enterprise.production_address, known) or suggest(enterprise.registered_address, known)
    return Waiting(
        id=enterprise.pk,
        name=enterprise.name,
        number=showing.number(enterprise.uscc, enterprise.old_number),
        address=enterprise.production_address or enterprise.registered_address,
        suggested_id=guess.id if guess else None,
        suggested=guess.name if guess else "",
        source=enterprise.source,
    )


def proposals_waiting(by: Actor, *, size: int = 100) -> list[ProposalLine]:
    """Return the changes that wait for the hub, oldest first.

    Raises:
        NotAllowed: not the hub.
    Source: 附1-(2)b.
    """
    policy.require_manage(by)
    rows = Proposal.objects.filter(enterprise__town_id=by.town_id, state=ProposalState.WAITING.value)
    return _lines(rows.select_related("enterprise").order_by("pk")[:size])


def proposals_of(by: Actor, enterprise_id: int, *, size: int = 20) -> list[ProposalLine]:
    """Return the proposed changes of one firm this person may see, newest first.

    Raises:
        NotFound: not a firm he may see.
    """
    enterprise = reads.get_for(by, enterprise_id)
    rows = Proposal.objects.filter(enterprise=enterprise).select_related("enterprise")
    return _lines(rows.order_by("-pk")[:size])


def _lines(rows: QuerySet[Proposal]) -> list[ProposalLine]:
    found = list(rows)
    wanted = {value for one in found for value in one.changes.get("park_id", []) if value}
    park_names = {park.pk: park.name for park in Park.objects.filter(pk__in=wanted)}
    return [
        ProposalLine(
            id=one.pk,
            enterprise_id=one.enterprise_id,
            enterprise=one.enterprise.name,
            changes=tuple(
                Change(
                    label=rules.FIELDS[name].label, old=_words(name, old, park_names), new=_words(name, new, park_names)
                )
                for name, (old, new) in one.changes.items()
                if name in rules.FIELDS
            ),
            reason=one.reason,
            proposed_name=one.proposed_name,
            proposed_at=one.proposed_at,
            state=one.state,
            state_label=ProposalState.label_of(one.state),
            decided_name=one.decided_name,
            decided_at=one.decided_at,
            decided_note=one.decided_note,
        )
        for one in found
    ]


def _words(name: str, value: object, park_names: dict[int, str]) -> str:
    if name == "park_id" and isinstance(value, int):
        return park_names.get(value, str(value))
    return showing.in_words(name, value)


def stale(by: Actor, at: datetime) -> QuerySet[Enterprise]:
    """Return active firms whose file nobody has confirmed for `rules.STALE_DAYS`, the longest first.

    Source: 附1-(2)b.
    """
    rows = policy.visible_to(by).filter(is_stale(at))
    return rows.select_related("community").order_by("last_verified_at", "pk")


def without_contact(by: Actor) -> QuerySet[Enterprise]:
    """Return active firms that have named no main contact.

    Source: 附1-(1)b.
    """
    return policy.visible_to(by).filter(lacks_contact()).select_related("community").order_by("initials", "pk")


def counts(by: Actor, at: datetime) -> Counts:
    """Return the numbers of the today page: two statements, each on an index of the town."""
    active = Q(status__in=_ACTIVE)
    found = policy.visible_to(by).aggregate(
        active=Count("pk", filter=active),
        unassigned=Count("pk", filter=Q(is_unassigned=True)),
        stale=Count("pk", filter=is_stale(at)),
        without_contact=Count("pk", filter=lacks_contact()),
    )
    waiting = 0
    if policy.may_manage(by):
        rows = Proposal.objects.filter(enterprise__town_id=by.town_id, state=ProposalState.WAITING.value)
        waiting = rows.count()
    return Counts(
        active=found["active"],
        unassigned=found["unassigned"],
        proposals=waiting,
        stale=found["stale"],
        without_contact=found["without_contact"],
    )


def is_stale(at: datetime) -> Q:
    """Return the condition that an active firm's file has not been confirmed for `rules.STALE_DAYS` before a moment."""
    limit = at - timedelta(days=rules.STALE_DAYS)
    old = Q(last_verified_at__lt=limit) | Q(last_verified_at__isnull=True, created_at__lt=limit)
    return old & Q(status__in=_ACTIVE)


def lacks_contact() -> Q:
    """Return the condition that an active firm has no main contact."""
    main = Contact.objects.filter(enterprise=OuterRef("pk"), duty=Duty.CONTACT.value, ends_on__isnull=True)
    return Q(~Exists(main), status__in=_ACTIVE)
