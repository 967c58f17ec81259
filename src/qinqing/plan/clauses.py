"""The plan's sentences: each numbered, quoted word for word; every rule in data and code names one.

Source: all of the plan. `三职(x)` is 三、职责分工, `三要(x)` is 三、有关要求: the plan numbers two chapters 三.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CHAPTER = re.compile(r"[^(-]+")
_NUMBER = re.compile(r"\((.)\)")
_CHAPTERS = {
    "序": "序言",
    "一": "一、工作目标",
    "二": "二、主要内容",
    "三职": "三、职责分工",
    "三要": "三、有关要求",
    "附": "附件 网格员职责清单",
    "附1": "附件 第1行 经济和科技发展办公室",
    "附2安": "附件 第2行 安全消防",
    "附2环": "附件 第2行 环保",
    "附2违": "附件 第2行 两违",
    "附3房": "附件 第3行 房屋",
}
_SECTIONS = {
    "二一": "网格员制度",
    "二二": "中转站制度",
    "二三": "协同化制度",
    "二四": "一本账制度",
}
_SHORT = {"序": "序言", "三职": "三", "附": "附件"}
_KINDS = {"F": "功能", "D": "数据", "P": "权限", "T": "时限", "R": "统计", "C": "原则"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the plan.

    Attributes:
        id: stable name, e.g. 二(四)-4.
        quote: the plan's own words.
        kinds: letters F D P T R C: function, data, permission, time limit, report, principle.
        demand: what the software must do about it (for engineers).
        label: short, for a chip: 二（四）.
        place: where it stands in the plan: 二、主要内容（四）一本账制度.
    """

    id: str
    quote: str
    kinds: tuple[str, ...]
    demand: str
    label: str
    place: str

    @property
    def kind_words(self) -> str:
        """Return the kinds in 中文, for the documents."""
        return "、".join(_KINDS[kind] for kind in self.kinds)


@cache
def _clauses() -> dict[str, Clause]:
    rows = json.loads(files("qinqing.plan").joinpath("data/clauses.json").read_text(encoding="utf-8"))
    return {
        row["id"]: Clause(
            row["id"], row["quote"], tuple(row["kind"]), row["demand"], _label(row["id"]), _place(row["id"])
        )
        for row in rows
    }


def _parts(id_: str) -> tuple[str, str]:
    """Return the chapter of an id and the number in brackets: 三职(三)-4 → 三职, 三; the number may be empty."""
    chapter, number = _CHAPTER.match(id_), _NUMBER.search(id_)
    return chapter[0] if chapter else id_, number[1] if number else ""


def _label(id_: str) -> str:
    chapter, number = _parts(id_)
    return _SHORT.get(chapter, chapter) + (f"（{number}）" if number else "")


def _place(id_: str) -> str:
    chapter, number = _parts(id_)
    return _CHAPTERS.get(chapter, chapter) + (f"（{number}）" if number else "") + _SECTIONS.get(chapter + number, "")


def all_ids() -> list[str]:
    """Return the ids of all clauses, in the order of the plan."""
    return list(_clauses())


def every() -> list[Clause]:
    """Return all clauses, in the order of the plan."""
    return list(_clauses().values())


def exists(id_: str) -> bool:
    """Say whether the plan has this clause."""
    return id_ in _clauses()


def clause(id_: str) -> Clause:
    """Return one clause.

    Raises:
        KeyError: the plan has no such clause; ids come from code and checked data, so this is a fault.
    """
    return _clauses()[id_]


def quote(id_: str) -> str:
    """Return the plan's own words of a clause, or "" if it is not (or no longer) in the plan."""
    found = _clauses().get(id_)
    return found.quote if found else ""


def label(id_: str, word: str = "") -> str:
    """Return the text of a chip: 二（四）, with a word to tell it apart 三（三）路灯; an unknown id is shown as it is."""
    found = _clauses().get(id_)
    return (found.label if found else id_) + word
