"""Short ways to go through the door: sign in, compute a code, read a page."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from qinqing.kernel import secrets
from qinqing.people.models import Account
from tests.people.world import GOOD

OTHER = GOOD + "-二"
BAD = "Wrong-Pass-2026"


def settle(account: Account) -> None:
    """Take away the duty to change the password at once, as after the first sign-in."""
    Account.objects.filter(pk=account.pk).update(must_change_password=False)


def sign_in(client: Client, username: str = "wang", password: str = GOOD, to: str = "", **extra: Any) -> Any:
    path = "/sign-in/" + (f"?next={to}" if to else "")
    return client.post(path, {"login": username, "password": password}, **extra)


def code_of(account: Account, at: float) -> str:
    sealed = Authenticator.objects.get(user=account, type="totp").data["secret"]
    return code_from(secrets.unseal(sealed, "second_factor"), at)


def code_from(secret: str, at: float) -> str:
    return format_hotp_value(hotp_value(secret, int(at) // 30))


def inside(client: Client) -> bool:
    """Whether the front door leads on to a page of the system, and not to sign-in or something to do first."""
    answer = client.get("/")
    return answer.status_code == 303 and not answer["Location"].startswith(("/sign-in/", "/account/p", "/account/totp"))


def text(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())
