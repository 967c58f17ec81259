"""Making, changing, disabling accounts and their passwords. Nothing here says what a person may do: posts do."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.people import facts, reads, rights
from qinqing.people.actions.posts import require_another_clerk
from qinqing.people.models import Account, PasswordHistory, Town
from qinqing.people.passwords import KEPT, require_good
from qinqing.people.rights import Right
from qinqing.people.words import Role

_USERNAME = re.compile(r"[a-z0-9\u4e00-\u9fff][a-z0-9\u4e00-\u9fff._@-]{1,39}")


def add_account(
    *, username: str, name: str, password: str | None, by: Actor, at: datetime, email: str = "", is_demo: bool = False
) -> Account:
    """Make an account in the actor's town; it carries no rights until a post is named.

    With a password, its holder must change it when he first signs in. Without one nobody can sign in with it by password
    (demo accounts, or until one is set).

    Raises:
        NotAllowed: `by` may not manage accounts.
        Refused: user name or name are not usable, the user name is taken, the password is weak.
    """
    with transaction.atomic():
        rights.require(by, Right.MANAGE_ACCOUNTS)
        return _add(username, name, password, email, is_demo=is_demo, by=by, at=at)


def add_contact_account(
    *, username: str, name: str, password: str | None, by: Actor, at: datetime, email: str = "", is_demo: bool = False
) -> Account:
    """Make an account for an enterprise's contact; the same rules, but the hub may do it.

    Raises:
        NotAllowed: `by` may not open contact accounts.
        Refused: as in `add_account`.
    """
    with transaction.atomic():
        rights.require(by, Right.OPEN_CONTACT_ACCOUNT)
        return _add(username, name, password, email, is_demo=is_demo, by=by, at=at)


def edit_account(*, account_id: int, name: str, email: str, by: Actor, at: datetime) -> Account:
    """Change the name and e-mail of an account.

    Raises:
        NotAllowed, NotFound, Refused: as in `add_account`.
    """
    with transaction.atomic():
        account = take(account_id, by)
        rights.require(by, Right.MANAGE_ACCOUNTS)
        old_name = account.name
        account.name, account.email = _good_name(name), clean(email)
        account.save(update_fields=["name", "email"])
        tell(facts.AccountEdited, account, by, at, old_name=old_name)
    return account


def disable_account(*, account_id: int, by: Actor, at: datetime, reason: str = "") -> Account:
    """Shut an account: nobody signs in with it, every session ends at once. Its history stays.

    Raises:
        NotAllowed: `by` may not manage accounts.
        NotFound: no such account in the actor's town.
        Refused: it is one's own, it is shut already, or it belongs to the hub's last named person.

    Source: 二(二)0-3.
    """
    with transaction.atomic():
        Town.objects.select_for_update().filter(pk=by.town_id).first()  # two last clerks must not be shut at once
        account = take(account_id, by)
        rights.require(by, Right.MANAGE_ACCOUNTS)
        if account.pk == by.account_id:
            raise Refused("not_himself", "不能停用自己的账号。")
        if not account.is_active:
            raise Refused("already_disabled", "这个账号已经停用。")
        if any(post.role == Role.HUB_CLERK for post in reads.posts_of(account, at.date())):
            require_another_clerk(account.town_id, on=at.date(), without_account=account.pk)
        account.is_active = False
        account.session_epoch += 1
        account.save(update_fields=["is_active", "session_epoch"])
        account.open_sessions.all().delete()
        tell(facts.AccountDisabled, account, by, at, reason=clean(reason)[:100])
    return account


def enable_account(*, account_id: int, by: Actor, at: datetime) -> Account:
    """Open a disabled account again; its posts apply as dated.

    Raises:
        NotAllowed: `by` may not manage accounts.
        NotFound: no such account in the actor's town.
        Refused: it is open.
    """
    with transaction.atomic():
        account = take(account_id, by)
        rights.require(by, Right.MANAGE_ACCOUNTS)
        if account.is_active:
            raise Refused("not_disabled", "这个账号没有停用。")
        account.is_active = True
        account.save(update_fields=["is_active"])
        tell(facts.AccountEnabled, account, by, at)
    return account


def set_password(*, account_id: int, password: str, by: Actor, at: datetime) -> Account:
    """Give an account a new password for its holder to change at the next sign-in; every session of it ends.

    The hub may do this for accounts that never held a post (contacts of enterprises).

    Raises:
        NotAllowed: `by` may not manage this account, or it is his own (he changes that with `change_password`).
        NotFound: no such account in the actor's town.
        Refused: the password is weak.
    """
    with transaction.atomic():
        account = take(account_id, by)
        if not (rights.may(by.post, Right.OPEN_CONTACT_ACCOUNT) and not account.posts.exists()):
            rights.require(by, Right.MANAGE_ACCOUNTS)
        if account.pk == by.account_id:
            raise NotAllowed("自己的密码请在“我的账号”里修改。", code="not_himself")
        _change(account, password, at, must_change=True)
        tell(facts.PasswordSet, account, by, at)
    return account


def change_password(*, account_id: int, password: str, by: Actor, at: datetime) -> Account:
    """Change one's own password; every other session of the account ends. The door has checked the present one.

    Raises:
        NotAllowed: it is not the actor's own account.
        Refused: the password is weak or was used lately.
    """
    with transaction.atomic():
        account = _take_own(account_id, by)
        _change(account, password, at, must_change=False)
        tell(facts.PasswordChanged, account, by, at)
    return account


def _add(
    username: str, name: str, password: str | None, email: str, *, is_demo: bool, by: Actor, at: datetime
) -> Account:
    account = Account(
        town_id=by.town_id,
        username=clean(username).lower(),
        name=_good_name(name),
        email=clean(email),
        is_demo=is_demo,
        must_change_password=password is not None,
        created_at=at,
    )
    if not _USERNAME.fullmatch(account.username):
        raise Refused(
            "username_bad",
            "用户名为2至40位，可用小写字母、数字、中文和 . _ @ -，不能以符号开头，不含空格。",
            field="username",
        )
    if Account.objects.filter(username=account.username).exists():
        raise Refused("username_taken", f"用户名“{account.username}”已有人用，请换一个。", field="username")
    if password is None:
        account.set_unusable_password()
    else:
        require_good(password, account)
        account.set_password(password)
        account.password_changed_at = at
    account.save()
    tell(facts.AccountAdded, account, by, at)
    return account


def _good_name(raw: str) -> str:
    """Return a person's name as stored: one line of 1 to 40 characters."""
    name = " ".join(clean(raw).split())
    if not 1 <= len(name) <= 40:
        raise Refused("name_bad", "请填写姓名，最多40个字。", field="name")
    return name


def _change(account: Account, password: str, at: datetime, *, must_change: bool) -> None:
    """Set a password that keeps the rules and put the former one on the list of those that may not come back."""
    require_good(password, account)
    if account.has_usable_password():
        PasswordHistory.objects.create(account=account, encoded=account.password, at=at)
        kept = account.old_passwords.order_by("-at", "-pk").values_list("pk", flat=True)[:KEPT]
        account.old_passwords.exclude(pk__in=list(kept)).delete()
    account.set_password(password)
    account.must_change_password, account.password_changed_at = must_change, at
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    account.open_sessions.all().delete()


def take(account_id: int, by: Actor) -> Account:
    """Lock an account of the actor's town, or answer as if it did not exist."""
    found = Account.objects.select_for_update().filter(pk=account_id, town_id=by.town_id).first()
    if found is None:
        raise NotFound("没有这个账号。", code="account_not_found")
    return found


def _take_own(account_id: int, by: Actor) -> Account:
    if account_id != by.account_id:
        raise NotAllowed("只能修改自己的账号。")
    return take(account_id, by)


def tell(fact: type[facts.OnAccount], account: Account, by: Actor, at: datetime, **more: Any) -> None:
    """Record one fact about an account in its town's book."""
    told = fact(username=account.username, name=account.name, **more)
    ledger.record(told, book=by.book, on=("account", account.pk), label=account.name, by=by, at=at)
