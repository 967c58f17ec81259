"""The forms of signing in, in 中文 and with the hints phones need (keyboard, password manager, one-time code)."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from qinqing.kernel import clock
from qinqing.people import signins
from qinqing.people.passwords import LONGEST
from qinqing.people.words import Outcome
from qinqing.web.account import session
from qinqing.web.account.place import place


def password_field(label: str, autocomplete: str) -> forms.CharField:
    """Return a field for a password: never shown again, never trimmed, never so long that hashing it stalls us."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"请输入{label}。", "max_length": f"密码最长{LONGEST}位。"},
    )


def _code_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": "请输入动态口令。", "max_length": "动态口令为6位数字。"},
    )


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="用户名",
            max_length=80,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
            ),
            error_messages={"required": "请输入用户名。", "max_length": "用户名没有这么长。"},
        )
        self.fields["password"] = password_field("密码", "current-password")
        self.order_fields(["login", "password"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the one-time code or into the system."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        session.keep(request)
        return response


class AgainForm(ReauthenticateForm):
    """The password once more, before something that must not be done from a borrowed screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field("密码", "current-password")


class CodeForm(AuthenticateForm):
    """The one-time code, or a recovery code, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("动态口令或恢复码")

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        signins.note(self.user, Outcome.WRONG_CODE, place(context.request), clock.now())


class CodeAgainForm(ReauthenticateByCodeForm):
    """The one-time code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("动态口令或恢复码")


class BindForm(ActivateTOTPForm):
    """The first code of a phone that has just scanned the square."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field("手机上显示的6位数字")
