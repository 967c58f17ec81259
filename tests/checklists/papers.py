"""Checklists to test with: any content that is in order, sheets of it, and sheets spoilt."""

from datetime import date
from io import BytesIO
from string import ascii_uppercase, digits
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from qinqing.checklists.rules import items
from qinqing.checklists.rules.items import Basis, Choice, Content, Item, Section, ShowIf
from qinqing.checklists.sheets.columns import HEADINGS
from qinqing.checklists.words import AnswerKind, Level, Mark, Op, Photo
from qinqing.kernel.text import clean

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"], exclude_characters="|\uff5c、；;=")


def lines(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """Return one tidy line of text."""
    return (
        st.text(LETTERS, min_size=shortest, max_size=longest)
        .map(lambda text: " ".join(clean(text).split()))
        .filter(lambda text: shortest <= len(text) <= longest)
    )


keys = st.text(ascii_uppercase + digits + "-._", min_size=1, max_size=12).filter(lambda key: key[0] not in "-._")
bases = st.builds(
    Basis, lines(30, 1), lines(20), st.none() | st.dates(date(1949, 10, 1), date(2099, 1, 1)), st.just(value=True)
) | st.builds(Basis, lines(30, 1), lines(20), st.dates(date(1949, 10, 1), date(2099, 1, 1)), st.just(value=False))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Draw any content that is in order."""
    titles = draw(st.lists(lines(20, 1), min_size=1, max_size=4, unique=True))
    orders = draw(st.lists(st.integers(1, 999), min_size=len(titles), max_size=len(titles), unique=True))
    sections = [Section(title, order) for title, order in zip(titles, orders, strict=True)]
    names = draw(st.lists(keys, min_size=len(titles), max_size=12, unique=True))
    found: list[Item] = []
    for place, key in enumerate(names):
        section = titles[place] if place < len(titles) else draw(st.sampled_from(titles))
        found.append(_item(draw, key, section))
    walked = items.in_order(sections, found)
    return Content(walked.sections, tuple(_conditioned(draw, walked.items)))


def _item(draw: st.DrawFn, key: str, section: str) -> Item:
    answer = draw(st.sampled_from(AnswerKind))
    choices: tuple[Choice, ...] = ()
    if answer == AnswerKind.CHOICE:
        labels = draw(st.lists(lines(10, 1), min_size=2, max_size=5, unique=True))
        codes = labels if draw(st.booleans()) else [f"c{number}" for number in range(len(labels))]
        choices = tuple(Choice(code, label) for code, label in zip(codes, labels, strict=True))
    photos = [photo for photo in Photo if answer == AnswerKind.YN or photo != Photo.ON_FAIL]
    return Item(
        key=key,
        section=section,
        text=draw(lines(60, 1)),
        hint=draw(lines(30)),
        basis=tuple(draw(st.lists(bases, max_size=3))),
        answer=answer,
        choices=choices,
        level=draw(st.sampled_from(Level)),
        photo=draw(st.sampled_from(photos)),
        place=draw(st.booleans()),
        days=draw(st.none() | st.integers(0, 366)),
        required=draw(st.booleans()),
    )


def _conditioned(draw: st.DrawFn, given: tuple[Item, ...]) -> list[Item]:
    found: list[Item] = []
    for place, item in enumerate(given):
        if place and draw(st.booleans()):
            on = draw(st.sampled_from(given[:place]))
            found.append(_with(item, _condition(draw, on)))
        else:
            found.append(item)
    return found


def _with(item: Item, shown: ShowIf) -> Item:
    return Item(**{name: getattr(item, name) for name in item.__slots__} | {"show_if": shown})


def _condition(draw: st.DrawFn, on: Item) -> ShowIf:
    ordered = on.answer in (AnswerKind.NUMBER, AnswerKind.DATE)
    op = draw(st.sampled_from(list(Op) if ordered else [Op.IS, Op.IS_NOT]))
    values: dict[AnswerKind, st.SearchStrategy[str]] = {
        AnswerKind.YN: st.sampled_from([mark.value for mark in Mark]),
        AnswerKind.CHOICE: st.sampled_from([one.code for one in on.choices] or [""]),
        AnswerKind.NUMBER: st.integers(-999, 9999).map(str),
        AnswerKind.DATE: st.dates(date(2000, 1, 1), date(2099, 1, 1)).map(date.isoformat),
        AnswerKind.TEXT: lines(20, 1),
    }
    return ShowIf(on.key, op, draw(values[on.answer]))


def sheet(rows: list[dict[str, Any]], fields: list[str] | None = None, above: int = 0) -> bytes:
    """Return an .xlsx with our headings and these rows, cells by field; numbers stay numbers."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("清单")
    used = [heading for heading in HEADINGS if fields is None or heading.field in fields]
    for at, heading in enumerate(used):
        page.write(above, at, heading.name)
    for number, row in enumerate(rows, start=above + 1):
        for at, heading in enumerate(used):
            page.write(number, at, row.get(heading.field))
    book.close()
    return out.getvalue()


def plain(key: str, **more: Any) -> dict[str, Any]:
    """Return a row of the sheet that is in order."""
    return {"key": key, "section": "车间", "order": 1, "text": f"看一看 {key}", "answer": "是否", **more}
