"""The list of accounts, and making one."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from qinqing.kernel import clock
from qinqing.kernel.text import clean
from qinqing.people import passwords, rules
from qinqing.people import reads as people
from qinqing.people.actions import accounts
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.web import who
from qinqing.web.people.forms import NewPersonForm, tried

if TYPE_CHECKING:
    from qinqing.people.models import Account

DORMANT = timedelta(days=90)
"""Unused this long, an account is shown as such: rights are reviewed every quarter. Source: domain §9.2 访问控制."""
PAGE = 50


def listing(request: HttpRequest) -> HttpResponse:
    """Show the town's accounts, fifty at a time, found by name or user name."""
    by = who.acting(request, Right.MANAGE_ACCOUNTS, Right.GRANT_POSTS)
    now, words = clock.now(), clean(request.GET.get("q", ""))[:40]
    after = request.GET.get("after", "")
    found = people.accounts(
        by.town_id, words=words, after=int(after) if after.isdecimal() and len(after) < 19 else 0, limit=PAGE + 1
    )
    context = {
        "rows": [shown(account, now) for account in found[:PAGE]],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        "q": words,
        "may_add": may(by.post, Right.MANAGE_ACCOUNTS),
    }
    return render(request, "people/accounts.html", context)


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Make an account and show its first password this one time."""
    by = who.acting(request, Right.MANAGE_ACCOUNTS)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = passwords.fresh()
        made = tried(form, lambda: accounts.add_account(**form.cleaned_data, password=password, by=by, at=clock.now()))
        if made:
            return render(request, "people/password.html", {"account": made, "password": password, "is_new": True})
    return render(request, "people/add.html", {"form": form}, status=422 if form.is_bound else 200)


def shown(account: "Account", now: datetime) -> dict[str, Any]:
    """Return an account as a row of the list."""
    held = [
        f"{post.office.name} · {Role.label_of(post.role)}"
        for post in account.posts.all()
        if rules.is_open(post.starts_on, post.ends_on, now.date()) and post.office.is_active
    ]
    used = account.last_login or account.created_at
    return {
        "id": account.pk,
        "name": account.name,
        "username": account.username,
        "posts": held,
        "is_active": account.is_active,
        "last_login": account.last_login,
        "is_new": account.must_change_password,
        "is_dormant": account.is_active and now - used > DORMANT,
    }
