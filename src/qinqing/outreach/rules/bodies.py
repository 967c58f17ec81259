"""Reading what a phone wrote: nothing is refused for what it says, everything odd becomes a flag.

What is no record at all (a text where a list should be) raises TypeError; the field keeps such a record as unreadable.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qinqing.evidence.words import Body, Flag, Record
from qinqing.kernel.text import clean
from qinqing.workdays.rules.hours import SHANGHAI

_AHEAD = timedelta(minutes=10)
"""Clocks differ by so much without anybody being wrong."""
_MOST_ROWS = 2000


class Reader:
    """One record's data, read field by field; `flags` gathers what is questionable."""

    def __init__(self, data: Body, record: Record) -> None:
        if not isinstance(data, Mapping):
            raise TypeError("data is no object")
        self.data, self.record = data, record
        self.flags: list[Flag] = []

    def flag(self, code: str, words: str) -> None:
        """Add a flag; the same code once."""
        if all(one.code != code for one in self.flags):
            self.flags.append(Flag(code, words))

    def line(self, name: str, most: int, row: Mapping[str, Any] | None = None) -> str:
        """Return one line of text, cut where it is too long."""
        return " ".join(self.text(name, most, row).split())

    def text(self, name: str, most: int, row: Mapping[str, Any] | None = None) -> str:
        """Return text, cut where it is too long."""
        raw = (self.data if row is None else row).get(name)
        if raw is None:
            return ""
        if not isinstance(raw, str | int | float):
            self.flag("text_odd", "有一栏不是文字，没有取用；原样保存在记录里。")
            return ""
        found = clean(str(raw))
        if len(found) > most:
            self.flag("text_cut", f"文字超过{most}字，只取了前面；全文保存在记录里。")
        return found[:most]

    def choice(self, name: str, allowed: Collection[str], default: str, row: Mapping[str, Any] | None = None) -> str:
        """Return a code; an unknown one becomes the default and is flagged."""
        raw = (self.data if row is None else row).get(name)
        if raw in (None, ""):
            return default
        if isinstance(raw, str) and raw in allowed:
            return raw
        self.flag("choice_unknown", "有一项选择本版本不认识，已按未选处理。")
        return default

    def codes(self, name: str, allowed: Collection[str]) -> list[str]:
        """Return several codes, unknown ones left out and flagged."""
        raw = self.data.get(name) or []
        if not isinstance(raw, list):
            raise TypeError(f"{name} is no list")
        found = list(dict.fromkeys(one for one in raw if isinstance(one, str) and one in allowed))
        if len(found) < len(raw):
            self.flag("choice_unknown", "有一项选择本版本不认识，已按未选处理。")
        return found

    def yes(self, name: str, row: Mapping[str, Any] | None = None) -> bool:
        """Return whether something is ticked; only a plain true counts."""
        return (self.data if row is None else row).get(name) is True

    def number(self, name: str, row: Mapping[str, Any] | None = None) -> int | None:
        """Return an id, None where there is none."""
        raw = (self.data if row is None else row).get(name)
        fits = isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 2**63
        return raw if fits else None

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return a list of objects."""
        raw = self.data.get(name) or []
        if not isinstance(raw, list) or len(raw) > _MOST_ROWS or not all(isinstance(one, Mapping) for one in raw):
            raise TypeError(f"{name} is no list of objects")
        return raw

    def moment(self, name: str, row: Mapping[str, Any] | None = None) -> datetime:
        """Return a moment of the phone's clock, corrected, on Shanghai's; the record's own where there is none.

        One that lies after the record arrived is taken as the record's own, and flagged.
        """
        own = self.record.made_at.astimezone(SHANGHAI)
        raw = (self.data if row is None else row).get(name)
        if raw is None:
            return own
        try:
            found = self.record.corrected(int(raw)).astimezone(SHANGHAI)
        except (TypeError, ValueError, OverflowError):
            self.flag("time_odd", "有一个时间认不出，已按记录的时间。")
            return own
        if found > self.record.received_at + _AHEAD or found.year < 2020:
            self.flag("time_ahead", "有一个时间对不上，已按记录的时间，请核对。")
            return own
        return found

    def photos(self, row: Mapping[str, Any] | None = None) -> list[UUID]:
        """Return the photos named, those that are not on the record's manifest left out and flagged."""
        raw = (self.data if row is None else row).get("photos") or []
        if not isinstance(raw, list):
            raise TypeError("photos is no list")
        sent = {str(one.id): one.id for one in self.record.attachments}
        found = [sent[one] for one in raw if isinstance(one, str) and one in sent]
        if len(found) < len(raw):
            self.flag("attachment_unknown", "提到的照片不在上传清单里。")
        return found
