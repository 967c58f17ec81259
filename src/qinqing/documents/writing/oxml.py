"""What python-docx leaves to the format's own elements: East Asian fonts, lines, widths, page numbers."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def set_east_asian_font(element: Any, font: str) -> None:
    """Name the font of Chinese characters; without it the program falls back to its own."""
    properties = element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = _make("w:rFonts")
        properties.insert(0, fonts)
    for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(name), font)


def rule_below(drawn: Paragraph, *, colour: str, eighths: int) -> None:
    """Draw a line under a paragraph, `eighths` of a point thick."""
    borders = _make("w:pBdr")
    borders.append(_make("w:bottom", val="single", sz=str(eighths), space="4", color=colour))
    drawn._p.get_or_add_pPr().append(borders)


def draw_lines(table: Table) -> None:
    """Give every box of a table a thin black line."""
    borders = _make("w:tblBorders")
    for edge in _EDGES:
        borders.append(_make(f"w:{edge}", val="single", sz="4", space="0", color="000000"))
    table._tbl.tblPr.append(borders)


def set_widths(table: Table, widths: Sequence[Length | int]) -> None:
    """Fix the columns' widths: every box carries its own, or LibreOffice and WPS each choose."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(int(width))
    for row in table.rows:
        for box, width in zip(row.cells, widths, strict=True):
            box.width = Length(int(width))


def repeat_heading(row: _Row) -> None:
    """Print this row again at the top of every page."""
    row._tr.get_or_add_trPr().append(_make("w:tblHeader", val="true"))


def no_split(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_make("w:cantSplit", val="true"))


def describe_picture(drawn: Paragraph, words: str) -> None:
    """Say what a paragraph's picture shows, for who cannot see it."""
    for properties in drawn._p.iter(qn("wp:docPr")):
        properties.set("descr", words)


def add_page_number(run: Run) -> None:
    """Put the number of the page into a run."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        if kind:
            run._r.append(_make("w:fldChar", fldCharType=kind))
        else:
            code = _make("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)


def _make(tag: str, **values: str) -> Any:
    element: Any = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
