"""The enterprise's own environment card: what the town has on file, and what is due."""

from django.http import HttpResponse

from qinqing.environment import reads
from qinqing.kernel import clock
from qinqing.people.words import Role
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@screen(roles=(Role.CONTACT,))
def portal_environment(request: Request) -> HttpResponse:
    """Show it."""
    by = request.actor
    card = reads.card(by, by.enterprise_id or 0, today=clock.now().date())
    return respond.screen(request, "environment/portal.html", {"card": card})
