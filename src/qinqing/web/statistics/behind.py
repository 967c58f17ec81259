"""The cases behind one figure: exactly those it is the sum of."""

from django.http import HttpResponse

from qinqing.people.rights import Right
from qinqing.statistics.reads import tables
from qinqing.statistics.words import Measure
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.statistics import around


@screen(Right.READ_LEDGER)
def cases(request: Request) -> HttpResponse:
    """List the cases of a figure, newest first. Source: 二(四)-1."""
    wanted, key, name = around.line_of(request)
    measure = asked.one_of(request, "measure", [one.value for one in Measure], Measure.RECEIVED.value)
    found = tables.behind(request.actor, wanted, key, Measure(measure), before=asked.number(request, "before"))
    here = {"key": key, "measure": measure}
    context = {
        "wanted": wanted,
        "name": name,
        "measure": Measure(measure),
        "found": found,
        "back": around.address("statistics", wanted),
        "next": around.address("statistics_cases", wanted, **here, before=found.next) if found.next else "",
    }
    return respond.screen(request, "statistics/cases.html", context)
