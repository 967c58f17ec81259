"""The presses on a list: one each, one action each."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.standings.actions import calculating, deciding
from qinqing.standings.reads import lists
from qinqing.web import respond
from qinqing.web.forms import Form
from qinqing.web.gate import Request, screen
from qinqing.web.standings.sheet import ReasonForm, RuleForm, commend_form, page


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def open_(request: Request, listing_id: int) -> HttpResponse:
    """The hub has checked it; offices may object."""
    act = lambda: deciding.open_appeals(listing_id, by=request.actor, at=clock.now())  # noqa: E731
    return _done(request, listing_id, Form(request.POST), act, "已送各单位核对，申诉期开始。")


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def drop(request: Request, listing_id: int) -> HttpResponse:
    """Throw it away."""
    form = ReasonForm(request.POST)
    act = lambda: calculating.drop(listing_id, by=request.actor, at=clock.now(), **form.cleaned_data)  # noqa: E731
    return _done(request, listing_id, form, act, "已作废，可以重算。", "drop")


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def commend(request: Request, listing_id: int) -> HttpResponse:
    """Put somebody forward for commendation."""
    form = commend_form(request, request.POST)

    def act() -> object:
        given = {**form.cleaned_data, "office_id": int(form.cleaned_data["office_id"])}
        return calculating.commend(listing_id, by=request.actor, at=clock.now(), **given)

    return _done(request, listing_id, form, act, "已提名表彰。", "commend")


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def submit(request: Request, listing_id: int) -> HttpResponse:
    """Submit it to the leader."""
    act = lambda: deciding.submit(listing_id, by=request.actor, at=clock.now())  # noqa: E731
    return _done(request, listing_id, Form(request.POST), act, "已报镇领导审批。")


@require_POST
@screen(Right.APPROVE_STANDINGS)
def approve(request: Request, listing_id: int) -> HttpResponse:
    """Approve it."""
    act = lambda: deciding.approve(listing_id, by=request.actor, at=clock.now())  # noqa: E731
    return _done(request, listing_id, Form(request.POST), act, "已批准，由中转站公布。")


@require_POST
@screen(Right.APPROVE_STANDINGS)
def send_back(request: Request, listing_id: int) -> HttpResponse:
    """Send it back."""
    form = ReasonForm(request.POST)
    act = lambda: deciding.send_back(listing_id, by=request.actor, at=clock.now(), **form.cleaned_data)  # noqa: E731
    if respond.tried(form, act):
        return respond.done(request, reverse("standings"), "已退回，这一份作废，由中转站重算。")
    return page(request, lists.listing_for(request.actor, listing_id), form, "send_back")


@require_POST
@screen(Right.CALCULATE_STANDINGS)
def publish(request: Request, listing_id: int) -> HttpResponse:
    """Publish it inside the town."""
    act = lambda: deciding.publish(listing_id, by=request.actor, at=clock.now())  # noqa: E731
    return _done(request, listing_id, Form(request.POST), act, "已在镇内公布，从此不再改动。")


@require_POST
@screen(Right.RULE_STANDINGS)
def rule(request: Request, appeal_id: int) -> HttpResponse:
    """Rule on an objection."""
    found = lists.appeal_for(request.actor, appeal_id)
    form = RuleForm(request.POST)

    def act() -> object:
        given = form.cleaned_data
        return deciding.rule(
            appeal_id, by=request.actor, at=clock.now(), upheld=given["upheld"] == "yes", ruling=given["ruling"]
        )

    return _done(request, found.listing_id, form, act, "已裁定，已告知单位。", "rule")


def _done(
    request: Request, listing_id: int, form: forms.BaseForm, act: Callable[[], object], said: str, pressed: str = "top"
) -> HttpResponse:
    if respond.tried(form, act):
        return respond.done(request, reverse("standing", args=[listing_id]), said)
    return page(request, lists.listing_for(request.actor, listing_id), form, pressed)
