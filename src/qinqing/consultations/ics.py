"""Sittings in the form other calendars read (RFC 5545). It names place and time, no enterprise and no matter: it leaves the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from qinqing.consultations.rules import LASTS

_LONGEST = 75
"""Octets of a line; longer ones are folded."""


@dataclass(frozen=True)
class Event:
    """One sitting. `key` stays the same and `sequence` grows when it is moved, so that a calendar puts it right."""

    key: str
    sequence: int
    begins: datetime
    place: str
    link: str


def write(events: Iterable[Event], *, at: datetime) -> str:
    """Return a calendar of these events.

    Source: 三职(二)-2.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//qinqing//consultations//ZH", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.key)}",
            f"SEQUENCE:{event.sequence}",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART:{_moment(event.begins)}",
            f"DTEND:{_moment(event.begins + LASTS)}",
            "SUMMARY:涉企事项协调会商",
            f"LOCATION:{_text(event.place)}",
            f"DESCRIPTION:{_text('议题请登录查看：' + event.link)}",
            f"URL:{event.link}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:涉企事项协调会商",
            "TRIGGER:-PT1H",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "".join(_fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, "\\" + mark)
    return words.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Break a line so that none is longer than the standard lets it, never inside a character."""
    parts: list[str] = []
    now = ""
    for letter in line:
        if len((now + letter).encode()) > _LONGEST - (1 if parts else 0):
            parts.append(now)
            now = ""
        now += letter
    return "\r\n ".join([*parts, now])
