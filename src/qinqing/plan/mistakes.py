"""What is wrong with a plan's file, said so that the person who edits it can put it right: file, key, what is expected."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from qinqing.kernel.errors import Refused

Path = tuple[str | int, ...]
"""Where in the file: ("topics", 3, "office")."""

ROW_NAMES = ("code", "username", "clause")
"""The entries of a row that tell it apart, best first."""


@dataclass(frozen=True, slots=True)
class PlanMistake:
    """One thing to put right.

    Attributes:
        file: the file to edit.
        key: where: `topics[3].office`, counted from 0.
        row: code of the row the key lies in, "" outside of rows.
        expected: 中文, what should stand there.
    """

    file: str
    key: str
    row: str
    expected: str

    def __str__(self) -> str:
        row = f"（{self.row}）" if self.row else ""
        return f"{self.file}：{self.key}{row}：{self.expected}" if self.key else f"{self.file}：{self.expected}"


class PlanRefused(Refused):
    """The file is no plan; `mistakes` holds every one that was found."""

    def __init__(self, mistakes: Iterable[PlanMistake]) -> None:
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  · {mistake}" for mistake in self.mistakes)
        super().__init__("plan_invalid", f"方案有{len(self.mistakes)}处不对：\n{lines}")


def key_of(path: Path) -> str:
    """Return a path as people write it: topics[3].office."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def row_of(raw: Any, path: Path) -> str:
    """Return the code of the innermost row the path goes through, "" if it goes through none that has one."""
    name, here = "", raw
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, int) and isinstance(here, dict):
            name = next((here[key] for key in ROW_NAMES if isinstance(here.get(key), str)), name)
    return name


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f"，现在写的是“{text[:40]}{'…' if len(text) > 40 else ''}”" if not isinstance(value, dict | list) else ""


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")


_SAYINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "缺这一项",
    "string_type": lambda _: "应为加引号的文字",
    "string_sub_type": lambda _: "应为加引号的文字",
    "int_type": lambda _: "应为整数，不加引号",
    "int_from_float": lambda _: "应为整数，不要小数",
    "finite_number": lambda _: "应为整数",
    "bool_type": lambda _: "应为 true 或 false，不加引号",
    "tuple_type": lambda _: "应为方括号里的清单",
    "model_type": lambda _: "应为一个表（下面逐项写）",
    "literal_error": lambda context: f"只能是：{_choices(context)}",
    "enum": lambda context: f"只能是：{_choices(context)}",
    "string_too_short": lambda _: "不能空着",
    "string_too_long": lambda context: f"最多{context['max_length']}个字",
    "string_pattern_mismatch": lambda _: "代码只用小写字母、数字和下划线，以字母开头",
    "greater_than_equal": lambda context: f"不能小于{context['ge']}",
    "less_than_equal": lambda context: f"不能大于{context['le']}",
    "too_short": lambda context: f"至少要有{context['min_length']}条",
    "too_long": lambda context: f"最多{context['max_length']}条",
}
_WITHOUT_VALUE = {"missing", "extra_forbidden", "string_too_short", "too_short"}


def saying(error: ErrorDetails, known_keys: Iterable[str]) -> str:
    """Return what pydantic complains of in 中文; `known_keys` are offered for a misspelt one."""
    kind = error["type"]
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), list(known_keys), 1, 0.75)
        return "没有这一项" + (f"，是不是 {near[0]}？" if near else "，请删去或改名")
    # Our own validators speak 中文 already.
    text = _SAYINGS[kind](error.get("ctx", {})) if kind in _SAYINGS else error["msg"]
    return text if kind in _WITHOUT_VALUE else text + _shown(error["input"])
