"""A sheet read back: the items, or every bad cell with row, column and what should stand there."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qinqing.checklists.rules import checking, items
from qinqing.checklists.rules.checking import Fault
from qinqing.checklists.rules.items import Content, Item, Section
from qinqing.checklists.sheets import cells
from qinqing.checklists.sheets.columns import HEADING, HEADINGS, NEEDED
from qinqing.enterprises.imports import tables
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean

_LOOKED_AT = 30
"""Headings stand within so many rows from the top."""
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell to put right. `spot` is as the spreadsheet calls it (D7), "" for the list as a whole."""

    spot: str
    row: int
    column: str
    given: str
    sentence: str

    def __str__(self) -> str:
        where = f"第{self.row}行“{self.column}”（{self.spot}）" if self.spot else ""
        return f"{where}：{self.sentence}" if where else self.sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came of reading: `content` only when nothing is wrong. `rows` counts the items found."""

    content: Content | None
    bad: tuple[BadCell, ...]
    rows: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    raw: Mapping[str, str]


def read(filename: str, upload: bytes, *, earlier: Mapping[str, Item] | None = None) -> Sheet:
    """Return the items of an upload, or every bad cell.

    Args:
        filename: as it was called; content decides what it is.
        upload: the bytes of an .xlsx or .csv.
        earlier: each key as it was last published: its way of answering may not change.

    Raises:
        Refused: it is no table at all, or none with the columns of a checklist.
    """
    table, start, columns = _find(tables.read(filename, upload, what="巡查清单"))
    rows = list(_rows(table, start, columns))
    found: list[Item] = []
    faults: list[Fault] = []
    for at, row in enumerate(rows):
        item, wrong = cells.item_of(row.raw)
        found.append(item)
        faults += [replace(fault, at=at) for fault in wrong]
    sections, wrong = _sections(rows)
    faults += wrong
    shown, wrong = cells.conditions([row.raw.get("show_if", "") for row in rows], found)
    found = [replace(item, show_if=one) for item, one in zip(found, shown, strict=True)]
    faults += wrong
    # A cell that could not be read is told once, by whoever could not read it.
    told = {(fault.at, fault.field) for fault in faults}
    more = [*checking.faults(sections, found), *checking.against(found, earlier or {})]
    faults += [fault for fault in more if (fault.at, fault.field) not in told]
    bad = _placed(faults, rows, columns)
    content = None if bad else items.in_order(sections, found)
    return Sheet(content, tuple(bad[:MOST_SHOWN]), len(rows), (*table.notes, *_left_out(columns)))


def _find(read_: Sequence[tables.Table]) -> tuple[tables.Table, int, dict[str, int]]:
    """Return the sheet with the headings, the row they stand in (from 0), and the column of each field."""
    best: dict[str, int] = {}
    for table in read_:
        for number, row in enumerate(table.rows[:_LOOKED_AT]):
            columns = _columns(row)
            if all(heading.field in columns for heading in NEEDED):
                return table, number, columns
            best = max(best, columns, key=len)
    missing = [heading.name for heading in NEEDED if heading.field not in best]
    raise Refused(
        "no_headings",
        f"没有找到清单的表头：缺“{'”“'.join(missing)}”列。请先导出一份清单，在它上面改。",
        field="file",
    )


def _left_out(columns: Mapping[str, int]) -> list[str]:
    missing = [heading.name for heading in HEADINGS if heading.field not in columns]
    return [f"表格里没有“{'”“'.join(missing)}”列，各项都按空着处理。"] if missing else []


def _columns(row: Sequence[str]) -> dict[str, int]:
    names = {name: heading.field for heading in HEADINGS for name in (heading.name, *heading.also)}
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = names.get("".join(unicodedata.normalize("NFKC", clean(cell)).split()))
        if field:
            found.setdefault(field, at)
    return found


def _rows(table: tables.Table, start: int, columns: Mapping[str, int]) -> Iterator[_Row]:
    """Yield the filled rows under the headings; an empty 部位 is that of the row above (merged cells)."""
    section = order = ""
    for number, row in enumerate(table.rows[start + 1 :], start=start + 2):
        raw = {field: clean(row[at]) if at < len(row) else "" for field, at in columns.items()}
        if not any(raw.values()):
            continue
        if raw["section"]:
            section, order = cells.line(raw["section"]), raw.get("order", "")
        else:
            raw["section"] = section
            raw["order"] = raw.get("order", "") or order
        yield _Row(number, raw)


def _sections(rows: Sequence[_Row]) -> tuple[list[Section], list[Fault]]:
    """Return the sections with their order: as given, or as they appear where no row gives any."""
    orders: dict[str, int] = {}
    faults: list[Fault] = []
    titles = list(dict.fromkeys(cells.line(row.raw["section"]) for row in rows))
    if not any(row.raw.get("order") for row in rows):
        return [Section(title, place) for place, title in enumerate(titles, start=1)], []
    for at, row in enumerate(rows):
        title, given = cells.line(row.raw["section"]), row.raw.get("order", "")
        if not given:
            continue
        order = cells.whole(given)
        if order is None:
            faults.append(Fault(at, "order", "应为整数，例如 1。"))
        elif orders.setdefault(title, order) != order:
            faults.append(
                Fault(at, "order", f"部位“{title}”前面写的次序是{orders[title]}，这里是{order}，请写成一样。")
            )
    told = {cells.line(rows[fault.at].raw["section"]) for fault in faults if fault.at is not None}
    for title in titles:
        if title not in orders and title not in told:
            at = next(at for at, row in enumerate(rows) if cells.line(row.raw["section"]) == title)
            faults.append(Fault(at, "order", f"部位“{title}”没有写次序。"))
    # A made-up order keeps the other checks going; with a fault nothing is taken in.
    last = max(orders.values(), default=0)
    missing = [title for title in titles if title not in orders]
    return [Section(title, orders[title]) for title in titles if title in orders] + [
        Section(title, last + place) for place, title in enumerate(missing, start=1)
    ], faults


def _placed(faults: Sequence[Fault], rows: Sequence[_Row], columns: Mapping[str, int]) -> list[BadCell]:
    found = []
    for fault in sorted(faults, key=lambda one: (-1 if one.at is None else one.at, columns.get(one.field, 0))):
        if fault.at is None:
            found.append(BadCell("", 0, "", "", fault.sentence))
            continue
        row = rows[fault.at]
        heading: Any = HEADING.get(fault.field)
        at = columns.get(fault.field)
        spot = f"{_letters(at)}{row.number}" if at is not None else f"{row.number}行"
        given = row.raw.get(fault.field, "")[:60]
        found.append(BadCell(spot, row.number, heading.name if heading else "", given, fault.sentence))
    return found


def _letters(column: int) -> str:
    """Return a column's letters: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
