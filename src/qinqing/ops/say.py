"""How a command speaks: plain Chinese for people, one JSON value for scripts."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any


def say(text: str = "") -> None:
    """Print one line for people."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print one line on standard error."""
    print(text, file=sys.stderr, flush=True)


def say_json(value: Any) -> None:
    """Print one JSON value on one line; moments, dates and paths become strings."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def width(text: str) -> int:
    """Return how many terminal columns a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: Iterable[Sequence[Any]], head: Sequence[str] = ()) -> None:
    """Print rows as aligned columns, with the headings above when given."""
    lines = [[str(cell) for cell in row] for row in ([head] if head else [])]
    lines += [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not lines:
        return
    columns = max(len(line) for line in lines)
    widths = [max((width(line[i]) for line in lines if i < len(line)), default=0) for i in range(columns)]
    for line in lines:
        say("  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(line)).rstrip())
