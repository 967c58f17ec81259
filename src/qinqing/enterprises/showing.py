"""Stored values in words, for entries, proposals and pages. Pure."""

from datetime import date
from decimal import Decimal
from typing import Any

from qinqing.enterprises import industries
from qinqing.enterprises.words import Kind, NumberKind, Ownership, Scale, Status, Tag
from qinqing.kernel.choices import Words

_WORDS: dict[str, type[Words]] = {
    "kind": Kind,
    "status": Status,
    "scale": Scale,
    "ownership": Ownership,
    "number_kind": NumberKind,
}


def in_words(field: str, value: Any) -> str:
    """Return a stored value as people say it; "" for nothing. Parks are ids here: name them before."""
    if value is None or value in ("", []):
        return ""
    if field in _WORDS:
        return _WORDS[field].label_of(value)
    if field == "tags":
        return "、".join(Tag.label_of(code) for code in value)
    if field == "industry":
        return f"{value} {industries.name_of(value)}".strip()
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def number(uscc: str | None, old_number: str | None) -> str:
    """Return the number a firm is known by, "" if it has none."""
    return uscc or old_number or ""
