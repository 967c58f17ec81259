"""How passwords are kept, and their rules as Django validators in 中文: length, classes, user name, the last five.

Source: domain §9.2 身份鉴别.
"""

import re
import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from qinqing.kernel.errors import Refused

if TYPE_CHECKING:
    from qinqing.people.models import Account

_CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z0-9]"))
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LONGEST = 128
"""Longer input is refused before it is hashed: hashing megabytes would be a way to stall the server."""
KEPT = 5
"""How many former passwords may not come back."""


class Hasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB: as hard to guess as Django's 100 MiB needs to be, and forty people may sign in at once."""

    memory_cost = 47_104
    parallelism = 1


class LengthValidator:
    """At least `shortest` characters, at most `LONGEST`."""

    def __init__(self, shortest: int = 10) -> None:
        self.shortest = shortest

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when too short or too long."""
        if len(password) < self.shortest:
            raise ValidationError(f"密码至少{self.shortest}位，现在是{len(password)}位。", code="password_too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"密码最长{LONGEST}位。", code="password_too_long")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"至少{self.shortest}位。"


class ClassesValidator:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when fewer than three classes occur."""
        if sum(bool(one.search(password)) for one in _CLASSES) < 3:
            raise ValidationError("密码须含小写字母、大写字母、数字、符号中的至少三类。", code="password_too_plain")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "小写字母、大写字母、数字、符号，至少三类。"


class UserNameValidator:
    """Neither the user name nor its reverse inside the password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when the user name (of three characters or more) occurs in it."""
        name = (getattr(user, "username", "") or "").lower()
        if len(name) >= 3 and (name in password.lower() or name[::-1] in password.lower()):
            raise ValidationError("密码里不能含有用户名。", code="password_has_username")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "不含用户名。"


class CommonValidator(CommonPasswordValidator):
    """Not one of the twenty thousand most used passwords (Django's list)."""

    def get_error_message(self) -> str:
        """Say it in 中文, whatever language is active (the command line has none)."""
        return "这个密码太常见，容易被猜中，请换一个。"

    def get_help_text(self) -> str:
        """Say the rule."""
        return "不是常见密码。"


class HistoryValidator:
    """None of the last `KEPT` passwords of this account, the present one included."""

    def validate(self, password: str, user: "Account | None" = None) -> None:
        """Raise `ValidationError` when the password was used lately."""
        if user is None or user.pk is None:
            return
        former = list(user.old_passwords.order_by("-at", "-pk").values_list("encoded", flat=True)[: KEPT - 1])
        if any(check_password(password, encoded) for encoded in (user.password, *former)):
            raise ValidationError(f"不能与最近{KEPT}次用过的密码相同。", code="password_used_before")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"与最近{KEPT}次用过的不同。"


def require_good(password: str, account: "Account") -> None:
    """Let pass only a password that keeps every rule.

    Raises:
        Refused: naming every rule it breaks, beside the field `password`.
    """
    try:
        validate_password(password, account)
    except ValidationError as broken:
        raise Refused("password_weak", "".join(broken.messages), field="password") from None


def fresh() -> str:
    """Return a new random password that keeps the rules and can be read out on the telephone: three groups of four, ≈ 65 bits."""
    while True:
        groups = ["".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3)]
        password = "-".join(groups)
        if all(one.search(password) for one in _CLASSES):
            return password
