"""The heartbeat: a phone says what it still holds. What it held before, holds no more and never delivered is lost, and is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from qinqing.field.actions import receipts
from qinqing.field.facts import RecordsLost
from qinqing.field.models import Device, Loss, Receipt, Record
from qinqing.field.reads.senders import Sender
from qinqing.field.rules import clock, losses
from qinqing.field.rules.losses import Pending
from qinqing.field.words import DeviceState, Kind
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of


@dataclass(frozen=True, slots=True)
class Beat:
    """What a phone says of itself; every part as it came, nothing of it trusted."""

    pending: object = None
    epoch: object = None
    app: object = None
    clock: object = None
    storage: object = None
    self_test: object = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone hears: open losses of its owner, his other browsers with something on them, whether to empty itself."""

    lost: tuple[Pending, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    is_revoked: bool = False
    wipe: bool = False


def heartbeat(beat: Beat, *, by: Sender, at: datetime) -> Told:
    """Note what a phone says, find what it has lost, and tell it what its owner should know.

    A browser without a device is told, and nothing of it is kept.
    """
    now = losses.read(beat.pending)
    if by.device_id is None:
        return _told(by, now)
    with transaction.atomic():
        receipts.be_patient()
        device = Device.objects.select_for_update().get(pk=by.device_id)
        gone = _gone(device, now)
        _keep(device, beat, now, at)
        told = by.wipe and by.standing != DeviceState.ACTIVE and not now
        if told and device.wipe_told_at is None:
            device.wipe_told_at = at
        device.save()
        if now:
            Loss.objects.filter(pk__in=[one.id for one in now], account_id=device.account_id).filter(
                found_at__isnull=True
            ).update(found_at=at)
        if gone:
            _lose(device, gone, by, at)
    return _told(by, now)


def _gone(device: Device, now: list[Pending]) -> list[Pending]:
    """Return what this phone held and holds no more.

    A phone that was emptied has forgotten who it was too and comes as a new device; what the same person's browser of the
    same make held, if that has been silent since, is counted as this one's. If the other speaks again, it is found.
    """
    before = losses.read(device.pending)
    is_first = device.beat_at is None
    if is_first and device.agent:
        silent = Device.objects.filter(
            account_id=device.account_id, agent=device.agent, pending_count__gt=0, seen_at__lte=device.issued_at
        ).exclude(pk=device.pk)
        for other in silent.select_for_update():
            before += losses.read(other.pending)
            other.pending, other.pending_count, other.oldest_pending_at = [], 0, None
            other.save(update_fields=["pending", "pending_count", "oldest_pending_at"])
    here = {one.id for one in now}
    missing = [one.id for one in before if one.id not in here]
    if not missing:
        return []
    receipted = set(Receipt.objects.filter(pk__in=missing).values_list("pk", flat=True))
    return losses.lost(before, now, receipted)


def _keep(device: Device, beat: Beat, now: list[Pending], at: datetime) -> None:
    device.seen_at = device.beat_at = at
    device.pending = [one.as_json() for one in now]
    device.pending_count = len(now)
    device.oldest_pending_at = min((one.made_at for one in now if one.made_at), default=None)
    device.epoch, device.app = _word(beat.epoch, 64) or device.epoch, _word(beat.app, 20) or device.app
    if isinstance(beat.clock, dict):
        wall = clock.moment(beat.clock.get("wall_ms"))
        device.skew_ms = int((wall - at).total_seconds() * 1000) if wall else None
    if isinstance(beat.storage, dict):
        numbers = {name: clock.whole(beat.storage.get(name)) for name in ("usage", "quota")}
        device.storage = {**numbers, "persisted": beat.storage.get("persisted") is True}
    if isinstance(beat.self_test, dict):
        device.self_test = _tested(beat.self_test)
        tested = clock.moment(beat.self_test.get("at_ms"))
        device.self_test_at = min(tested, at) if tested else at


def _lose(device: Device, gone: list[Pending], by: Sender, at: datetime) -> None:
    here = set(Record.objects.filter(pk__in=[one.id for one in gone]).values_list("pk", flat=True))
    rows = [
        Loss(
            record=one.id,
            device=device,
            town_id=device.town_id,
            account_id=device.account_id,
            office_id=device.office_id,
            kind=one.kind,
            made_at=one.made_at,
            body_is_here=one.id in here,
            noticed_at=at,
        )
        for one in gone
    ]
    Loss.objects.bulk_create(rows, ignore_conflicts=True)
    # Found once and gone again: the first row tells of it anew.
    Loss.objects.filter(pk__in=[one.id for one in gone], found_at__isnull=False).update(
        noticed_at=at, found_at=None, handled_at=None, device=device
    )
    fact = RecordsLost(
        about=f"device:{device.pk}",
        title=f"{by.actor.name}的手机丢失{len(gone)}条记录",
        office_ids=(device.office_id,),
        account_ids=(device.account_id,),
        device=str(device.pk),
        device_name=device.name,
        holder=by.actor.name,
        records=tuple(str(one.id) for one in gone),
        kinds=tuple(Kind.label_of(one.kind) for one in gone),
    )
    book = by.actor.book
    ledger.record(fact, book=book, on=("device", number_of(device.pk)), label=device.name, by=by.actor, at=at)


def _told(by: Sender, now: list[Pending]) -> Told:
    open_ = Loss.objects.filter(account_id=by.account_id, found_at__isnull=True, handled_at__isnull=True)
    others = Device.objects.filter(account_id=by.account_id, pending_count__gt=0, state=DeviceState.ACTIVE.value)
    if by.device_id is not None:
        others = others.exclude(pk=by.device_id)
    is_out = by.standing != DeviceState.ACTIVE
    return Told(
        lost=tuple(Pending(one.record, one.kind, one.made_at) for one in open_[:50]),
        others=tuple(others.order_by(F("seen_at").desc()).values_list("name", "pending_count")[:5]),
        is_revoked=is_out,
        wipe=is_out and by.wipe and not now,
    )


def _word(raw: object, most: int) -> str:
    return clean(raw)[:most] if isinstance(raw, str) else ""


def _tested(raw: dict[Any, Any]) -> dict[str, dict[str, Any]]:
    """Return what a self-test found, probe by probe, texts cut: it is shown to people, never acted on."""
    results = raw.get("results")
    found: dict[str, dict[str, Any]] = {}
    for name, one in list(results.items())[:20] if isinstance(results, dict) else []:
        if isinstance(one, dict):
            found[clean(str(name))[:20]] = {"ok": one.get("ok") is True, "note": _word(one.get("note"), 100)}
    return found
