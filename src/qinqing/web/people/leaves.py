"""请假代办: who of my office is away and who hears in his stead; my own, or as its head everybody's."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.actions import leaves as actions
from qinqing.people.rights import Right
from qinqing.people.words import STAFF_ROLES
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.people.forms import LeaveForm


@never_cache
@screen(roles=STAFF_ROLES)
def leaves(request: Request) -> HttpResponse:
    """Show who is or will be away; register a leave."""
    by, now = request.actor, clock.now()
    sitting = actions.colleagues(by, on=now.date())
    is_head = rights.may(by.post, Right.REGISTER_LEAVE)
    own = {by.account_id: by.name} if by.account_id is not None else {}
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        away={**own, **sitting} if is_head else own,
        deputies={key: name for key, name in sitting.items() if is_head or key != by.account_id},
        today=now.date(),
    )
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: actions.register_leave(
                account_id=form.cleaned_data["account"],
                deputy_id=form.cleaned_data["deputy"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                by=by,
                at=now,
            ),
        )
        if done:
            return respond.done(request, reverse("people_leaves"), "已登记，期间的告知由代办人代收。")
    context = {
        "form": form,
        "office": by.office_name,
        "has_deputies": len(sitting) > 1,
        "leaves": [
            {
                "id": one.pk,
                "name": one.account.name,
                "deputy": one.deputy.name,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "is_now": one.starts_on <= now.date(),
                "may_end": is_head or one.account_id == by.account_id,
            }
            for one in people.leaves_of(by.office_id or 0, now.date())
        ],
    }
    return respond.screen(request, "people/leaves.html", context)


@require_POST
@screen(roles=STAFF_ROLES)
def end(request: Request, leave_id: int) -> HttpResponse:
    """Take a leave back, or end it early."""
    actions.end_leave(leave_id=leave_id, by=request.actor, at=clock.now())
    return respond.done(request, reverse("people_leaves"), "已销假，告知仍由本人收。")
