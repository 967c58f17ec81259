"""走访记录: visits within one's scope, newest first, narrowed, read page by page."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import reads as enterprises
from qinqing.patrol.reads.visits import Filters, find
from qinqing.patrol.words import Nature
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around


@screen(Right.READ_VISITS)
def patrol_visits(request: Request) -> HttpResponse:
    """Show the visits this person may read, fifty at a time."""
    by = request.actor
    wanted = Filters(
        community_id=asked.number(request, "community") or None,
        park_id=asked.number(request, "park") or None,
        enterprise_id=asked.number(request, "enterprise") or None,
        nature=asked.one_of(request, "nature", dict(Nature.choices())),
        mine=request.GET.get("mine") == "1",
        flagged=request.GET.get("flagged") == "1",
        city=request.GET.get("city") == "1",
        problems=request.GET.get("problems") == "1",
        since=asked.day(request, "since"),
        until=asked.day(request, "until"),
        words=asked.words(request, "q"),
    )
    page = find(by, wanted, before=asked.number(request, "before"))
    firm = enterprises.visible_to(by).filter(pk=wanted.enterprise_id).first() if wanted.enterprise_id else None
    context = {
        "page": page,
        "wanted": wanted,
        "firm": firm,
        "pills": _pills(by.post, wanted),
        "next": address(wanted, before=page.before) if page.before else "",
        "first": address(wanted) if request.GET.get("before") else "",
        "communities": around.communities(by),
        "parks": around.parks(by),
        "natures": Nature.choices(),
        "is_narrowed": wanted != Filters(),
        "tabs": around.tabs(by, "visits"),
        "may_plan": may(by.post, Right.VISIT),
        "may_export": may(by.post, Right.EXPORT),
    }
    return respond.screen(request, "patrol/visits.html", context, fragment="found")


def _pills(post: str, wanted: Filters) -> list[tuple[str, str, bool]]:
    """Return the filters that are pressed on and off: label, address, whether it is on."""
    named = [("mine", "我走访的"), ("problems", "有问题的"), ("flagged", "有疑点的"), ("city", "未上报市系统")]
    if post not in (Role.GRID_OFFICER, Role.HANDLER, Role.OFFICE_HEAD):
        named = named[1:]
    found = []
    for name, label in named:
        is_on = bool(getattr(wanted, name))
        turned: dict[str, Any] = {name: not is_on}
        found.append((label, address(replace(wanted, **turned)), is_on))
    return found


def address(wanted: Filters, **more: Any) -> str:
    """Return the address of the list narrowed so."""
    said = {
        "q": wanted.words,
        "community": wanted.community_id,
        "park": wanted.park_id,
        "enterprise": wanted.enterprise_id,
        "nature": wanted.nature,
        "mine": "1" if wanted.mine else "",
        "flagged": "1" if wanted.flagged else "",
        "city": "1" if wanted.city else "",
        "problems": "1" if wanted.problems else "",
        "since": wanted.since,
        "until": wanted.until,
        **more,
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("patrol_visits") + (f"?{query}" if query else "")
