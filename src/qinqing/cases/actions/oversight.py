"""催办、督办、回复、列为重点。"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.cases.actions import keeping
from qinqing.cases.actions.hand import Hand, involve, take, tell, tidy
from qinqing.cases.facts import closing as facts
from qinqing.cases.models import Case, Urge
from qinqing.cases.words import UrgeLevel, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.people.models import Post


def urge(case_id: int, *, by: Actor, at: datetime, note: str) -> Case:
    """催办: the hub at any time, the enterprise once a stage. Source: 二(二)1-诉求-跟进."""
    with transaction.atomic():
        hand = take(case_id, Verb.URGE, by=by, at=at)
        words = tidy(note, field="note", label="催办内容", limit=500)
        by_enterprise = by.enterprise_id is not None
        level = UrgeLevel.ENTERPRISE if by_enterprise else UrgeLevel.URGE
        row = _write(hand, level, words, by=by, at=at, reply_by=None)
        if by_enterprise:
            hand.case.urged_stage = hand.sight.stage
        fact = facts.Urged(
            level=level.label,
            number=row.number,
            waits_at=_waits_at(hand),
            note=words,
            office_ids=_offices(hand),
            account_ids=_handlers(hand),
        )
        return tell(hand, fact, Verb.URGE, by=by, at=at)


def supervise(case_id: int, *, by: Actor, at: datetime, note: str, reply_by: str) -> Case:
    """督办: numbered, with a reply-by in working days.

    Args:
        reply_by: working days until the reply is due, "1" to "5".

    Source: 三要(三)-1; domain §3.5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.SUPERVISE, by=by, at=at)
        words = tidy(note, field="note", label="督办要求")
        if str(reply_by) not in {"1", "2", "3", "4", "5"}:
            raise Refused("reply_by_unknown", "请选择几日内回复。", field="reply_by")
        moment = hand.terms.due(at, int(reply_by))
        row = _write(hand, UrgeLevel.SUPERVISE, words, by=by, at=at, reply_by=moment)
        fact = facts.Supervised(
            level=UrgeLevel.SUPERVISE.label,
            number=row.number,
            reply_by=moment.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            waits_at=_waits_at(hand),
            note=words,
            office_ids=_offices(hand),
            account_ids=_handlers(hand),
        )
        return tell(hand, fact, Verb.SUPERVISE, by=by, at=at)


def answer_urge(case_id: int, *, by: Actor, at: datetime, note: str, to_enterprise: str = "") -> Case:
    """回复催办督办: one reply answers everything that waits; the enterprise reads only what is written to it.

    Source: 三要(三)-1, 二(二)1-诉求-跟进.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ANSWER_URGE, by=by, at=at)
        words = tidy(note, field="note", label="回复")
        to_firm = tidy(to_enterprise, field="to_enterprise", label="给企业的回话", required=False)
        waiting = list(Urge.objects.filter(case=hand.case, replied_at__isnull=True))
        for row in waiting:
            row.reply, row.replied_at, row.replied_by_name = words, at, by.name
            row.save()
        hand.case.urge_waits = False
        fact = facts.UrgeAnswered(
            office=by.office_name,
            levels=tuple(UrgeLevel.label_of(row.level) for row in waiting),
            to_enterprise=to_firm,
            note=words,
            office_ids=(hand.case.hub_id,),
        )
        return tell(hand, fact, Verb.ANSWER_URGE, by=by, at=at)


def mark_key(case_id: int, *, by: Actor, at: datetime, reason: str) -> Case:
    """列为重点: the leaders in charge of its line and its community answer for it from now on. Source: 三要(二)-2."""
    with transaction.atomic():
        hand = take(case_id, Verb.MARK_KEY, by=by, at=at)
        words = tidy(reason, field="reason", label="理由", limit=500)
        hand.case.is_key = True
        leaders = attach_leaders(hand, at)
        fact = facts.MarkedKey(
            reason=words,
            leaders=tuple(post.account.name for post in leaders),
            account_ids=tuple(post.account_id for post in leaders),
        )
        return tell(hand, fact, Verb.MARK_KEY, by=by, at=at)


def attach_leaders(hand: Hand, at: datetime) -> "list[Post]":
    """Let the 分管 and 蹲点 leaders of a key matter read it for good, and return their posts. Source: 三要(二)-2."""
    offices = {hand.case.community_id, *(task.office_id for task in hand.tasks)}
    topic_office = hand.case.lead_office_id
    leaders = people.leaders_of(offices | ({topic_office} if topic_office else set()), at.astimezone(SHANGHAI).date())
    involve(hand, accounts=[post.account_id for post in leaders])
    return leaders


def _write(hand: Hand, level: UrgeLevel, words: str, *, by: Actor, at: datetime, reply_by: datetime | None) -> Urge:
    hand.case.urge_waits = True
    return Urge.objects.create(
        case=hand.case,
        level=level.value,
        number="" if level is UrgeLevel.ENTERPRISE else keeping.next_number(hand.case.town_id, level.label, at),
        stage=hand.case.state,
        note=words,
        by_name=f"{by.office_name}·{by.name}" if by.office_name else by.name,
        at=at,
        reply_by=reply_by,
    )


def _offices(hand: Hand) -> tuple[int, ...]:
    return tuple(dict.fromkeys(task.office_id for task in hand.sight.live_tasks())) or (hand.case.hub_id,)


def _handlers(hand: Hand) -> tuple[int, ...]:
    return tuple(task.handler_id for task in hand.sight.live_tasks() if task.handler_id)


def _waits_at(hand: Hand) -> str:
    return "、".join(people.office(office).name for office in _offices(hand))
