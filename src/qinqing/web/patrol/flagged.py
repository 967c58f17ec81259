"""待核看: visits with something questionable, and late records that a person decides on."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.patrol.reads.visits import Filters, find
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around


@screen(Right.READ_VISITS)
def patrol_flagged(request: Request) -> HttpResponse:
    """Show what is still to be looked at, newest first, with what is questionable about each."""
    by = request.actor
    page = find(by, Filters(flagged=True), before=asked.number(request, "before"), size=30)
    here = reverse("patrol_flagged")
    context = {
        "page": page,
        "next": f"{here}?before={page.before}" if page.before else "",
        "first": here if request.GET.get("before") else "",
        "tabs": around.tabs(by, "flagged"),
    }
    return respond.screen(request, "patrol/flagged.html", context)
