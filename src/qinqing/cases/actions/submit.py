"""提交 and 上报问题: how a case comes to be. One acknowledged press is one case, however often it is sent."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from qinqing.cases import search
from qinqing.cases.actions import keeping
from qinqing.cases.actions.hand import Hand, attach, involve, tell, tidy
from qinqing.cases.actions.tasks import give
from qinqing.cases.facts.intake import Reported, Submitted
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Problem
from qinqing.cases.terms import Terms, current_terms
from qinqing.cases.words import (
    NUMBER_PREFIX,
    CaseState,
    Kind,
    Part,
    Route,
    Severity,
    Source,
    StopResponse,
    TaskState,
    Verb,
)
from qinqing.enterprises import reads as enterprises
from qinqing.kernel import secrets as seals
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.people import reads as people
from qinqing.people.words import STAFF_ROLES, OfficeKind, Role

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
COMPLAINANT = "cases.complainant"
"""The purpose complainants are sealed for; a seal of another purpose does not open here."""
_OLDEST_TELLING = timedelta(days=30)


def submit(
    *,
    by: Actor,
    at: datetime,
    enterprise_id: int,
    text: str,
    title: str = "",
    topic: str = "",
    told_at: datetime | None = None,
    source: str = "",
    submitter_name: str = "",
    files: Sequence[Received] = (),
    press_key: str = "",
) -> Case:
    """Take in a demand: by the enterprise itself, by its card, or by any member of staff on its behalf.

    Staff on behalf become 首问责任人, for good. The clock starts when the enterprise told it (`told_at`, else now).
    The same `press_key` gives the same case again, however often it is sent.

    Raises:
        NotFound: the enterprise is not in sight of this person. NotAllowed: the post does not submit demands.
        Refused: text missing or too long, unknown topic, `told_at` in the future or older than 30 days.

    Source: 二(二)1-诉求-提交, 二(一)-7, 附1-(3)a, 二(四)-4.
    """
    words = tidy(text, field="text", label="诉求内容", limit=10_000)
    heading = tidy(title, field="title", label="标题", limit=80, required=False) or _heading(words)
    _may_submit(by)
    on_behalf = by.enterprise_id is None
    start = _start(told_at, at)
    if again := _sent_before(by, press_key):
        return again
    firm = _firm(by, enterprise_id)
    version, terms = current_terms(by.book)
    spec = _topic(terms, topic, Kind.DEMAND)
    name = tidy(submitter_name, field="submitter_name", label="您的姓名", limit=40, required=False)
    draft: dict[str, Any] = {
        "kind": Kind.DEMAND.value,
        "title": heading,
        "text": words,
        "topic": spec[0],
        "topic_name": spec[1],
        "source": source or _source(by),
        "submitter_id": by.account_id,
        "submitter_name": f"{by.name}·{name}" if name and by.post == Role.CARD else by.name,
        "first_asked_id": by.account_id if on_behalf else None,
        "first_asked_name": f"{by.office_name}·{by.name}" if on_behalf else "",
        "told_at": told_at,
        "clock_at": start,
        "state": CaseState.SUBMITTED.value,
    }
    try:
        with transaction.atomic():
            hand = _open(draft, firm, version, terms, by=by, at=at, press_key=press_key)
            attach(hand, files, by=by, at=at, for_enterprise=True)
            case = hand.case
            fact = Submitted(
                source=Source.label_of(case.source),
                submitter=case.submitter_name if by.enterprise_id else f"{firm.name}（{case.submitter_name}代）",
                title=case.title,
                text=case.text,
                topic=case.topic_name,
                due_at=_iso(case.due_at),
                provisional=case.due_provisional,
                first_asked=case.first_asked_name,
                told_at=_iso(told_at) if told_at else "",
                office_ids=(case.hub_id,),
            )
            return tell(hand, fact, Verb.SUBMIT, by=by, at=at)
    except IntegrityError:
        # Five identical sends at once: the database let one in; the others are shown that one.
        if again := _sent_before(by, press_key):
            return again
        raise


def report(
    *,
    by: Actor,
    at: datetime,
    enterprise_id: int,
    text: str,
    topic: str,
    title: str = "",
    severity: str = Severity.GENERAL.value,
    place: str = "",
    several_offices: bool = False,
    stop_whom: str = "",
    stop_at: datetime | None = None,
    stop_way: str = "",
    stop_response: str = "",
    stop_why_not: str = "",
    complainant: str = "",
    files: Sequence[Received] = (),
    press_key: str = "",
) -> Case:
    """Report a suspected problem.

    Found by a grid officer: the stop notice (or why there is none) comes first; one press makes the community's task
    *and* the hub's intake. Found by one department: its own case and task at once, the hub informed. Several
    departments concerned: to the hub, which convenes.

    Raises:
        NotAllowed: the post does not report problems. Refused: no stop notice and no reason; unknown topic; …

    Source: 二(二)2-问题-网格-告知, 二(二)2-问题-网格-上报, 二(二)2-问题-部门-自行, 二(二)2-问题-部门-会商, 附2违-(1)b.
    """
    by_officer, own = _may_report(by, several_offices=several_offices)
    words = tidy(text, field="text", label="发现的情况", limit=10_000)
    heading = tidy(title, field="title", label="标题", limit=80, required=False) or _heading(words)
    notice = _stop_notice(by_officer, stop_whom, stop_at, stop_way, stop_response, stop_why_not)
    if again := _sent_before(by, press_key):
        return again
    firm = _firm(by, enterprise_id)
    version, terms = current_terms(by.book)
    code, name = _topic(terms, topic, Kind.PROBLEM, required=True)
    category = terms.plan.problem_category(code)
    if category is not None and category.needs_photo and not files:
        raise Refused("photo_missing", "“两违”线索请附影像资料（方案附件要求保留影像）。", field="files")
    if complainant and not (category is not None and category.is_restricted):
        raise Refused("no_complainant_here", "这类问题不登记投诉人。", field="complainant")
    draft: dict[str, Any] = {
        "kind": Kind.PROBLEM.value,
        "title": heading,
        "text": words,
        "topic": code,
        "topic_name": name,
        "source": (Source.OFFICER if by_officer else Source.DEPARTMENT).value,
        "submitter_id": by.account_id,
        "submitter_name": by.name,
        "first_asked_id": by.account_id,
        "first_asked_name": f"{by.office_name}·{by.name}",
        "clock_at": at,
        "state": (CaseState.IN_HAND if own else CaseState.SUBMITTED).value,
        "route": Route.OWN.value if own else "",
        "wants_consultation": several_offices,
        "has_complainant": bool(complainant),
        "dispatched_at": at if own else None,
        "accepted_at": at if own else None,
    }
    try:
        with transaction.atomic():
            hand = _open(draft, firm, version, terms, by=by, at=at, press_key=press_key)
            Problem.objects.create(
                case=hand.case,
                severity=Severity(severity).value,
                several_offices=several_offices,
                place=tidy(place, field="place", label="地点", limit=120, required=False),
                needs_look_back=category is not None and category.rechecks,
                complainant_sealed=seals.seal(
                    tidy(complainant, field="complainant", label="投诉人", limit=200), COMPLAINANT
                )
                if complainant
                else "",
                **notice,
            )
            if by_officer or own:
                task = give(
                    hand,
                    office_id=_office_of(by),
                    part=Part.LEAD,
                    at=at,
                    due_at=hand.case.due_at,
                    handler_id=by.account_id,
                )
                if own:
                    task.state, task.signed_at = TaskState.WORKING.value, at
                    hand.keep(task)
                    hand.case.lead_office_id, hand.case.handler_id = task.office_id, by.account_id
            attach(hand, files, by=by, at=at)
            fact = Reported(
                source=Source.label_of(hand.case.source),
                title=heading,
                text=words,
                topic=name,
                severity=Severity.label_of(severity),
                due_at=_iso(hand.case.due_at),
                provisional=hand.case.due_provisional,
                stop_notice=_notice_words(notice),
                several_offices=several_offices,
                office_ids=(hand.case.hub_id, *(t.office_id for t in hand.tasks)),
            )
            return tell(hand, fact, Verb.REPORT, by=by, at=at)
    except IntegrityError:
        if again := _sent_before(by, press_key):
            return again
        raise


def _open(
    draft: dict[str, Any], firm: "Enterprise", version: int, terms: Terms, *, by: Actor, at: datetime, press_key: str
) -> Hand:
    """Write the row under the next number, with its limit, and make it findable."""
    kind = Kind(draft["kind"])
    start: datetime = draft["clock_at"]
    due_at = terms.due(start, terms.limit(kind))
    hubs = people.offices(by.town_id, [OfficeKind.HUB])
    if not hubs:
        raise Refused("no_hub", "本镇还没有设中转站，请先装入方案。")
    case = Case(
        town_id=by.town_id,
        book=by.book,
        plan_version_id=version,
        number=keeping.next_number(by.town_id, NUMBER_PREFIX[kind], at),
        enterprise_id=firm.pk,
        enterprise_name=firm.name,
        community_id=firm.community_id or 0,  # `_firm` saw to it
        park_id=firm.park_id,
        press_key=f"{by.account_id or by.enterprise_id}:{press_key}"[:64] if press_key else None,
        track_code="".join(secrets.choice(_CODE_LETTERS) for _ in range(8)),
        submitted_at=at,
        due_at=due_at,
        first_due_at=due_at,
        last_due_at=terms.last_due(start),
        due_provisional=terms.is_provisional(start, due_at),
        hub=hubs[0],
        touched_at=at,
        **draft,
    )
    case.save(force_insert=True)
    search.index(case, initials=firm.initials)
    hand = Hand(case, [], None, None, None, terms)
    involve(hand, offices=[hubs[0].pk])
    return hand


def _may_submit(by: Actor) -> None:
    if by.enterprise_id is None and by.post not in STAFF_ROLES:
        raise NotAllowed("诉求由企业提交，或由工作人员代为提交。")


def _may_report(by: Actor, *, several_offices: bool) -> tuple[bool, bool]:
    """Return (found by an officer of a community, the department's own matter)."""
    if by.post == Role.GRID_OFFICER or (
        by.office_kind == OfficeKind.COMMUNITY and by.post in (Role.OFFICE_HEAD, Role.HANDLER)
    ):
        return True, False
    if by.office_kind in (OfficeKind.DEPARTMENT, OfficeKind.HUB) and by.post in STAFF_ROLES:
        return False, not several_offices
    raise NotAllowed("企业问题由网格员或部门上报。")


def _office_of(by: Actor) -> int:
    if by.office_id is None:
        raise NotAllowed("请以所在单位的岗位办理。")
    return by.office_id


def _firm(by: Actor, enterprise_id: int) -> "Enterprise":
    """Return a firm in sight that has a community (属地); every case belongs to one."""
    firm = (
        enterprises.of_town(by.town_id, enterprise_id)
        if by.post in STAFF_ROLES
        else enterprises.get_for(by, enterprise_id)
    )
    if firm.community_id is None:
        raise Refused(
            "enterprise_unassigned", "这家企业还没有明确属地村（社区），请先在“待归属”里明确属地。", field="enterprise"
        )
    return firm


def _topic(terms: Terms, code: str, kind: Kind, *, required: bool = False) -> tuple[str, str]:
    if not code and not required:
        return "", ""
    topic = terms.matter(kind, code)
    if topic is None:
        raise Refused("topic_unknown", "请从列表里选择事项类别。", field="topic")
    return topic.code, topic.name


def _sent_before(by: Actor, press_key: str) -> Case | None:
    if not press_key:
        return None
    key = f"{by.account_id or by.enterprise_id}:{press_key}"[:64]
    found = Case.objects.filter(town_id=by.town_id, press_key=key).values_list("pk", flat=True)[:1]
    return Case.objects.get(pk=found[0]) if found else None


def _heading(text: str) -> str:
    """Make a title of what was said: its first sentence, at most 40 characters."""
    first = text
    for mark in "\n。！？!?；;":
        first = first.split(mark, 1)[0] or first
    first = " ".join(first.split())
    return first if len(first) <= 40 else first[:39] + "…"


def _start(told_at: datetime | None, at: datetime) -> datetime:
    if told_at is None:
        return at
    if told_at > at:
        raise Refused("told_in_future", "企业说的时间不能晚于现在。", field="told_at")
    if at - told_at > _OLDEST_TELLING:
        raise Refused("told_too_long_ago", "企业说的时间超过30天，请核对。", field="told_at")
    return told_at


def _source(by: Actor) -> str:
    if by.post == Role.CARD:
        return str(Source.CARD)
    if by.enterprise_id is not None:
        return str(Source.PORTAL)
    return str(Source.PROXY)


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _stop_notice(
    by_officer: bool, whom: str, stop_at: datetime | None, way: str, response: str, why_not: str
) -> dict[str, Any]:
    """Check the stop notice: who was told, when, how, and what the enterprise did; or why it could not be told.

    Source: 二(二)2-问题-网格-告知.
    """
    told = {
        "stop_whom": tidy(whom, field="stop_whom", label="告知了谁", limit=60, required=False),
        "stop_at": stop_at,
        "stop_way": tidy(way, field="stop_way", label="怎样告知", limit=30, required=False),
        "stop_why_not": tidy(why_not, field="stop_why_not", label="未能告知的原因", limit=200, required=False),
    }
    given = StopResponse(response) if response in StopResponse.__members__.values() else None
    if given is StopResponse.IMPOSSIBLE or (given is None and told["stop_why_not"]):
        if not told["stop_why_not"]:
            raise Refused(
                "stop_reason_missing",
                "未能告知企业中止的，请写明原因（如现场无人、情况紧急先报）。",
                field="stop_why_not",
            )
        return {**told, "stop_response": StopResponse.IMPOSSIBLE.value}
    if given is None:
        if not by_officer:
            return {**told, "stop_response": ""}
        raise Refused(
            "stop_notice_missing",
            "请先告知企业中止相关行为，并记下企业反应；未能告知的写明原因。",
            field="stop_response",
        )
    if not told["stop_whom"]:
        raise Refused("stop_whom_missing", "请填写告知了谁。", field="stop_whom")
    if stop_at is None:
        raise Refused("stop_at_missing", "请填写告知时间。", field="stop_at")
    return {**told, "stop_response": given.value}


def _notice_words(notice: dict[str, Any]) -> str:
    response = str(notice["stop_response"])
    if response == StopResponse.IMPOSSIBLE.value:
        return f"未能告知中止：{notice['stop_why_not']}"
    if not response:
        return "由发现部门处置"
    return f"已告知{notice['stop_whom']}中止，企业{StopResponse.label_of(response)}"
