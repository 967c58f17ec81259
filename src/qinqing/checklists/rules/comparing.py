"""How two versions differ, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qinqing.checklists.rules.items import Basis, Content, Item, ShowIf
from qinqing.checklists.words import AnswerKind, Mark


@dataclass(frozen=True, slots=True)
class Changed:
    """One item of both versions that says something else now; `points` hold 中文 name, old and new words."""

    item: Item
    points: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the newer version adds, drops and says otherwise; `order` tells that the sections are walked otherwise."""

    added: tuple[Item, ...]
    dropped: tuple[Item, ...]
    changed: tuple[Changed, ...]
    order: tuple[str, str] | None

    @property
    def is_none(self) -> bool:
        """Say whether both say the same."""
        return not (self.added or self.dropped or self.changed or self.order)

    def __str__(self) -> str:
        parts = [
            f"{word}{len(items)}项"
            for word, items in (("新增", self.added), ("删去", self.dropped), ("改动", self.changed))
            if items
        ]
        parts += ["部位次序有调整"] if self.order else []
        return "，".join(parts) or "内容没有变化"


def difference(old: Content, new: Content) -> Difference:
    """Return what `new` does otherwise than `old`."""
    before, after = _walked(old), _walked(new)
    return Difference(
        added=tuple(item for item in new.items if item.key not in old.by_key),
        dropped=tuple(item for item in old.items if item.key not in new.by_key),
        changed=tuple(
            Changed(item, points)
            for item in new.items
            if (was := old.by_key.get(item.key)) and (points := tuple(_points(was, old, item, new)))
        ),
        order=(before, after) if before != after else None,
    )


def _walked(content: Content) -> str:
    return " → ".join(part.title for part in content.sections)


def _points(old: Item, old_content: Content, new: Item, new_content: Content) -> Iterator[tuple[str, str, str]]:
    for name, before, after in (
        ("部位", old.section, new.section),
        ("巡查内容", old.text, new.text),
        ("提示", old.hint, new.hint),
        ("依据", bases_said(old.basis), bases_said(new.basis)),
        ("回答方式", old.answer.label, new.answer.label),
        ("选项", choices_said(old), choices_said(new)),
        ("问题等级", old.level.label, new.level.label),
        ("影像", old.photo.label, new.photo.label),
        ("定位", "要" if old.place else "不要", "要" if new.place else "不要"),
        ("整改天数", days_said(old.days), days_said(new.days)),
        ("显示条件", condition_said(old.show_if, old_content), condition_said(new.show_if, new_content)),
        ("必答", "是" if old.required else "否", "是" if new.required else "否"),
    ):
        if before != after:
            yield name, before, after


def bases_said(bases: tuple[Basis, ...]) -> str:
    """Return what an item rests on, in words: 安全生产法第41条（2026-11-01文本，待核）."""
    groups = groupby(bases, key=lambda one: (one.as_of, one.to_check))
    return "；".join(_same_text(*key, list(group)) for key, group in groups)


def _same_text(as_of: date | None, to_check: bool, bases: list[Basis]) -> str:
    """Say once which day's wording several bases are of."""
    notes = [f"{as_of.isoformat()}文本"] if as_of else []
    notes += ["待核"] if to_check else []
    return "；".join(f"{one.law}{one.article}" for one in bases) + (f"（{'，'.join(notes)}）" if notes else "")


def choices_said(item: Item) -> str:
    """Return the choices in words."""
    return "、".join(one.label for one in item.choices)


def days_said(days: int | None) -> str:
    """Return a proposed time to put right in words, "" where nothing is proposed."""
    return "" if days is None else f"{days}天" if days else "立即"


def condition_said(shown: ShowIf | None, content: Content) -> str:
    """Return a condition in words: F4-11 = 存在问题; "" where there is none."""
    if shown is None:
        return ""
    on = content.by_key.get(shown.item)
    value = shown.value
    if on and on.answer == AnswerKind.YN:
        value = Mark.label_of(value)
    elif on and on.answer == AnswerKind.CHOICE:
        value = next((one.label for one in on.choices if one.code == value), value)
    return f"{shown.item} {shown.op.label} {value}"
