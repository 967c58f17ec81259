"""Granting and ending posts, and setting what is in a leader's charge: the security administrator's work."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import actions as ledger
from qinqing.people import reads, rights, rules
from qinqing.people.facts import ChargeSet, PostEnded, PostNamed
from qinqing.people.models import Account, Office, Post, Town
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind, Role


def name_post(
    *, account_id: int, office_id: int, role: str, starts_on: date, ends_on: date | None = None, by: Actor, at: datetime
) -> Post:
    """Give a person a role at an office from a day on, to a day (inclusive) if given.

    Raises:
        NotAllowed: `by` may not grant posts.
        NotFound: account or office are not in the actor's town.
        Refused: he would grant it to himself; the role does not belong at that office; 三员 would mix with other work;
            the person already holds this post; the account is disabled; the days are the wrong way round.

    Source: 三要(二)-1, domain §9.2 三员分立.
    """
    with transaction.atomic():
        Town.objects.select_for_update().filter(pk=by.town_id).first()  # one grant at a time: 三员 must not slip past
        rights.require(by, Right.GRANT_POSTS)
        account, office = _account(account_id, by), _office(office_id, by)
        if account.pk == by.account_id:
            raise Refused("not_to_himself", "不能给自己授予岗位，请另一位安全管理员办理。", field="account")
        if not account.is_active:
            raise Refused("account_disabled", "这个账号已停用，请先恢复。", field="account")
        wanted = rules.role_at(role, office.kind)
        if ends_on is not None and ends_on < starts_on:
            raise Refused("ends_before_start", "终止日期不能早于任职日期。", field="ends_on")
        later = list(account.posts.exclude(ends_on__lt=starts_on).select_related("office"))
        rules.apart(wanted, [post.role for post in later])
        if any((post.office_id, post.role) == (office.pk, wanted) for post in later):
            raise Refused("post_held", f"{account.name}已任{office.name}“{wanted.label}”，不必重复授予。", field="role")
        post = Post.objects.create(
            account=account, office=office, role=wanted.value, starts_on=starts_on, ends_on=ends_on
        )
        fact = PostNamed(
            username=account.username,
            name=account.name,
            office=office.name,
            role=wanted.value,
            role_label=wanted.label,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat() if ends_on else "",
        )
        ledger.record(
            fact, book=by.book, on=("account", account.pk), label=account.name, by=by, at=at, clause="三要(二)-1"
        )
    return post


def end_post(*, post_id: int, ends_on: date, by: Actor, at: datetime) -> Post:
    """Set a post's last day (inclusive). Yesterday means: no longer from today on.

    Raises:
        NotAllowed: `by` may not grant posts.
        NotFound: the post is not in the actor's town.
        Refused: it would leave the hub without a named person; the day rewrites history; it has ended already.

    Source: 二(二)0-3.
    """
    with transaction.atomic():
        Town.objects.select_for_update().filter(pk=by.town_id).first()  # two last clerks must not end one another
        rights.require(by, Right.GRANT_POSTS)
        post = _post(post_id, by)
        today = at.date()
        if post.ends_on is not None and post.ends_on < today:
            raise Refused("post_ended", "这个岗位早已终止。", field="ends_on")
        last = rules.last_day(post.starts_on, ends_on, today)
        if post.role == Role.HUB_CLERK:
            require_another_clerk(post.office.town_id, without=post, on=last + timedelta(days=1))
        post.ends_on = last
        post.save(update_fields=["ends_on"])
        fact = PostEnded(
            username=post.account.username,
            name=post.account.name,
            office=post.office.name,
            role=post.role,
            role_label=Role.label_of(post.role),
            ends_on=last.isoformat(),
        )
        ledger.record(
            fact,
            book=by.book,
            on=("account", post.account_id),
            label=post.account.name,
            by=by,
            at=at,
            clause="三要(二)-1",
        )
    return post


def set_charge(*, post_id: int, office_ids: Iterable[int], by: Actor, at: datetime) -> Post:
    """Set the departments (分管) and communities (蹲点) in a leader's charge, replacing the former ones.

    Raises:
        NotAllowed: `by` may not grant posts.
        NotFound: post or an office are not in the actor's town.
        Refused: the post is not a leader's, or an office is neither a department, a community nor the hub.

    Source: 三要(二)-2.
    """
    with transaction.atomic():
        rights.require(by, Right.GRANT_POSTS)
        post = _post(post_id, by)
        if post.role != Role.LEADER:
            raise Refused("not_a_leader", "只有镇领导的岗位可以设定分管单位与蹲点村（社区）。", field="offices")
        offices = [_office(office_id, by) for office_id in sorted(set(office_ids))]
        for office in offices:
            if office.kind not in {OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY, OfficeKind.HUB}:
                raise Refused("not_in_charge", f"{office.name}不能列为分管单位或蹲点村（社区）。", field="offices")
        post.in_charge_of.set(offices)
        fact = ChargeSet(
            username=post.account.username, name=post.account.name, offices=tuple(office.name for office in offices)
        )
        ledger.record(
            fact,
            book=by.book,
            on=("account", post.account_id),
            label=post.account.name,
            by=by,
            at=at,
            clause="三要(二)-2",
        )
    return post


def require_another_clerk(town_id: int, *, on: date, without: Post | None = None, without_account: int = 0) -> None:
    """Let pass only if the hub has a named person on day `on` besides this post or this account.

    Raises:
        Refused: the hub would be left without one.

    Source: 二(二)0-3.
    """
    if not any(
        post != without and post.account_id != without_account for post in reads.holders(town_id, [Role.HUB_CLERK], on)
    ):
        raise Refused(
            "last_hub_clerk",
            "这是中转站最后一位在岗专人，不能终止或停用。请先为中转站另任一位专人（可作B角），再办理。",
        )


def _account(account_id: int, by: Actor) -> Account:
    """Return an account of the actor's town, or answer as if it did not exist."""
    found = Account.objects.filter(pk=account_id, town_id=by.town_id).first()
    if found is None:
        raise NotFound("没有这个账号。", code="account_not_found")
    return found


def _office(office_id: int, by: Actor) -> Office:
    found = Office.objects.filter(pk=office_id, town_id=by.town_id, is_active=True).first()
    if found is None:
        raise NotFound("没有这个单位，或已停用。", code="office_not_found")
    return found


def _post(post_id: int, by: Actor) -> Post:
    found = (
        Post.objects.select_for_update(of=("self",))
        .select_related("account", "office", "office__town")
        .filter(pk=post_id, office__town_id=by.town_id)
        .first()
    )
    if found is None:
        raise NotFound("没有这个岗位。", code="post_not_found")
    return found
