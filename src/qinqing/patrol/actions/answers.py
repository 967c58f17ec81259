"""What a firm answers to the notice of a visit: yes, no (to ordinary ones), another day."""

from datetime import date, datetime

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.patrol import policy
from qinqing.patrol.actions import given
from qinqing.patrol.actions.plans import concerned
from qinqing.patrol.actions.settling import signature, today_of
from qinqing.patrol.facts import PlanAnswered
from qinqing.patrol.models import PlannedVisit
from qinqing.patrol.words import AHEAD, DECLINABLE, Nature, PlanState
from qinqing.people.words import Role

CLAUSE = "三要(四)-3"
ANSWERS = {
    "confirm": (PlanState.CONFIRMED, "确认了走访时间"),
    "decline": (PlanState.DECLINED, "谢绝了这次走访"),
    "move": (PlanState.MOVED, "请求改期"),
}


def answer_plan(
    *, planned_id: int, answer: str, by: Actor, at: datetime, note: str = "", wanted_on: date | None = None
) -> PlannedVisit:
    """Answer the notice of a visit, as the firm it is to: "confirm", "decline", "move" (with the day it would like).

    Raises:
        NotFound: not a notice to his firm. NotAllowed: he does not speak for a firm.
        TooLate: it is over, given up, or declined already.
        Refused: an answer that is none; a visit that cannot be declined; no reason; no day, or one that cannot be.

    Source: 三要(四)-3.
    """
    with transaction.atomic():
        if by.post != Role.CONTACT:
            raise NotAllowed("走访告知由企业联系人答复。")
        planned = policy.take_plan(planned_id, by)
        if planned.state not in [state.value for state in AHEAD]:
            raise TooLate("plan_is_over", f"这次走访{PlanState.label_of(planned.state)}，不用再答复。")
        if answer not in ANSWERS:
            raise Refused("answer_missing", "请选择确认、改期或谢绝。", field="answer")
        state, words = ANSWERS[answer]
        if state is PlanState.DECLINED and Nature(planned.nature) not in DECLINABLE:
            raise Refused(
                "not_declinable", f"{Nature.label_of(planned.nature)}不能谢绝，可以请求改到别的日子。", field="answer"
            )
        label = "谢绝的原因" if state is PlanState.DECLINED else "说明"
        planned.answer_note = (given.needed if state is PlanState.DECLINED else given.optional)(
            note, field="note", label=label
        )
        planned.wanted_on = _wanted(wanted_on, planned, at) if state is PlanState.MOVED else None
        planned.state, planned.answered_by, planned.answered_at = state.value, signature(by), at
        planned.save(update_fields=["answer_note", "wanted_on", "state", "answered_by", "answered_at"])
        fact = PlanAnswered(
            enterprise=planned.enterprise.name,
            answer=words,
            wanted_on=f"{planned.wanted_on:%Y年%-m月%-d日}" if planned.wanted_on else "",
            note=planned.answer_note,
            **concerned(planned),
        )
        ledger.record(
            fact,
            book=by.book,
            on=("planned_visit", planned.pk),
            label=f"{planned.enterprise.name} {planned.on:%Y-%m-%d}走访安排",
            by=by,
            at=at,
            clause=CLAUSE,
        )
    return planned


def _wanted(wanted_on: date | None, planned: PlannedVisit, at: datetime) -> date:
    if wanted_on is None:
        raise Refused("day_missing", "请选择希望改到哪一天。", field="wanted_on")
    if wanted_on == planned.on:
        raise Refused("same_day", "请选择与原定不同的日期。", field="wanted_on")
    return given.ahead(wanted_on, today=today_of(at), field="wanted_on")
