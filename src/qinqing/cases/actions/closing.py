"""办结反馈、整理、退回补正、评价、核实、重办、销账、撤回。"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from qinqing.cases.actions.hand import Hand, attach, office_name, take, tell, tidy
from qinqing.cases.actions.problems import start_round
from qinqing.cases.actions.tasks import recall
from qinqing.cases.facts import closing as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Feedback, LookBack, Problem, Rating, Suspension, Task, Upward
from qinqing.cases.words import (
    DEMAND_OUTCOMES,
    PROBLEM_OUTCOMES,
    Asked,
    CaseState,
    Complaint,
    Kind,
    Outcome,
    Part,
    Proof,
    Satisfaction,
    TaskState,
    ToldWay,
    Verb,
)
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused


def finish(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    outcome: str,
    reply: str,
    told_way: str,
    told_at: datetime | None = None,
    reference_no: str = "",
    files: Sequence[Received] = (),
    task_id: int | None = None,
) -> Case:
    """办结并反馈企业: one act, one transaction; the enterprise and the hub both learn of it.

    Raises:
        Refused: an outcome of the wrong kind, 整改完成 without a passed recheck, told in the future or before the case.
    Source: 二(四)-3, 二(四)-4, 二(四)-6.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.FINISH, by=by, at=at, task_id=task_id)
        case, task = hand.case, hand.my_task
        result = _outcome(case, outcome)
        words = tidy(reply, field="reply", label="答复企业的话", limit=5000)
        if told_way not in ToldWay.__members__.values():
            raise Refused("told_way_missing", "请选择怎样告知企业。", field="told_way")
        told = told_at or at
        if told > at or told < case.clock_at:
            raise Refused("told_at_wrong", "告知时间应在受理之后、现在之前。", field="told_at")
        office = office_name(task.office_id, by)
        if task.upward:
            open_ = Upward.objects.filter(task=task, answered_at__isnull=True)
            open_.update(answered_at=at, answer="（办结时未单独登记答复）")
        task.state, task.done_at, task.result, task.upward = TaskState.DONE.value, at, words, False
        hand.keep(task)
        case.state, case.answered_at, case.outcome, case.upward = CaseState.ANSWERED.value, at, result.value, False
        if case.suspension == Asked.ASKED:
            Suspension.objects.filter(case=case, state=Asked.ASKED.value).update(state=Asked.ENDED.value, ended_at=at)
        case.suspension = ""
        case.rate_until = at + timedelta(days=hand.terms.plan.limits.rate_days.value)
        if reference_no and case.kind == Kind.PROBLEM:
            Problem.objects.filter(case=case).update(
                reference_no=tidy(reference_no, field="reference_no", label="文号", limit=80)
            )
        Feedback.objects.create(
            case=case,
            office_name=office,
            by_name=by.name,
            round=case.round,
            outcome=result.value,
            reply=words,
            told_way=told_way,
            told_at=told,
            at=at,
        )
        attach(hand, files, by=by, at=at, for_enterprise=True)
        fact = facts.Finished(
            office=office,
            outcome=result.label,
            reply=words,
            told_way=ToldWay.label_of(told_way),
            told_at=_iso(told),
            round=case.round,
            in_time=at <= case.due_at,
            reference_no=reference_no,
            office_ids=(case.hub_id,),
        )
        return tell(hand, fact, Verb.FINISH, by=by, at=at)


def _outcome(case: Case, outcome: str) -> Outcome:
    fitting = DEMAND_OUTCOMES if case.kind == Kind.DEMAND else PROBLEM_OUTCOMES
    found = next((o for o in fitting if o.value == outcome), None)
    if found is None:
        raise Refused("outcome_unknown", "请选择办理结果。", field="outcome")
    if found is Outcome.RECTIFIED and case.proof != Proof.PASSED:
        raise Refused("recheck_missing", "整改完成的，请先登记整改并复查合格。", field="outcome")
    return found


def register(case_id: int, *, by: Actor, at: datetime, note: str = "") -> Case:
    """整理: the hub checks that nothing is missing; the case is ready to be written off. Source: 二(四)-6."""
    with transaction.atomic():
        hand = take(case_id, Verb.REGISTER, by=by, at=at)
        words = tidy(note, field="note", label="整理意见", required=False)
        hand.case.registered_at = at
        return tell(hand, facts.Registered(note=words), Verb.REGISTER, by=by, at=at)


def send_back(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """退回补正: the answer is incomplete; the office goes on, the clock has never stopped. Source: 二(四)-6."""
    with transaction.atomic():
        hand = take(case_id, Verb.SEND_BACK, by=by, at=at)
        case, task = hand.case, _last_lead(hand)
        words = tidy(note, field="note", label="补正要求")
        task.state, task.done_at = TaskState.WORKING.value, None
        hand.keep(task)
        case.state, case.answered_at, case.outcome, case.rate_until = CaseState.IN_HAND.value, None, "", None
        office = office_name(task.office_id, by)
        fact = facts.SentBack(
            office=office, due_at=_iso(case.due_at), note=words, office_ids=(task.office_id,), account_ids=_person(task)
        )
        return tell(hand, fact, Verb.SEND_BACK, by=by, at=at)


def rate(case_id: int, *, by: Actor, at: datetime, solved: str | bool, satisfaction: str, comment: str = "") -> Case:
    """评价: by the enterprise, once a round, up to 15 days; shown to the handler only when that time is over.

    Source: 三要(四)-5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.RATE, by=by, at=at)
        case = hand.case
        if satisfaction not in Satisfaction.__members__.values():
            raise Refused("satisfaction_missing", "请选择满意程度。", field="satisfaction")
        if solved not in (True, False, "yes", "no"):
            raise Refused("solved_missing", "请选择问题是否解决。", field="solved")
        words = tidy(comment, field="comment", label="想说的话", limit=1000, required=False)
        unhappy = satisfaction == Satisfaction.DISSATISFIED
        Rating.objects.create(
            case=case,
            round=case.round,
            solved=solved in (True, "yes"),
            satisfaction=satisfaction,
            comment=words,
            by_name=by.name,
            at=at,
            open_at=case.rate_until or at,
            complaint=Complaint.OPEN.value if unhappy else "",
        )
        case.rated_round, case.satisfaction = case.round, satisfaction
        if unhappy:
            case.complaint = Complaint.OPEN.value
        fact = facts.Rated(
            solved=solved in (True, "yes"),
            satisfaction=Satisfaction.label_of(satisfaction),
            dissatisfied=unhappy,
            office_ids=(case.hub_id,),
        )
        return tell(hand, fact, Verb.RATE, by=by, at=at)


def dismiss_rating(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """评价核实不成立: verified, with what was found; the rating itself stays as it was given. Source: 三要(四)-5."""
    with transaction.atomic():
        hand = take(case_id, Verb.DISMISS_RATING, by=by, at=at)
        words = tidy(note, field="note", label="核实情况")
        _settle(hand.case, Complaint.DISMISSED)
        return tell(hand, facts.RatingDismissed(note=words), Verb.DISMISS_RATING, by=by, at=at)


def reopen(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """重办: the rating was well-founded; a new round with its own limit, the first round's result stays.

    Source: 三要(四)-5, 二(四)-2c; domain §1.15 (redo).
    """
    with transaction.atomic():
        hand = take(case_id, Verb.REOPEN, by=by, at=at)
        case = hand.case
        words = tidy(note, field="note", label="重办要求")
        _settle(case, Complaint.UPHELD)
        last = _last_lead(hand)
        case.reopenings += 1
        start_round(
            hand,
            office_id=last.office_id,
            handler_id=last.handler_id,
            at=at,
            working_days=hand.terms.plan.limits.redo.value,
        )
        office = office_name(last.office_id, by)
        fact = facts.Reopened(
            office=office,
            round=case.round,
            due_at=_iso(case.due_at),
            note=words,
            office_ids=(last.office_id, case.hub_id),
            account_ids=_person(last),
        )
        return tell(hand, fact, Verb.REOPEN, by=by, at=at)


def _settle(case: Case, how: Complaint) -> None:
    Rating.objects.filter(case=case, complaint=Complaint.OPEN.value).update(complaint=how.value)
    case.complaint = how.value


def write_off(case_id: int, *, by: Actor, at: datetime, note: str = "") -> Case:
    """销账: answered, registered, no open complaint. A 两违 case owes 回头看 30 and 90 days later.

    Source: 二(四)-2c, 二(四)-3, 附2违-(2).
    """
    with transaction.atomic():
        hand = take(case_id, Verb.WRITE_OFF, by=by, at=at)
        case = hand.case
        words = tidy(note, field="note", label="销账意见", required=False)
        case.state, case.ended_at = CaseState.WRITTEN_OFF.value, at
        owed = _owe_look_backs(hand, at)
        answered = case.answered_at or at
        fact = facts.WrittenOff(
            outcome=Outcome.label_of(case.outcome),
            working_days=hand.terms.elapsed(case.clock_at, answered),
            look_backs=owed,
            note=words,
        )
        return tell(hand, fact, Verb.WRITE_OFF, by=by, at=at)


def _owe_look_backs(hand: Hand, at: datetime) -> tuple[str, ...]:
    case = hand.case
    if case.kind != Kind.PROBLEM or not Problem.objects.filter(case=case, needs_look_back=True).exists():
        return ()
    today = at.astimezone(SHANGHAI).date()
    days = [today + timedelta(days=n) for n in hand.terms.plan.limits.recheck_days.value]
    LookBack.objects.bulk_create(LookBack(case=case, due_on=day) for day in days)
    case.look_back_on = min(days)
    return tuple(day.isoformat() for day in days)


def withdraw(case_id: int, *, by: Actor, at: datetime, reason: str) -> Case:
    """撤回: the enterprise takes its demand back before it is answered. Source: 一-1."""
    with transaction.atomic():
        hand = take(case_id, Verb.WITHDRAW, by=by, at=at)
        case = hand.case
        words = tidy(reason, field="reason", label="撤回原因", limit=500)
        told = tuple(task.office_id for task in hand.tasks)
        recall(hand, at)
        Suspension.objects.filter(case=case, state__in=[Asked.ASKED.value, Asked.GRANTED.value]).update(
            state=Asked.ENDED.value, ended_at=at
        )
        case.state, case.ended_at, case.extension, case.suspension = CaseState.WITHDRAWN.value, at, "", ""
        fact = facts.Withdrawn(reason=words, office_ids=(case.hub_id, *told))
        return tell(hand, fact, Verb.WITHDRAW, by=by, at=at)


def _last_lead(hand: Hand) -> Task:
    return [task for task in hand.tasks if task.part == Part.LEAD and task.state == TaskState.DONE][-1]


def _person(task: Task) -> tuple[int, ...]:
    return (task.handler_id,) if task.handler_id else ()


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
