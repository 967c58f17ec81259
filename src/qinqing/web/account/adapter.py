"""Where django-allauth asks us: counting wrong tries, starting and ending sessions, sealing secrets, saying it in 中文."""

from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from qinqing.kernel import clock, secrets
from qinqing.people import signins
from qinqing.people.words import Outcome
from qinqing.web.account import session
from qinqing.web.account.place import place

if TYPE_CHECKING:
    from qinqing.people.models import Account

_TOTP = "second_factor"


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "这个账号已停用，请找本镇系统管理员。",
        "enter_current_password": "请输入现在的密码。",
        "incorrect_code": "动态口令不对，请等它变化后再输一次。",
        "incorrect_password": "密码不对。",
        "invalid_login": "用户名或密码不对。",
        "rate_limited": "操作太频繁，请过几分钟再试。",
        "too_many_login_attempts": "动态口令连续输错5次，为保护账号请15分钟后再试。",
        "username_password_mismatch": "用户名或密码不对。连续错5次将暂停登录15分钟。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by the town."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Do nothing: `authenticate` counts, with the waiting time and an administrator's way to unlock."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> "Account | None":
        """Check a password, counted and logged; the answer and its time are alike for names that do not exist.

        Raises:
            ValidationError: too many wrong tries; it says how long to wait.
        """
        at = clock.now()
        attempt = signins.begin_try(str(credentials.get("username", "")), place(request), at)
        if attempt.outcome == Outcome.LOCKED:
            minutes = signins.wait(attempt, at)
            raise ValidationError(
                f"密码连续输错次数过多，为保护账号已暂停登录，请{minutes}分钟后再试。急用请找本镇系统管理员解锁。",
                code="locked",
            )
        account = cast("Account | None", super().authenticate(request, **credentials))
        if account is None:
            signins.settle(attempt, Outcome.WRONG)
        else:
            signins.settle(attempt, Outcome.PASSWORD_OK if account.is_active else Outcome.DISABLED)
        return account

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Begin the session's limits once password and code have been given."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        account, at = cast("Account", user), clock.now()
        coded = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        signins.note(account, Outcome.OK, place(request), at)
        session.start(request, account, at, coded=coded)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign this browser out, log it and forget it."""
        if request.user.is_authenticated:
            signins.note(request.user, Outcome.SIGNED_OUT, place(request), clock.now())
        session.leave(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again unless it was typed a few minutes ago."""
        return not session.is_fresh(self.request, clock.now())

    def is_safe_url(self, url: str) -> bool:
        """Say whether one may be sent there after signing in: only to a path of this very site."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address the limits count by."""
        return place(request).ip

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing by itself: our pages say what happened where it happened."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """The one-time code: its name in the phone's app, its secret sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "动态口令不对，请等它变化后再输一次；仍不对请核对手机时间。",
        "cannot_generate_recovery_codes": "先绑定动态口令，才有恢复码。",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return what the phone's app shows beside the code."""
        account = cast("Account", user)
        return f"{account.town.name}:{account.username}"

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return secrets.seal(text, _TOTP)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return secrets.unseal(encrypted_text, _TOTP)
