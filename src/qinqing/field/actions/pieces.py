"""Photos and files of a record, piece by piece; the last piece of the last one brings the receipt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qinqing.evidence import reads as evidence
from qinqing.evidence.actions import chunks
from qinqing.evidence.words import Role, State
from qinqing.field.actions import receipts
from qinqing.field.actions.taking import flag
from qinqing.field.models import Record
from qinqing.field.reads.answers import Slip
from qinqing.field.reads.senders import Sender
from qinqing.field.words import Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of a piece.

    Attributes:
        outcome: "noted"; "offset": elsewhere than where the attachment stands; "damaged": whole, but not its digest's bytes.
        receipt: of the record, once everything is here.
    """

    id: UUID
    size: int
    offset: int
    state: str
    outcome: str
    receipt: Slip | None = None


def take_piece(key: UUID, offset: int, octets: bytes, *, by: Sender, at: datetime) -> Piece | None:
    """Take in one piece of an attachment of the sender's own records; None if there is no such attachment.

    The disk comes first and outside the transaction: what is noted is there.
    """
    found = evidence.own(by.account_id, key)
    if found is None or found.record is None:
        return None
    written = chunks.write(found, offset, octets)
    with transaction.atomic():
        receipts.be_patient()
        progress = chunks.note(written, at=at)
        slip = None
        if progress.state == State.COMPLETE:
            if progress.moved and found.role != Role.FILE and written.kind not in evidence.PICTURES:
                _mark(found.record, Mark.PHOTO)
            slip = receipts.issue(found.record, by=by.actor, at=at)
    if written.is_damaged and progress.moved:
        outcome = "damaged"
    else:
        outcome = "noted" if progress.moved else "offset"
    return Piece(key, found.size, progress.offset, progress.state, outcome, slip)


def _mark(record: UUID, mark: Mark) -> None:
    """Put a flag on a stored record."""
    row = Record.objects.defer("body").select_for_update().get(pk=record)
    if all(one["code"] != mark for one in row.flags):
        new = flag(mark)
        row.flags = [*row.flags, {"code": new.code, "words": new.words}]
        row.needs, row.handled_at = True, None
        row.save(update_fields=["flags", "needs", "handled_at"])
