"""A person's own: what he has read, what he wants; and the chores that run once."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.notices.channels import sms as sms_channel
from qinqing.notices.models import Choice, Chore, Notice
from qinqing.people import reads as people

_PHONE = re.compile(r"1[0-9]{10}")
_GOV_ID = re.compile(r"[A-Za-z0-9._@-]{1,64}")


def mark_read(*, by: Actor, at: datetime, notice_ids: Iterable[int] | None = None) -> None:
    """Mark a person's notices as read, all of them by default."""
    rows = Notice.objects.filter(account_id=by.account_id or 0, read_at__isnull=True)
    if notice_ids is not None:
        rows = rows.filter(pk__in=list(notice_ids))
    rows.update(read_at=at)


def choose(
    *, by: Actor, email: bool, sms: bool = False, phone: str = "", gov: bool = False, gov_id: str = ""
) -> Choice:
    """Keep by which channels a person is told as well. A phone number not given again stays as it was.

    Raises:
        Refused: no account of his own; a channel without the number or account it needs; a number that is none.
    """
    if by.account_id is None:
        raise Refused("no_account", "扫码进来的没有账号，不能设置。")
    with transaction.atomic():
        choice = Choice.objects.select_for_update().filter(pk=by.account_id).first() or Choice(pk=by.account_id)
        number, name = _digits(phone), clean(gov_id)
        if number and not _PHONE.fullmatch(number):
            raise Refused("bad_phone", "手机号应是11位数字。", field="phone")
        if sms and not number and not choice.sealed_phone:
            raise Refused("phone_needed", "要收短信，请填写手机号。", field="phone")
        if name and not _GOV_ID.fullmatch(name):
            raise Refused("bad_gov_id", "政务微信账号只含字母、数字和 . _ @ -。", field="gov_id")
        if gov and not name:
            raise Refused("gov_id_needed", "要收政务微信消息，请填写您在政务微信里的账号。", field="gov_id")
        if email and not people.account(by.account_id).email:
            raise Refused("email_needed", "您的账号还没有邮箱，请系统管理员补上。", field="email")
        choice.email, choice.sms, choice.gov, choice.gov_id = email, sms, gov, name
        if number:
            choice.sealed_phone = secrets.seal(number, sms_channel.PURPOSE)
        elif not sms:
            choice.sealed_phone = ""  # kept no longer than it is needed
        choice.save()
    return choice


def _digits(phone: str) -> str:
    return "".join(letter for letter in clean(phone) if letter not in " -")


def claim(name: str, slot: str, *, at: datetime, lease: timedelta = timedelta(minutes=30)) -> Chore | None:
    """Claim a daily job's slot for this worker; None where it is done or another worker has it."""
    try:
        with transaction.atomic():
            return Chore.objects.create(name=name, slot=slot, claimed_until=at + lease)
    except IntegrityError:
        stale = Chore.objects.filter(Q(claimed_until__lt=at), name=name, slot=slot, done_at__isnull=True)
        if stale.update(claimed_until=at + lease):
            return Chore.objects.get(name=name, slot=slot)
        return None


def finish(chore: Chore, *, at: datetime, result: str) -> None:
    """Note that a claimed job is done."""
    chore.done_at, chore.result = at, result[:300]
    chore.save()
