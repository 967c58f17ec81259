"""Whether a version's items are in order, and whether they fit the versions before. All mistakes are told at once."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qinqing.checklists.rules.items import Content, Item, Section, ShowIf
from qinqing.checklists.words import AnswerKind, Mark, Op, Photo
from qinqing.kernel.text import clean

MOST_ITEMS = 300
MOST_CHOICES = 20
MOST_BASES = 8
LONGEST = {"key": 20, "section": 40, "text": 300, "hint": 300, "law": 100, "article": 100, "choice": 60}
KEY = re.compile(r"[0-9A-Z][0-9A-Z._-]*")
ALIKE = 0.4
"""Below this likeness a text under a known key is probably another question."""
_OPS = {
    AnswerKind.YN: {Op.IS, Op.IS_NOT},
    AnswerKind.CHOICE: {Op.IS, Op.IS_NOT},
    AnswerKind.NUMBER: set(Op),
    AnswerKind.DATE: set(Op),
    AnswerKind.TEXT: {Op.IS, Op.IS_NOT},
}
BARS = "|\uff5c"
"""What parts name, article and day of a basis in one cell."""
SEPARATORS = "、；;\n"
"""What parts choices in one cell: no label holds one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: with the item at `at` (None: with the list as a whole), in its attribute `field`."""

    at: int | None
    field: str
    sentence: str


def faults(sections: Sequence[Section], items: Sequence[Item]) -> list[Fault]:
    """Return everything that keeps these items from becoming a version, in the order of the items."""
    if not items:
        return [Fault(None, "", "清单里一项也没有。")]
    if len(items) > MOST_ITEMS:
        return [Fault(None, "", f"一张清单最多{MOST_ITEMS}项，现在{len(items)}项。")]
    found = [*_sections(sections, items)]
    seen: dict[str, int] = {}
    for at, item in enumerate(items):
        if item.key in seen:
            found.append(Fault(at, "key", f"编号 {item.key} 与前面的一项重复，每项要有自己的编号。"))
        seen.setdefault(item.key, at)
        found += [Fault(at, field, sentence) for field, sentence in _one(item)]
    found += _conditions(sections, items)
    return sorted(found, key=lambda fault: -1 if fault.at is None else fault.at)


def against(items: Sequence[Item], earlier: Mapping[str, Item]) -> list[Fault]:
    """Return the items that answer in another way than the same key did in an earlier version; `earlier` by key."""
    return [
        Fault(
            at,
            "answer",
            f"{item.key} 以前按“{earlier[item.key].answer.label}”回答，不能改成“{item.answer.label}”："
            "历次记录会对不上。请换一个新编号。",
        )
        for at, item in enumerate(items)
        if item.key in earlier and earlier[item.key].answer != item.answer
    ]


def doubts(items: Sequence[Item], earlier: Mapping[str, Item]) -> list[str]:
    """Return what is allowed but worth a second look, as sentences."""
    if not earlier:
        return []
    found = []
    if not any(item.key in earlier for item in items):
        found.append("没有一个编号与以前的版本相同，是不是选错了清单？")
    for item in items:
        old = earlier.get(item.key)
        if old and old.text != item.text and difflib.SequenceMatcher(None, old.text, item.text).ratio() < ALIKE:
            found.append(
                f"{item.key} 的内容和以前差别很大（原来是“{_short(old.text)}”，现在是“{_short(item.text)}”）。"
                "如果是另一件事，请换新编号。"
            )
    return found


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def _sections(sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Fault]:
    first = {item.section: at for at, item in reversed(list(enumerate(items)))}
    orders: dict[int, str] = {}
    titles: set[str] = set()
    for part in sections:
        at = first.get(part.title)
        if part.title in titles:
            yield Fault(at, "section", f"部位“{part.title}”写了两次。")
        titles.add(part.title)
        if not 1 <= part.order <= 999:
            yield Fault(at, "order", f"部位“{part.title}”的次序应在1到999之间，现在是{part.order}。")
        if part.order in orders:
            yield Fault(at, "order", f"部位“{part.title}”和“{orders[part.order]}”的次序都是{part.order}，请分出先后。")
        orders.setdefault(part.order, part.title)
        if at is None:
            yield Fault(None, "section", f"部位“{part.title}”里一项也没有。")
    for at, item in enumerate(items):
        if item.section not in titles:
            yield Fault(at, "section", f"{item.key} 的部位“{item.section}”不在部位清单里。")


def _one(item: Item) -> Iterator[tuple[str, str]]:
    """Yield field and sentence of everything wrong with an item by itself."""
    if not KEY.fullmatch(item.key) or len(item.key) > LONGEST["key"]:
        yield "key", f"编号应为大写字母、数字和 - . _，最多{LONGEST['key']}个字，例如 F4-01。"
    for field, text, what in (("section", item.section, "部位"), ("text", item.text, "巡查内容")):
        if not text:
            yield field, f"请填写{what}。"
    for field in ("section", "text", "hint"):
        yield from _line(field, getattr(item, field), LONGEST[field])
    yield from _bases(item)
    yield from _choices(item)
    if item.answer != AnswerKind.YN and item.photo == Photo.ON_FAIL:
        yield "photo", f"“{Photo.ON_FAIL.label}”只用于按“{AnswerKind.YN.label}”回答的项。"
    if item.days is not None and not 0 <= item.days <= 366:
        yield "days", "整改天数应在0到366之间，0是立即整改，空着是不预设。"


def _bases(item: Item) -> Iterator[tuple[str, str]]:
    if len(item.basis) > MOST_BASES:
        yield "basis", f"依据最多{MOST_BASES}条。"
    for one in item.basis:
        if not one.law:
            yield "basis", "依据要写法规或标准的名称。"
        yield from _line("basis", one.law, LONGEST["law"], BARS)
        yield from _line("basis", one.article, LONGEST["article"], BARS)
        if not one.to_check and one.as_of is None:
            yield "basis", f"“{_short(one.law)}”标了已核，要写明核对的是哪一天的文本，例如 2026-11-01。"


def _line(field: str, text: str, longest: int, never: str = "") -> Iterator[tuple[str, str]]:
    if len(text) > longest:
        yield field, f"最多{longest}个字，现在{len(text)}个字。"
    if " ".join(clean(text).split()) != text:
        yield field, "不要有首尾空格、连续空格、换行或看不见的字符。"
    if any(mark in text for mark in never):
        yield field, f"不要用 {' '.join(never)}。"


def _choices(item: Item) -> Iterator[tuple[str, str]]:
    if item.answer != AnswerKind.CHOICE:
        if item.choices:
            yield "choices", f"只有按“{AnswerKind.CHOICE.label}”回答的项才写选项。"
        return
    if not 2 <= len(item.choices) <= MOST_CHOICES:
        yield "choices", f"选项要有2到{MOST_CHOICES}个，用顿号隔开。"
    for what, words in (
        ("名称", [one.label for one in item.choices]),
        ("代码", [one.code for one in item.choices]),
    ):
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            yield "choices", f"选项{what}重复：{'、'.join(doubled)}。"
            break
    for one in item.choices:
        if not one.code or not one.label:
            yield "choices", "有空着的选项。"
        yield from _line("choices", one.code, LONGEST["choice"], SEPARATORS.strip() + "=")
        yield from _line("choices", one.label, LONGEST["choice"], SEPARATORS.strip() + "=")


def _conditions(sections: Sequence[Section], items: Sequence[Item]) -> Iterator[Fault]:
    """Yield wrong conditions. An item may depend on what is asked before it only, so that no circle can arise."""
    order = {part.title: part.order for part in sections}
    walked = sorted(range(len(items)), key=lambda at: order.get(items[at].section, 0))
    rank = {at: place for place, at in enumerate(walked)}
    known = {item.key: at for at, item in reversed(list(enumerate(items)))}
    for at, item in enumerate(items):
        if item.show_if is None:
            continue
        other = known.get(item.show_if.item)
        if other is None:
            yield Fault(at, "show_if", f"显示条件里的 {item.show_if.item} 不是本清单的项。")
        elif other == at:
            yield Fault(at, "show_if", "显示条件不能是这一项自己。")
        elif rank[other] > rank[at]:
            yield Fault(at, "show_if", f"显示条件里的 {item.show_if.item} 排在这一项后面，那时还没有回答。")
        elif wrong := _condition(item.show_if, items[other]):
            yield Fault(at, "show_if", wrong)


def _condition(shown: ShowIf, on: Item) -> str:
    """Return what is wrong with a condition on another item, "" if nothing."""
    if shown.op not in _OPS[on.answer]:
        return f"{on.key} 按“{on.answer.label}”回答，不能用 {shown.op.label} 比较。"
    return _VALUES[on.answer](shown.value, on)


def _mark(value: str, on: Item) -> str:
    if value in {mark.value for mark in Mark}:
        return ""
    return f"{on.key} 的答案只有：{'、'.join(mark.label for mark in Mark)}。"


def _chosen(value: str, on: Item) -> str:
    if value in {one.code for one in on.choices}:
        return ""
    return f"{on.key} 的选项里没有“{value[:20]}”，只有：{'、'.join(one.label for one in on.choices)}。"


def _number(value: str, on: Item) -> str:
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", value):
        return ""
    return f"{on.key} 按数字回答，条件也要写数字，例如 {on.key} ≥ 10。"


def _day(value: str, on: Item) -> str:
    try:
        if date.fromisoformat(value).isoformat() == value:
            return ""
    except ValueError:
        pass
    return f"{on.key} 按日期回答，条件也要写日期，例如 {on.key} ≥ 2026-01-01。"


def _words(value: str, on: Item) -> str:
    if value and not list(_line("", value, LONGEST["text"])):
        return ""
    return f"条件里 {on.key} 的文字要写一行，不能空着。"


_VALUES = {
    AnswerKind.YN: _mark,
    AnswerKind.CHOICE: _chosen,
    AnswerKind.NUMBER: _number,
    AnswerKind.DATE: _day,
    AnswerKind.TEXT: _words,
}


def latest(contents: Iterable[Content]) -> dict[str, Item]:
    """Return each key as it was last used, from versions newest first."""
    found: dict[str, Item] = {}
    for content in contents:
        for item in content.items:
            found.setdefault(item.key, item)
    return found
