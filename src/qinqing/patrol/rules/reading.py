"""Reading what a phone sent: every shape that can be understood is taken, what is odd about it becomes a flag.

Nothing here refuses: the body's bytes are kept by the field whatever is read out of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from qinqing.evidence.words import Body, Flag
from qinqing.kernel.text import clean
from qinqing.patrol.words import Acknowledgement, Nature

MOST_CHECKLISTS = 20
MOST_ANSWERS = 1000
MOST_OFFICES = 20
LONG = 2000
SHORT = 200


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer as given. `text` is the item as the phone showed it."""

    item: str
    repeat: int
    value: str
    note: str
    text: str
    photos: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class GivenRun:
    """One checklist gone through, in the version with this digest."""

    code: str
    sha256: str
    answers: tuple[GivenAnswer, ...]


@dataclass(frozen=True, slots=True)
class GivenAcknowledgement:
    """What the firm's representative did with the record."""

    how: str
    name: str
    reason: str
    attachment: UUID | None


@dataclass(frozen=True, slots=True)
class Given:
    """A visit as the phone tells it. Moments are the phone's own, milliseconds since 1970, None where it tells none."""

    nature: Nature
    started_ms: int | None
    finished_ms: int | None
    exception: str
    joint_with: tuple[int, ...]
    runs: tuple[GivenRun, ...]
    findings: tuple[Mapping[str, Any], ...]
    events: tuple[Mapping[str, Any], ...]
    acknowledgement: GivenAcknowledgement
    summary: str
    status: str
    facts: Mapping[str, Any]
    flags: tuple[Flag, ...]


@dataclass
class _Reader:
    """Reads values out of untrusted JSON, remembering what did not fit."""

    flags: dict[str, Flag] = field(default_factory=dict)

    def odd(self, code: str, words: str) -> None:
        self.flags.setdefault(code, Flag(code, words))

    def text(self, raw: Any, limit: int) -> str:
        if raw is None or isinstance(raw, dict | list):
            return ""
        words = clean(str(raw))
        if len(words) > limit:
            self.odd("text_cut", "有文字超过长度，这里只显示前一部分，原文保存在上传记录里。")
        return words[:limit]

    def rows(self, raw: Any, most: int) -> list[Mapping[str, Any]]:
        if raw in (None, "", [], {}):
            return []
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            self.odd("shape", "记录里有一部分格式不对，没有读出来，原文保存在上传记录里。")
            return []
        found = [one for one in raw if isinstance(one, Mapping)]
        if len(found) < len(raw) or len(found) > most:
            self.odd("shape", "记录里有一部分格式不对，没有读出来，原文保存在上传记录里。")
        return found[:most]

    def mapping(self, raw: Any) -> Mapping[str, Any]:
        return raw if isinstance(raw, Mapping) else {}

    def uuid(self, raw: Any) -> UUID | None:
        try:
            return UUID(str(raw)) if raw else None
        except ValueError:
            self.odd("attachment_unknown", "记录里提到的照片或签名不在上传清单里。")
            return None

    def whole(self, raw: Any) -> int | None:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            return None
        return int(raw) if abs(raw) < 2**53 else None


def is_readable(data: Any) -> bool:
    """Say whether this is a visit at all."""
    return isinstance(data, Mapping) and isinstance(data.get("checklists", []), list) and "nature" in data


def read(data: Body) -> Given:
    """Return what a phone tells of a visit; expects `is_readable`."""
    reader = _Reader()
    return Given(
        nature=_nature(reader, data.get("nature")),
        started_ms=reader.whole(data.get("started_ms")),
        finished_ms=reader.whole(data.get("finished_ms")),
        exception=reader.text(data.get("exception"), SHORT),
        joint_with=_offices(reader, data.get("joint_with")),
        runs=tuple(_run(reader, one) for one in reader.rows(data.get("checklists"), MOST_CHECKLISTS)),
        findings=tuple(reader.rows(data.get("findings"), MOST_ANSWERS)),
        events=tuple(reader.rows(data.get("events"), MOST_ANSWERS)),
        acknowledgement=_acknowledgement(reader, reader.mapping(data.get("acknowledgement"))),
        summary=reader.text(data.get("summary"), LONG),
        status=reader.text(data.get("status"), 20),
        facts=reader.mapping(data.get("facts")),
        flags=tuple(reader.flags.values()),
    )


def _nature(reader: _Reader, raw: Any) -> Nature:
    try:
        return Nature(str(raw))
    except ValueError:
        reader.odd("nature_unknown", "走访类型认不出，已按日常巡查登记。")
        return Nature.ROUTINE


def _offices(reader: _Reader, raw: Any) -> tuple[int, ...]:
    found = [reader.whole(one) for one in raw] if isinstance(raw, list) else []
    return tuple(dict.fromkeys(one for one in found if one is not None and 0 < one < 2**63))[:MOST_OFFICES]


def _run(reader: _Reader, raw: Mapping[str, Any]) -> GivenRun:
    answers: dict[tuple[str, int], GivenAnswer] = {}
    for one in reader.rows(raw.get("answers"), MOST_ANSWERS):
        found = _answer(reader, one)
        if (found.item, found.repeat) in answers:
            reader.odd("answer_twice", "有一项答了两次，以后一次为准。")
        answers[found.item, found.repeat] = found
    return GivenRun(reader.text(raw.get("code"), 40), reader.text(raw.get("sha256"), 64), tuple(answers.values()))


def _answer(reader: _Reader, raw: Mapping[str, Any]) -> GivenAnswer:
    photos = raw.get("photos")
    ids = [reader.uuid(one) for one in photos] if isinstance(photos, list) else []
    return GivenAnswer(
        item=reader.text(raw.get("item"), 40),
        repeat=min(max(reader.whole(raw.get("repeat")) or 0, 0), 32_000),
        value=reader.text(raw.get("value"), LONG),
        note=reader.text(raw.get("note"), LONG),
        text=reader.text(raw.get("text"), LONG),
        photos=tuple(one for one in ids if one is not None),
    )


def _acknowledgement(reader: _Reader, raw: Mapping[str, Any]) -> GivenAcknowledgement:
    how = reader.text(raw.get("how"), 12)
    if how not in dict(Acknowledgement.choices()):
        reader.odd("acknowledgement_missing", "没有登记企业代表的确认情况（签字、未签字或无人在场）。")
        how = ""
    return GivenAcknowledgement(
        how, reader.text(raw.get("name"), 60), reader.text(raw.get("reason"), SHORT), reader.uuid(raw.get("attachment"))
    )
