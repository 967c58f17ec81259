"""延期与长期挂账：governed changes of the limit. The first date stays on record; nothing stops the clock silently."""

from datetime import date, datetime, timedelta

from django.db import transaction

from qinqing.cases.actions.hand import Hand, office_name, take, tell, tidy
from qinqing.cases.facts import work as facts
from qinqing.cases.models import Case, Extension, Feedback, Suspension
from qinqing.cases.words import Asked, CaseState, ToldWay, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused

_LONGEST_SILENCE = timedelta(days=92)


def ask_extension(
    case_id: int, *, by: Actor, at: datetime, reason: str, new_due_on: str, note: str, task_id: int | None = None
) -> Case:
    """申请延期: before the limit, once, to a working day not after the tenth in total; the hub head decides.

    Args:
        new_due_on: ISO date, one of `Terms.extension_days`.

    Raises:
        Refused: not such a day, a reason the plan does not list.
    Source: 二(四)-5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ASK_EXTENSION, by=by, at=at, task_id=task_id)
        case, task = hand.case, hand.my_task
        chosen = next((r for r in hand.terms.plan.reasons.extension if r.code == reason), None)
        if chosen is None:
            raise Refused("reason_unknown", "请从列表里选择延期原因。", field="reason")
        days = {
            moment.astimezone(SHANGHAI).date().isoformat(): moment
            for moment in hand.terms.extension_days(case.clock_at, case.due_at)
        }
        if str(new_due_on) not in days:
            raise Refused(
                "extension_too_long",
                "只能延到第10个工作日以内的工作日；还不够的，请申请长期挂账，由分管领导审批。",
                field="new_due_on",
            )
        words = tidy(note, field="note", label="说明")
        asked = Extension.objects.create(
            case=case,
            task=task,
            state=Asked.ASKED.value,
            reason=chosen.code,
            note=words,
            round=case.round,
            asked_at=at,
            asked_by_name=by.name,
            old_due_at=case.due_at,
            new_due_at=days[str(new_due_on)],
            working_days=hand.terms.elapsed(case.clock_at, days[str(new_due_on)]),
        )
        case.extension = Asked.ASKED.value
        fact = facts.ExtensionAsked(
            office=office_name(task.office_id, by),
            reason=chosen.name,
            new_due_at=_iso(asked.new_due_at),
            note=words,
            office_ids=(case.hub_id,),
        )
        return tell(hand, fact, Verb.ASK_EXTENSION, by=by, at=at)


def grant_extension(case_id: int, *, by: Actor, at: datetime) -> Case:
    """同意延期: the new date counts from now on, the enterprise is told. Source: 二(四)-5."""
    with transaction.atomic():
        hand = take(case_id, Verb.GRANT_EXTENSION, by=by, at=at)
        case = hand.case
        asked = _decide_extension(case, Asked.GRANTED, by, at)
        case.due_at = max(case.due_at, asked.new_due_at)
        case.due_provisional = hand.terms.is_provisional(case.clock_at, case.due_at)
        _lead_follows(hand)
        reason = next((r.name for r in hand.terms.plan.reasons.extension if r.code == asked.reason), asked.reason)
        fact = facts.ExtensionGranted(
            old_due_at=_iso(asked.old_due_at),
            new_due_at=_iso(case.due_at),
            reason=reason,
            office_ids=_lead_office(hand),
        )
        return tell(hand, fact, Verb.GRANT_EXTENSION, by=by, at=at)


def refuse_extension(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """不同意延期: the date stands; the request may be made once more before it. Source: 二(四)-5."""
    with transaction.atomic():
        hand = take(case_id, Verb.REFUSE_EXTENSION, by=by, at=at)
        words = tidy(note, field="note", label="不同意的理由")
        _decide_extension(hand.case, Asked.REFUSED, by, at)
        fact = facts.ExtensionRefused(due_at=_iso(hand.case.due_at), note=words, office_ids=_lead_office(hand))
        return tell(hand, fact, Verb.REFUSE_EXTENSION, by=by, at=at)


def _decide_extension(case: Case, answer: Asked, by: Actor, at: datetime) -> Extension:
    asked = Extension.objects.get(case=case, round=case.round, state=Asked.ASKED.value)
    asked.state, asked.decided_at, asked.decided_by_name = answer.value, at, by.name
    asked.save()
    case.extension = answer.value
    return asked


def ask_suspension(
    case_id: int, *, by: Actor, at: datetime, reason: str, scheme: str, next_reply_on: date, task_id: int | None = None
) -> Case:
    """申请长期挂账: beyond the tenth working day only a leader decides, with a scheme and staged replies.

    Raises:
        Refused: a reason the plan does not list, a reply date that is past or too far.
    Source: 二(四)-2c, 二(四)-5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ASK_SUSPENSION, by=by, at=at, task_id=task_id)
        case = hand.case
        chosen = next((r for r in hand.terms.plan.reasons.suspension if r.code == reason), None)
        if chosen is None:
            raise Refused("reason_unknown", "请从列表里选择原因。", field="reason")
        words = tidy(scheme, field="scheme", label="打算怎样推进")
        _reply_date(next_reply_on, at)
        Suspension.objects.create(
            case=case,
            state=Asked.ASKED.value,
            reason=chosen.code,
            scheme=words,
            next_reply_on=next_reply_on,
            due_before=case.due_at,
            asked_at=at,
            asked_by_name=by.name,
        )
        case.suspension = Asked.ASKED.value
        fact = facts.SuspensionAsked(
            office=office_name(hand.my_task.office_id, by),
            reason=chosen.name,
            scheme=words,
            next_reply_on=next_reply_on.isoformat(),
            office_ids=(case.hub_id, case.community_id, hand.my_task.office_id),
        )
        return tell(hand, fact, Verb.ASK_SUSPENSION, by=by, at=at)


def suspend(case_id: int, *, by: Actor, at: datetime, note: str = "") -> Case:
    """同意长期挂账: the case stays on the ledger, its limit is now the next staged reply. Source: 二(四)-2c, 三要(二)-2."""
    with transaction.atomic():
        hand = take(case_id, Verb.SUSPEND, by=by, at=at)
        case = hand.case
        words = tidy(note, field="note", label="批示", required=False)
        asked = _decide_suspension(case, Asked.GRANTED, by, at)
        if asked.next_reply_on <= at.astimezone(SHANGHAI).date():
            raise Refused("reply_date_past", "申请里的下次答复日期已过，请退回重报。")
        case.state = CaseState.SUSPENDED.value
        case.due_at = hand.terms.close_of(asked.next_reply_on)
        _lead_follows(hand)
        reason = next((r.name for r in hand.terms.plan.reasons.suspension if r.code == asked.reason), asked.reason)
        fact = facts.Suspended(
            next_reply_on=asked.next_reply_on.isoformat(), reason=reason, note=words, office_ids=_lead_office(hand)
        )
        return tell(hand, fact, Verb.SUSPEND, by=by, at=at)


def refuse_suspension(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """不同意长期挂账: the limit stands. Source: 二(四)-2c."""
    with transaction.atomic():
        hand = take(case_id, Verb.REFUSE_SUSPENSION, by=by, at=at)
        words = tidy(note, field="note", label="不同意的理由")
        _decide_suspension(hand.case, Asked.REFUSED, by, at)
        return tell(
            hand,
            facts.SuspensionRefused(note=words, office_ids=_lead_office(hand)),
            Verb.REFUSE_SUSPENSION,
            by=by,
            at=at,
        )


def _decide_suspension(case: Case, answer: Asked, by: Actor, at: datetime) -> Suspension:
    asked = Suspension.objects.get(case=case, state=Asked.ASKED.value)
    asked.state, asked.decided_at, asked.decided_by_name = answer.value, at, by.name
    asked.save()
    case.suspension = answer.value
    return asked


def stage_reply(
    case_id: int, *, by: Actor, at: datetime, reply: str, next_reply_on: date, task_id: int | None = None
) -> Case:
    """阶段性答复: tell the enterprise where it stands and when it hears next. Source: 二(四)-3."""
    with transaction.atomic():
        hand = take(case_id, Verb.STAGE_REPLY, by=by, at=at, task_id=task_id)
        case = hand.case
        words = tidy(reply, field="reply", label="答复企业的话")
        _reply_date(next_reply_on, at)
        held = Suspension.objects.get(case=case, state=Asked.GRANTED.value)
        held.next_reply_on = next_reply_on
        held.save()
        case.due_at = hand.terms.close_of(next_reply_on)
        _lead_follows(hand)
        office = office_name(hand.my_task.office_id, by)
        Feedback.objects.create(
            case=case,
            office_name=office,
            by_name=by.name,
            round=case.round,
            is_staged=True,
            reply=words,
            told_way=ToldWay.PLATFORM.value,
            told_at=at,
            at=at,
        )
        fact = facts.StageReplied(office=office, reply=words, next_reply_on=next_reply_on.isoformat())
        return tell(hand, fact, Verb.STAGE_REPLY, by=by, at=at)


def resume(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """恢复办理: back in hand with a fresh short limit for this last stretch, or what is left of the one it had if that is later.

    The first date stays on record.

    Source: 二(四)-2c.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.RESUME, by=by, at=at)
        case = hand.case
        words = tidy(note, field="note", label="说明")
        held = Suspension.objects.get(case=case, state=Asked.GRANTED.value)
        held.state, held.ended_at = Asked.ENDED.value, at
        held.save()
        case.state, case.suspension = CaseState.IN_HAND.value, ""
        # Never earlier than what was promised before the suspension.
        case.due_at = max(hand.terms.due(at, hand.terms.plan.limits.redo.value), held.due_before)
        case.due_provisional = hand.terms.is_provisional(at, case.due_at)
        _lead_follows(hand)
        return tell(
            hand,
            facts.Resumed(due_at=_iso(case.due_at), note=words, office_ids=_lead_office(hand)),
            Verb.RESUME,
            by=by,
            at=at,
        )


def _reply_date(on: date, at: datetime) -> None:
    today = at.astimezone(SHANGHAI).date()
    if on <= today:
        raise Refused("reply_date_past", "下一次答复日期须在今天以后。", field="next_reply_on")
    if on - today > _LONGEST_SILENCE:
        raise Refused("reply_date_far", "至少每三个月给企业一次阶段性答复，请选近一些的日期。", field="next_reply_on")


def _lead_follows(hand: Hand) -> None:
    """Give the lead task the limit of its case: an office must not look late where a leader has moved the date."""
    if hand.lead is not None:
        hand.lead.due_at = hand.case.due_at
        hand.keep(hand.lead)


def _lead_office(hand: Hand) -> tuple[int, ...]:
    return tuple(task.office_id for task in hand.tasks if task.pk == (hand.lead.pk if hand.lead else None))


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
