"""Who has answered for an enterprise, since when and why it changed."""

from django.http import HttpResponse

from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@screen(Right.READ_ENTERPRISES)
def history(request: Request, enterprise_id: int) -> HttpResponse:
    """Show every period of an enterprise the actor may see."""
    enterprise = enterprises.get_for(request.actor, enterprise_id)
    context = {
        "enterprise": enterprise,
        "lines": reads.history_of(enterprise_id),
        "today": clock.now().date(),
    }
    return respond.screen(request, "grids/history.html", context)
