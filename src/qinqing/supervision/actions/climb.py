"""The ladder by the clock: remind in time, urge what is late, propose orders. Safe to run twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from qinqing.cases.actions import oversight
from qinqing.cases.reads import orders
from qinqing.cases.reads.orders import Pressing
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import SUPERVISIONS, UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people
from qinqing.people.words import Role
from qinqing.supervision import rules
from qinqing.supervision.actions.deciding import lapse, propose, was_proposed
from qinqing.supervision.facts import Reminded
from qinqing.supervision.models import Proposal, Reminder
from qinqing.supervision.rules import Reached
from qinqing.supervision.words import ProposalState
from qinqing.workdays import rules as days

_HORIZON = timedelta(days=25)
"""Ten working days never reach further, holidays included."""
_BATCH = 500
_HEADS = (Role.OFFICE_HEAD, Role.HUB_HEAD)


def remind(*, at: datetime) -> int:
    """Remind handlers and heads of what is due soon, each limit once for each threshold; return how many were told of.

    Source: 二(二)1-诉求-跟进; domain §3.5.
    """
    done = 0
    for town in people.towns():
        actor = Actor.system("到期提醒", town_id=town.pk, book=town.code)
        for case in _each(town.pk, at + _HORIZON):
            terms = terms_of(case.plan_version_id)
            left = days.left(at, case.due_at, terms.calendar)
            late = days.is_late(at, case.due_at)
            threshold = rules.reminder(left, terms.plan.ladder.remind.value, late=late)
            if threshold is not None:
                done += _remind(case, threshold, left, by=actor, at=at)
    return done


def _remind(case: Pressing, threshold: int, left: int, *, by: Actor, at: datetime) -> bool:
    on = at.astimezone(SHANGHAI).date()
    with transaction.atomic():
        _, is_new = Reminder.objects.get_or_create(
            case_id=case.id, due_at=case.due_at, days_left=threshold, defaults={"at": at}
        )
        if not is_new:
            return False
        heads = [post.account_id for office in case.office_ids for post in people.people_of(office, _HEADS, on)]
        due = case.due_at.astimezone(SHANGHAI)
        fact = Reminded(
            days_left=left,
            due_at=f"{due.month}月{due.day}日 {due:%H:%M}",
            account_ids=tuple(dict.fromkeys((*case.handler_ids, *heads))),
        )
        ledger.record(
            fact, book=by.book, on=("case", case.id), label=case.number, by=by, at=at, clause="二(二)1-诉求-跟进"
        )
    return True


def climb(*, at: datetime) -> str:
    """Walk every town's late matters up the ladder: give the orders the plan lets the system give, propose the others.

    Proposals of matters answered meanwhile lapse. Returns what was done, in words.

    Source: 三要(三)-1; domain §3.5.
    """
    given = proposed = 0
    for town in people.towns():
        actor = Actor.system("督办台阶", town_id=town.pk, book=town.code)
        for case, reached in _reached(town.pk, at):
            outcome = _step(case, reached, by=actor, at=at)
            given += outcome == ProposalState.ISSUED
            proposed += outcome == ProposalState.WAITING
        lapse(by=actor, at=at)
    return f"自动催办督办 {given} 件，提请督办 {proposed} 件"


def _reached(town_id: int, at: datetime) -> Iterator[tuple[Pressing, Reached]]:
    for case in _each(town_id, at):
        terms = terms_of(case.plan_version_id)
        ladder = terms.plan.ladder
        late = -days.left(at, case.due_at, terms.calendar) if days.is_late(at, case.due_at) else 0
        for found in rules.overdue(
            late, urge_from=ladder.urge_overdue.value, supervise_from=ladder.supervise_overdue.value
        ):
            yield case, found
    for case in orders.dissatisfied_again(town_id):
        from_ = terms_of(case.plan_version_id).plan.ladder.supervise_dissatisfied.value
        for found in rules.dissatisfied(orders.dissatisfied_times(case.id), supervise_from=from_):
            yield case, found
    for case, since in orders.supervised(town_id):
        terms = terms_of(case.plan_version_id)
        passed = terms.elapsed(since, at)
        for found in rules.after_level_one(passed, again_after=terms.plan.ladder.again_after.value):
            yield case, found


def _each(town_id: int, until: datetime) -> Iterator[Pressing]:
    after = 0
    while page := orders.pressing(town_id, until, after=after, most=_BATCH):
        yield from page
        after = page[-1].id


def _step(case: Pressing, reached: Reached, *, by: Actor, at: datetime) -> ProposalState | None:
    """Give or propose one order; return the proposal's new state, None where nothing was to be done."""
    if was_proposed(case.id, case.round, reached) or _stands(case.id, reached.level):
        return None
    terms = terms_of(case.plan_version_id)
    try:
        with transaction.atomic():
            if reached.level.value not in terms.plan.ladder.automatic:
                propose(case.id, reached=reached, by=by, at=at)
                return ProposalState.WAITING
            return _give(case, reached, terms, by=by, at=at)
    except Refused:
        return None  # nobody to urge yet, or answered in this very moment: the next run sees


def _stands(case_id: int, level: UrgeLevel) -> bool:
    """Say whether somebody gave such a 督办 by hand. A hub may well have urged before the matter was late."""
    return level in SUPERVISIONS and level.value in orders.levels_on([case_id]).get(case_id, set())


def _give(case: Pressing, reached: Reached, terms: Terms, *, by: Actor, at: datetime) -> ProposalState | None:
    """Give an order as the system, once a round for each reason."""
    _, is_new = Proposal.objects.get_or_create(
        case_id=case.id,
        round=case.round,
        level=reached.level.value,
        ground=reached.ground.value,
        defaults={
            "town_id": by.town_id,
            "detail": reached.detail,
            "at": at,
            "state": ProposalState.ISSUED.value,
            "decided_at": at,
            "decided_by_name": by.name,
        },
    )
    if not is_new:
        return None
    note = f"{reached.detail}，请尽快办结并反馈企业；有困难的，请说明原因和完成时间。"
    if reached.level is UrgeLevel.URGE:
        oversight.urge(case.id, by=by, at=at, note=note, ground=reached.ground.value)
    else:
        reply = str(min(terms.plan.limits.supervise_reply.value, 5))
        oversight.supervise(
            case.id, by=by, at=at, note=note, reply_by=reply, level=reached.level.value, ground=reached.ground.value
        )
    return ProposalState.ISSUED
