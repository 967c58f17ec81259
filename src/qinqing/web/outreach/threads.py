"""点对点, the officer's side: his enterprises, and the messages with one of them."""

from django.http import HttpResponse
from django.urls import reverse

from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.outreach.actions import messages as actions
from qinqing.outreach.reads import contacts as reads
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.forms import Form, Long
from qinqing.web.gate import Request, screen
from qinqing.web.outreach.around import tabs


class MessageForm(Form):
    """A message."""

    text = Long("内容", 2000, rows=3)


@screen(roles=(Role.GRID_OFFICER,))
def threads(request: Request) -> HttpResponse:
    """Show an officer's enterprises, those who wrote first."""
    by = request.actor
    return respond.screen(request, "outreach/threads.html", {"rows": reads.threads(by), "tabs": tabs(by, "threads")})


@screen(roles=(Role.GRID_OFFICER,))
def thread(request: Request, enterprise_id: int) -> HttpResponse:
    """Show the messages with one enterprise, and write one."""
    by, at = request.actor, clock.now()
    found = reads.thread(by, enterprise_id, before=asked.number(request, "before"))
    form = MessageForm(request.POST or None)
    if request.method == "POST":
        if respond.tried(
            form, lambda: actions.send_message(enterprise_id=enterprise_id, by=by, at=at, **form.cleaned_data)
        ):
            return respond.done(request, reverse("outreach_thread", args=[enterprise_id]))
    else:
        actions.mark_messages_read(enterprise_id=enterprise_id, by=by, at=at)
    page = found[: reads.MESSAGES]
    context = {
        "firm": enterprises.get_for(by, enterprise_id),
        "messages_": page[::-1],
        "older": f"?before={page[-1].pk}" if len(found) > reads.MESSAGES else "",
        "form": form,
    }
    return respond.screen(request, "outreach/thread.html", context)
