"""What may be chosen in each input of a press, for this case and this person, and what is pre-set.

Pages draw selects from it, the API checks ids against it, the random walk picks from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qinqing.cases.concerned import concerned
from qinqing.cases.models import Case, Task, Urge
from qinqing.cases.needs import Need
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import (
    DEMAND_OUTCOMES,
    PROBLEM_OUTCOMES,
    SUPERVISIONS,
    Grade,
    Ground,
    Kind,
    Leading,
    Satisfaction,
    ToldWay,
    UrgeLevel,
    Verb,
)
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES, OFFICE_ROLES, OfficeKind, Role
from qinqing.plan.form import Reason
from qinqing.workdays.rules import weekday


@dataclass(frozen=True)
class Option:
    """One choice: the value an action takes, its 中文, and a hint shown beside it.

    Attributes:
        group: the heading it stands under where the choices are many.
        is_closed: shown, but not to be chosen now; the hint says why.
    """

    value: str | int
    label: str
    hint: str = ""
    group: str = ""
    is_closed: bool = False


@dataclass(frozen=True)
class Asking:
    """Where a choice is made: on which case and task, by whom, when."""

    case: Case
    task: Task | None
    by: Actor
    at: datetime
    terms: Terms


def asking(case: Case, task: Task | None, by: Actor, at: datetime) -> Asking:
    """Return the setting of a press."""
    return Asking(case, task, by, at, terms_of(case.plan_version_id))


def options_for(need: Need, ask: Asking) -> list[Option]:
    """Return the choices of an input; [] where it is free."""
    source = _SOURCES.get(need.options)
    return source(ask) if source else []


def initial_for(verb: Verb, need: Need, ask: Asking) -> Any:
    """Return what an input is pre-set to, None for nothing: the likely answer is already there, a press confirms it."""
    likely = _LIKELY.get((verb, need.name))
    return likely(ask) if likely else None


def _likely_department(ask: Asking) -> int | None:
    """Pre-set the office whose duty the topic is. Source: 二(二)1-诉求-转办."""
    matter = ask.terms.matter(Kind(ask.case.kind), ask.case.topic)
    code = matter.office if matter and matter.office != "community" else ask.terms.plan.hub.code
    return next((office.pk for office in people.offices(ask.case.town_id) if office.code == code), None)


def _likely_handler(ask: Asking) -> int | None:
    """Pre-set the person already named, else the one who presses if he sits there himself."""
    if ask.task and ask.task.handler_id:
        return ask.task.handler_id
    seats = {option.value for option in _handlers(ask)}
    return ask.by.account_id if ask.by.account_id in seats else None


EMPTY_OFFICE = "暂无在岗人员"


def _offices(ask: Asking, *kinds: OfficeKind) -> list[Option]:
    """Return offices with somebody at his post; the others are shown closed, because nobody could sign there.

    Source: 三要(二)-1.
    """
    at_post = people.staffed(ask.case.town_id, OFFICE_ROLES | HUB_ROLES, ask.at.astimezone(SHANGHAI).date())
    options = [
        Option(
            office.pk,
            office.name,
            ("属地" if office.pk == ask.case.community_id else "") if office.pk in at_post else EMPTY_OFFICE,
            group=_GROUPS[office.kind] if len(kinds) > 1 else "",
            is_closed=office.pk not in at_post,
        )
        for office in people.offices(ask.case.town_id, [kind.value for kind in kinds])
    ]
    # The sort is stable: the plan's order stays within each group.
    return sorted(options, key=lambda option: option.group == _GROUPS[OfficeKind.COMMUNITY])


_GROUPS: dict[str, str] = {
    OfficeKind.HUB: "职能部门",
    OfficeKind.DEPARTMENT: "职能部门",
    OfficeKind.COMMUNITY: "村（社区）",
}


def _people(office_id: int | None, roles: frozenset[Role], ask: Asking) -> list[Option]:
    if office_id is None:
        return []
    seats = people.people_of(office_id, roles, ask.at.astimezone(SHANGHAI).date())
    found = {post.account_id: Option(post.account_id, post.account.name, Role.label_of(post.role)) for post in seats}
    return list(found.values())


def _handlers(ask: Asking) -> list[Option]:
    return _people(ask.task.office_id if ask.task else None, OFFICE_ROLES | HUB_ROLES, ask)


def _community_officers(ask: Asking) -> list[Option]:
    lead = grids.lead_of(ask.case.enterprise_id, ask.at.astimezone(SHANGHAI).date())
    found = _people(ask.case.community_id, frozenset({Role.GRID_OFFICER}), ask)
    return [Option(o.value, o.label, "该企业主责网格员") if o.value == lead else o for o in found]


def _reasons(pick: Callable[[Terms], tuple[Reason, ...]]) -> Callable[[Asking], list[Option]]:
    return lambda ask: [Option(reason.code, reason.name, reason.hint) for reason in pick(ask.terms)]


def _topics(ask: Asking) -> list[Option]:
    names = {office.code: office.short for office in people.offices(ask.case.town_id)}
    matters = ask.terms.matters(Kind(ask.case.kind))
    return [Option(m.code, m.name, names.get(m.office, "属地村（社区）")) for m in matters]


def _extension_days(ask: Asking) -> list[Option]:
    room = ask.terms.extension_days(ask.case.clock_at, ask.case.due_at)
    days = [moment.astimezone(SHANGHAI).date() for moment in room]
    return [Option(day.isoformat(), f"{day.month}月{day.day}日 {weekday(day)}") for day in days]


def _superiors(ask: Asking) -> list[Option]:
    code = next((o.code for o in people.offices(ask.case.town_id) if o.pk == ask.by.office_id), "")
    return [Option(body.name, body.name) for body in ask.terms.plan.superiors_for(code)]


def _my_orders(ask: Asking) -> list[Option]:
    """Offer the waiting orders this person may take back: the hub its 催办, supervision and leaders their 督办."""
    levels = [UrgeLevel.URGE] if ask.by.post in HUB_ROLES else SUPERVISIONS
    waiting = Urge.objects.filter(
        case=ask.case, replied_at__isnull=True, cancelled_at__isnull=True, level__in=[level.value for level in levels]
    )
    return [Option(row.pk, row.number, row.note[:60]) for row in waiting.order_by("pk")]


def _outcomes(ask: Asking) -> list[Option]:
    fitting = DEMAND_OUTCOMES if ask.case.kind == Kind.DEMAND else PROBLEM_OUTCOMES
    return [Option(outcome.value, outcome.label) for outcome in fitting]


_LIKELY: dict[tuple[Verb, str], Callable[[Asking], Any]] = {
    (Verb.ACCEPT, "topic"): lambda ask: ask.case.topic or None,
    (Verb.ACCEPT, "grade"): lambda _: Grade.ORDINARY.value,
    (Verb.HAND, "community"): lambda ask: ask.case.community_id,
    (Verb.HAND, "handler"): lambda ask: grids.lead_of(ask.case.enterprise_id, ask.at.astimezone(SHANGHAI).date()),
    (Verb.FORWARD, "lead"): _likely_department,
    (Verb.CONVENE, "participants"): lambda ask: concerned(ask.case, ask.terms),
    (Verb.SIGN, "handler"): _likely_handler,
    (Verb.NAME_HANDLER, "handler"): _likely_handler,
    (Verb.SUBMIT_UPWARD, "sent_on"): lambda ask: ask.at.astimezone(SHANGHAI).date(),
    (Verb.INSTRUCT, "leading"): lambda _: Leading.PUSH.value,
    (Verb.INSTRUCT, "reply_by"): lambda ask: str(ask.terms.plan.limits.supervise_reply.value),
    (Verb.SUPERVISE, "reply_by"): lambda ask: str(ask.terms.plan.limits.supervise_reply.value),
}

_SOURCES: dict[str, Callable[[Asking], list[Option]]] = {
    "topics": _topics,
    "grades": lambda _: [Option(*pair) for pair in Grade.choices()],
    "decline_reasons": _reasons(lambda t: t.plan.reasons.decline),
    "return_reasons": _reasons(lambda t: t.plan.reasons.return_),
    "extension_reasons": _reasons(lambda t: t.plan.reasons.extension),
    "suspension_reasons": _reasons(lambda t: t.plan.reasons.suspension),
    "communities": lambda ask: _offices(ask, OfficeKind.COMMUNITY),
    "departments": lambda ask: _offices(ask, OfficeKind.DEPARTMENT, OfficeKind.HUB),
    "offices": lambda ask: _offices(ask, OfficeKind.DEPARTMENT, OfficeKind.HUB, OfficeKind.COMMUNITY),
    "handlers": _handlers,
    "community_officers": _community_officers,
    "extension_days": _extension_days,
    "superiors": _superiors,
    "outcomes": _outcomes,
    "told_ways": lambda _: [Option(*pair) for pair in ToldWay.choices()],
    "satisfaction": lambda _: [Option(*pair) for pair in Satisfaction.choices()],
    "solved": lambda _: [Option("yes", "解决了"), Option("no", "没有解决")],
    "passed": lambda _: [Option("yes", "合格"), Option("no", "不合格")],
    "leading": lambda _: [Option(*pair) for pair in Leading.choices()],
    "order_levels": lambda _: [Option(level.value, level.label) for level in SUPERVISIONS],
    "grounds": lambda _: [Option(*pair) for pair in Ground.choices()],
    "my_orders": _my_orders,
    "reply_days": lambda _: [Option(str(n), f"{n}个工作日内") for n in range(1, 6)],
}
