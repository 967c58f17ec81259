"""One account: what it is, its posts, and the presses of the administrator who looks at it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.people import passwords, rights, rules, signins
from qinqing.people import reads as people
from qinqing.people.actions import access, accounts
from qinqing.people.rights import Right
from qinqing.people.words import Role
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.people.accounts import shown
from qinqing.web.people.forms import PersonForm, ShutForm

if TYPE_CHECKING:
    from qinqing.people.models import Account


@never_cache
@screen(Right.MANAGE_ACCOUNTS, Right.GRANT_POSTS)
def sheet(request: Request, account_id: int) -> HttpResponse:
    """Show one account."""
    by = request.actor
    return _sheet(request, by, people.account_in(by.town_id, account_id))


@never_cache
@screen(Right.MANAGE_ACCOUNTS)
def edit(request: Request, account_id: int) -> HttpResponse:
    """Change name and e-mail."""
    by = request.actor
    account = people.account_in(by.town_id, account_id)
    form = PersonForm(request.POST or None, initial={"name": account.name, "email": account.email})
    if request.method == "POST":
        done = respond.tried(
            form, lambda: accounts.edit_account(account_id=account.pk, **form.cleaned_data, by=by, at=clock.now())
        )
        if done:
            return _back(request, account_id, "已保存。")
    return respond.screen(request, "people/edit.html", {"form": form, "account": account})


@require_POST
@screen(Right.MANAGE_ACCOUNTS)
def shut(request: Request, account_id: int) -> HttpResponse:
    """Shut the account."""
    by = request.actor
    form = ShutForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _press(
        request,
        account_id,
        lambda: accounts.disable_account(account_id=account_id, reason=reason, by=by, at=clock.now()),
        "账号已停用，所有登录随即失效。",
    )


@require_POST
@screen(Right.MANAGE_ACCOUNTS)
def reopen(request: Request, account_id: int) -> HttpResponse:
    """Open a shut account again."""
    by = request.actor
    return _press(
        request,
        account_id,
        lambda: accounts.enable_account(account_id=account_id, by=by, at=clock.now()),
        "账号已恢复。",
    )


@require_POST
@screen(Right.MANAGE_ACCOUNTS)
def unlock(request: Request, account_id: int) -> HttpResponse:
    """Lift the lock of too many wrong tries."""
    by = request.actor
    return _press(
        request,
        account_id,
        lambda: access.unlock_account(account_id=account_id, by=by, at=clock.now()),
        "已解锁，本人可以马上登录。",
    )


@require_POST
@screen(Right.MANAGE_ACCOUNTS)
def clear_second_factor(request: Request, account_id: int) -> HttpResponse:
    """Remove a lost second factor."""
    by = request.actor
    return _press(
        request,
        account_id,
        lambda: access.clear_second_factor(account_id=account_id, by=by, at=clock.now()),
        "已清除动态口令，本人下次登录时重新绑定。",
    )


@never_cache
@require_POST
@screen(Right.MANAGE_ACCOUNTS)
def reset_password(request: Request, account_id: int) -> HttpResponse:
    """Give the account a new password and show it this one time."""
    by = request.actor
    password = passwords.fresh()
    try:
        account = accounts.set_password(account_id=account_id, password=password, by=by, at=clock.now())
    except NotAllowed as refusal:
        return _refused(request, by, account_id, refusal)
    return respond.screen(request, "people/password.html", {"account": account, "password": password, "is_new": False})


def _press(request: Request, account_id: int, act: Callable[[], "Account"], told: str) -> HttpResponse:
    """Do one thing to the account and come back to its sheet, with what was done or why it was not."""
    by = request.actor
    try:
        act()
    except NotFound:
        raise
    except Refused as refusal:
        return _refused(request, by, account_id, refusal)
    return _back(request, account_id, told)


def _refused(request: Request, by: Actor, account_id: int, refusal: Refused) -> HttpResponse:
    account = people.account_in(by.town_id, account_id)
    return _sheet(request, by, account, refusal=refusal.sentence, status=refusal.status)


def _back(request: Request, account_id: int, told: str) -> HttpResponse:
    return respond.done(request, reverse("people_account", args=[account_id]), told)


def _sheet(request: Request, by: Actor, account: "Account", *, refusal: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    manages = rights.may(by.post, Right.MANAGE_ACCOUNTS)
    context = {
        "account": account,
        "row": shown(account, now),
        "posts": [
            {
                "id": post.pk,
                "office": post.office.name,
                "role": Role.label_of(post.role),
                "since": post.starts_on,
                "until": post.ends_on,
                "is_open": rules.is_open(post.starts_on, post.ends_on, now.date()),
                "has_ended": post.ends_on is not None and post.ends_on < now.date(),
                "is_leader": post.role == Role.LEADER,
                "charge": [office.name for office in post.in_charge_of.all()],
            }
            for post in account.posts.all()
        ],
        "is_self": account.pk == by.account_id,
        "is_locked": signins.is_locked(account, now),
        "has_second_factor": people.has_second_factor(account),
        "manages": manages,
        "grants": rights.may(by.post, Right.GRANT_POSTS),
        "shut_form": ShutForm(),
        "refusal": refusal,
    }
    return respond.screen(request, "people/account.html", context, status=status)
