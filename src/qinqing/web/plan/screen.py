"""The plan as an official reads it: limits, offices and duties, topics, reasons, annex, and its versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from qinqing.kernel.errors import NotFound
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads, rules
from qinqing.plan.reads import VersionLine
from qinqing.plan.spec import Duty, Limit, Plan, Reason, RepeatedLimit, Topic
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.shell import WORKING
from qinqing.web.parts.blocks import Tab

READERS = WORKING | {Role.SYSTEM_ADMIN}
"""Everybody who works by the plan, and who loads it."""
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
class OfficeSheet:
    """An office and what it answers for."""

    name: str
    short: str
    kind: str
    is_outpost: bool
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class TopicLine:
    """A topic and where it goes."""

    topic: Topic
    kinds: str
    office: str


@dataclass(frozen=True)
class LimitLine:
    """A limit in words."""

    name: str
    said: str
    limit: Limit | RepeatedLimit


@dataclass(frozen=True)
class ReasonList:
    """A list people choose from."""

    name: str
    reasons: tuple[Reason, ...]


@screen(roles=READERS)
def in_force(request: Request) -> HttpResponse:
    """Show the version in force in the reader's town."""
    versions = reads.versions(request.actor.book)
    if not versions:
        raise NotFound("本镇还没有载入方案，请联系系统管理员。", code="no_plan")
    return _sheet(request, versions[0], versions)


@screen(roles=READERS)
def version(request: Request, number: int) -> HttpResponse:
    """Show one version of the reader's town, in force or not."""
    versions = reads.versions(request.actor.book)
    found = next((line for line in versions if line.number == number), None)
    if found is None:
        raise NotFound("没有这一版方案。", code="no_plan")
    return _sheet(request, found, versions)


def _sheet(request: Request, line: VersionLine, versions: list[VersionLine]) -> HttpResponse:
    plan = reads.version(line.id)
    limits = [LimitLine(name, rules.said(limit), limit) for _, name, limit in rules.limits_of(plan)]
    context: dict[str, Any] = {
        "tabs": _tabs(),
        "plan": plan,
        "line": line,
        "newest": versions[0],
        "versions": versions,
        "limits": limits,
        "provisional": [one for one in limits if one.limit.provisional],
        "offices": list(_offices(plan)),
        "topics": [(group, list(lines)) for group, lines in groupby(_topics(plan), key=lambda one: one.topic.group)],
        "categories": [(one, rules.office_name(plan, one.office)) for one in plan.problem_categories],
        "reasons": [ReasonList(name, getattr(plan.reasons, key)) for key, name in _REASONS],
        "villages": [one.short for one in plan.communities],
        "parks": [(park, [_short(plan, code) for code in park.communities]) for park in plan.parks],
        "superiors": [(body.name, [_short(plan, code) for code in body.offices]) for body in plan.superiors],
        "annex": [(row, _short(plan, row.office)) for row in plan.officer_duties],
    }
    return respond.screen(request, "plan/sheet.html", context)


def _offices(plan: Plan) -> Iterable[OfficeSheet]:
    """Yield the offices in the plan's order, the communities as one: they have the same duties."""
    yield OfficeSheet(
        "各村（社区）", f"{len(plan.communities)}个", OfficeKind.COMMUNITY.label, False, plan.community_duties
    )
    for office in plan.offices:
        if office.duties:
            kind = OfficeKind.label_of(office.kind)
            yield OfficeSheet(office.name, office.short, kind, office.is_outpost, office.duties)


def _topics(plan: Plan) -> Iterable[TopicLine]:
    for topic in plan.topics:
        yield TopicLine(topic, "、".join(_KINDS[kind] for kind in topic.kinds), rules.office_name(plan, topic.office))


def _short(plan: Plan, code: str) -> str:
    return rules.office_name(plan, code)


def _tabs() -> list[Tab]:
    """Return the pages that stand under the same entry of the navigation, as far as there are any."""
    found = [Tab("方案", reverse("plan"), is_on=True)]
    for label, name in (("工作日历", "calendar"),):
        try:
            found.append(Tab(label, reverse(name)))
        except NoReverseMatch:
            continue
    return found
