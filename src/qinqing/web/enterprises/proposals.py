"""Changes that wait for the hub's word."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.enterprises import queues
from qinqing.enterprises.actions import proposals
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.kernel.text import clean
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.enterprises.tabs import tabs
from qinqing.web.gate import Request, screen


@screen(Right.MANAGE_ENTERPRISES)
def waiting(request: Request) -> HttpResponse:
    """Show what waits, oldest first."""
    return _page(request)


@require_POST
@screen(Right.MANAGE_ENTERPRISES)
def decide(request: Request, proposal_id: int) -> HttpResponse:
    """Let a change pass, or turn it down with a reason."""
    by, now = request.actor, clock.now()
    note = clean(request.POST.get("note", ""))[:200]
    approves = request.POST.get("word") == "approve"
    try:
        if approves:
            proposals.approve(proposal_id=proposal_id, note=note, by=by, at=now)
        else:
            proposals.reject(proposal_id=proposal_id, note=note, by=by, at=now)
    except (NotAllowed, NotFound):
        raise
    except Refused as refusal:
        return _page(request, wrong=(proposal_id, refusal, note))
    return respond.done(
        request, reverse("enterprise_proposals"), "已通过并更新档案。" if approves else "已退回，提出人会看到理由。"
    )


def _page(request: Request, wrong: tuple[int, Refused, str] | None = None) -> HttpResponse:
    by, now = request.actor, clock.now()
    context = {
        "lines": queues.proposals_waiting(by),
        "wrong_id": wrong[0] if wrong else 0,
        "wrong": wrong[1].sentence if wrong else "",
        "note": wrong[2] if wrong else "",
        "tabs": tabs(by, "proposals", queues.counts(by, now)),
    }
    return respond.screen(request, "enterprises/proposals.html", context, status=wrong[1].status if wrong else 200)
