"""What a phone brings in pieces: named by a record's manifest first, written piece by piece, verified at the last one.

Each piece is on the disk before its arrival is noted, and noted only if nobody was faster: a piece sent twice, by two tabs
or after a lost reply, is stored once and both senders hear the true offset.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from qinqing.evidence import store
from qinqing.evidence.actions.uploads import keep_blob
from qinqing.evidence.models import Attachment
from qinqing.evidence.words import Sent, State
from qinqing.kernel.actor import Actor

LARGEST = 20 * 1024 * 1024
"""Bytes one attachment of a record may have."""
LARGEST_PIECE = 1024 * 1024
"""Bytes one piece may have."""


@dataclass(frozen=True, slots=True)
class Written:
    """A piece that is on the disk but not noted yet.

    Attributes:
        offset, end: where it begins and ends.
        fits: False where the attachment is elsewhere or complete: nothing was written.
        is_whole: it was the last piece, and the bytes are those of the digest: they lie in the store.
        is_damaged: it was the last piece, and they are not: the pieces are gone.
        kind, sha256: what the whole bytes are, by their beginning, and their digest.
    """

    attachment: UUID
    offset: int
    end: int
    fits: bool = True
    is_whole: bool = False
    is_damaged: bool = False
    kind: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an attachment has come. `moved`: by the piece just noted; else somebody was faster, or it did not fit."""

    id: UUID
    offset: int
    state: str
    moved: bool


def expect(record: UUID, manifest: Sequence[Sent], *, enterprise_id: int | None, by: Actor, at: datetime) -> None:
    """Note what a record's manifest names, in the transaction that stores the record. Ids already there stay as they are."""
    Attachment.objects.bulk_create(
        [
            Attachment(
                id=sent.id,
                town_id=by.town_id,
                record=record,
                place=place,
                enterprise_id=enterprise_id,
                role=sent.role,
                type=sent.type[:100],
                sha256=sent.sha256,
                size=sent.size,
                made_at=sent.made_at,
                at=at,
                account_id=by.account_id,
                office_id=by.office_id,
                by_name=by.name,
            )
            for place, sent in enumerate(manifest)
        ],
        ignore_conflicts=True,
    )


def write(found: Attachment, offset: int, piece: bytes) -> Written:
    """Put one piece on the disk, outside any transaction; the last one also verifies and keeps the whole."""
    end = offset + len(piece)
    written = Written(found.pk, offset, end)
    if found.state == State.COMPLETE or offset != found.offset or end > found.size or not piece:
        return replace(written, fits=False)
    store.write_at(found.pk, offset, piece)
    if end < found.size:
        return written
    try:
        is_whole = store.finish(found.pk, found.sha256, found.size)
    except FileNotFoundError:  # a twin of this request was faster and has cleared the pieces away
        return replace(written, fits=False)
    store.discard(found.pk)
    if not is_whole:
        return replace(written, is_damaged=True)
    return replace(written, is_whole=True, kind=store.type_of(found.sha256, found.type), sha256=found.sha256)


def note(written: Written, *, at: datetime) -> Progress:
    """Note what `write` did, in the caller's transaction, unless somebody was faster."""
    rows = Attachment.objects.filter(pk=written.attachment, offset=written.offset).exclude(state=State.COMPLETE.value)
    if not written.fits:
        return _where(written.attachment)
    end, state, more = written.end, State.PARTIAL, {}
    if written.is_damaged:
        end, state = 0, State.EXPECTED
    elif written.is_whole:
        state, more = State.COMPLETE, {"type": written.kind}
        keep_blob(written.sha256, written.end, written.kind, at)
    if not rows.update(offset=end, state=state.value, **more):
        return _where(written.attachment)
    return Progress(written.attachment, end, state.value, moved=True)


def _where(attachment_id: UUID) -> Progress:
    offset, state = Attachment.objects.values_list("offset", "state").get(pk=attachment_id)
    return Progress(attachment_id, offset, state, moved=False)
