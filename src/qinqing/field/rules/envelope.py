"""Reading a body: what every record carries around its data. Nothing here refuses: what is wrong becomes a mark."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qinqing.evidence.words import Place, Role, Sent
from qinqing.field.rules import clock
from qinqing.field.rules.losses import uuid_of
from qinqing.field.words import Mark

MOST_ATTACHMENTS = 200
LARGEST_ATTACHMENT = 20 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Envelope:
    """A body as far as it could be read.

    Attributes:
        data: what the folder it is for takes in; None where the body cannot be read at all.
        expected: how many attachments the manifest names, well-formed or not.
    """

    data: Mapping[str, Any] | None
    by_account: int | None
    enterprise_id: int | None
    place: Place | None
    attachments: tuple[Sent, ...]
    expected: int
    clock: clock.Reading
    marks: tuple[Mark, ...]


def read(raw: bytes, *, kind: str, key: UUID, received_at: datetime) -> Envelope:
    """Read a body that came under this kind and id."""
    body = _parsed(raw)
    if body is None or body.get("id") != str(key) or body.get("kind") != kind or not isinstance(body.get("data"), dict):
        # An attachment list that can be read is still expected: the photos may be worth more than the text.
        sent, expected, _ = _manifest(body or {})
        reading = clock.read(None, None, None, received_at=received_at)
        return Envelope(None, None, None, None, sent, expected, reading, (Mark.UNREADABLE,))
    raw_clock = body.get("clock")
    told: Mapping[str, Any] = raw_clock if isinstance(raw_clock, dict) else {}
    reading = clock.read(told.get("wall_ms"), told.get("mono_ms"), told.get("offset_ms"), received_at=received_at)
    sent, expected, is_sound = _manifest(body)
    marks = reading.marks if is_sound else (*reading.marks, Mark.MANIFEST)
    return Envelope(
        data=body["data"],
        by_account=clock.whole(body.get("by")),
        enterprise_id=clock.whole(body.get("enterprise")),
        place=_place(body.get("place")),
        attachments=sent,
        expected=expected,
        clock=reading,
        marks=marks,
    )


def text_of(raw: bytes) -> str:
    """Return a body for a person to read: indented where it is JSON, as it came where it is not."""
    body = _parsed(raw)
    if body is None:
        return raw.decode("utf-8", errors="replace")
    return json.dumps(body, ensure_ascii=False, indent=1)


def _parsed(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
        return _storable(body, 0) if isinstance(body, dict) else None
    except (ValueError, RecursionError):
        return None


def _refuse(name: str) -> None:
    raise ValueError(name)


def _storable(value: Any, depth: int) -> Any:
    """Take out of every text what no database can store: NUL and halves of characters."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub("", name): _storable(one, depth + 1) for name, one in value.items()}
    return value


def _manifest(body: Mapping[str, Any]) -> tuple[tuple[Sent, ...], int, bool]:
    """Return the well-formed attachments, how many are named at all, and whether these are the same."""
    raw = body.get("attachments", [])
    if not isinstance(raw, list):
        return (), 1, False
    found: dict[UUID, Sent] = {}
    for line in raw[:MOST_ATTACHMENTS]:
        sent = _sent(line)
        if sent is not None and sent.id not in found:
            found[sent.id] = sent
    return tuple(found.values()), min(len(raw), 32_000), len(found) == len(raw)


def _sent(line: object) -> Sent | None:
    if not isinstance(line, dict):
        return None
    key, size, sha256 = uuid_of(line.get("id")), line.get("size"), line.get("sha256")
    if key is None or not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        return None
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= LARGEST_ATTACHMENT:
        return None
    role, kind = line.get("role"), line.get("type")
    return Sent(
        id=key,
        sha256=sha256,
        size=size,
        type=kind[:100] if isinstance(kind, str) else "",
        role=role if isinstance(role, str) and role in set(Role) else Role.FILE.value,
        made_at=clock.moment(line.get("made_ms")),
    )


def _place(raw: object) -> Place | None:
    if not isinstance(raw, dict):
        return None
    lat, lng, accuracy, age = (_number(raw.get(name)) for name in ("lat", "lng", "accuracy_m", "age_s"))
    if lat is None or lng is None or not (-90 <= lat <= 90 and -180 <= lng <= 180):
        return None
    source = raw.get("source")
    return Place(lat, lng, abs(accuracy or 0.0), source[:20] if isinstance(source, str) else "", abs(age or 0.0))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10**12:
        return None
    return float(value)
