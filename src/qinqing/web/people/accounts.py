"""The list of accounts, and making one."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from qinqing.kernel import clock
from qinqing.people import passwords, rules
from qinqing.people import reads as people
from qinqing.people.actions import accounts
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.people.forms import NewPersonForm

if TYPE_CHECKING:
    from qinqing.people.models import Account

DORMANT = timedelta(days=90)
"""Unused this long, an account is shown as such: rights are reviewed every quarter. Source: domain §9.2 访问控制."""
PAGE = 50


@screen(Right.MANAGE_ACCOUNTS, Right.GRANT_POSTS)
def listing(request: Request) -> HttpResponse:
    """Show the town's accounts, fifty at a time, found by name or user name."""
    by, now, words = request.actor, clock.now(), asked.words(request, "q", 40)
    found = people.accounts(by.town_id, words=words, after=asked.number(request, "after"), limit=PAGE + 1)
    context = {
        "rows": [shown(account, now) for account in found[:PAGE]],
        "more": f"?{urlencode({'q': words, 'after': found[PAGE - 1].pk})}" if len(found) > PAGE else "",
        "q": words,
        "may_add": may(by.post, Right.MANAGE_ACCOUNTS),
    }
    return respond.screen(request, "people/accounts.html", context)


@never_cache
@screen(Right.MANAGE_ACCOUNTS)
def add(request: Request) -> HttpResponse:
    """Make an account and show its first password this one time."""
    by = request.actor
    form = NewPersonForm(request.POST or None)
    if request.method == "POST":
        password = passwords.fresh()
        made = respond.tried(
            form, lambda: accounts.add_account(**form.cleaned_data, password=password, by=by, at=clock.now())
        )
        if made:
            context = {"account": made, "password": password, "is_new": True}
            return respond.screen(request, "people/password.html", context)
    return respond.screen(request, "people/add.html", {"form": form})


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
