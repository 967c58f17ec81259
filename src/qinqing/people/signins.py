"""The access log: every attempt to sign in, the lockout that counts them, and the browsers that are signed in.

Kept beside the ledger, not in it: attempts come from anybody and in any number, and are deleted after `KEPT`.

Source: domain §9.2 身份鉴别、安全审计.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db.models import Q

from qinqing.people.models import Account, OpenSession, SignInTry
from qinqing.people.words import Outcome

WINDOW = timedelta(minutes=15)
"""Wrong tries count this long, and a lock holds this long after the last of them."""
LIMITS = (("username", "ip"), 5), (("username",), 20), (("ip",), 100)
"""How many wrong tries within the window lock what: a name at one place, a name anywhere, a place (town halls share one)."""
KEPT = timedelta(days=3 * 365)
"""How long attempts are kept; the law asks for a year."""

_WRONG = (Outcome.WRONG.value, Outcome.WRONG_CODE.value, Outcome.TRYING.value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from."""

    ip: str
    agent: str = ""


def begin_try(username: str, place: Place, at: datetime) -> SignInTry:
    """Write down an attempt before its password is looked at, so that a hundred at once cannot all be the first.

    The outcome is `LOCKED` if it may not go on (`wait` says how long), else `TRYING` until `settle`.
    """
    name = clean_name(username)
    account = Account.objects.filter(username=name).first()
    known_as = name if account else _unknown(name)
    attempt = SignInTry.objects.create(
        at=at, outcome=Outcome.TRYING.value, username=known_as, account=account, ip=place.ip, agent=place.agent[:200]
    )
    if _locked_until(known_as, place.ip, at, besides=attempt.pk):
        settle(attempt, Outcome.LOCKED)
    return attempt


def settle(attempt: SignInTry, outcome: Outcome) -> None:
    """Write down what came of an attempt."""
    attempt.outcome = outcome.value
    attempt.save(update_fields=["outcome"])


def note(account: Account, outcome: Outcome, place: Place, at: datetime) -> None:
    """Write down something else about a sign-in: a wrong code, a sign-out."""
    SignInTry.objects.create(
        at=at, outcome=outcome.value, username=account.username, account=account, ip=place.ip, agent=place.agent[:200]
    )


def wait(attempt: SignInTry, at: datetime) -> int:
    """Return how many minutes (rounded up, at least 1) until another attempt like this one may be made."""
    until = _locked_until(attempt.username, attempt.ip, at, besides=attempt.pk) or at
    return max(1, ceil((until - at).total_seconds() / 60))


def is_locked(account: Account, at: datetime) -> bool:
    """Say whether the account is locked at any place."""
    places = SignInTry.objects.filter(username=account.username, at__gt=at - WINDOW, outcome__in=_WRONG)
    return any(_locked_until(account.username, ip, at) for ip in set(places.values_list("ip", flat=True)))


def clean_name(username: str) -> str:
    """Return a user name as accounts store it, however it was typed; at most 80 characters."""
    return username.strip().lower()[:80]


def _unknown(name: str) -> str:
    """Return what stands for a name no account has: people type passwords into the wrong box, so never the name itself."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"sign-in:{name}".encode(), hashlib.sha256).hexdigest()
    return f"?{digest[:24]}"


def _locked_until(username: str, ip: str, at: datetime, besides: int = 0) -> datetime | None:
    """Return when the lock on this name at this place ends, None if there is none."""
    ends = [_full(fields, limit, {"username": username, "ip": ip}, at, besides) for fields, limit in LIMITS]
    return max((end for end in ends if end), default=None)


def _full(fields: tuple[str, ...], limit: int, known: dict[str, str], at: datetime, besides: int) -> datetime | None:
    rows = SignInTry.objects.filter(**{field: known[field] for field in fields}).exclude(pk=besides)
    since = max(at - 2 * WINDOW, _forgiven(fields, known) or at - 2 * WINDOW)
    wrong = list(
        rows.filter(outcome__in=_WRONG, at__gt=since, at__lte=at).order_by("-at").values_list("at", flat=True)[:limit]
    )
    if len(wrong) < limit or wrong[0] - wrong[-1] > WINDOW:
        return None
    end: datetime = wrong[0] + WINDOW
    return end if at < end else None


def _forgiven(fields: tuple[str, ...], known: dict[str, str]) -> datetime | None:
    """Return since when wrong tries count afresh.

    An administrator's unlocking forgives a name everything. A success forgives the name at that place only; it never
    forgives the place, whose user may be guessing others' passwords between his own successes.
    """
    if "username" not in fields:
        return None
    clean = Q(outcome=Outcome.UNLOCKED.value)
    if "ip" in fields:
        clean |= Q(outcome=Outcome.OK.value, ip=known["ip"])
    rows = SignInTry.objects.filter(clean, username=known["username"])
    return rows.order_by("-at").values_list("at", flat=True).first()


def open_session(account: Account, key: str, place: Place, at: datetime, *, only_one: bool) -> list[str]:
    """Note a browser that has signed in and return the keys of the account's other sessions if only one may stay."""
    others: list[str] = []
    if only_one:
        former = OpenSession.objects.filter(account=account).exclude(key=key)
        others = list(former.values_list("key", flat=True))
        former.delete()
    OpenSession.objects.update_or_create(
        key=key,
        defaults={"account": account, "started_at": at, "seen_at": at, "ip": place.ip, "agent": place.agent[:200]},
    )
    return others


def touch_session(key: str, at: datetime) -> None:
    """Note that a browser was used; the door calls this at most once a minute."""
    OpenSession.objects.filter(key=key).update(seen_at=at)


def rename_session(old: str, new: str) -> None:
    """Follow a session to its new key."""
    OpenSession.objects.filter(key=old).update(key=new)


def close_session(key: str) -> None:
    """Forget a browser that signed out."""
    OpenSession.objects.filter(key=key).delete()


def sessions_of(account: Account) -> list[OpenSession]:
    """Return the browsers signed in with an account, last used first."""
    return list(OpenSession.objects.filter(account=account).order_by("-seen_at"))


def session_of(account: Account, session_id: int) -> OpenSession | None:
    """Return one of the account's own browsers."""
    return OpenSession.objects.filter(account=account, pk=session_id).first()


def log(town_id: int, *, before: int = 0, username: str = "", limit: int = 50) -> list[SignInTry]:
    """Return a town's attempts, newest first, from below id `before`; those on unknown names are every town's."""
    rows = SignInTry.objects.select_related("account").filter(Q(account__town_id=town_id) | Q(account__isnull=True))
    if before:
        rows = rows.filter(pk__lt=before)
    if username:
        rows = rows.filter(username=clean_name(username))
    return list(rows.order_by("-pk")[:limit])


def tidy(at: datetime) -> int:
    """Delete attempts older than `KEPT` and browsers unused for a month; return how many rows went. For the daily work."""
    old, _ = SignInTry.objects.filter(at__lt=at - KEPT).delete()
    gone, _ = OpenSession.objects.filter(seen_at__lt=at - timedelta(days=31)).delete()
    return old + gone
