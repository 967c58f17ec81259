"""承办单位：签收、定人、进展、退回、裁定、提请会商、办结协办。"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinqing.cases.actions.hand import Hand, attach, involve, office_name, take, tell, tidy
from qinqing.cases.actions.tasks import recall
from qinqing.cases.facts import closing, intake
from qinqing.cases.facts import work as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Task
from qinqing.cases.words import CaseState, Part, Ruling, TaskState, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES, OFFICE_ROLES


def sign(case_id: int, *, by: Actor, at: datetime, handler: int, task_id: int | None = None) -> Case:
    """签收 and 定人: no share of a case is without a named person.

    Raises:
        Refused: the named person does not sit at the office now.
    Source: 三要(二)-1.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.SIGN, by=by, at=at, task_id=task_id)
        task = hand.my_task
        name = _seat(task, handler, at)
        task.state, task.signed_at, task.handler_id = TaskState.WORKING.value, at, handler
        hand.keep(task)
        _follow_lead(hand, task)
        involve(hand, accounts=[handler])
        fact = facts.Signed(office=_office(task, by), handler=name, late=at > task.sign_due_at, account_ids=(handler,))
        return tell(hand, fact, Verb.SIGN, by=by, at=at)


def name_handler(case_id: int, *, by: Actor, at: datetime, handler: int, task_id: int | None = None) -> Case:
    """定人: let another person of the office go on with it. Source: 三要(二)-1."""
    with transaction.atomic():
        hand = take(case_id, Verb.NAME_HANDLER, by=by, at=at, task_id=task_id)
        task = hand.my_task
        name = _seat(task, handler, at)
        if task.handler_id == handler:
            raise Refused("handler_same", "经办人没有变化。", field="handler")
        before = people.account(task.handler_id).name if task.handler_id else ""
        task.handler_id = handler
        hand.keep(task)
        _follow_lead(hand, task)
        involve(hand, accounts=[handler])
        fact = facts.HandlerNamed(office=_office(task, by), handler=name, before=before, account_ids=(handler,))
        return tell(hand, fact, Verb.NAME_HANDLER, by=by, at=at)


def progress(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    note: str,
    told_enterprise: bool = False,
    files: Sequence[Received] = (),
    task_id: int | None = None,
) -> Case:
    """进展: note where it stands; the enterprise reads it only if the handler says so. Source: 二(二)1-诉求-跟进."""
    with transaction.atomic():
        hand = take(case_id, Verb.PROGRESS, by=by, at=at, task_id=task_id)
        words = tidy(note, field="note", label="进展")
        attach(hand, files, by=by, at=at, for_enterprise=told_enterprise)
        fact = facts.Progressed(office=_office(hand.my_task, by), told_enterprise=told_enterprise, note=words)
        return tell(hand, fact, Verb.PROGRESS, by=by, at=at)


def return_(
    case_id: int, *, by: Actor, at: datetime, reason: str, basis: str, note: str, task_id: int | None = None
) -> Case:
    """退回: once per office, within one working day of dispatch, with reason and basis; the clock runs on.

    A returned lead share puts the case back on the hub's desk, supports are taken back; a returned support leaves it in hand.

    Raises:
        Refused: too late, a second time, a reason the plan does not list, no basis.
    Source: 三要(四)-4.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.RETURN, by=by, at=at, task_id=task_id)
        task, case = hand.my_task, hand.case
        chosen = next((r for r in hand.terms.plan.reasons.return_ if r.code == reason), None)
        if chosen is None:
            raise Refused("reason_unknown", "请从列表里选择退回原因。", field="reason")
        grounds = tidy(basis, field="basis", label="依据", limit=200)
        words = tidy(note, field="note", label="说明")
        task.state, task.returned_at, task.ruling = TaskState.RETURNED.value, at, Ruling.NONE.value
        task.return_reason, task.return_basis = chosen.code, grounds
        hand.keep(task)
        case.returns += 1
        if chosen.proposes_consultation:
            case.wants_consultation = True
        if task.part == Part.LEAD:
            recall(hand, at)
            _settle_other_returns(hand, task)
            case.state, case.lead_office_id, case.handler_id = CaseState.ACCEPTED.value, None, None
        fact = facts.Returned(
            office=_office(task, by), reason=chosen.name, basis=grounds, note=words, office_ids=(case.hub_id,)
        )
        return tell(hand, fact, Verb.RETURN, by=by, at=at)


def accept_return(case_id: int, *, by: Actor, at: datetime) -> Case:
    """认可退回: the hub will send the case another way. Source: 三要(四)-4."""
    with transaction.atomic():
        hand = take(case_id, Verb.ACCEPT_RETURN, by=by, at=at)
        task = _returned(hand)
        task.ruling = Ruling.ACCEPTED.value
        hand.keep(task)
        fact = facts.ReturnAccepted(
            office=_office(task, by),
            proposes_consultation=hand.sight.proposes_consultation,
            office_ids=(task.office_id,),
        )
        return tell(hand, fact, Verb.ACCEPT_RETURN, by=by, at=at)


def overrule_return(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """驳回退回: the office keeps its share, and the overruled return counts in its record. Source: 三要(四)-4."""
    with transaction.atomic():
        hand = take(case_id, Verb.OVERRULE_RETURN, by=by, at=at)
        task, case = _returned(hand), hand.case
        words = tidy(note, field="note", label="驳回理由")
        task.ruling = Ruling.OVERRULED.value
        task.state = TaskState.WORKING.value if task.signed_at else TaskState.OFFERED.value
        if task.part == Part.LEAD:
            case.lead_office_id, case.handler_id = task.office_id, task.handler_id
            for other in hand.tasks:  # supports that were taken back with the lead's return go on too
                if other.state == TaskState.RECALLED and other.recalled_at == task.returned_at:
                    other.state = TaskState.WORKING.value if other.signed_at else TaskState.OFFERED.value
                    other.recalled_at = None
                    hand.keep(other)
        hand.keep(task)
        case.state = CaseState.IN_HAND.value
        fact = facts.ReturnOverruled(office=_office(task, by), note=words, office_ids=(task.office_id,))
        return tell(hand, fact, Verb.OVERRULE_RETURN, by=by, at=at)


def ask_consultation(case_id: int, *, by: Actor, at: datetime, note: str, task_id: int | None = None) -> Case:
    """提请会商: ask the hub to call the offices together. Source: 二(二)1-诉求-会商."""
    with transaction.atomic():
        hand = take(case_id, Verb.ASK_CONSULTATION, by=by, at=at, task_id=task_id)
        words = tidy(note, field="note", label="说明")
        hand.case.wants_consultation = True
        fact = intake.ConsultationAsked(office=_office(hand.my_task, by), note=words, office_ids=(hand.case.hub_id,))
        return tell(hand, fact, Verb.ASK_CONSULTATION, by=by, at=at)


def complete(
    case_id: int, *, by: Actor, at: datetime, result: str, files: Sequence[Received] = (), task_id: int | None = None
) -> Case:
    """办结协办: the supporting office's result, for the lead office and the hub. Source: 二(四)-6."""
    with transaction.atomic():
        hand = take(case_id, Verb.COMPLETE, by=by, at=at, task_id=task_id)
        task = hand.my_task
        words = tidy(result, field="result", label="协办结果")
        task.state, task.done_at, task.result, task.upward = TaskState.DONE.value, at, words, False
        hand.keep(task)
        hand.case.upward = any(t.upward for t in hand.tasks)
        attach(hand, files, by=by, at=at)
        others = tuple(t.office_id for t in hand.tasks if t.part == Part.LEAD)
        fact = closing.Completed(office=_office(task, by), note=words, office_ids=(hand.case.hub_id, *others))
        return tell(hand, fact, Verb.COMPLETE, by=by, at=at)


def _returned(hand: Hand) -> Task:
    waiting = next(seen for seen in hand.sight.tasks if seen.waits_for_ruling)
    return next(task for task in hand.tasks if task.pk == waiting.id)


def _settle_other_returns(hand: Hand, lead: Task) -> None:
    """Let a support's return that still waits stand: with the lead's return the whole case goes back anyway."""
    for other in hand.tasks:
        if other.pk != lead.pk and other.state == TaskState.RETURNED and not other.ruling:
            other.ruling = Ruling.ACCEPTED.value
            hand.keep(other)


def _follow_lead(hand: Hand, task: Task) -> None:
    """Let the case name who handles it: the lead share's person."""
    if task.part == Part.LEAD:
        hand.case.lead_office_id, hand.case.handler_id = task.office_id, task.handler_id


def _seat(task: Task, account_id: int, at: datetime) -> str:
    on = at.astimezone(SHANGHAI).date()
    seats = people.names_of(task.office_id, OFFICE_ROLES | HUB_ROLES, on)
    if account_id not in seats:
        raise Refused("handler_unknown", "请从本单位现有人员里选择经办人。", field="handler")
    return seats[account_id]


def _office(task: Task, by: Actor) -> str:
    return office_name(task.office_id, by)
