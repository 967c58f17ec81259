"""上报上级条线：submitted by the department itself, followed by progress, answered by the superior with or without the link."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from qinqing.cases.actions.hand import Hand, attach, office_name, take, tell, tidy
from qinqing.cases.facts import work as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Upward
from qinqing.cases.words import Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused


def submit_upward(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    superior: str,
    sent_on: date,
    expected_on: date,
    note: str,
    document_no: str = "",
    task_id: int | None = None,
) -> Case:
    """上报上级: after the hub's dispatch, by the department; the superior sees a copy frozen now. The clock runs on.

    Raises:
        Refused: sent in the future, an answer expected before it was sent.
    Source: 二(二)1-诉求-上报.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.SUBMIT_UPWARD, by=by, at=at, task_id=task_id)
        case, task = hand.case, hand.my_task
        body = tidy(superior, field="superior", label="上级条线部门", limit=60)
        if sent_on > at.astimezone(SHANGHAI).date():
            raise Refused("sent_in_future", "报送日期不能晚于今天。", field="sent_on")
        if expected_on < sent_on:
            raise Refused("expected_before_sent", "预计答复日期不能早于报送日期。", field="expected_on")
        words = tidy(note, field="note", label="说明")
        # Finished with the superior's answer still out, then sent back: the earlier submission ends with the new one.
        Upward.objects.filter(task=task, answered_at__isnull=True).update(
            answered_at=at, answer="未等到答复，另行上报。", answered_by_name=by.name
        )
        Upward.objects.create(
            case=case,
            task=task,
            superior=body,
            document_no=tidy(document_no, field="document_no", label="报送文号", limit=60, required=False),
            sent_on=sent_on,
            expected_on=expected_on,
            note=words,
            frozen=f"{case.enterprise_name}\n{case.title}\n\n{case.text}\n\n报送说明：{words}",
            next_progress_at=_next(hand, at),
        )
        task.upward = case.upward = True
        hand.keep(task)
        fact = facts.SubmittedUpward(
            office=office_name(task.office_id, by),
            superior=body,
            document_no=document_no,
            sent_on=sent_on.isoformat(),
            expected_on=expected_on.isoformat(),
            note=words,
            office_ids=(case.hub_id,),
        )
        return tell(hand, fact, Verb.SUBMIT_UPWARD, by=by, at=at)


def upward_progress(
    case_id: int, *, by: Actor, at: datetime, note: str, files: Sequence[Received] = (), task_id: int | None = None
) -> Case:
    """上报进展: at least every five working days. Source: 二(二)1-诉求-上报; domain §1.15."""
    with transaction.atomic():
        hand = take(case_id, Verb.UPWARD_PROGRESS, by=by, at=at, task_id=task_id)
        words = tidy(note, field="note", label="上级办理进展")
        sent = _open_upward(hand)
        sent.next_progress_at = _next(hand, at)
        sent.save()
        attach(hand, files, by=by, at=at)
        fact = facts.UpwardProgressed(superior=sent.superior, note=words, office_ids=(hand.case.hub_id,))
        return tell(hand, fact, Verb.UPWARD_PROGRESS, by=by, at=at)


def upward_answer(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    answer: str,
    answered_by: str = "",
    files: Sequence[Received] = (),
    task_id: int | None = None,
) -> Case:
    """登记上级答复: by the handler, or through the link by the superior himself (`by` is then the system, named after him).

    Source: 二(二)1-诉求-上报.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.UPWARD_ANSWER, by=by, at=at, task_id=task_id)
        words = tidy(answer, field="answer", label="上级答复", limit=5000)
        sent = _open_upward(hand)
        sent.answered_at, sent.answer = at, words
        sent.answered_by_name = (
            tidy(answered_by, field="answered_by", label="答复人", limit=60, required=False) or by.name
        )
        sent.save()
        hand.my_task.upward = False
        hand.keep(hand.my_task)
        hand.case.upward = any(task.upward for task in hand.tasks)
        attach(hand, files, by=by, at=at)
        fact = facts.UpwardAnswered(
            superior=sent.superior,
            answer=words,
            by_link=by.is_system,
            office_ids=(hand.my_task.office_id, hand.case.hub_id),
        )
        return tell(hand, fact, Verb.UPWARD_ANSWER, by=by, at=at)


def _open_upward(hand: Hand) -> Upward:
    return Upward.objects.get(task=hand.my_task, answered_at__isnull=True)


def _next(hand: Hand, at: datetime) -> datetime:
    return hand.terms.due(at, hand.terms.plan.limits.upward_progress.value)
