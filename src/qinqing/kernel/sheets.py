"""Writing .xlsx for people: a title, who made it and when, a table that prints on A4, a line to sign and stamp.

Rows are streamed in constant memory (100 000 rows cost a temporary file, not RAM). Text is always written as text,
so that no cell typed by somebody else ever runs as a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.text import clean

Cell = str | int | float | date | datetime | None
LONGEST_CELL = 32_767
"""What one cell of the format holds; longer text is cut and says so."""
MOST_ROWS = 1_000_000
_CUT = "……（超出单元格长度，已截断）"
_FONT = "宋体"


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters of the sheet, how its cells sit.

    `align` "wrap" breaks long text into lines; "number" right-aligns; "left" and "center" as they say.
    """

    heading: str
    width: float = 12
    align: Literal["left", "center", "wrap", "number"] = "left"


@dataclass(frozen=True)
class Sheet:
    """One page of a workbook.

    Attributes:
        title: over the table, and the name of the tab unless `tab` is given.
        columns, rows: the table; rows may be a generator and are read once.
        maker: 制表单位.
        made_at: 制表时间.
        footer: lines under the table, e.g. the line to sign and stamp.
        landscape: A4 lying; else standing.
        filtered: give the headings filter buttons.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    maker: str
    made_at: datetime
    footer: Sequence[str] = field(default=())
    landscape: bool = True
    filtered: bool = False
    tab: str = ""


STAMP_LINE = "负责人（签字）：                              单位（盖章）：                              年    月    日"
"""What a village or office signs under a list."""


def write_sheet(
    out: IO[bytes],
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    footer: Sequence[str] = (),
    *,
    maker: str,
    made_at: datetime,
    landscape: bool = True,
    filtered: bool = False,
) -> int:
    """Write a workbook of one sheet to `out` and return how many rows the table has."""
    page = Sheet(title, columns, rows, maker, made_at, footer, landscape, filtered)
    return write_book(out, [page])[0]


def write_book(out: IO[bytes], sheets: Sequence[Sheet]) -> list[int]:
    """Write a workbook to `out` and return how many rows each table has.

    Raises:
        ValueError: a table is longer than the format holds (`MOST_ROWS`).
    """
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    book.set_properties({"title": sheets[0].title, "created": _naive(sheets[0].made_at)})
    formats = _formats(book)
    counts = [_write(book.add_worksheet(_tab(page.tab or page.title)), page, formats) for page in sheets]
    book.close()
    return counts


def _write(sheet: Worksheet, page: Sheet, formats: dict[str, Format]) -> int:
    last = len(page.columns) - 1
    _set_up_print(sheet, page)
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 34)
    _across(sheet, 0, last, page.title, formats["title"])
    sheet.set_row(1, 20)
    made = f"制表单位：{page.maker}        制表时间：{_naive(page.made_at):%Y-%m-%d %H:%M}"
    _across(sheet, 1, last, made, formats["made"])
    for at, column in enumerate(page.columns):
        sheet.write_string(2, at, column.heading, formats["heading"])
    count = 0
    for cells in page.rows:
        if count >= MOST_ROWS:
            raise ValueError(f"超过{MOST_ROWS}行，请先筛选再导出")
        for at, (column, cell) in enumerate(zip(page.columns, cells, strict=True)):
            _put(sheet, (3 + count, at), cell, formats, column.align)
        count += 1
    if page.filtered and count:
        sheet.autofilter(2, 0, 2 + count, last)
    for offset, line in enumerate(page.footer):
        row = 4 + count + offset
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, line, formats["footer"])
    return count


def _put(sheet: Worksheet, spot: tuple[int, int], cell: Cell, formats: dict[str, Format], align: str) -> None:
    row, at = spot
    if not cell and (cell is None or cell == ""):
        sheet.write_blank(row, at, None, formats[align])
    elif isinstance(cell, str):  # most of them
        sheet.write_string(row, at, _fit(cell), formats[align])
    elif isinstance(cell, bool):
        sheet.write_string(row, at, "是" if cell else "否", formats[align])
    elif isinstance(cell, int | float):
        sheet.write_number(row, at, cell, formats["number"])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, at, _naive(cell), formats["moment"])
    else:
        sheet.write_datetime(row, at, datetime.combine(cell, time()), formats["day"])


def _set_up_print(sheet: Worksheet, page: Sheet) -> None:
    sheet.set_paper(9)  # A4
    if page.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.freeze_panes(3, 0)
    sheet.set_footer(f"&L{_header_text(page.title)}&R第 &P 页，共 &N 页")


def _across(sheet: Worksheet, row: int, last: int, text: str, form: Format) -> None:
    # merge_range of one cell is an error; a table of one column needs no merging.
    if last:
        sheet.merge_range(row, 0, row, last, "", form)
    sheet.write_string(row, 0, text, form)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
    table = {**base, "border": 1}
    text = {**table, "num_format": "@"}
    wanted: dict[str, dict[str, Any]] = {
        "title": {**base, "font_size": 18, "bold": True, "align": "center"},
        "made": {**base, "align": "right"},
        "heading": {**table, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8F3F2"},
        "left": text,
        "center": {**text, "align": "center"},
        "wrap": {**text, "text_wrap": True},
        "number": {**table, "align": "right"},
        "day": {**table, "align": "center", "num_format": "yyyy-mm-dd"},
        "moment": {**table, "align": "center", "num_format": "yyyy-mm-dd hh:mm"},
        "footer": base,
    }
    return {name: book.add_format(form) for name, form in wanted.items()}


def _naive(moment: datetime) -> datetime:
    """Return Shanghai's wall clock: a workbook knows no zones, and rows come from the database in UTC."""
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0)


def _fit(text: str) -> str:
    text = clean(text)
    # The limit counts UTF-16 units: a character takes one or two.
    if 2 * len(text) <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    # The limit counts UTF-16 units; half of it in characters is always short enough.
    return text[: LONGEST_CELL // 2 - len(_CUT)] + _CUT


def _header_text(text: str) -> str:
    return text.replace("&", "&&")[:200]


def _tab(name: str) -> str:
    r"""Return a tab name the format allows: no []:*?/\\, at most 31 characters, no apostrophe at the ends."""
    return "".join("－" if letter in "[]:*?/\\" else letter for letter in name)[:31].strip("'") or "表"
