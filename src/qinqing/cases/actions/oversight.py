"""催办、督办、回复、撤销、列为重点。"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qinqing.cases.actions import keeping
from qinqing.cases.actions.hand import Hand, involve, take, tell, tidy
from qinqing.cases.facts import closing as facts
from qinqing.cases.models import Case, Urge
from qinqing.cases.words import SUPERVISIONS, Ground, UrgeLevel, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qinqing.people.models import Post


def urge(case_id: int, *, by: Actor, at: datetime, note: str, ground: str = "") -> Case:
    """催办: the hub at any time, the enterprise once a stage, the system when a matter is late.

    Args:
        ground: a code of `Ground`; "" is by hand.

    Source: 二(二)1-诉求-跟进.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.URGE, by=by, at=at)
        words = tidy(note, field="note", label="催办内容", limit=500)
        by_enterprise = by.enterprise_id is not None
        if by_enterprise:
            hand.case.urged_stage = hand.sight.stage
        level = UrgeLevel.ENTERPRISE if by_enterprise else UrgeLevel.URGE
        due = None if by_enterprise else hand.terms.due(at, hand.terms.plan.ladder.urge_reply.value)
        row = _write(hand, level, _ground(ground), words, by=by, at=at, reply_by=due)
        copies = () if by_enterprise else _in_charge(hand, at)
        return tell(hand, facts.Urged(**_order(hand, row), copy_ids=copies), Verb.URGE, by=by, at=at)


def supervise(
    case_id: int, *, by: Actor, at: datetime, note: str, reply_by: str, level: str = "", ground: str = ""
) -> Case:
    """督办: numbered, with a reply-by in working days.

    Args:
        reply_by: working days until the reply is due, "1" to "5".
        level: "supervise" or "supervise_2"; "" is level one.
        ground: a code of `Ground`; "" is by hand.

    Source: 三要(三)-1; domain §3.5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.SUPERVISE, by=by, at=at)
        words = tidy(note, field="note", label="督办要求")
        if str(reply_by) not in {"1", "2", "3", "4", "5"}:
            raise Refused("reply_by_unknown", "请选择几日内回复。", field="reply_by")
        rung, why = _rung(level), _ground(ground)
        if rung is UrgeLevel.SUPERVISE_AGAIN and why is not Ground.FALSE_FINISH and not _supervised(hand):
            raise Refused(
                "level_one_first", "督办二级要在督办一级之后，虚假办结的除外。请先发督办一级。", field="level"
            )
        row = _write(hand, rung, why, words, by=by, at=at, reply_by=hand.terms.due(at, int(reply_by)))
        copies = _heads_of_town(hand, at) if rung is UrgeLevel.SUPERVISE_AGAIN else _in_charge(hand, at)
        return tell(hand, facts.Supervised(**_order(hand, row), copy_ids=copies), Verb.SUPERVISE, by=by, at=at)


def answer_urge(case_id: int, *, by: Actor, at: datetime, note: str, to_enterprise: str = "") -> Case:
    """回复催办督办: one reply answers everything that waits; the enterprise reads only what is written to it.

    Source: 三要(三)-1, 二(二)1-诉求-跟进.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ANSWER_URGE, by=by, at=at)
        words = tidy(note, field="note", label="回复")
        to_firm = tidy(to_enterprise, field="to_enterprise", label="给企业的回话", required=False)
        waiting = list(_waiting(hand))
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


def cancel_order(case_id: int, *, by: Actor, at: datetime, order: int | str, reason: str) -> Case:
    """撤销: an order that should not have been given is taken back with a reason; its number is never given again.

    Args:
        order: id of the order. The hub takes back 催办, supervision and leaders 督办.

    Source: 三要(三)-1; domain §3.5.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.CANCEL_ORDER, by=by, at=at)
        words = tidy(reason, field="reason", label="撤销原因", limit=200)
        own = (UrgeLevel.URGE,) if by.post in HUB_ROLES else SUPERVISIONS
        row = next((one for one in _waiting(hand) if str(one.pk) == str(order)), None)
        if row is None:
            raise Refused("order_unknown", "请选择要撤销的那一份；已回复、已撤销的不能再撤销。", field="order")
        if row.level not in own:
            raise NotAllowed("催办由中转站撤销，督办由督查或领导撤销。")
        row.cancelled_at, row.cancelled_by_name, row.cancel_reason = at, by.name, words
        row.save(update_fields=["cancelled_at", "cancelled_by_name", "cancel_reason"])
        hand.case.urge_waits = _waiting(hand).exists()
        fact = facts.OrderCancelled(
            number=row.number, reason=words, office_ids=_offices(hand), account_ids=_handlers(hand)
        )
        return tell(hand, fact, Verb.CANCEL_ORDER, by=by, at=at)


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


def _write(
    hand: Hand, level: UrgeLevel, ground: Ground, words: str, *, by: Actor, at: datetime, reply_by: datetime | None
) -> Urge:
    hand.case.urge_waits = True
    series = "催办" if level is UrgeLevel.URGE else "督办"
    return Urge.objects.create(
        case=hand.case,
        level=level.value,
        ground=ground.value,
        number="" if level is UrgeLevel.ENTERPRISE else keeping.next_number(hand.case.town_id, series, at),
        stage=hand.case.state,
        office_id=_offices(hand)[0],
        note=words,
        by_name=f"{by.office_name}·{by.name}" if by.office_name else by.name,
        at=at,
        reply_by=reply_by,
    )


def _order(hand: Hand, row: Urge) -> dict[str, Any]:
    """Return what the ledger is told of an order."""
    return {
        "level": UrgeLevel.label_of(row.level),
        "number": row.number,
        "reply_by": row.reply_by.astimezone(SHANGHAI).isoformat(timespec="seconds") if row.reply_by else "",
        "waits_at": _waits_at(hand),
        "ground": "" if row.ground == Ground.MANUAL else Ground.label_of(row.ground),
        "note": row.note,
        "office_ids": _offices(hand),
        "account_ids": _handlers(hand),
    }


def _rung(code: str) -> UrgeLevel:
    found = next((level for level in SUPERVISIONS if level == (code or UrgeLevel.SUPERVISE)), None)
    if found is None:
        raise Refused("level_unknown", "请选择督办一级或督办二级。", field="level")
    return found


def _ground(code: str) -> Ground:
    found = next((ground for ground in Ground if ground == (code or Ground.MANUAL)), None)
    if found is None:
        raise Refused("ground_unknown", "请从列出的事由里选一项。", field="ground")
    return found


def _waiting(hand: Hand) -> "QuerySet[Urge]":
    return Urge.objects.filter(case=hand.case, replied_at__isnull=True, cancelled_at__isnull=True).order_by("pk")


def _supervised(hand: Hand) -> bool:
    return Urge.objects.filter(case=hand.case, level=UrgeLevel.SUPERVISE.value, cancelled_at__isnull=True).exists()


def _in_charge(hand: Hand, at: datetime) -> tuple[int, ...]:
    """Return the leaders whose line it is: they get a copy. Source: domain §3.5."""
    found = people.leaders_of(_offices(hand), at.astimezone(SHANGHAI).date())
    return tuple(post.account_id for post in found)


def _heads_of_town(hand: Hand, at: datetime) -> tuple[int, ...]:
    """Return the leaders of the whole town, in whose charge no single office is; where there are none, those of the line."""
    leaders = people.holders(hand.case.town_id, [Role.LEADER], at.astimezone(SHANGHAI).date())
    heads = tuple(post.account_id for post in leaders if not post.in_charge_of.exists())
    return heads or _in_charge(hand, at)


def _offices(hand: Hand) -> tuple[int, ...]:
    return tuple(dict.fromkeys(task.office_id for task in hand.sight.live_tasks())) or (hand.case.hub_id,)


def _handlers(hand: Hand) -> tuple[int, ...]:
    return tuple(task.handler_id for task in hand.sight.live_tasks() if task.handler_id)


def _waits_at(hand: Hand) -> str:
    return "、".join(people.office(office).name for office in _offices(hand))
