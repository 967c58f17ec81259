"""Everything fetched about towns, offices, posts and accounts. Days are inclusive: a post is open from its first to its last day."""

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people.models import Account, Leave, Office, Post, Town
from qinqing.people.words import Role


def towns() -> list[Town]:
    """Return every town, in the order they were set up."""
    return list(Town.objects.order_by("id"))


def town(code: str) -> Town:
    """Return the town with this code.

    Raises:
        NotFound: no such town is installed.
    """
    found = Town.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"没有代码为“{code}”的镇，请先装入它的方案。", code="town_not_found")
    return found


def town_of(town_id: int) -> Town:
    """Return the town with this id.

    Raises:
        NotFound: no such town.
    """
    found = Town.objects.filter(pk=town_id).first()
    if found is None:
        raise NotFound(code="town_not_found")
    return found


def office(office_id: int) -> Office:
    """Return the office with this id, its town fetched along.

    Raises:
        NotFound: no such office.
    """
    found = Office.objects.select_related("town").filter(pk=office_id).first()
    if found is None:
        raise NotFound("没有这个单位。", code="office_not_found")
    return found


def office_by_code(town_id: int, code: str) -> Office:
    """Return a town's office by the plan's code for it.

    Raises:
        NotFound: the town has no such office.
    """
    found = Office.objects.select_related("town").filter(town_id=town_id, code=code).first()
    if found is None:
        raise NotFound(f"没有代码为“{code}”的单位。", code="office_not_found")
    return found


def offices(town_id: int, kinds: Iterable[str] | None = None, *, active: bool = True) -> list[Office]:
    """Return a town's offices in the plan's order, of these kinds only when given; retired ones only with `active=False`."""
    rows = Office.objects.filter(town_id=town_id)
    if kinds is not None:
        rows = rows.filter(kind__in=[str(kind) for kind in kinds])
    if active:
        rows = rows.filter(is_active=True)
    return list(rows)


def office_names(town_id: int) -> dict[int, tuple[str, str]]:
    """Return (name, kind) of a town's active offices, by id."""
    rows = Office.objects.filter(town_id=town_id, is_active=True).order_by()
    return {key: (name, kind) for key, name, kind in rows.values_list("pk", "name", "kind")}


def _open(on: date) -> QuerySet[Post]:
    """Return the posts that are open on a day, at active offices, of active accounts."""
    return (
        Post.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            starts_on__lte=on,
            account__is_active=True,
            office__is_active=True,
        )
        .select_related("account", "office", "office__town")
        .order_by("id")
    )


def posts_of(account: Account | int, on: date) -> list[Post]:
    """Return the posts an account holds on a day."""
    account_id = account if isinstance(account, int) else account.pk
    return list(_open(on).filter(account_id=account_id))


def post_of(account: Account | int, post_id: int, on: date) -> Post | None:
    """Return this post if the account holds it on that day, else None. One query: it is asked on every request."""
    account_id = account if isinstance(account, int) else account.pk
    return _open(on).filter(pk=post_id, account_id=account_id).first()


def with_posts(account_id: int, on: date) -> Account | None:
    """Return an account that may sign in, with the posts it holds on a day in `held`. One query if it holds any, else two."""
    posts = posts_of(account_id, on)
    found = posts[0].account if posts else Account.objects.filter(pk=account_id, is_active=True).first()
    if found is not None:
        found.held = posts
    return found


def people_of(office_id: int, roles: Iterable[Role] | None, on: date) -> list[Post]:
    """Return who sits at an office on a day, in these roles only when given (`post.account` is the person)."""
    rows = _open(on).filter(office_id=office_id)
    return list(rows if roles is None else rows.filter(role__in=[str(role) for role in roles]))


def names_of(office_id: int, roles: Iterable[Role], on: date) -> dict[int, str]:
    """Return who sits at an office in one of these roles on a day: names by account."""
    rows = _open(on).filter(office_id=office_id, role__in=[str(role) for role in roles])
    return dict(rows.values_list("account_id", "account__name"))


def staffed(town_id: int, roles: Iterable[Role], on: date) -> set[int]:
    """Return the offices of a town where somebody in one of these roles is at his post on a day."""
    rows = _open(on).filter(office__town_id=town_id, role__in=[str(role) for role in roles])
    return set(rows.order_by().values_list("office_id", flat=True).distinct())


def holders(town_id: int, roles: Iterable[Role], on: date) -> list[Post]:
    """Return who holds one of these roles anywhere in a town on a day."""
    return list(_open(on).filter(office__town_id=town_id, role__in=[str(role) for role in roles]))


def leaders_of(office_ids: Iterable[int], on: date) -> list[Post]:
    """Return the leaders in whose charge (分管 or 蹲点) one of these offices is on a day, each once.

    Source: 三要(二)-2.
    """
    return list(_open(on).filter(role=Role.LEADER.value, in_charge_of__in=list(office_ids)).distinct())


def actor_of(post: Post, *, via: str = "web") -> Actor:
    """Return the actor a person is while acting from this post; a leader brings the offices in his charge."""
    at = post.office
    charge = frozenset(post.in_charge_of.values_list("pk", flat=True)) if post.role == Role.LEADER else frozenset()
    return Actor(
        account_id=post.account_id,
        name=post.account.name,
        post=post.role,
        post_label=Role.label_of(post.role),
        town_id=at.town_id,
        book=at.town.code,
        office_id=at.pk,
        office_name=at.name,
        office_kind=at.kind,
        charge_ids=charge,
        via=via,
    )


def account(account_id: int) -> Account:
    """Return the account with this id, its town fetched along.

    Raises:
        NotFound: no such account.
    """
    found = Account.objects.select_related("town").filter(pk=account_id).first()
    if found is None:
        raise NotFound("没有这个账号。", code="account_not_found")
    return found


def himself(account: Account, *, via: str = "web") -> Actor:
    """Return the actor a person is when he looks after his own account: no post, hence no rights."""
    return Actor(account.pk, account.name, "", "本人", account.town_id, account.town.code, via=via)


def has_second_factor(account: Account) -> bool:
    """Say whether signing in with this account asks for a one-time code."""
    return Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()


def accounts(town_id: int, *, words: str = "", after: int = 0, limit: int = 50) -> list[Account]:
    """Return a town's accounts whose name or user name contains the words, by id from above `after`, posts fetched along."""
    rows = Account.objects.filter(town_id=town_id, pk__gt=after)
    if words:
        rows = rows.filter(Q(username__icontains=words.lower()) | Q(name__icontains=words))
    return list(rows.prefetch_related("posts__office").order_by("pk")[:limit])


def account_in(town_id: int, account_id: int) -> Account:
    """Return an account of this town, posts and offices fetched along.

    Raises:
        NotFound: no such account, or another town's: both answers are the same on purpose.
    """
    rows = Account.objects.select_related("town").prefetch_related("posts__office", "posts__in_charge_of")
    found = rows.filter(pk=account_id, town_id=town_id).first()
    if found is None:
        raise NotFound("没有这个账号。", code="account_not_found")
    return found


def post_in(town_id: int, post_id: int) -> Post:
    """Return a post of this town, open or not.

    Raises:
        NotFound: no such post, or another town's.
    """
    found = Post.objects.select_related("account", "office").filter(pk=post_id, office__town_id=town_id).first()
    if found is None:
        raise NotFound("没有这个岗位。", code="post_not_found")
    return found


def every_account(town_id: int) -> list[Account]:
    """Return all accounts of a town in the order they were made: for the command line; pages ask `accounts`."""
    return list(Account.objects.filter(town_id=town_id).order_by("pk"))


def demo_accounts() -> list[Account]:
    """Return every invented person who may sign in, posts fetched along."""
    rows = Account.objects.filter(is_demo=True, is_active=True).select_related("town")
    return list(rows.prefetch_related("posts__office").order_by("pk"))


def account_by_username(username: str) -> Account:
    """Return the account with this user name, letter case ignored.

    Raises:
        NotFound: no such account.
    """
    found = Account.objects.select_related("town").filter(username=username.strip().lower()).first()
    if found is None:
        raise NotFound(f"没有用户名为“{username}”的账号。", code="account_not_found")
    return found


def seats_of(account_ids: Iterable[int], roles: Iterable[Role], on: date) -> set[tuple[int, int]]:
    """Return at which offices these accounts sit in one of these roles on a day: pairs of account and office."""
    rows = _open(on).filter(account_id__in=list(account_ids), role__in=[str(role) for role in roles])
    return set(rows.order_by().values_list("account_id", "office_id"))


def deputies(on: date) -> dict[int, int]:
    """Return who stands in for whom on a day: deputies by account; a deputy who no longer sits anywhere is left out."""
    rows = Leave.objects.filter(ended_at__isnull=True, starts_on__lte=on, ends_on__gte=on)
    found = dict(rows.values_list("account_id", "deputy_id"))
    if not found:
        return {}
    seated = set(_open(on).filter(account_id__in=found.values()).order_by().values_list("account_id", flat=True))
    return {account: deputy for account, deputy in found.items() if deputy in seated}


def leaves_of(office_id: int, on: date) -> list[Leave]:
    """Return the leaves of an office's people that are not over on a day, the nearest first."""
    rows = Leave.objects.filter(office_id=office_id, ended_at__isnull=True, ends_on__gte=on)
    return list(rows.select_related("account", "deputy").order_by("starts_on", "pk"))


def leaves_on(office_ids: Iterable[int], on: date) -> list[Leave]:
    """Return who of these offices is on leave on a day, office by office."""
    rows = Leave.objects.filter(
        office_id__in=list(office_ids), ended_at__isnull=True, starts_on__lte=on, ends_on__gte=on
    )
    return list(rows.select_related("account", "deputy").order_by("office_id", "pk"))


def away_days(account_id: int, first: date, last: date) -> set[date]:
    """Return the days between these (inclusive) a person is on leave."""
    rows = Leave.objects.filter(account_id=account_id, ended_at__isnull=True, starts_on__lte=last, ends_on__gte=first)
    return {
        date.fromordinal(day)
        for leave in rows
        for day in range(max(first, leave.starts_on).toordinal(), min(last, leave.ends_on).toordinal() + 1)
    }
