"""The cells of one row as an item: every way people write the same thing, and a sentence where it cannot be read."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from qinqing.checklists.rules.checking import BARS, Fault
from qinqing.checklists.rules.items import Basis, Choice, Item, ShowIf
from qinqing.checklists.words import AnswerKind, Level, Mark, Op, Photo
from qinqing.kernel.choices import Words
from qinqing.kernel.text import clean

T = TypeVar("T")
W = TypeVar("W", bound=Words)
_YES, _NO = {"是", "要", "必答", "Y", "YES", "1", "√"}, {"否", "不要", "N", "NO", "0", "×", "不"}
_LEVELS = {
    "重大隐患": Level.GRAVE,
    "疑似重大隐患": Level.SUSPECTED,
    "一般隐患": Level.MINOR,
    "-": Level.NONE,
    "无": Level.NONE,
}
_ANSWERS = {"YN": AnswerKind.YN, "是/否": AnswerKind.YN, "符合/存在问题/不涉及": AnswerKind.YN, "文本": AnswerKind.TEXT}
_PHOTOS = {"可选": Photo.OPTIONAL, "必须": Photo.REQUIRED, "无": Photo.NONE, "不需要": Photo.NONE}
_OPS = {"=": Op.IS, "是": Op.IS, "≠": Op.IS_NOT, "!=": Op.IS_NOT, "不是": Op.IS_NOT}
_OPS |= {"≥": Op.AT_LEAST, ">=": Op.AT_LEAST, "≤": Op.AT_MOST, "<=": Op.AT_MOST}
_CONDITION = re.compile(r"([0-9A-Z][0-9A-Z._-]*)\s*(!=|>=|<=|[=≠≥≤]|不是|是)\s*(.+)")
_WIDE = "\uff1d"
"""The equals sign as Chinese keyboards type it."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def line(raw: str) -> str:
    """Return a cell's text on one line, single spaces."""
    return " ".join(clean(raw).split())


def whole(raw: str) -> int | None:
    """Return a whole number, None where the cell holds none."""
    text = unicodedata.normalize("NFKC", raw).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


@dataclass
class _Row:
    """Reads a row cell by cell; what cannot be read becomes a fault, and the default stands in."""

    raw: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def line(self, name: str) -> str:
        return line(self.raw.get(name, ""))

    def cell(self, name: str, reader: Callable[[str], T], default: T) -> T:
        text = self.line(name)
        try:
            return reader(text) if text else default
        except ValueError as fault:
            self.faults.append(Fault(None, name, str(fault)))
            return default

    def basis(self) -> Iterator[Basis]:
        for text in self.raw.get("basis", "").split("\n"):
            try:
                if line(text):
                    yield _basis(text)
            except ValueError as fault:
                self.faults.append(Fault(None, "basis", str(fault)))


def item_of(raw: Mapping[str, str]) -> tuple[Item, list[Fault]]:
    """Return a row's item, its condition left out, and the cells that could not be read (their default stands in)."""
    row = _Row(raw)
    answer = row.cell("answer", _answer, AnswerKind.YN)
    found = Item(
        key=unicodedata.normalize("NFKC", row.line("key")).upper(),
        section=row.line("section"),
        text=row.line("text"),
        hint=row.line("hint"),
        basis=tuple(row.basis()),
        answer=answer,
        choices=_choices(raw.get("choices", "")),
        level=row.cell("level", _level, Level.MINOR),
        photo=row.cell("photo", _photo, Photo.OPTIONAL),
        place=row.cell("place", _yes, False),
        days=row.cell("days", _days, None),
        required=row.cell("required", _yes, answer in (AnswerKind.YN, AnswerKind.CHOICE)),
    )
    return found, row.faults


def conditions(raws: Sequence[str], items: Sequence[Item]) -> tuple[list[ShowIf | None], list[Fault]]:
    """Return the condition of each row, read with the items they speak of, and the cells that are no condition."""
    known = {item.key: item for item in reversed(items)}
    found: list[ShowIf | None] = []
    faults: list[Fault] = []
    for at, raw in enumerate(raws):
        text = line(raw)
        match = _CONDITION.fullmatch(_upper_key(text)) if text else None
        if text and match is None:
            faults.append(Fault(at, "show_if", "应为：编号 = 回答，例如 F4-11 = 存在问题。"))
        found.append(ShowIf(match[1], _OPS[match[2]], _value(match[3], known.get(match[1]))) if match else None)
    return found, faults


def _upper_key(text: str) -> str:
    """Return a condition with its key as keys are written: half-width capitals; the value stays as typed."""
    parts = re.match(rf"[^\s=≠≥≤!<>是不{_WIDE}]+", text)
    head = parts[0] if parts else ""
    rest = text[len(head) :].replace(_WIDE, "=", 1)
    return unicodedata.normalize("NFKC", head).upper() + rest


def _value(text: str, on: Item | None) -> str:
    """Return the code of an answer written in words."""
    text = text.strip()
    if on is None:
        return text
    if on.answer == AnswerKind.YN:
        return next((mark.value for mark in Mark if text in (mark.label, mark.value)), text)
    if on.answer == AnswerKind.CHOICE:
        named = [one.code for one in on.choices if one.label == text]
        return (named or [text])[0]
    if on.answer == AnswerKind.DATE:
        day = _day(text)
        return day.isoformat() if day else text
    return text


def _word(text: str, words: type[W], also: Mapping[str, W]) -> W:
    for member in words:
        if text in (member.label, member.value):
            return member
    found = also.get(unicodedata.normalize("NFKC", text).upper()) or also.get(text)
    if found is None:
        raise ValueError(f"应为：{'、'.join(label for _, label in words.choices())}。")
    return found


def _answer(text: str) -> AnswerKind:
    return _word(text, AnswerKind, _ANSWERS)


def _level(text: str) -> Level:
    return _word(text, Level, _LEVELS)


def _photo(text: str) -> Photo:
    return _word(text, Photo, _PHOTOS)


def _yes(text: str) -> bool:
    text = unicodedata.normalize("NFKC", text).upper()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueError("应为“是”或“否”，或空着。")


def _days(text: str) -> int | None:
    text = "0" if text == "立即" else text.removesuffix("天")
    found = whole(text)
    if found is None:
        raise ValueError("应为0到366的整数，或空着。")
    return found


def _basis(text: str) -> Basis:
    parts = [line(part) for part in re.split(f"[{re.escape(BARS)}]", text)]
    if len(parts) > 4:
        raise ValueError("一条依据最多四段：法规名称|条款|核对的文本日期|待核或已核。")
    law, article, day, mark = (*parts, "", "", "")[:4]
    as_of = _day(day)
    if day and as_of is None:
        raise ValueError(f"“{day[:20]}”不是日期，应如 2026-11-01。")
    if mark not in ("", "待核", "已核"):
        raise ValueError(f"“{mark[:20]}”应为“待核”或“已核”。")
    return Basis(law, article, as_of, mark != "已核")


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _choices(text: str) -> tuple[Choice, ...]:
    found = []
    for part in re.split(r"[、；;\n]", text):
        code, mark, label = (line(piece) for piece in part.partition("="))
        if code or label:
            found.append(Choice(code, label) if mark else Choice(code, code))
    return tuple(found)
