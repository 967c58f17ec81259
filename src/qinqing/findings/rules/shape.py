"""Reading a FINDING or an EVENT as a phone sent it. Nothing in it has been checked; nothing makes us refuse it.

What cannot be read is replaced by the cautious reading, and a flag says so to the office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from qinqing.evidence.words import Flag
from qinqing.findings.rules.sight import Happening
from qinqing.findings.words import FROM_PHONES, EventKind, Level
from qinqing.kernel.text import clean

MOST_PHOTOS = 30
LONGEST = 10_000
UNREADABLE = Flag("finding_unreadable", "有一条隐患记录读不出来，已原样保存，请联系上传的网格员补登。")
_EVENT_UNREADABLE = Flag("event_unreadable", "有一条隐患跟进读不出来，已原样保存，请联系上传的网格员补登。")
_RESULTS = {"stopped": "stopped", "refused": "refused"}


@dataclass(frozen=True)
class Stop:
    """The stop notice: who was told, when and how, and what the firm did; or why it could not be told."""

    whom: str = ""
    at: datetime | None = None
    way: str = ""
    response: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Found:
    """A hazard as it was found."""

    uid: UUID
    category: str
    level: Level
    text: str
    checklist: str = ""
    item: str = ""
    item_text: str = ""
    place_text: str = ""
    photos: tuple[str, ...] = ()
    advice: str = ""
    deadline: date | None = None
    is_fixed_on_spot: bool = False
    is_problem: bool = False
    repeat_of: UUID | None = None
    stop: Stop | None = None


@dataclass(frozen=True)
class Sent:
    """An event as a phone sent it."""

    id: UUID
    finding: UUID
    happening: Happening
    text: str
    photos: tuple[str, ...]


@dataclass
class _Reader:
    """Takes values out of an untrusted mapping and collects what was wrong with them."""

    raw: Mapping[str, Any]
    flags: list[Flag] = field(default_factory=list)

    def text(self, name: str, limit: int = LONGEST) -> str:
        given = self.raw.get(name)
        words = clean(given) if isinstance(given, str) else ""
        return words[:limit]

    def yes(self, name: str) -> bool:
        return self.raw.get(name) is True

    def uuid(self, name: str) -> UUID | None:
        return as_uuid(self.raw.get(name))

    def photos(self) -> tuple[str, ...]:
        given = self.raw.get("photos")
        listed = given if isinstance(given, Sequence) and not isinstance(given, str) else ()
        found = [str(one) for one in map(as_uuid, listed[:MOST_PHOTOS]) if one]
        return tuple(dict.fromkeys(found))

    def day(self, name: str, label: str) -> date | None:
        given = self.raw.get(name)
        if given in (None, ""):
            return None
        try:
            return date.fromisoformat(str(given))
        except ValueError:
            self.flags.append(Flag("day_unreadable", f"{label}读不出来，按没有填处理。"))
            return None


def as_uuid(given: Any) -> UUID | None:
    """Return an id, None if it is none."""
    if isinstance(given, UUID):
        return given
    try:
        return UUID(given) if isinstance(given, str) and len(given) == 36 else None
    except ValueError:
        return None


def moment_of(given: Any, *, latest: datetime) -> datetime | None:
    """Return a phone's moment (milliseconds since 1970), no later than `latest`; None if it is none."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    try:
        return min(datetime.fromtimestamp(given / 1000, UTC), latest)
    except (ValueError, OverflowError, OSError):
        return None


def read_finding(raw: Any, *, made_at: datetime) -> tuple[Found | None, list[Flag]]:
    """Return a hazard and what is questionable about it; None where not even its id can be read."""
    if not isinstance(raw, Mapping) or (uid := as_uuid(raw.get("id"))) is None:
        return None, [UNREADABLE]
    reader = _Reader(raw)
    text = reader.text("text")
    if not text:
        reader.flags.append(Flag("text_missing", "没有写发现的情况，请联系上传的网格员补写。"))
    level = raw.get("level")
    if level not in ("minor", "grave"):
        reader.flags.append(Flag("level_unreadable", "隐患程度读不出来，按“一般”登记，请核对。"))
    found = Found(
        uid=uid,
        category=reader.text("category", 40),
        level=Level.GRAVE if level == "grave" else Level.MINOR,
        text=text or "（没有写发现的情况）",
        checklist=reader.text("checklist", 20),
        item=reader.text("item", 40),
        item_text=reader.text("item_text", 500),
        place_text=reader.text("place_text", 120),
        photos=reader.photos(),
        advice=reader.text("advice", 2000),
        deadline=reader.day("deadline", "整改期限"),
        is_fixed_on_spot=reader.yes("fixed_on_spot"),
        is_problem=reader.yes("is_problem"),
        repeat_of=reader.uuid("repeat_of"),
        stop=_stop(raw.get("stop"), made_at),
    )
    return found, reader.flags


def _stop(raw: Any, made_at: datetime) -> Stop | None:
    if not isinstance(raw, Mapping):
        return None
    reader = _Reader(raw)
    response = _RESULTS.get(str(raw.get("result")), "")
    told = moment_of(raw.get("told_at_ms"), latest=made_at) or made_at
    return Stop(
        whom=reader.text("told_name", 60),
        at=told if response else None,
        way=reader.text("how", 30),
        response=response,
        why_not=reader.text("why_not", 200),
    )


def read_event(raw: Any, *, made_at: datetime) -> tuple[Sent | None, list[Flag]]:
    """Return an event and what is questionable about it; None where id, finding or kind cannot be read."""
    if not isinstance(raw, Mapping):
        return None, [_EVENT_UNREADABLE]
    id_, finding, kind = as_uuid(raw.get("id")), as_uuid(raw.get("finding")), str(raw.get("kind"))
    if id_ is None or finding is None or kind not in {one.value for one in FROM_PHONES}:
        return None, [_EVENT_UNREADABLE]
    reader = _Reader(raw)
    base = raw.get("base_version")
    seen = base if isinstance(base, int) and not isinstance(base, bool) and 0 <= base < 2**31 else 0
    until = reader.day("until", "延期到的日期")
    happening = Happening(kind=EventKind(kind), made_at=made_at, base_version=seen, until=until)
    return Sent(id_, finding, happening, reader.text("text"), reader.photos()), reader.flags
