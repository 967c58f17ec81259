"""The owner's first page: one large button, what waits for him, what is on its way, whom to call."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import portal
from qinqing.enterprises import reads as enterprises
from qinqing.findings.reads.listing import Filter, at_most
from qinqing.grids.cards import cards_of
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads as plans
from qinqing.web import asked, gate, respond
from qinqing.web.outreach.portal import waiting
from qinqing.web.parts.blocks import Tab

OWNERS = (Role.CONTACT, Role.CARD)
_SHOWN = 6
"""Matters on the first page; the others are one press away."""


@gate.screen(roles=OWNERS)
def portal_home(request: gate.Request) -> HttpResponse:
    """Show the first page."""
    by, at = request.actor, clock.now()
    found = portal.matters(by, at, limit=_SHOWN + 1)
    shown = found[:_SHOWN]
    context = {
        "firm": enterprises.get_for(by, by.enterprise_id or 0),
        "waiting": [matter for matter in shown if matter.asks],
        "moving": [matter for matter in shown if not matter.asks],
        "has_more": len(found) > _SHOWN,
        "officers": cards_of(by.enterprise_id or 0, by=by) if by.account_id else [],
        "to_fix": at_most(by, Filter(stand="fix"), at) if by.account_id else 0,
        "town": waiting(by),
        "hub": _hub(by.town_id),
        "days": _days(by.book),
        "now": at,
    }
    return respond.screen(request, "portal/home.html", context)


@gate.screen(roles=OWNERS)
def portal_matters(request: gate.Request) -> HttpResponse:
    """Show all matters: those on their way, those that are over."""
    by, is_over = request.actor, request.GET.get("over") == "1"
    found = portal.matters(
        by, clock.now(), is_over=is_over, before=asked.number(request, "before"), limit=portal.PAGE + 1
    )
    page = found[: portal.PAGE]
    here = reverse("portal_matters")
    more = f"{here}?{'over=1&' if is_over else ''}before={page[-1].id}" if len(found) > portal.PAGE else ""
    context = {
        "matters": page,
        "tabs": [Tab("在办", here, not is_over), Tab("已办完", f"{here}?over=1", is_over)],
        "is_over": is_over,
        "next": more,
    }
    return respond.screen(request, "portal/matters.html", context)


@gate.screen(roles=OWNERS)
def portal_help(request: gate.Request) -> HttpResponse:
    """Say in plain words how it works and what the enterprise may expect."""
    by = request.actor
    return respond.screen(request, "portal/help.html", {"days": _days(by.book), "hub": _hub(by.town_id)})


def _hub(town_id: int) -> str:
    """Return the name of the office everything goes to."""
    return next((office.name for office in people.offices(town_id, [OfficeKind.HUB])), "镇中转站")


def _days(book: str) -> int:
    """Return within how many working days an answer is promised. Source: 二(四)-4."""
    try:
        return int(plans.current(book).limits.demand_close.value)
    except Refused:
        return 5
