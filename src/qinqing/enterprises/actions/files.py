"""The file itself: opening it, keeping it right, the firm's standing and its community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qinqing.enterprises import policy, rules, showing
from qinqing.enterprises.actions import proposals, writing
from qinqing.enterprises.facts import files as facts
from qinqing.enterprises.facts.change import Change
from qinqing.enterprises.models import Enterprise, Proposal
from qinqing.enterprises.words import Status
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind

if TYPE_CHECKING:
    from qinqing.people.models import Office


@dataclass(frozen=True, slots=True)
class Amended:
    """What became of an edit: written at once, waiting for the hub, or both."""

    changes: tuple[Change, ...]
    proposal: Proposal | None


def create(
    *,
    raw: Mapping[str, Any],
    community_id: int | None,
    by: Actor,
    at: datetime,
    status: str = Status.OPERATING.value,
    source: str = "",
    is_demo: bool = False,
) -> Enterprise:
    """Open a firm's file.

    `raw` holds facts by name as in `rules.FIELDS`, as typed: the name and a number (or why there is none) at least.
    `community_id` is the 属地; None only for a firm that no longer works here.

    Raises:
        NotAllowed: `by` may not open files.
        Refused: a fact cannot be taken; the number is registered; an active firm without community (`community_missing`).
    Source: 一-1.
    """
    with transaction.atomic():
        policy.require_manage(by)
        if status not in dict(Status.choices()):
            raise Refused("unknown_status", "请选择经营状态。", field="status")
        community = _community(by.town_id, community_id) if community_id else None
        if community is None and rules.is_active(status):
            raise Refused("community_missing", "请选择属地村（社区）：以实际生产经营地为准。", field="community_id")
        enterprise = Enterprise(
            town_id=by.town_id, status=status, community=community, source=source, is_demo=is_demo, created_at=at
        )
        changes = writing.read(enterprise, {"name": "", "uscc": "", "kind": "", **raw})
        if not raw.get("kind"):
            changes["kind"] = rules.kind_of_code(changes["uscc"])
        writing.apply(enterprise, changes, at)
        told = facts.Created(
            name=enterprise.name,
            number=showing.number(enterprise.uscc, enterprise.old_number),
            community=community.name if community else "",
            status=Status.label_of(status),
        )
        writing.tell(told, enterprise, by=by, at=at, clause="一-1")
    return enterprise


def update(
    *, enterprise_id: int, raw: Mapping[str, Any], by: Actor, at: datetime, reason: str = "", seen: str = ""
) -> Enterprise:
    """Write facts that this person's hand reaches; nothing is written if one of them is not among those.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: he may only read it.
        Refused: a fact cannot be taken; nothing changes; a fact needs the hub (`needs_hub`).
        TooLate: the file changed since `seen` (see `writing.require_unchanged`).
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        hand = policy.require_reach(by, enterprise)
        writing.require_unchanged(enterprise, seen)
        changed = writing.differences(enterprise, writing.read(enterprise, raw))
        named = {name: value for name, value in changed.items() if name in rules.FIELDS}
        _, later = rules.split(hand, named)
        if later:
            labels = "、".join(rules.FIELDS[name].label for name in later)
            raise Refused("needs_hub", f"{labels}的变更须由中转站审核，请提请变更。", field=next(iter(later)))
        if not changed:
            raise Refused("nothing_changed", "没有改动。")
        told = facts.Updated(name=enterprise.name, changes=writing.in_words(enterprise, changed), reason=clean(reason))
        writing.apply(enterprise, changed, at)
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(2)b")
    return enterprise


def amend(
    *, enterprise_id: int, raw: Mapping[str, Any], by: Actor, at: datetime, reason: str = "", seen: str = ""
) -> Amended:
    """Take an edited form: what his hand reaches is written, the rest is proposed to the hub, both or neither.

    Raises:
        NotFound, NotAllowed, Refused, TooLate: as `update` and `proposals.propose`.
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        hand = policy.require_reach(by, enterprise)
        writing.require_unchanged(enterprise, seen)
        changed = writing.differences(enterprise, writing.read(enterprise, raw))
        now, later = rules.split(hand, {name: value for name, value in changed.items() if name in rules.FIELDS})
        if not now and not later:
            raise Refused("nothing_changed", "没有改动。")
        changes = writing.in_words(enterprise, now)
        if now:
            update(
                enterprise_id=enterprise_id,
                raw={name: raw.get(name, now[name]) for name in now},
                by=by,
                at=at,
                reason=reason,
            )
        proposal = None
        if later:
            proposal = proposals.propose(
                enterprise_id=enterprise_id,
                raw={name: raw.get(name, later[name]) for name in later},
                by=by,
                at=at,
                reason=reason,
            )
    return Amended(changes, proposal)


def change_status(*, enterprise_id: int, status: str, by: Actor, at: datetime, note: str = "") -> Enterprise:
    """Say that the firm works, half works, stands still, moved or is gone; the ledger keeps the history.

    A firm that comes back without a community stands on the 待归属 list again.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: neither the hub nor the firm's community.
        Refused: see `rules.check_status`.
    Source: 附1-(2)a.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        hand = policy.require_tend(by, enterprise)
        if status not in dict(Status.choices()):
            raise Refused("unknown_status", "请选择经营状态。", field="status")
        rules.check_status(enterprise.status, status, hand)
        told = facts.StatusChanged(
            name=enterprise.name,
            old=Status.label_of(enterprise.status),
            new=Status.label_of(status),
            note=clean(note)[:200],
        )
        enterprise.status, enterprise.updated_at = status, at
        enterprise.is_unassigned = enterprise.community_id is None and rules.is_active(status)
        enterprise.save(update_fields=["status", "is_unassigned", "updated_at"])
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(2)a")
    return enterprise


def assign_community(*, enterprise_ids: Sequence[int], community_id: int, by: Actor, at: datetime) -> list[Enterprise]:
    """Give firms their 属地, one or many at once; those already there are left alone. Returns those that moved.

    Raises:
        NotAllowed: not the hub.
        NotFound: one of them is not a firm he may see.
        Refused: not a community of this town, or nothing chosen.
    Source: 一-1.
    """
    with transaction.atomic():
        policy.require_manage(by)
        if not enterprise_ids:
            raise Refused("nothing_chosen", "请先勾选企业。", field="enterprise_ids")
        community = _community(by.town_id, community_id)
        moved = []
        for enterprise_id in sorted(set(enterprise_ids)):
            enterprise = policy.take(enterprise_id, by)
            if enterprise.community_id == community.pk:
                continue
            old = enterprise.community.name if enterprise.community else ""
            enterprise.community, enterprise.is_unassigned, enterprise.updated_at = community, False, at
            enterprise.save(update_fields=["community", "is_unassigned", "updated_at"])
            told = facts.Assigned(name=enterprise.name, old=old, new=community.name)
            writing.tell(told, enterprise, by=by, at=at, clause="一-1")
            moved.append(enterprise)
    return moved


def confirm_verified(*, enterprise_id: int, by: Actor, at: datetime) -> Enterprise:
    """Say that the file is right as it stands, seen on the spot.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: neither the hub nor the firm's community.
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        policy.require_tend(by, enterprise)
        enterprise.last_verified_at, enterprise.last_verified_by = at, writing.signature(by)
        enterprise.save(update_fields=["last_verified_at", "last_verified_by"])
        writing.tell(facts.Verified(name=enterprise.name), enterprise, by=by, at=at, clause="附1-(2)b")
    return enterprise


def _community(town_id: int, office_id: int) -> "Office":
    """Return a community of the town.

    Raises:
        Refused: no such community here.
    """
    try:
        found = people.office(office_id)
    except NotFound:
        found = None
    if found is None or found.town_id != town_id or found.kind != OfficeKind.COMMUNITY or not found.is_active:
        raise Refused("unknown_community", "请从列表中选择本镇的村（社区）。", field="community_id")
    return found
