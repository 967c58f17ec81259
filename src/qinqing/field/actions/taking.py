"""Handing a stored record to the folder it is for. Whatever that folder makes of it, the record stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DataError, IntegrityError, OperationalError, transaction
from pydantic import ValidationError

from qinqing.evidence.words import Flag, NotYet
from qinqing.evidence.words import Record as Frozen
from qinqing.field.actions.handlers import HANDLERS
from qinqing.field.models import Record
from qinqing.field.rules import envelope
from qinqing.field.rules.envelope import Envelope
from qinqing.field.words import Kind, Mark, Taking
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused

log = structlog.get_logger()
PATIENCE = timedelta(days=5)
"""How long a record waits for the one it refers to."""
REVIEWED_THERE = frozenset({Kind.VISIT})
"""Kinds whose folder has a list of its own for what it finds questionable; the field's own marks are shown here."""
_SHAPE = (ValidationError, KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a record, and what is questionable about it."""

    taking: Taking
    flags: tuple[Flag, ...]


def flag(mark: Mark, more: str = "") -> Flag:
    """Return one of the field's own flags, with what there is to add."""
    return Flag(str(mark), f"{mark.label}{more}")


def frozen(row: Record, read: Envelope, *, is_last_try: bool = False) -> Frozen:
    """Return a stored record as the folder that takes it in sees it."""
    return Frozen(
        id=row.pk,
        kind=row.kind,
        enterprise_id=read.enterprise_id,
        made_at=row.made_at,
        received_at=row.received_at,
        place=read.place,
        attachments=read.attachments,
        device=str(row.device_id or ""),
        by_account=read.by_account,
        wall_at=row.wall_at,
        offset_ms=row.offset_ms,
        is_last_try=is_last_try,
    )


def hand_over(row: Record, read: Envelope, *, by: Actor, at: datetime, is_last_try: bool = False) -> Taken:
    """Give a record to its folder, in a savepoint of the caller's transaction: if that fails, only that is undone.

    A database that is busy is no fault of the record: that ends the whole transaction, and the phone tries again.
    """
    if read.data is None:
        return Taken(Taking.UNREADABLE, ())
    take = HANDLERS.get(row.kind)
    if take is None:
        return Taken(Taking.UNKNOWN, (flag(Mark.NOT_TAKEN, f"本版本不认识“{row.kind}”。"),))
    try:
        with transaction.atomic():
            found = take(read.data, record=frozen(row, read, is_last_try=is_last_try), by=by, at=at)
        return Taken(Taking.TAKEN, tuple(found))
    except OperationalError:
        raise
    except Exception as fault:  # the record must stay whatever happens in there
        return _not_taken(row, fault)


def _not_taken(row: Record, fault: Exception) -> Taken:
    """Say what a folder's refusal or failure makes of a record; a failure goes into the log with its traceback."""
    if isinstance(fault, NotYet):
        return Taken(Taking.WAITING, (flag(Mark.WAITS, fault.sentence),))
    if isinstance(fault, Refused):
        log.info("record_not_taken", record=str(row.pk), kind=row.kind, code=fault.code)
        return Taken(Taking.REFUSED, (flag(Mark.NOT_TAKEN, fault.sentence),))
    if isinstance(fault, _SHAPE):
        log.error("record_unreadable", record=str(row.pk), kind=row.kind, exc_info=fault)
        return Taken(Taking.UNREADABLE, (flag(Mark.UNREADABLE),))
    log.error("record_not_taken", record=str(row.pk), kind=row.kind, exc_info=fault)
    why = "与已有的数据冲突" if isinstance(fault, IntegrityError | DataError) else "系统出错"
    return Taken(Taking.REFUSED, (flag(Mark.NOT_TAKEN, f"{why}，请联系管理员看日志。"),))


def note(row: Record, taken: Taken, marks: Sequence[Flag], *, at: datetime) -> None:
    """Write down what became of a record."""
    flags = list({one.code: one for one in (*marks, *taken.flags)}.values())
    row.taking, row.tries = taken.taking.value, row.tries + 1
    row.flags = [{"code": one.code, "words": one.words} for one in flags]
    own = {str(mark) for mark in Mark}
    doubtful = [one for one in flags if one.code != Mark.WAITS and (row.kind not in REVIEWED_THERE or one.code in own)]
    row.needs = bool(doubtful) or taken.taking not in (Taking.TAKEN, Taking.WAITING)
    row.hold_until = (row.hold_until or at + PATIENCE) if taken.taking == Taking.WAITING else None
    row.save(update_fields=["taking", "tries", "flags", "needs", "hold_until"])


def again(key: UUID, *, by: Actor, at: datetime, is_last_try: bool = False) -> Taken:
    """Try once more to hand over a record that was kept aside; the caller holds its row and acts as its author.

    What the field itself had noticed stays; what the folder had said is asked anew.
    """
    row = Record.objects.get(pk=key)
    read = envelope.read(bytes(row.body), kind=row.kind, key=row.pk, received_at=row.received_at)
    taken = hand_over(row, read, by=by, at=at, is_last_try=is_last_try)
    passing = {str(Mark.NOT_TAKEN), str(Mark.WAITS), str(Mark.UNREADABLE)}
    own = {str(mark) for mark in Mark} - passing
    kept = [Flag(one["code"], one["words"]) for one in row.flags if one["code"] in own]
    note(row, taken, kept, at=at)
    return taken
