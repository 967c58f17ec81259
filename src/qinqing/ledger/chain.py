"""The digest chain, pure: what text of an entry is hashed, and how. No Django: the bench and other programs use it too.

An entry's text is all its columns but its own digest, joined by the unit separator U+001F, in the order of `FIELDS`;
the previous digest comes first, so that each entry vouches for all before it. The text cannot be read two ways: an
entry made here holds no U+001F, so its text has exactly `len(FIELDS) - 1` of them; any row with the same text has as
many, all of them joins, hence the same columns. Both databases make the same text (`texts.py`), so a ledger may move
from SQLite to PostgreSQL and still verify.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

SEPARATOR = "\x1f"
NOTHING = "-"
"""How an absent number (no account, no office) is written in the text; no number looks like it."""
FIELDS = (
    "previous",
    "book",
    "seq",
    "algorithm",
    "subject_kind",
    "subject_id",
    "subject_seq",
    "label",
    "stamp",
    "kind",
    "verb",
    "sentence",
    "facts_text",
    "clause",
    "actor_id",
    "actor_name",
    "post",
    "office_id",
    "office_name",
    "via",
    "files_text",
)
"""Columns of an entry in the order they are hashed: every column but `digest`. Never reordered once a ledger exists."""
SEAL_FIELDS = ("previous", "number", "algorithm", "day", "sealed_at", "heads_text", "entries")
"""The same for a seal."""

KNOWN = frozenset({"sm3", "sha256"})
"""Digest algorithms an entry may name; `words.Algorithm` says them in 中文."""

BEIJING = timezone(timedelta(hours=8))
_SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905—2016, A.1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def text_of(values: Mapping[str, object], fields: tuple[str, ...] = FIELDS) -> str:
    """Return the text that is hashed for these column values.

    Raises:
        ValueError: a value holds the separator; `kernel.text.clean` takes it out of everything people type.
    """
    words = [NOTHING if values[name] is None else str(values[name]) for name in fields]
    text = SEPARATOR.join(words)
    if text.count(SEPARATOR) != len(fields) - 1:
        raise ValueError("U+001F in a column would make the text of the entry ambiguous")
    return text


def digest_of(text: str, algorithm: str) -> str:
    """Return the digest of a text as 64 lower-case hex digits.

    Raises:
        ValueError: this machine does not know the algorithm.
    """
    digest = hasher(algorithm)
    digest.update(text.encode())
    return str(digest.hexdigest())


def hasher(algorithm: str) -> Any:
    """Return a fresh hash object; copying it is cheaper than making the next one.

    Raises:
        ValueError: this machine does not know the algorithm.
    """
    if algorithm not in KNOWN:
        raise ValueError(f"unknown digest algorithm: {algorithm!r}")
    return hashlib.new(algorithm)


def stamp_of(at: datetime) -> str:
    """Return a moment as stored: ISO, microseconds, always +08:00, so that it sorts and hashes alike everywhere.

    Raises:
        ValueError: the moment has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be entered in the ledger")
    return at.astimezone(BEIJING).isoformat(timespec="microseconds")


def canonical_json(payload: Mapping[str, Any]) -> str:
    """Return facts as one JSON text: keys sorted, 中文 readable, no spaces. Moments and dates become ISO text.

    Raises:
        TypeError: a value is not plain data.
    """
    text = json.dumps(
        payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
    )
    return _LONE_SURROGATE.sub("\ufffd", text)  # neither database can store half a character


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return stamp_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"not plain data for the ledger: {value!r}")


def best_algorithm(new: Callable[..., Any] = hashlib.new) -> str:
    """Return SM3 where this machine's OpenSSL has it and gets the standard's own example right, else SHA-256.

    Args:
        new: makes a hash object by name, as `hashlib.new` does.
    """
    try:
        right = new("sm3", b"abc").hexdigest() == _SM3_OF_ABC
    except ValueError:
        right = False
    return "sm3" if right else "sha256"


ALGORITHM = best_algorithm()
"""What new entries on this machine are hashed with."""
