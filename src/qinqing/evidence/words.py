"""What a phone sent, as the folders that take it in see it, and what is questionable about it. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from qinqing.kernel.choices import Words
from qinqing.kernel.errors import Refused

Body = Mapping[str, Any]
"""The `data` of a record, as parsed: nothing in it has been checked."""


class Role(Words):
    """What an attachment is."""

    PHOTO = "photo", "照片"
    SIGNATURE = "signature", "签名"
    FILE = "file", "文件"


class State(Words):
    """How much of an attachment is here."""

    EXPECTED = "expected", "未到"
    PARTIAL = "partial", "部分收到"
    COMPLETE = "complete", "已收"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the phone believed to be, WGS-84. Never a proof: a browser cannot detect an invented place."""

    lat: float
    lng: float
    accuracy_m: float
    source: str = ""
    age_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One attachment as the record's manifest names it; its bytes may still be on their way."""

    id: UUID
    sha256: str
    size: int
    type: str
    role: str
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One frozen record of the field.

    Attributes:
        id: the client's UUID: the primary key of what becomes of it.
        kind: "visit", "finding_event", …
        enterprise_id: the server's number, None where the record is about no single firm; unchecked.
        made_at: when it was finalized, by the phone's clock corrected by the nearest sample of ours.
        received_at: when its bytes were stored here.
        place: None is normal and never a reason to refuse.
        attachments: the manifest, complete or not.
        device: the device's id, "" where a signed-in session sent it.
        by_account: the account the record says made it.
        wall_at: the phone's own clock at that moment, never corrected.
        offset_ms: phone's clock minus ours, None where the phone never had a sample.
        is_last_try: what the record refers to has been waited for long enough: take in what can be taken in.
    """

    id: UUID
    kind: str
    enterprise_id: int | None
    made_at: datetime
    received_at: datetime
    place: Place | None
    attachments: tuple[Sent, ...]
    device: str
    by_account: int | None
    wall_at: datetime | None = None
    offset_ms: int | None = None
    is_last_try: bool = False

    def corrected(self, wall_ms: int) -> datetime:
        """Return a moment of this phone's clock (milliseconds since 1970) on ours, aware."""
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=wall_ms - (self.offset_ms or 0))


@dataclass(frozen=True, slots=True)
class Flag:
    """Something questionable about a record, kept with it and shown to the office: a stable code and a 中文 sentence."""

    code: str
    words: str


class NotYet(Refused):
    """Raised by a folder that takes a record in: what the record refers to has not arrived here yet.

    The record is kept and receipted, tried again whenever the same phone brings something new, and after five days once more
    with `Record.is_last_try`.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__("not_yet", sentence)
