"""协调会商: what is to be held, what was concluded; each opens to its case, where the opinion is recorded."""

from django.http import HttpResponse

from qinqing.consultations import reads
from qinqing.people.rights import Right
from qinqing.web import asked, gate, respond


@gate.screen(Right.READ_LEDGER)
def consultations(request: gate.Request) -> HttpResponse:
    """Show the sessions this person may see."""
    concluded = reads.concluded(request.actor, before=asked.number(request, "before"))
    more = concluded[reads.PAGE :]
    context = {
        "waiting": reads.waiting(request.actor),
        "concluded": concluded[: reads.PAGE],
        "next": f"?before={concluded[reads.PAGE - 1].pk}" if more else "",
    }
    return respond.screen(request, "consultations/sessions.html", context)
