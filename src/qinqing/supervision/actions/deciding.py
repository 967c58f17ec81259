"""Proposed orders: put forward, given, or not given."""

from datetime import datetime

from django.db import transaction

from qinqing.cases.actions import oversight
from qinqing.cases.reads import find
from qinqing.cases.words import BEFORE_ANSWER, UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES, Role
from qinqing.supervision import policy
from qinqing.supervision.facts import Dismissed, Proposed
from qinqing.supervision.models import Proposal
from qinqing.supervision.rules import Reached
from qinqing.supervision.words import ProposalState


def was_proposed(case_id: int, round_: int, reached: Reached) -> bool:
    """Say whether this was put forward before in this round, whatever became of it."""
    rows = Proposal.objects.filter(case_id=case_id, round=round_, level=reached.level.value)
    return rows.filter(ground=reached.ground.value).exists()


def propose(case_id: int, *, reached: Reached, by: Actor, at: datetime) -> Proposal:
    """Put an order forward, for supervision (催办: the hub) to decide; the same reason only once a round.

    Args:
        reached: the level, the reason and the reason in words; a leader's 批示 is `Ground.INSTRUCTION`.

    Raises:
        NotFound: the case is out of the actor's sight.
        Refused: `proposed_already`, `answered`: nothing is left to press for.

    Source: 三要(三)-1; domain §3.5.
    """
    with transaction.atomic():
        case = find.get_for(by, case_id)
        if case.state not in BEFORE_ANSWER:
            raise Refused("answered", "这件事项已经答复企业，不用再督办。")
        detail = clean(reached.detail)[:200]
        row, is_new = Proposal.objects.get_or_create(
            case_id=case.pk,
            round=case.round,
            level=reached.level.value,
            ground=reached.ground.value,
            defaults={"town_id": case.town_id, "detail": detail, "at": at},
        )
        if not is_new:
            raise Refused("proposed_already", f"这件事项已经因“{reached.ground.label}”提请过{reached.level.label}。")
        fact = Proposed(
            level=reached.level.label,
            ground=reached.ground.label,
            detail=detail,
            account_ids=_deciders(case.town_id, reached.level, at),
        )
        ledger.record(fact, book=case.book, on=("case", case.pk), label=case.number, by=by, at=at, clause="三要(三)-1")
    return row


def _deciders(town_id: int, level: UrgeLevel, at: datetime) -> tuple[int, ...]:
    on = at.astimezone(SHANGHAI).date()
    roles = list(HUB_ROLES) if level is UrgeLevel.URGE else [Role.SUPERVISOR]
    return tuple(dict.fromkeys(post.account_id for post in people.holders(town_id, roles, on)))


def issue(proposal_id: int, *, by: Actor, at: datetime, note: str, reply_by: str) -> int:
    """Give the order that was proposed; return the id of its case.

    Args:
        note: what is asked for, as the office reads it.
        reply_by: working days until the reply is due, "1" to "5".

    Raises:
        NotFound, NotAllowed, TooLate: as the policy says; and whatever `oversight.supervise` or `urge` refuses.

    Source: 三要(三)-1; domain §3.5.
    """
    with transaction.atomic():
        row = _take(proposal_id, by)
        if row.level == UrgeLevel.URGE:
            oversight.urge(row.case_id, by=by, at=at, note=note, ground=row.ground)
        else:
            oversight.supervise(
                row.case_id, by=by, at=at, note=note, reply_by=reply_by, level=row.level, ground=row.ground
            )
        _decide(row, ProposalState.ISSUED, by=by, at=at)
        return row.case_id


def dismiss(proposal_id: int, *, by: Actor, at: datetime, reason: str) -> int:
    """Do not give the order that was proposed, and say why; return the id of its case.

    Raises:
        NotFound, NotAllowed, TooLate: as the policy says.
        Refused: `missing`, `too_long`: the reason.

    Source: 三要(三)-1.
    """
    with transaction.atomic():
        row = _take(proposal_id, by)
        words = clean(reason)
        if not words or len(words) > 200:
            raise Refused("missing", "请写明不予督办的理由，不超过200字。", field="reason")
        row.reason = words
        _decide(row, ProposalState.DISMISSED, by=by, at=at)
        fact = Dismissed(level=UrgeLevel.label_of(row.level), reason=words)
        ledger.record(
            fact,
            book=by.book,
            on=("case", row.case_id),
            label=row.case.number,
            by=by,
            at=at,
            clause="三要(三)-1",
        )
        return row.case_id


def lapse(*, by: Actor, at: datetime) -> int:
    """Let the proposals of a town lapse whose matter has been answered meanwhile; return how many."""
    answered = Proposal.objects.filter(town_id=by.town_id, state=ProposalState.WAITING.value).exclude(
        case__state__in=[state.value for state in BEFORE_ANSWER]
    )
    return answered.update(state=ProposalState.LAPSED.value, decided_at=at, decided_by_name=by.name)


def _take(proposal_id: int, by: Actor) -> Proposal:
    row = policy.visible_to(by).select_for_update(of=("self",)).select_related("case").filter(pk=proposal_id).first()
    if row is None:
        raise NotFound("没有这一条提请，或不在您的查看范围内。")
    if row.state != ProposalState.WAITING:
        who = f"{row.decided_by_name}" if row.decided_by_name else "别人"
        raise TooLate("decided", f"这一条已由{who}处理：{ProposalState.label_of(row.state)}。")
    policy.require(by, row)
    return row


def _decide(row: Proposal, state: ProposalState, *, by: Actor, at: datetime) -> None:
    row.state, row.decided_at = state.value, at
    row.decided_by_name = f"{by.office_name}·{by.name}" if by.office_name else by.name
    row.save(update_fields=["state", "decided_at", "decided_by_name", "reason"])
