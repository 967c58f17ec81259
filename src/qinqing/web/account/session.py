"""What a signed-in browser may do and for how long: idle and absolute limits, and what must be done before anything else.

`guard` is called by the gate on every request of a signed-in person; `start` once, when sign-in is complete.

Source: domain §9.2 身份鉴别.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qinqing.env import env
from qinqing.people import reads as people
from qinqing.people import signins
from qinqing.web import respond, who
from qinqing.web.account.place import place

if TYPE_CHECKING:
    from qinqing.people.models import Account

CONTACT_IDLE = timedelta(days=7)
CONTACT_LONGEST = timedelta(days=30)
"""Owners sign in on their own phone and see their own firm only; officials' limits come from the environment."""
TOUCH = timedelta(seconds=30)
"""How often use is written down: seldom enough to cost nothing, often enough for the shortest idle limit of a minute."""
FRESH = timedelta(minutes=10)
"""How long after sign-in the password need not be typed again to set up the second factor."""

BEGAN, SEEN, STAFF, CODED = "began", "seen", "staff", "coded"
"""Keys in the session: moments in seconds, whether an official's limits apply, whether a one-time code was given."""

WHY = {
    "idle": "您有一段时间没有操作，为安全起见已退出，请重新登录。",
    "long": "登录时间已到上限，请重新登录。",
    "code": "您的账号已启用动态口令，请重新登录并输入动态口令。",
    "everywhere": "已在所有设备上退出。",
    "out": "已退出。",
}
"""What the sign-in page says when a session has ended, by the code in its address."""


def start(request: HttpRequest, account: "Account", at: datetime, *, coded: bool) -> None:
    """Begin the limits of a session that has just signed in, and choose the post if there is only one."""
    posts = people.posts_of(account, at.date())
    session = request.session
    session[BEGAN] = session[SEEN] = at.timestamp()
    session[STAFF], session[CODED] = bool(posts), coded
    session.pop(who.POST, None)
    if len(posts) == 1:
        session[who.POST] = posts[0].pk
    who.forget(request)
    keep(request)
    only_one = env.one_session and bool(posts)
    for key in signins.open_session(account, cast("str", session.session_key), place(request), at, only_one=only_one):
        SessionStore(key).delete()


def keep(request: HttpRequest) -> None:
    """Let an official's cookie end with the browser window; an owner's phone stays signed in."""
    request.session.set_expiry(0 if request.session.get(STAFF, True) else settings.SESSION_COOKIE_AGE)


def guard(request: HttpRequest, at: datetime) -> HttpResponse | None:
    """Return what a signed-in person gets instead of the page he asked for, or None to let him pass.

    A session past its limits is ended. Before anything else a person changes a password that must be changed, sets up
    the second factor where it is required, and says from which post he acts.
    """
    account = cast("Account", request.user)
    if BEGAN not in request.session:
        start(request, account, at, coded=False)
    why = _over(request, account, at)
    if why:
        leave(request)
        return to_sign_in(request, why)
    _touch(request, at)
    name, *along = _detour(request, account, at)
    if not name or request.path in {reverse(each) for each in (name, *along, "account_logout")}:
        return None
    return respond.go(request, reverse(name))


def is_open(request: HttpRequest, at: datetime) -> bool:
    """Say whether a signed-in browser may act now, without prolonging its session: for calls that a page makes by itself."""
    if not request.user.is_authenticated or BEGAN not in request.session:
        return False
    account = request.user
    return not _over(request, account, at) and _detour(request, account, at) == ("",)


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Say whether this person signed in within the last few minutes."""
    return bool(at.timestamp() - request.session.get(BEGAN, 0) < FRESH.total_seconds())


def leave(request: HttpRequest) -> None:
    """Sign this browser out and forget it."""
    if request.session.session_key:
        signins.close_session(request.session.session_key)
    logout(request)
    who.forget(request)


def end(key: str) -> None:
    """Sign another browser out."""
    SessionStore(key).delete()
    signins.close_session(key)


def to_sign_in(request: HttpRequest, why: str = "") -> HttpResponse:
    """Return the way to the sign-in page and back to the page that was asked for."""
    query = {"why": why} if why else {}
    if request.method == "GET" and not respond.by_htmx(request) and request.path != "/":
        query["next"] = request.get_full_path()
    return respond.go(request, reverse("account_login") + (f"?{urlencode(query)}" if query else ""))


def _over(request: HttpRequest, account: "Account", at: datetime) -> str:
    """Return why this session has ended, a key of `WHY`, or ""."""
    now, session = at.timestamp(), request.session
    official = session.get(STAFF, True)
    idle = timedelta(minutes=env.idle_minutes) if official else CONTACT_IDLE
    longest = timedelta(hours=env.session_hours) if official else CONTACT_LONGEST
    if now - session[SEEN] >= idle.total_seconds():
        return "idle"
    if now - session[BEGAN] >= longest.total_seconds():
        return "long"
    if _needs_code(request, account) and people.has_second_factor(account):
        return "code"  # set up in another browser meanwhile: this one has never shown it
    return ""


def _touch(request: HttpRequest, at: datetime) -> None:
    if at.timestamp() - request.session[SEEN] >= TOUCH.total_seconds():
        request.session[SEEN] = at.timestamp()
        signins.touch_session(cast("str", request.session.session_key), at)


def _needs_code(request: HttpRequest, account: "Account") -> bool:
    """Say whether the second factor is still owed. Invented people sign in by one click and have none."""
    session = request.session
    return (
        env.require_totp
        and session.get(STAFF, True)
        and not session.get(CODED)
        and not (account.is_demo and env.is_demo)
    )


def _detour(request: HttpRequest, account: "Account", at: datetime) -> tuple[str, ...]:
    """Return the names of the page to visit first and of those that belong to it, ("",) if none."""
    if account.must_change_password or is_aged(request, account, at):
        return ("account_change_password",)
    if _needs_code(request, account):
        return ("mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate")
    if who.actor(request) is None:
        return ("account_posts", "account_home", "mfa_view_recovery_codes")
    return ("",)


def is_aged(request: HttpRequest, account: "Account", at: datetime) -> bool:
    """Say whether an official's password is older than the town allows (QINQING_PASSWORD_DAYS)."""
    if not env.password_days or not request.session.get(STAFF, True) or account.password_changed_at is None:
        return False
    return at - account.password_changed_at >= timedelta(days=env.password_days)
