"""Leave: from a day to a day somebody of the same office hears in a person's stead."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import actions as ledger
from qinqing.people import reads, rights
from qinqing.people.facts import LeaveEnded, LeaveRegistered
from qinqing.people.models import Account, Leave
from qinqing.people.rights import Right

LONGEST = timedelta(days=366)


def register_leave(
    *, account_id: int, deputy_id: int, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Leave:
    """Register that a person is away from a day to a day (inclusive), and who of his office hears in his stead.

    Raises:
        NotAllowed: neither his own leave nor that of somebody at the office `by` is the head of.
        NotFound: the person does not sit at the actor's office.
        Refused: no deputy of the same office, himself, or somebody away himself; days the wrong way round, past, or too
            long; another leave of his in these days.

    Source: domain §10; 三要(二)-1.
    """
    with transaction.atomic():
        sitting = colleagues(by, on=at.date())
        account = _mine_to_register(account_id, sitting, by)
        deputy = sitting.get(deputy_id)
        if deputy is None or deputy_id == account.pk:
            raise Refused("deputy_elsewhere", "请从本单位在岗的同事中选一位代办人。", field="deputy")
        _days(starts_on, ends_on, at.date())
        list(Account.objects.select_for_update().filter(pk__in=[account.pk, deputy_id]).order_by("pk"))
        overlapping = Leave.objects.filter(ended_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on)
        if overlapping.filter(account=account).exists():
            raise Refused("leave_overlaps", "这几天已经登记过请假，请先撤销原来的。", field="starts_on")
        if overlapping.filter(account_id=deputy_id).exists():
            raise Refused("deputy_away", f"{deputy}这几天也请假，请另选一位。", field="deputy")
        # He who stands in for others may go himself: then his own deputy hears for them all (notices.rules.hears).
        leave = Leave.objects.create(
            account=account, deputy_id=deputy_id, office_id=by.office_id or 0, starts_on=starts_on, ends_on=ends_on
        )
        fact = LeaveRegistered(
            account_ids=(account.pk, deputy_id),
            title=account.name,
            name=account.name,
            deputy=deputy,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
        )
        ledger.record(fact, book=by.book, on=("account", account.pk), label=account.name, by=by, at=at)
    return leave


def end_leave(*, leave_id: int, by: Actor, at: datetime) -> None:
    """Take a leave back, or end it early: from now on the person hears himself again.

    Raises:
        NotAllowed: neither his own leave nor that of somebody at the office `by` is the head of.
        NotFound: no such leave at the actor's office.
        Refused: it is over already.
    """
    with transaction.atomic():
        leave = (
            Leave.objects.select_for_update(of=("self",))
            .select_related("account", "deputy")
            .filter(Q(office_id=by.office_id or 0) | Q(account_id=by.account_id or 0), pk=leave_id)
            .first()
        )
        if leave is None:
            raise NotFound("没有这次请假。", code="leave_not_found")
        _permit(leave.account_id, by)
        if leave.ended_at is not None or leave.ends_on < at.date():
            raise Refused("leave_over", "这次请假已经结束。")
        leave.ended_at = at
        leave.save(update_fields=["ended_at"])
        fact = LeaveEnded(
            account_ids=(leave.account_id, leave.deputy_id),
            title=leave.account.name,
            name=leave.account.name,
            deputy=leave.deputy.name,
        )
        ledger.record(fact, book=by.book, on=("account", leave.account_id), label=leave.account.name, by=by, at=at)


def colleagues(by: Actor, *, on: date) -> dict[int, str]:
    """Return who sits at the actor's office on a day: names by account."""
    return {post.account_id: post.account.name for post in reads.people_of(by.office_id or 0, None, on)}


def _mine_to_register(account_id: int, sitting: dict[int, str], by: Actor) -> Account:
    _permit(account_id, by)
    if account_id not in sitting:
        raise NotFound("本单位没有这位同事。", code="account_not_found")
    return Account.objects.get(pk=account_id)


def _permit(account_id: int, by: Actor) -> None:
    if by.account_id is None or (account_id != by.account_id and not rights.may(by.post, Right.REGISTER_LEAVE)):
        raise NotAllowed("同事的请假由本人或单位负责人登记。")


def _days(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise Refused("ends_before_start", "销假日期不能早于请假日期。", field="ends_on")
    if starts_on < today:
        raise Refused("leave_in_the_past", "请假从今天或以后的日子起登记，过去的告知改不了。", field="starts_on")
    if ends_on - starts_on > LONGEST:
        raise Refused("leave_too_long", "一次请假最多登记一年；长期离岗请由安全管理员终止岗位。", field="ends_on")
