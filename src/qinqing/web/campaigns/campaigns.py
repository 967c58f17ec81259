"""专项行动: the list, newest first."""

from django.http import HttpResponse

from qinqing.campaigns import policy, reads
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen

TONES = {"coming": "calm", "running": "soon", "over": "late", "closed": "ok"}
"""How each stand is drawn."""


@screen(Right.READ_VISITS)
def campaigns(request: Request) -> HttpResponse:
    """Show the campaigns with an enterprise of the reader's. Source: 三职(一)-4."""
    by = request.actor
    found = reads.listing(by, clock.now().date(), before=asked.number(request, "before"))
    page = found[: reads.PAGE]
    context = {
        "rows": [(line, TONES[line.stand]) for line in page],
        "next": f"?before={page[-1].id}" if len(found) > reads.PAGE else "",
        "may_open": policy.may_open(by),
    }
    return respond.screen(request, "campaigns/campaigns.html", context)
