"""批示: what a leader says is to be done, and the reply of whoever has the matter."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinqing.cases.actions import keeping
from qinqing.cases.actions.hand import Hand, attach, take, tell, tidy
from qinqing.cases.facts import closing as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Instruction
from qinqing.cases.words import Leading, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people

LONGEST = 500


def instruct(case_id: int, *, by: Actor, at: datetime, note: str, reply_by: str, leading: str) -> Case:
    """批示: numbered, with a reply-by in working days. It follows the matter: whoever has it when the day comes owes the reply.

    Args:
        case_id: the matter.
        by: a leader in whose line or villages it lies.
        at: now.
        note: what is to be done, at most `LONGEST` characters; inner, the enterprise never reads it.
        reply_by: working days until the reply is due, "1" to "5".
        leading: a code of `words.Leading`.

    Source: 三要(二)-2, 三要(二)-3.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.INSTRUCT, by=by, at=at)
        words = tidy(note, field="note", label="批示", limit=LONGEST)
        if str(leading) not in Leading.__members__.values():
            raise Refused("leading_unknown", "请选择属于研究部署、调度推进还是协调困难。", field="leading")
        if str(reply_by) not in {"1", "2", "3", "4", "5"}:
            raise Refused("reply_by_unknown", "请选择几日内回复。", field="reply_by")
        office_id, handler_id = _owing(hand)
        office = people.office(office_id).name
        moment = hand.terms.due(at, int(reply_by))
        row = Instruction.objects.create(
            case=hand.case,
            leader_id=by.account_id or 0,
            leader_name=by.name,
            number=keeping.next_number(hand.case.town_id, Verb.INSTRUCT.label, at),
            leading=leading,
            note=words,
            office_name=office,
            at=at,
            reply_by=moment,
        )
        hand.case.instruction_waits = True
        fact = facts.Instructed(
            number=row.number,
            leader=by.name,
            leading=Leading.label_of(leading),
            reply_by=moment.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            waits_at=office,
            note=words,
            office_ids=(office_id,),
            account_ids=(handler_id,) if handler_id else (),
        )
        return tell(hand, fact, Verb.INSTRUCT, by=by, at=at)


def answer_instruction(case_id: int, *, by: Actor, at: datetime, note: str, files: Sequence[Received] = ()) -> Case:
    """回复批示: one reply answers every instruction that waits; each leader who wrote one is told.

    Source: 三要(二)-3.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ANSWER_INSTRUCTION, by=by, at=at)
        words = tidy(note, field="note", label="回复")
        attach(hand, files, by=by, at=at)
        waiting = list(Instruction.objects.filter(case=hand.case, replied_at__isnull=True).order_by("id"))
        for row in waiting:
            row.reply, row.replied_at, row.replied_by_name = words, at, f"{by.office_name}·{by.name}"
            row.save()
        hand.case.instruction_waits = False
        fact = facts.InstructionAnswered(
            office=by.office_name,
            numbers=tuple(row.number for row in waiting),
            in_time=all(at <= row.reply_by for row in waiting),
            note=words,
            account_ids=tuple(dict.fromkeys(row.leader_id for row in waiting)),
        )
        return tell(hand, fact, Verb.ANSWER_INSTRUCTION, by=by, at=at)


def _owing(hand: Hand) -> tuple[int, int | None]:
    """Return the office that has the matter now and its handler, if named; the hub while no office has it."""
    lead = hand.lead
    return (lead.office_id, lead.handler_id) if lead else (hand.case.hub_id, None)
