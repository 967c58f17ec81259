"""隐患线索: what is grave on top for the office that rechecks it, then every finding one line; filters, keyset pages."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.findings import policy, reads
from qinqing.findings.reads import listing
from qinqing.findings.reads.listing import LEVELS, STANDS, Filter
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.rights import Right, may
from qinqing.people.words import OfficeKind
from qinqing.plan import reads as plans
from qinqing.web import asked, gate, respond
from qinqing.web.findings.shared import tabs

CHIPS = ("open", "fix", "overdue", "claimed", "transferred", "passed", "all")
_COUNTED = ("overdue", "claimed")


@gate.screen(Right.READ_VISITS)
def findings(request: gate.Request) -> HttpResponse:
    """Show a page of the list."""
    by, at = request.actor, clock.now()
    wanted = filter_of(request)
    page = listing.page(by, wanted, at, before=asked.number(request, "before"))
    query = urlencode(wanted.as_query())
    context = {
        "tabs": tabs(by, at, "findings"),
        "grave": reads.grave_here(by, at) if not asked.number(request, "before") else [],
        "page": page,
        "next": f"?{urlencode(wanted.as_query() | {'before': str(page.next)})}" if page.next else "",
        "wanted": wanted,
        "query": query,
        "chips": [_chip(wanted, stand, by, at) for stand in CHIPS],
        "choices": _choices(by),
        "may_open": policy.may_open(by),
        "may_export": may(by.post, Right.EXPORT),
        "now": at,
    }
    return respond.screen(request, "findings/list.html", context, fragment="rows")


def filter_of(request: gate.Request) -> Filter:
    """Read a filter from the address; what makes no sense counts as not asked."""
    return Filter(
        stand=asked.one_of(request, "stand", STANDS, "open"),
        level=asked.one_of(request, "level", LEVELS),
        category=asked.words(request, "category", 40),
        community=asked.number(request, "community"),
        enterprise=asked.number(request, "enterprise"),
        q=asked.words(request, "q", 60),
    )


def _chip(wanted: Filter, stand: str, by: Actor, at: datetime) -> dict[str, object]:
    """Return one chip; overdue and to-be-rechecked carry a figure, counted no further than a hundred."""
    query = urlencode(wanted.as_query() | {"stand": stand})
    count = listing.at_most(by, Filter(stand=stand), at) if stand in _COUNTED else None
    return {
        "label": STANDS[stand],
        "url": f"{reverse('findings')}?{query}",
        "is_on": wanted.stand == stand,
        "figure": "" if count is None else "99+" if count >= 100 else str(count),
        "is_late": stand == "overdue",
    }


def _choices(by: Actor) -> dict[str, list[tuple[object, str]]]:
    """Return what the filters offer; a village's people are not asked for the village."""
    plan = plans.current(by.book)
    villages = people.offices(by.town_id, [OfficeKind.COMMUNITY]) if by.office_kind != OfficeKind.COMMUNITY else []
    return {
        "category": [(line.code, line.name) for line in plan.problem_categories],
        "level": list(LEVELS.items()),
        "community": [(office.pk, office.short) for office in villages],
    }
