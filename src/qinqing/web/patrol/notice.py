"""走访告知单: the notice of a visit on paper, for a firm without an account."""

from django.http import HttpResponse

from qinqing.checklists import reads as checklists
from qinqing.kernel import clock
from qinqing.patrol.reads import plans
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol.forms import lists_for


@screen(Right.READ_VISITS)
def patrol_notice(request: Request, planned_id: int) -> HttpResponse:
    """Show the notice ready to be printed. Source: 三要(四)-3."""
    by = request.actor
    planned = plans.get_for(by, planned_id)
    titles = dict(lists_for(by.town_id, checklists.needed_by(planned.enterprise)))
    line = plans.line_of(planned)
    context = {
        "line": line,
        "planned": planned,
        "titles": [titles.get(code, code) for code in line.checklists],
        "today": clock.now().date(),
    }
    return respond.screen(request, "patrol/notice.html", context)
