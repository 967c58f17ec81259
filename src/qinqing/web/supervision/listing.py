"""催办督办: what waits for a reply, late ones on top; what is settled."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import orders
from qinqing.cases.words import ORDERS
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.supervision import reads
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.templatetags.parts import Tab

_LEVELS = {level.value for level in ORDERS}


@screen(Right.READ_LEDGER)
def waiting(request: Request) -> HttpResponse:
    """Show the orders that wait for a reply and, to who decides, what is proposed."""
    by, at = request.actor, clock.now()
    level, after = asked.one_of(request, "level", _LEVELS), asked.number(request, "after")
    found = orders.waiting(by, at, level=level, after=after)
    more = _after("supervision", level, "after", found) if len(found) > orders.PAGE else ""
    proposed = reads.proposals(by, before=asked.number(request, "before")) if not after else []
    context = _context("supervision", level, found[: orders.PAGE], more) | {
        "proposals": proposed[: reads.PAGE],
        "more_proposals": f"?before={proposed[reads.PAGE - 1].id}" if len(proposed) > reads.PAGE else "",
    }
    return respond.screen(request, "supervision/list.html", context)


@screen(Right.READ_LEDGER)
def settled(request: Request) -> HttpResponse:
    """Show the orders that were replied to, taken back, or ended with their matter."""
    by, at = request.actor, clock.now()
    level = asked.one_of(request, "level", _LEVELS)
    found = orders.settled(by, at, level=level, before=asked.number(request, "before"))
    more = _after("supervision_settled", level, "before", found) if len(found) > orders.PAGE else ""
    return respond.screen(
        request, "supervision/list.html", _context("supervision_settled", level, found[: orders.PAGE], more)
    )


def _context(here: str, level: str, rows: list[orders.Order], more: str) -> dict[str, Any]:
    return {
        "rows": rows,
        "level": level,
        "levels": list(ORDERS),
        "here": reverse(here),
        "is_settled": here == "supervision_settled",
        "next": more,
        "tabs": [
            Tab("待回复", reverse("supervision"), here == "supervision"),
            Tab("已了结", reverse("supervision_settled"), here == "supervision_settled"),
        ],
    }


def _after(here: str, level: str, word: str, found: list[orders.Order]) -> str:
    """Return the address of the next page: it goes on after the last order shown."""
    query = {"level": level} if level else {}
    return f"{reverse(here)}?{urlencode({**query, word: found[orders.PAGE - 1].id})}"
