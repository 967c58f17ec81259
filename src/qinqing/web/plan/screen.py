"""The plan as an official reads it, a part at a time: limits, offices, topics, reasons, places, annex, versions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from qinqing.kernel.errors import NotFound
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads, rules
from qinqing.plan.form import Limit, RepeatedLimit
from qinqing.plan.reads import VersionLine
from qinqing.plan.spec import Duty, Plan, Topic
from qinqing.plan.words import COMMUNITY
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.plan import patrol
from qinqing.web.shell import WORKING
from qinqing.web.templatetags.parts import Tab

READERS = WORKING | {Role.SYSTEM_ADMIN}
"""Everybody who works by the plan, and who loads it."""
FIRST = "limits"
_KINDS = {"demand": "诉求", "problem": "问题"}
_REASONS = (
    ("return_", "承办单位退回"),
    ("extension", "申请延期"),
    ("decline", "不予受理"),
    ("suspension", "长期挂账（领导批准）"),
    ("reopening", "重办"),
    ("key", "列为重点涉企事项"),
)


@dataclass(frozen=True)
class LimitLine:
    """A limit in words."""

    name: str
    said: str
    limit: Limit | RepeatedLimit


@dataclass(frozen=True)
class OfficeSheet:
    """An office and what it answers for."""

    name: str
    short: str
    kind: str
    is_outpost: bool
    is_mine: bool
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class TopicLine:
    """A topic and where it goes."""

    topic: Topic
    kinds: str
    office: str
    is_mine: bool


@screen(roles=READERS)
def sheet(request: Request, part: str = FIRST) -> HttpResponse:
    """Show a part of the version in force in the reader's town, or with ?v=1 of an earlier one."""
    versions = reads.versions(request.actor.book)
    if not versions:
        raise NotFound("本镇还没有载入方案，请联系系统管理员。", code="no_plan")
    if part not in PARTS:
        raise NotFound("方案里没有这一部分。", code="no_plan")
    asked = request.GET.get("v", "")
    line = next((one for one in versions if str(one.number) == asked), versions[0] if not asked else None)
    if line is None:
        raise NotFound("没有这一版方案。", code="no_plan")
    plan = reads.version(line.id)
    context: dict[str, Any] = {
        "tabs": _tabs(),
        "parts": [Tab(label, _url(key, line, versions), key == part) for key, (label, _) in PARTS.items()],
        "part": PARTS[part][0],
        "plan": plan,
        "line": line,
        "newest": versions[0],
        "versions": versions,
        "here": reverse("plan_part", args=[part]),
        **PARTS[part][1](plan, request),
    }
    return respond.screen(request, f"plan/{part}.html", context)


def _url(part: str, line: VersionLine, versions: list[VersionLine]) -> str:
    older = "" if line == versions[0] else f"?v={line.number}"
    return reverse("plan_part", args=[part]) + older


def _tabs() -> list[Tab]:
    """Return the pages that stand under the same entry of the navigation, as far as there are any."""
    found = [Tab("方案", reverse("plan"), is_on=True)]
    for label, name in (("工作日历", "calendar"),):
        try:
            found.append(Tab(label, reverse(name)))
        except NoReverseMatch:
            continue
    return found


def _limits(plan: Plan, request: Request) -> dict[str, Any]:
    lines = [LimitLine(name, rules.said(limit), limit) for _, name, limit in rules.limits_of(plan)]
    rungs = [LimitLine(name, rules.said(limit), limit) for _, name, limit in rules.ladder_of(plan)]
    return {"limits": lines, "rungs": rungs, "provisional": [one for one in lines if one.limit.provisional]}


def _offices(plan: Plan, request: Request) -> dict[str, Any]:
    """The communities are shown as one: they have the same duties."""
    by = request.actor
    villages = OfficeSheet(
        "各村（社区）",
        f"{len(plan.communities)}个",
        OfficeKind.COMMUNITY.label,
        is_outpost=False,
        is_mine=by.office_kind == OfficeKind.COMMUNITY,
        duties=plan.community_duties,
    )
    offices = [
        OfficeSheet(
            office.name,
            office.short,
            OfficeKind.label_of(office.kind),
            office.is_outpost,
            office.name == by.office_name,
            office.duties,
        )
        for office in plan.offices
        if office.duties
    ]
    return {"offices": [villages, *offices]}


def _topics(plan: Plan, request: Request) -> dict[str, Any]:
    lines = list(_topic_lines(plan, request))
    groups = [(group, list(found)) for group, found in groupby(lines, key=lambda one: one.topic.group)]
    categories = [(one, rules.office_name(plan, one.office)) for one in plan.problem_categories]
    return {"groups": groups, "mine": sum(one.is_mine for one in lines), "categories": categories}


def _topic_lines(plan: Plan, request: Request) -> Iterable[TopicLine]:
    by = request.actor
    for topic in plan.topics:
        office = plan.office(topic.office)
        mine = office.name == by.office_name if office else by.office_kind == topic.office == COMMUNITY
        kinds = "、".join(_KINDS[kind] for kind in topic.kinds)
        yield TopicLine(topic, kinds, rules.office_name(plan, topic.office), mine)


def _reasons(plan: Plan, request: Request) -> dict[str, Any]:
    return {"lists": [(name, getattr(plan.reasons, key)) for key, name in _REASONS]}


def _places(plan: Plan, request: Request) -> dict[str, Any]:
    def names(codes: Iterable[str]) -> list[str]:
        return [rules.office_name(plan, code) for code in codes]

    return {
        "parks": [(park, names(park.communities)) for park in plan.parks],
        "superiors": [(body.name, names(body.offices)) for body in plan.superiors],
    }


def _annex(plan: Plan, request: Request) -> dict[str, Any]:
    return {"rows": [(row, rules.office_name(plan, row.office)) for row in plan.officer_duties]}


def _patrol(plan: Plan, request: Request) -> dict[str, Any]:
    numbers = [LimitLine(name, rules.said(limit), limit) for _, name, limit in rules.patrol_of(plan)]
    return {"numbers": numbers, **patrol.shown(plan)}


def _versions(plan: Plan, request: Request) -> dict[str, Any]:
    return {}


PARTS: dict[str, tuple[str, Callable[[Plan, Request], dict[str, Any]]]] = {
    FIRST: ("时限", _limits),
    "offices": ("单位与职责", _offices),
    "topics": ("事项类别", _topics),
    "reasons": ("理由", _reasons),
    "places": ("村（社区）与园区", _places),
    "annex": ("网格员职责清单", _annex),
    "patrol": ("巡查与时段", _patrol),
    "versions": ("历次版本", _versions),
}
"""Each part of the plan: address → what it is called, what its page shows."""
