"""协调会商: what is to be held, what was concluded; each sitting and each case opens."""

from django.http import HttpResponse

from qinqing.consultations import reads
from qinqing.consultations.reads import sittings
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import asked, gate, respond
from qinqing.web.consultations.around import tabs


@gate.screen(Right.READ_LEDGER)
def consultations(request: gate.Request) -> HttpResponse:
    """Show the sittings to come and the sessions this person may see."""
    by, at = request.actor, clock.now()
    before = asked.number(request, "before")
    concluded = reads.concluded(by, before=before)
    more = concluded[reads.PAGE :]
    context = {
        "tabs": tabs("consultations"),
        "sittings": [] if before else sittings.coming(by, at),
        "waiting": [] if before else reads.waiting(by),
        "concluded": concluded[: reads.PAGE],
        "next": f"?before={concluded[reads.PAGE - 1].pk}" if more else "",
    }
    return respond.screen(request, "consultations/sessions.html", context)
