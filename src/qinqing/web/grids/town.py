"""The town's view: how far each community has come with its lists. A community goes straight to its own."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.grids import coverage as towns
from qinqing.grids import policy
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen


@screen(Right.READ_ROSTER)
def overview(request: Request) -> HttpResponse:
    """Show one line per community; people of a community see theirs at once."""
    by = request.actor
    if not policy.reads_town(by):
        return respond.go(request, reverse("grids_page", args=[by.office_id]))
    lines = towns.coverage(by=by, on=clock.now().date())
    total = {
        "enterprises": sum(line.enterprises for line in lines),
        "led": sum(line.led for line in lines),
        "without_lead": sum(line.without_lead for line in lines),
        "officers": sum(line.officers for line in lines),
        "confirmed": sum(1 for line in lines if line.confirmed_at),
    }
    return respond.screen(request, "grids/town.html", {"lines": lines, "total": total})
