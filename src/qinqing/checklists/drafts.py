"""The drafts that come with the system, until the town hands in its own annexes 4 to 7. Always marked 草案.

The file says only what is not the rule: answered by yes or no, 一般, pictures possible, 15 days to put right.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from qinqing.checklists.rules.items import Basis, Choice, Content, Item, Section, ShowIf, in_order
from qinqing.checklists.words import AnswerKind, Level, Op, Photo

DAYS = {Level.GRAVE: 0, Level.SUSPECTED: 0, Level.MINOR: 15}
"""Proposed days to put right by level: what may be grave is put right at once. Source: 附2安-(5)b (house default)."""
_PLANS_OWN = "本方案"


@dataclass(frozen=True, slots=True)
class Draft:
    """One list that comes with the system."""

    code: str
    annex: str
    title: str
    source: str
    content: Content


@cache
def drafts() -> dict[str, Draft]:
    """Return the drafts by code, in order. Source: 附2安-(3)a, 附2安-(3)c."""
    said = json.loads((files("qinqing.checklists") / "data/drafts.json").read_text(encoding="utf-8"))
    as_of = date.fromisoformat(said["as_of"])
    return {
        row["code"]: Draft(row["code"], row["annex"], row["title"], said["source"], _content(row["items"], as_of))
        for row in said["checklists"]
    }


def _content(rows: list[dict[str, Any]], as_of: date) -> Content:
    items = [_item(row, as_of) for row in rows]
    titles = dict.fromkeys(item.section for item in items)
    return in_order([Section(title, order) for order, title in enumerate(titles, start=1)], items)


def _item(row: Mapping[str, Any], as_of: date) -> Item:
    answer, level = AnswerKind(row.get("answer", AnswerKind.YN)), Level(row.get("level", Level.MINOR))
    is_yn = answer == AnswerKind.YN
    shown = row.get("show_if")
    return Item(
        key=row["key"],
        section=row["section"],
        text=row["text"],
        hint=row.get("hint", ""),
        basis=tuple(Basis(law, "".join(rest), as_of, law != _PLANS_OWN) for law, *rest in row.get("basis", [])),
        answer=answer,
        choices=tuple(Choice(code, label) for code, label in row.get("choices", {}).items()),
        level=level,
        photo=Photo(row.get("photo", Photo.OPTIONAL if is_yn else Photo.NONE)),
        days=DAYS.get(level),
        show_if=ShowIf(shown[0], Op(shown[1]), shown[2]) if shown else None,
        # What is asked only because there is something to say about it is not left blank.
        required=answer in (AnswerKind.YN, AnswerKind.CHOICE) or shown is not None,
    )
