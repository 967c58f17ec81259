"""Changes that wait for the hub: proposing, letting pass, turning down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from qinqing.enterprises import policy, rules
from qinqing.enterprises.actions import writing
from qinqing.enterprises.facts import files as facts
from qinqing.enterprises.models import Enterprise, Proposal
from qinqing.enterprises.words import ProposalState
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.kernel.text import clean


def propose(*, enterprise_id: int, raw: Mapping[str, Any], by: Actor, at: datetime, reason: str = "") -> Proposal:
    """Ask the hub for a change of facts that one's own hand does not reach. The file stays as it is meanwhile.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: he may only read it.
        Refused: a fact cannot be taken, nothing changes, or the very same change waits already.
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        policy.require_reach(by, enterprise)
        changed = writing.differences(enterprise, writing.read(enterprise, raw))
        changes = {
            name: [writing.plain(getattr(enterprise, name)), writing.plain(value)]
            for name, value in changed.items()
            if name in rules.FIELDS
        }
        if not changes:
            raise Refused("nothing_changed", "没有改动。")
        waiting = Proposal.objects.filter(enterprise=enterprise, state=ProposalState.WAITING.value)
        if any(proposal.changes == changes for proposal in waiting):
            raise Refused("already_proposed", "同样的变更已在等中转站审核，不必重复提交。")
        proposal = Proposal.objects.create(
            enterprise=enterprise,
            changes=changes,
            reason=clean(reason)[:200],
            proposed_by_id=by.account_id,
            proposed_name=writing.signature(by),
            proposed_at=at,
        )
        told = facts.Proposed(
            name=enterprise.name,
            proposal_id=proposal.pk,
            changes=writing.in_words(enterprise, changed),
            reason=proposal.reason,
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(2)b")
    return proposal


def approve(*, proposal_id: int, by: Actor, at: datetime, note: str = "") -> Proposal:
    """Let a proposed change pass: it is written now.

    Raises:
        NotAllowed: not the hub.
        NotFound: no such proposal in the town.
        TooLate: somebody decided it already.
        Refused: it cannot be written any more (another firm has the number).
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        policy.require_manage(by)
        enterprise, proposal = _take(proposal_id, by)
        values = writing.read(enterprise, {name: new for name, (_, new) in proposal.changes.items()})
        changed = writing.differences(enterprise, values)
        told = facts.ProposalApproved(
            name=enterprise.name,
            proposal_id=proposal.pk,
            proposed_by=proposal.proposed_name,
            account_ids=_proposer(proposal),
            changes=writing.in_words(enterprise, changed),
            note=clean(note)[:200],
        )
        if changed:
            writing.apply(enterprise, changed, at)
        _decide(proposal, ProposalState.APPROVED, by, at, note)
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(2)b")
    return proposal


def reject(*, proposal_id: int, by: Actor, at: datetime, note: str) -> Proposal:
    """Turn a proposed change down, with the reason its proposer will read.

    Raises:
        NotAllowed: not the hub.
        NotFound: no such proposal in the town.
        TooLate: somebody decided it already.
        Refused: no reason given.
    Source: 附1-(2)b.
    """
    with transaction.atomic():
        policy.require_manage(by)
        enterprise, proposal = _take(proposal_id, by)
        if not clean(note):
            raise Refused("reason_missing", "请写明不通过的理由，提出人会看到。", field="note")
        _decide(proposal, ProposalState.REJECTED, by, at, note)
        told = facts.ProposalRejected(
            name=enterprise.name,
            proposal_id=proposal.pk,
            proposed_by=proposal.proposed_name,
            account_ids=_proposer(proposal),
            labels=tuple(rules.FIELDS[name].label for name in proposal.changes if name in rules.FIELDS),
            note=proposal.decided_note,
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(2)b")
    return proposal


def _take(proposal_id: int, by: Actor) -> tuple[Enterprise, Proposal]:
    """Lock the firm, then the proposal; who decides second is told who was first."""
    found = Proposal.objects.filter(pk=proposal_id, enterprise__town_id=by.town_id).first()
    if found is None:
        raise NotFound("没有这条变更申请。")
    enterprise = policy.take(found.enterprise_id, by)
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != ProposalState.WAITING:
        state = ProposalState.label_of(proposal.state)
        raise TooLate("already_decided", f"{proposal.decided_name}已经审核过这条变更（{state}）。")
    return enterprise, proposal


def _proposer(proposal: Proposal) -> tuple[int, ...]:
    return (proposal.proposed_by_id,) if proposal.proposed_by_id else ()


def _decide(proposal: Proposal, state: ProposalState, by: Actor, at: datetime, note: str) -> None:
    proposal.state, proposal.decided_name, proposal.decided_at = state.value, writing.signature(by), at
    proposal.decided_note = clean(note)[:200]
    proposal.save(update_fields=["state", "decided_name", "decided_at", "decided_note"])
