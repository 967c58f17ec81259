"""What a version says, as frozen objects, and the one canonical text of it that phones keep and digests are made of."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from qinqing.checklists.words import AnswerKind, Level, Op, Photo

FORM = 1
"""The number of this form of the text; a later form gets the next."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an item rests on: a law as it stood on a day. `to_check`: 待核, nobody has compared the wording yet."""

    law: str
    article: str = ""
    as_of: date | None = None
    to_check: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; the code is what is stored."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Ask the item only where an earlier one was answered so. `value`: a mark, a choice's code, a number, a date."""

    item: str
    op: Op
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plant or of the papers; `order` is the order of walking."""

    title: str
    order: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at.

    Attributes:
        key: stable across versions, never used again for another thing.
        section: title of its section.
        text, hint: what to look at, and how.
        basis: what it rests on.
        answer: how it is answered; `choices` for AnswerKind.CHOICE only.
        level: how grave it is if it fails.
        photo, place: whether pictures or the place are asked for.
        days: calendar days to put it right that are proposed; 0 at once, None nothing proposed.
        show_if: the condition under which it is asked at all.
        required: a visit without an answer to it is flagged.
    """

    key: str
    section: str
    text: str
    hint: str = ""
    basis: tuple[Basis, ...] = ()
    answer: AnswerKind = AnswerKind.YN
    choices: tuple[Choice, ...] = ()
    level: Level = Level.MINOR
    photo: Photo = Photo.OPTIONAL
    place: bool = False
    days: int | None = None
    show_if: ShowIf | None = None
    required: bool = True


@dataclass(frozen=True)
class Content:
    """A version's sections in walking order, and its items in the order they are met."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Return the items by key."""
        return {item.key: item for item in self.items}

    @cached_property
    def walk(self) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
        """Return each section with its items, in walking order."""
        return tuple((part, tuple(i for i in self.items if i.section == part.title)) for part in self.sections)


def in_order(sections: Iterable[Section], items: Iterable[Item]) -> Content:
    """Return the content with sections in walking order and items in the order of their sections; else as given."""
    parts = tuple(sorted(sections, key=lambda part: part.order))
    place = {part.title: part.order for part in parts}
    return Content(parts, tuple(sorted(items, key=lambda item: place[item.section])))


def body_of(content: Content, *, code: str, annex: str, title: str, number: int, is_draft: bool) -> str:
    """Return the canonical text of a version: UTF-8 JSON with sorted keys and no spaces.

    Code, number and 草案 are in it, so that a phone has them with the items and no two versions share a digest.
    """
    said = {
        "v": FORM,
        "code": code,
        "annex": annex,
        "title": title,
        "number": number,
        "is_draft": is_draft,
        "sections": [{"title": part.title, "order": part.order} for part in content.sections],
        "items": [_plain(item) for item in content.items],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(body: str) -> str:
    """Return the digest of a canonical text, hex SHA-256."""
    return hashlib.sha256(body.encode()).hexdigest()


def content_of(said: Mapping[str, Any]) -> Content:
    """Return the content of a version's text, parsed; raises KeyError, TypeError or ValueError where it is none."""
    sections = [Section(str(part["title"]), int(part["order"])) for part in said["sections"]]
    return Content(tuple(sections), tuple(_item(row) for row in said["items"]))


def parse(body: str) -> Content:
    """Return the content of a canonical text."""
    return content_of(json.loads(body))


def _plain(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "section": item.section,
        "text": item.text,
        "hint": item.hint,
        "basis": [
            {
                "law": one.law,
                "article": one.article,
                "as_of": one.as_of.isoformat() if one.as_of else None,
                "to_check": one.to_check,
            }
            for one in item.basis
        ],
        "answer": item.answer.value,
        "choices": [{"code": one.code, "label": one.label} for one in item.choices],
        "level": item.level.value,
        "photo": item.photo.value,
        "place": item.place,
        "days": item.days,
        "show_if": (
            {"item": item.show_if.item, "op": item.show_if.op.value, "value": item.show_if.value}
            if item.show_if
            else None
        ),
        "required": item.required,
    }


def _item(row: Mapping[str, Any]) -> Item:
    shown = row["show_if"]
    return Item(
        key=str(row["key"]),
        section=str(row["section"]),
        text=str(row["text"]),
        hint=str(row["hint"]),
        basis=tuple(
            Basis(
                str(one["law"]),
                str(one["article"]),
                date.fromisoformat(one["as_of"]) if one["as_of"] else None,
                bool(one["to_check"]),
            )
            for one in row["basis"]
        ),
        answer=AnswerKind(row["answer"]),
        choices=tuple(Choice(str(one["code"]), str(one["label"])) for one in row["choices"]),
        level=Level(row["level"]),
        photo=Photo(row["photo"]),
        place=bool(row["place"]),
        days=None if row["days"] is None else int(row["days"]),
        show_if=ShowIf(str(shown["item"]), Op(shown["op"]), str(shown["value"])) if shown else None,
        required=bool(row["required"]),
    )
