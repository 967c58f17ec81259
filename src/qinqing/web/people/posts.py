"""Naming a post, ending one, setting what is in a leader's charge."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people.actions import posts
from qinqing.people.rights import RIGHTS, Right
from qinqing.people.words import KINDS_OF_ROLE, Role
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.people.forms import ChargeForm, EndForm, PostForm


@never_cache
@screen(Right.GRANT_POSTS)
def name(request: Request, account_id: int) -> HttpResponse:
    """Name an account a post."""
    by, now = request.actor, clock.now()
    account = people.account_in(by.town_id, account_id)
    form = PostForm(request.POST or None, town_id=by.town_id, today=now.date())
    if request.method == "POST":
        done = respond.tried(
            form,
            lambda: posts.name_post(
                account_id=account.pk,
                office_id=form.cleaned_data["office"],
                role=form.cleaned_data["role"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                by=by,
                at=now,
            ),
        )
        if done:
            return _back(request, account.pk, "岗位已授予。")
    duties = [(role.label, RIGHTS[role].sentence) for role in KINDS_OF_ROLE]
    return respond.screen(request, "people/post.html", {"form": form, "account": account, "duties": duties})


@never_cache
@screen(Right.GRANT_POSTS)
def end(request: Request, post_id: int) -> HttpResponse:
    """End a post on a day."""
    by, now = request.actor, clock.now()
    post = people.post_in(by.town_id, post_id)
    form = EndForm(request.POST or None, initial={"ends_on": now.date()})
    if request.method == "POST":
        done = respond.tried(
            form, lambda: posts.end_post(post_id=post.pk, ends_on=form.cleaned_data["ends_on"], by=by, at=now)
        )
        if done:
            return _back(request, post.account_id, "岗位已终止。")
    context = {"form": form, "post": post, "role": Role.label_of(post.role)}
    return respond.screen(request, "people/post_end.html", context)


@never_cache
@screen(Right.GRANT_POSTS)
def charge(request: Request, post_id: int) -> HttpResponse:
    """Set what is in a leader's charge."""
    by, now = request.actor, clock.now()
    post = people.post_in(by.town_id, post_id)
    present = [office.pk for office in post.in_charge_of.all()]
    is_post = request.method == "POST"  # nothing ticked is an answer too: request.POST alone would look like no answer
    form = ChargeForm(request.POST if is_post else None, town_id=by.town_id, initial={"offices": present})
    if is_post:
        done = respond.tried(
            form, lambda: posts.set_charge(post_id=post.pk, office_ids=form.cleaned_data["offices"], by=by, at=now)
        )
        if done:
            return _back(request, post.account_id, "分管与蹲点已设定。")
    return respond.screen(request, "people/charge.html", {"form": form, "post": post})


def _back(request: Request, account_id: int, told: str) -> HttpResponse:
    return respond.done(request, reverse("people_account", args=[account_id]), told)
