"""Everything fetched about photos and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from qinqing.evidence import policy, store
from qinqing.evidence.models import Attachment
from qinqing.evidence.words import Role, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound

PICTURES = ("image/jpeg", "image/png", "image/webp")
"""What a browser shows in place; everything else is handed over as a file."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One attachment as a page shows it. The bytes are at `field_attachment`, which asks again whether he may look."""

    id: UUID
    name: str
    role: str
    type: str
    sha256: str
    size: int
    offset: int
    state: str
    made_at: datetime | None
    by_name: str

    @property
    def is_here(self) -> bool:
        """Say whether all its bytes have arrived."""
        return self.state == State.COMPLETE

    @property
    def is_picture(self) -> bool:
        """Say whether a browser can show it in place."""
        return self.is_here and self.type in PICTURES

    @property
    def label(self) -> str:
        """Return what it is called: its file name, else 照片, 签名, 文件."""
        return self.name or Role.label_of(self.role)


def photos(ids: Iterable[UUID | str]) -> list[Photo]:
    """Return attachments in the order of these ids; unknown ones are left out. Whoever calls has checked the scope of what they hang on."""
    wanted = [one if isinstance(one, UUID) else UUID(one) for one in ids]
    rows = Attachment.objects.in_bulk(wanted)
    return [_photo(rows[one]) for one in dict.fromkeys(wanted) if one in rows]


def of_records(records: Iterable[UUID]) -> dict[UUID, list[Photo]]:
    """Return what each record of the field brought or still expects, in the order of its manifest."""
    found: dict[UUID, list[Photo]] = {}
    for row in Attachment.objects.filter(record__in=list(records)):
        if row.record is not None:
            found.setdefault(row.record, []).append(_photo(row))
    return found


def get_for(by: Actor, attachment_id: UUID) -> Photo:
    """Return an attachment this person may look at, all of whose bytes are here.

    Raises:
        NotFound: none, or not one of his, or still on its way.
    """
    found = policy.visible_to(by).filter(pk=attachment_id, state=State.COMPLETE.value).first()
    if found is None:
        raise NotFound("没有找到这个附件，或不在您的查看范围内。")
    return _photo(found)


def open_bytes(photo: Photo) -> IO[bytes]:
    """Open the bytes of an attachment."""
    return store.open_kept(photo.sha256)


def bytes_of(sha256: str) -> bytes | None:
    """Return the kept bytes of a digest; None where they are not here."""
    try:
        with store.open_kept(sha256) as kept:
            return kept.read()
    except FileNotFoundError:
        return None


def open_thumb(photo: Photo) -> IO[bytes] | None:
    """Open a small picture of an attachment; None where it is no picture."""
    return store.open_thumb(photo.sha256) if photo.is_picture else None


def own(account_id: int, attachment_id: UUID) -> Attachment | None:
    """Return an attachment that a record of this account named, for taking in its pieces; None for anybody else's."""
    return Attachment.objects.filter(pk=attachment_id, account_id=account_id, record__isnull=False).first()


def _photo(row: Attachment) -> Photo:
    return Photo(
        row.pk, row.name, row.role, row.type, row.sha256, row.size, row.offset, row.state, row.made_at, row.by_name
    )
