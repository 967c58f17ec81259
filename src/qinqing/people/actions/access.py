"""Ending sign-ins, lifting locks, and the second factor of an account."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people import facts, rights, signins
from qinqing.people.actions.accounts import take, tell
from qinqing.people.models import Account
from qinqing.people.rights import Right
from qinqing.people.words import Outcome


def end_sessions(*, account_id: int, by: Actor, at: datetime) -> Account:
    """Sign one's account out of every browser, this one included unless the door renews it.

    Raises:
        NotAllowed: it is neither the actor's own account nor may he manage accounts.
    """
    with transaction.atomic():
        account = take(account_id, by)
        if account.pk != by.account_id:
            rights.require(by, Right.MANAGE_ACCOUNTS)
        account.session_epoch += 1
        account.save(update_fields=["session_epoch"])
        account.open_sessions.all().delete()
        tell(facts.SessionsEnded, account, by, at)
    return account


def unlock_account(*, account_id: int, by: Actor, at: datetime) -> Account:
    """Lift the lock that wrong tries put on an account, wherever they came from.

    Raises:
        NotAllowed: `by` may not manage accounts.
        NotFound: no such account in the actor's town.
    """
    with transaction.atomic():
        account = take(account_id, by)
        rights.require(by, Right.MANAGE_ACCOUNTS)
        signins.note(account, Outcome.UNLOCKED, signins.Place("-", by.name), at)
        tell(facts.AccountUnlocked, account, by, at)
    return account


def clear_second_factor(*, account_id: int, by: Actor, at: datetime) -> Account:
    """Remove a lost second factor and its recovery codes; every session ends, the next sign-in leads to enrolment.

    Raises:
        NotAllowed: `by` may not manage accounts, or it is his own (a stolen session must not shed it).
        NotFound: no such account in the actor's town.
    """
    with transaction.atomic():
        account = take(account_id, by)
        rights.require(by, Right.MANAGE_ACCOUNTS)
        if account.pk == by.account_id:
            raise NotAllowed("自己的动态口令须请另一位系统管理员清除。", code="not_himself")
        Authenticator.objects.filter(user_id=account.pk).delete()
        account.session_epoch += 1
        account.save(update_fields=["session_epoch"])
        account.open_sessions.all().delete()
        tell(facts.SecondFactorCleared, account, by, at)
    return account


def tell_second_factor(*, account_id: int, what: str, by: Actor, at: datetime) -> None:
    """Record that a person set up his second factor or drew new recovery codes, in the door's transaction.

    Raises:
        NotAllowed: it is not the actor's own account.
    """
    with transaction.atomic():
        account = take(account_id, by)
        if account.pk != by.account_id:
            raise NotAllowed("只能设置自己的动态口令。")
        tell(facts.SecondFactorSet, account, by, at, what=what)
