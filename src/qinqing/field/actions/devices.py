"""Phones: giving a browser its upload credential, taking it back, having the phone emptied."""

import secrets as dice
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qinqing.field import policy
from qinqing.field.facts import DeviceIssued, DeviceRevoked
from qinqing.field.models import Device
from qinqing.field.reads.senders import CREDENTIAL, Sender
from qinqing.field.rules.losses import uuid_of
from qinqing.field.words import DeviceState
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of

TOUCH = timedelta(seconds=60)
"""How often contact is written down."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A device and its credential, which is told once and never again."""

    id: UUID
    name: str
    token: str


def issue(*, known: str, name: str, agent: str, app: str, post_id: int, by: Actor, at: datetime) -> Issued:
    """Give the browser of a signed-in person an upload credential.

    Args:
        known: the id the phone remembers; if it is his own and not revoked, that device gets a new credential.
        name: what he calls it, or what the browser is known as.
        agent: what the browser calls itself.
        app: version of the client.
        post_id: the post he acts from.
        by: who is signed in.
        at: now.

    Raises:
        NotAllowed: his post does not go out to firms.

    Source: ADR 0018.
    """
    token = dice.token_urlsafe(32)
    digest = secrets.index(token, CREDENTIAL)
    with transaction.atomic():
        policy.require_carry(by)
        account_id, key = by.account_id or 0, uuid_of(known)
        rows = Device.objects.select_for_update().filter(account_id=account_id).exclude(state=DeviceState.REVOKED.value)
        device = rows.filter(pk=key).first() if key else None
        is_renewal = device is not None
        if device is None:
            device = Device(account_id=account_id, issued_at=at)
        device.town_id, device.post_id, device.office_id = by.town_id, post_id, by.office_id or 0
        device.name = clean(name)[:60] or "手机"
        device.agent, device.app = clean(agent)[:300], clean(app)[:20]
        device.credential, device.seen_at = digest, at
        device.save()
        fact = DeviceIssued(device=str(device.pk), name=device.name, office=by.office_name, is_renewal=is_renewal)
        ledger.record(fact, book=by.book, on=("device", number_of(device.pk)), label=device.name, by=by, at=at)
    return Issued(device.pk, device.name, token)


def revoke(*, device_id: UUID, reason: str, wipe: bool, by: Actor, at: datetime) -> None:
    """End a credential: it still hands in what is finalized, for review, and opens nothing else.

    With `wipe` the phone empties itself once nothing is pending on it; unsent evidence is never wiped.

    Raises:
        NotFound: no such device, or not one of his. NotAllowed: it is not his own, and he does not look after devices.
        TooLate: somebody was faster. Refused: no reason.
    """
    words = clean(reason)[:200]
    with transaction.atomic():
        device = policy.take_device(Device.objects.filter(pk=device_id).select_related("account"), by)
        if not words:
            raise Refused("reason_missing", "请写明停用原因，如：手机遗失、人员离岗。", field="reason")
        if device.state == DeviceState.REVOKED and (device.wipe or not wipe):
            raise TooLate("already_revoked", f"这台设备已由{device.revoked_by}停用。")
        device.state, device.wipe = DeviceState.REVOKED.value, wipe
        device.revoked_at, device.revoked_by, device.revoked_why = at, f"{by.office_name} {by.name}"[:80], words
        device.save(update_fields=["state", "wipe", "revoked_at", "revoked_by", "revoked_why"])
        fact = DeviceRevoked(
            device=str(device.pk), name=device.name, holder=device.account.name, reason=words, wipe=wipe
        )
        ledger.record(fact, book=by.book, on=("device", number_of(device.pk)), label=device.name, by=by, at=at)


def touch(*, by: Sender, at: datetime) -> None:
    """Note that a device was heard of, now and then: often enough to tell it from one that is silent."""
    if by.device_id is not None and by.seen_at is not None and by.seen_at < at - TOUCH:
        Device.objects.filter(pk=by.device_id, seen_at__lt=at - TOUCH).update(seen_at=at)
