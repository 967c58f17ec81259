"""One 催办单 or 督办单: what is asked, the reply, taking it back."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.cases.reads import find, orders
from qinqing.cases.rules.offers import why_not
from qinqing.cases.words import SUPERVISIONS, Verb
from qinqing.consultations.actions import press
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES
from qinqing.web import respond
from qinqing.web.forms import Form, Long
from qinqing.web.gate import Request, screen


class ReplyForm(Form):
    """What the office says to who pressed it."""

    note = Long("回复", 2000, rows=4, help_text="办到哪一步、为什么没按时、什么时候办结。给催办督办的人看。")
    to_enterprise = Long(
        "给企业的回话", 2000, rows=2, required=False, help_text="企业也催过的，写给企业看；没有可留空。"
    )


class CancelForm(Form):
    """Why it is taken back."""

    reason = Long("撤销原因", 200, rows=2)


@screen(Right.READ_LEDGER)
def sheet(request: Request, order_id: int) -> HttpResponse:
    """Show one order."""
    return _page(request, orders.order(request.actor, order_id, clock.now()))


@require_POST
@screen(Right.READ_LEDGER)
def reply(request: Request, order_id: int) -> HttpResponse:
    """Reply to it, and to whatever else waits on the same matter."""
    by, at = request.actor, clock.now()
    found = orders.order(by, order_id, at)
    form = ReplyForm(request.POST)
    if respond.tried(form, lambda: press(Verb.ANSWER_URGE, found.case_id, by=by, at=at, values=form.cleaned_data)):
        return respond.done(request, reverse("supervision_order", args=[order_id]), "已回复，已记入账目。")
    return _page(request, found, reply_form=form)


@require_POST
@screen(Right.READ_LEDGER)
def cancel(request: Request, order_id: int) -> HttpResponse:
    """Take it back."""
    by, at = request.actor, clock.now()
    found = orders.order(by, order_id, at)
    form = CancelForm(request.POST)
    values = {"order": order_id}
    if respond.tried(
        form,
        lambda: press(Verb.CANCEL_ORDER, found.case_id, by=by, at=at, values={**values, **form.cleaned_data}),
    ):
        return respond.done(request, reverse("supervision_order", args=[order_id]), f"{found.number}已撤销。")
    return _page(request, found, cancel_form=form)


def _page(request: Request, found: orders.Order, **tried: forms.BaseForm) -> HttpResponse:
    by, at = request.actor, clock.now()
    refused = next(iter(tried.values()), None)
    context = {
        "order": found,
        "beside": [one for one in orders.of_case(found.case_id, at) if one.id != found.id],
        "may_reply": found.is_open and _may(Verb.ANSWER_URGE, by, found),
        "may_cancel": found.is_open and _gave(by, found) and _may(Verb.CANCEL_ORDER, by, found),
        "may_print": rights.may(by.post, Right.ISSUE_PAPERS),
        "reply_form": tried.get("reply_form") or ReplyForm(),
        "cancel_form": tried.get("cancel_form") or CancelForm(),
        "form": refused,
    }
    return respond.screen(request, "supervision/order.html", context)


def _may(verb: Verb, by: Actor, found: orders.Order) -> bool:
    sight = find.sight_of(find.get_for(by, found.case_id))
    return why_not(verb, by, sight, None, clock.now()) == ("", "")


def _gave(by: Actor, found: orders.Order) -> bool:
    """Say whether it is of this person's kind to take back: 催办 the hub's, 督办 supervision's and the leaders'."""
    return (by.post in HUB_ROLES) != (found.level in SUPERVISIONS)
