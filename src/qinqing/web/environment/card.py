"""环保档案 of one enterprise: what an officer reads before he goes."""

from django.http import HttpResponse

from qinqing.enterprises import reads as enterprises
from qinqing.environment import policy, reads
from qinqing.kernel import clock
from qinqing.ledger import reads as ledger
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen

_SHOWN = 20


@screen(Right.READ_ENTERPRISES)
def card(request: Request, enterprise_id: int) -> HttpResponse:
    """Show the card with everything that belongs to it."""
    by = request.actor
    firm = enterprises.get_for(by, enterprise_id)
    entries = ledger.entries_of("environment", enterprise_id).order_by("-subject_seq")[:_SHOWN]
    context = {
        "firm": firm,
        "card": reads.card(by, enterprise_id, today=clock.now().date()),
        "may_keep": policy.may_keep(by, firm),
        "entries": list(entries)[::-1],
    }
    return respond.screen(request, "environment/card.html", context)
