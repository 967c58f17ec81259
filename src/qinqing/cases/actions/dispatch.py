"""交办、转办、会商：the hub sends a case its way. The due date does not move: it was promised to the enterprise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from qinqing.cases import concerned
from qinqing.cases.actions.hand import Hand, attach, involve, take, tell, tidy
from qinqing.cases.actions.tasks import give, office_of_town, recall
from qinqing.cases.facts import intake as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case
from qinqing.cases.words import LIVE_TASKS, CaseState, Part, Route, Verb
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind, Role

DEPARTMENTS = (OfficeKind.DEPARTMENT.value, OfficeKind.HUB.value)
HANDLING = (*DEPARTMENTS, OfficeKind.COMMUNITY.value)
_LONGEST_ITEM = 10


def hand_to_community(
    case_id: int, *, by: Actor, at: datetime, community: int, handler: int | None = None, guidance: str = ""
) -> Case:
    """交办: give the case to a community, with guidance; the enterprise's lead officer sees to it.

    Raises:
        Refused: not a community of the town, or the handler is no active officer of it.
    Source: 二(二)1-诉求-交村, -指导, -落实; 三职(一)-3.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.HAND, by=by, at=at)
        name = office_of_town(hand, community, (OfficeKind.COMMUNITY.value,), at=at, field="community")
        officer_id = handler or _lead_officer(hand, community, at)
        officer = _person(community, officer_id, at) if officer_id else ""
        words = tidy(guidance, field="guidance", label="业务指导", required=False)
        _lead(hand, office_id=community, at=at, handler_id=officer_id, guidance=words, route=Route.COMMUNITY)
        fact = facts.Handed(
            community=name, handler=officer, note=words, office_ids=(community,), account_ids=_some(officer_id)
        )
        return tell(hand, fact, Verb.HAND, by=by, at=at)


def forward(
    case_id: int, *, by: Actor, at: datetime, lead: int, supports: Sequence[int] = (), guidance: str = ""
) -> Case:
    """转办: give the case to one lead department, others supporting.

    Raises:
        Refused: not offices of the town; the lead named among the supports.
    Source: 二(二)1-诉求-转办.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.FORWARD, by=by, at=at)
        name = office_of_town(hand, lead, DEPARTMENTS, at=at, field="lead")
        helpers = {
            office: office_of_town(hand, office, HANDLING, at=at, field="supports")
            for office in dict.fromkeys(supports)
        }
        if lead in helpers:
            raise Refused("lead_supports", "牵头部门不用再选为协办。", field="supports")
        words = tidy(guidance, field="guidance", label="业务指导", required=False)
        _lead(hand, office_id=lead, at=at, guidance=words, route=Route.DEPARTMENT)
        live = {task.office_id for task in hand.tasks if task.state in LIVE_TASKS}
        for office in helpers:
            if office not in live:
                give(hand, office_id=office, part=Part.SUPPORT, at=at, due_at=hand.case.due_at, guidance=words)
        fact = facts.Forwarded(lead=name, supports=tuple(helpers.values()), note=words, office_ids=(lead, *helpers))
        return tell(hand, fact, Verb.FORWARD, by=by, at=at)


def _lead(
    hand: Hand, *, office_id: int, at: datetime, guidance: str, route: Route, handler_id: int | None = None
) -> None:
    """Make an office the lead. On a problem the community's own task goes on: as lead if it is the one, else as support.

    Source: 二(二)2-问题-网格-上报.
    """
    case, own = hand.case, hand.lead
    case.state, case.route = CaseState.IN_HAND.value, route.value
    case.dispatched_at = case.dispatched_at or at
    case.lead_office_id, case.wants_consultation = office_id, False
    if own is not None and own.office_id == office_id:
        own.guidance, own.handler_id = guidance or own.guidance, own.handler_id or handler_id
        hand.keep(own)
        case.handler_id = own.handler_id
        return
    if own is not None:
        own.part = Part.SUPPORT.value
        hand.keep(own)
    give(hand, office_id=office_id, part=Part.LEAD, at=at, due_at=case.due_at, handler_id=handler_id, guidance=guidance)
    case.handler_id = handler_id


def convene(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    participants: Sequence[int],
    held_at: datetime,
    place: str,
    agenda: str,
    left_out: str = "",
) -> Case:
    """会商: call the offices concerned together; tasks already given are taken back, the opinion will give new ones.

    `consultations.actions.convene` keeps the session beside it; this is the case's part.

    Args:
        left_out: why an office the case concerns is not called; needed where one is not (`cases.concerned`).

    Raises:
        Refused: fewer than two offices, a meeting in the past, an office left out without a word.
    Source: 二(二)1-诉求-会商, 二(三)-1, 二(三)-2.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.CONVENE, by=by, at=at)
        names = {
            office: office_of_town(hand, office, HANDLING, at=at, field="participants")
            for office in dict.fromkeys(participants)
        }
        if len(set(names) - {hand.case.hub_id}) < 1 or len(names) < 2:
            raise Refused("participants_few", "会商至少要有两个单位参加。", field="participants")
        if held_at < at:
            raise Refused("held_in_past", "会商时间不能早于现在；已开过的请在“形成办理意见”里写明。", field="held_at")
        where = tidy(place, field="place", label="地点", limit=100)
        topic = tidy(agenda, field="agenda", label="议题")
        why = _left_out(hand, names, left_out)
        recall(hand, at)
        case = hand.case
        case.state, case.route, case.wants_consultation = CaseState.CONSULTING.value, Route.CONSULTATION.value, False
        case.lead_office_id, case.handler_id = case.hub_id, None
        involve(hand, offices=list(names))
        fact = facts.Convened(
            participants=tuple(names.values()),
            held_at=held_at.astimezone(SHANGHAI).isoformat(timespec="minutes"),
            place=where,
            agenda=topic,
            left_out=why,
            note=topic,
            office_ids=tuple(names),
        )
        return tell(hand, fact, Verb.CONVENE, by=by, at=at)


def _left_out(hand: Hand, names: Mapping[int, str], reason: str) -> str:
    """Return why offices the case concerns are not called, "" where all are. Source: 二(三)-2."""
    words = tidy(reason, field="left_out", label="不请的理由", limit=200, required=False)
    missing = concerned.left_out(hand.case, hand.terms, names)
    if not missing:
        return ""
    which = "、".join(hand.town_offices[office][0] for office in missing if office in hand.town_offices)
    if not words:
        raise Refused(
            "office_left_out",
            f"按方案和经办情况，这件事与{which}有关：请一并邀请，或写明为什么不请。",
            field="left_out",
        )
    return f"未请{which}：{words}"


def record_opinion(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    opinion: str,
    items: Sequence[Mapping[str, Any]],
    files: Sequence[Received] = (),
) -> Case:
    """形成办理意见: the first item's office leads, the others support; each item is a task with its own limit.

    Args:
        items: mappings with office (id), what (text), days (working days, 1–10).

    Raises:
        Refused: no item, an office twice, an unknown office, days out of range.
    Source: 二(二)1-诉求-会商, 二(二)2-问题-部门-会商.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.RECORD_OPINION, by=by, at=at)
        words = tidy(opinion, field="opinion", label="办理意见", limit=5000)
        agreed = _items(hand, items, at)
        case = hand.case
        case.state = CaseState.IN_HAND.value
        case.dispatched_at = case.dispatched_at or at
        case.lead_office_id, case.handler_id = agreed[0][0], None
        attach(hand, files, by=by, at=at)
        for place, (office, _name, what, days) in enumerate(agreed):
            part = Part.SUPPORT if place else Part.LEAD
            # The lead answers the enterprise, so its limit is the case's own; the others' may be nearer, never later.
            due_at = min(case.due_at, hand.terms.due(at, days)) if place else case.due_at
            give(hand, office_id=office, part=part, at=at, due_at=max(due_at, at), what=what, guidance=words)
        lines = tuple(f"{name}：{what}（{days}个工作日）" for _office, name, what, days in agreed)
        fact = facts.OpinionRecorded(opinion=words, items=lines, office_ids=tuple(office for office, *_ in agreed))
        return tell(hand, fact, Verb.RECORD_OPINION, by=by, at=at)


def _items(hand: Hand, items: Sequence[Mapping[str, Any]], at: datetime) -> list[tuple[int, str, str, int]]:
    if not items:
        raise Refused("items_missing", "请至少写一项议定事项：谁办、办什么、几个工作日。", field="items")
    found: list[tuple[int, str, str, int]] = []
    for item in items:
        office, days = _numbers(item)
        name = office_of_town(hand, office, HANDLING, at=at, field="items")
        if office in (known for known, *_ in found):
            raise Refused("items_office_twice", f"“{name}”列了两次，请合成一项。", field="items")
        if not 1 <= days <= _LONGEST_ITEM:
            raise Refused("items_days", f"“{name}”的期限应为1到{_LONGEST_ITEM}个工作日。", field="items")
        found.append((office, name, tidy(str(item["what"]), field="items", label=f"“{name}”要办的事", limit=500), days))
    return found


def _numbers(item: Mapping[str, Any]) -> tuple[int, int]:
    """Return office and days of an item; a machine may send anything."""
    try:
        office, days, _what = int(item["office"]), int(item["days"]), item["what"]
    except (TypeError, ValueError, KeyError, OverflowError) as fault:
        raise Refused("items_unclear", "每项议定事项要写清单位、办什么、几个工作日。", field="items") from fault
    return office, days


def _lead_officer(hand: Hand, community: int, at: datetime) -> int | None:
    """Return the enterprise's lead officer where the case goes to its own community. Source: 二(二)1-诉求-落实."""
    if community != hand.case.community_id:
        return None
    return grids.lead_of(hand.case.enterprise_id, at.astimezone(SHANGHAI).date())


def _person(office_id: int, account_id: int, at: datetime) -> str:
    roles = (Role.GRID_OFFICER, Role.HANDLER, Role.OFFICE_HEAD)
    seats = people.names_of(office_id, roles, at.astimezone(SHANGHAI).date())
    if account_id not in seats:
        raise Refused("handler_unknown", "这个人现在不在该村（社区）岗位上，请另选。", field="handler")
    return seats[account_id]


def _some(account_id: int | None) -> tuple[int, ...]:
    return (account_id,) if account_id else ()
