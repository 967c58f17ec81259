"""A person's own: what he has read, what he wants; and the chores that run once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from qinqing.kernel.actor import Actor
from qinqing.notices.models import Choice, Chore, Notice


def mark_read(*, by: Actor, at: datetime, notice_ids: Iterable[int] | None = None) -> None:
    """Mark a person's notices as read, all of them by default."""
    rows = Notice.objects.filter(account_id=by.account_id or 0, read_at__isnull=True)
    if notice_ids is not None:
        rows = rows.filter(pk__in=list(notice_ids))
    rows.update(read_at=at)


def choose(*, by: Actor, email: bool) -> None:
    """Keep whether a person also wants e-mails."""
    if by.account_id is not None:
        Choice.objects.update_or_create(account_id=by.account_id, defaults={"email": email})


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
