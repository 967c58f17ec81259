"""Naming a post, ending one, setting what is in a leader's charge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qinqing.kernel import clock
from qinqing.people import reads as people
from qinqing.people.actions import posts
from qinqing.people.rights import RIGHTS, Right
from qinqing.people.words import KINDS_OF_ROLE, Role
from qinqing.web import who
from qinqing.web.people.forms import ChargeForm, EndForm, PostForm, tried


@never_cache
def name(request: HttpRequest, account_id: int) -> HttpResponse:
    """Name an account a post."""
    by, now = who.acting(request, Right.GRANT_POSTS), clock.now()
    account = people.account_in(by.town_id, account_id)
    form = PostForm(request.POST or None, town_id=by.town_id, today=now.date())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = tried(
            form,
            lambda: posts.name_post(
                account_id=account.pk,
                office_id=given["office"],
                role=given["role"],
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                by=by,
                at=now,
            ),
        )
        if done:
            return _back(request, account.pk, "岗位已授予。")
    duties = [(role.label, RIGHTS[role].sentence) for role in KINDS_OF_ROLE]
    context = {"form": form, "account": account, "duties": duties}
    return render(request, "people/post.html", context, status=422 if form.is_bound else 200)


@never_cache
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a post on a day."""
    by, now = who.acting(request, Right.GRANT_POSTS), clock.now()
    post = people.post_in(by.town_id, post_id)
    form = EndForm(request.POST or None, initial={"ends_on": now.date()})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["ends_on"]
        if tried(form, lambda: posts.end_post(post_id=post.pk, ends_on=last, by=by, at=now)):
            return _back(request, post.account_id, "岗位已终止。")
    context = {"form": form, "post": post, "role": Role.label_of(post.role)}
    return render(request, "people/post_end.html", context, status=422 if form.is_bound else 200)


@never_cache
def charge(request: HttpRequest, post_id: int) -> HttpResponse:
    """Set what is in a leader's charge."""
    by, now = who.acting(request, Right.GRANT_POSTS), clock.now()
    post = people.post_in(by.town_id, post_id)
    present = [office.pk for office in post.in_charge_of.all()]
    is_post = request.method == "POST"  # nothing ticked is an answer too: request.POST alone would look like no answer
    form = ChargeForm(request.POST if is_post else None, town_id=by.town_id, initial={"offices": present})
    if is_post and form.is_valid():
        wanted = form.cleaned_data["offices"]
        if tried(form, lambda: posts.set_charge(post_id=post.pk, office_ids=wanted, by=by, at=now)):
            return _back(request, post.account_id, "分管与蹲点已设定。")
    return render(request, "people/charge.html", {"form": form, "post": post}, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, account_id: int, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reverse("people_account", args=[account_id]))
