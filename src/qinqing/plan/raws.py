"""Looking into raw data of any shape, before it is known to be a plan."""

from collections.abc import Iterator
from typing import Any

from qinqing.plan.merge import Raw
from qinqing.plan.mistakes import Path


def rows(raw: Any, *keys: str) -> Iterator[tuple[Path, Raw]]:
    """Yield path and row of each table in a list, skipping whatever is none."""
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    for number, row in enumerate(raw if isinstance(raw, list) else []):
        if isinstance(row, dict):
            yield (*keys, number), row


def word(row: Raw, key: str) -> str:
    """Return a row's text, "" where it is missing or no text."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def codes(raw: Raw, key: str, *kinds: str) -> set[str]:
    """Return the codes of a list's rows, of these kinds only when given."""
    return {
        row["code"]
        for _, row in rows(raw, key)
        if isinstance(row.get("code"), str) and (not kinds or row.get("kind") in kinds)
    }


def number_of(limits: Raw, key: str) -> int | None:
    """Return the number of a limit, None where it is missing or no number."""
    value = limits[key].get("value") if isinstance(limits.get(key), dict) else None
    return value if type(value) is int else None
