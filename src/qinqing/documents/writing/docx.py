"""A paper as .docx on the page of GB/T 9704-2012. Fonts are named, not shipped: the office's PC has them or puts its own in.

The same paper gives the same bytes: moments inside the file are the paper's own, never those of the drawing.
"""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Page
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qinqing.documents.paper import Block, Form, Heading, Paper, Para, Picture, Signatures, Table
from qinqing.documents.writing import oxml
from qinqing.evidence import reads as evidence

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
NO_3, NO_4, SMALL_4, NO_5, NO_2 = Pt(16), Pt(14), Pt(12), Pt(10.5), Pt(22)
"""三号 四号 小四 五号 二号."""
RED = RGBColor(0xC0, 0x00, 0x00)
_LABEL = Mm(24)
_MOST_WIDE = 4
"""Columns a table may have in the letters of the text; with more it is set smaller."""
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_MIDDLE, _TOP = WD_ALIGN_VERTICAL.CENTER, WD_ALIGN_VERTICAL.TOP
_DRAWABLE = (b"\x89PNG", b"\xff\xd8\xff")
"""How pictures begin that every office program draws."""
_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  the format's own fields carry no zone; a fixed one keeps the bytes the same


def write(paper: Paper) -> bytes:
    """Return the .docx of a paper. Source: GB/T 9704-2012, domain §7."""
    page = Document()
    _set_up(page, paper)
    _head(page, paper)
    for block in paper.blocks:
        _draw(page, block, paper)
    _foot(page, paper)
    raw = io.BytesIO()
    page.save(raw)
    return _same_bytes(raw.getvalue())


def _set_up(page: Page, paper: Paper) -> None:
    section = page.sections[0]
    wide, high = Mm(210), Mm(297)
    if paper.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        wide, high = high, wide
    section.page_width, section.page_height = wide, high
    tight = paper.compact or not paper.is_official
    section.top_margin, section.bottom_margin = (Mm(22), Mm(20)) if tight else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(10) if tight else Mm(25)
    style = page.styles["Normal"]
    style.font.name, style.font.size = FANG, _size(paper)
    oxml.set_east_asian_font(style.element, FANG)
    properties = page.core_properties
    properties.title, properties.author, properties.comments = paper.title, paper.issuer or paper.head, ""
    properties.created = properties.modified = _MOMENT
    properties.last_modified_by = properties.author


def _size(paper: Paper) -> Pt:
    if paper.compact:
        return NO_5
    return NO_3 if paper.is_official else SMALL_4


def _head(page: Page, paper: Paper) -> None:
    for mark in paper.marks:
        _line(page, mark, HEI, SMALL_4, "left")
    if paper.is_official:
        _line(page, paper.head, TITLE, Pt(30), "center", colour=RED, after=Pt(10))
        rule = _line(page, paper.number, FANG, NO_3, "center")
        oxml.rule_below(rule, colour="C00000", eighths=12)
        _line(page, "", FANG, NO_3, "left")
        _title(page, paper.title, Pt(14))
        return
    _line(page, paper.head, HEI, NO_4, "center")
    _title(page, paper.title, Pt(4))
    if paper.number:
        _line(page, f"编号：{paper.number}", FANG, SMALL_4, "right", after=Pt(4))


def _title(page: Page, title: str, after: Pt) -> None:
    """Draw the title, broken where the paper says: by the standard a title never breaks inside a word."""
    lines = title.split("\n")
    for place, text in enumerate(lines):
        _line(page, text, TITLE, NO_2, "center", after=after if place == len(lines) - 1 else None)


def _draw(page: Page, block: Block, paper: Paper) -> None:
    if isinstance(block, Heading):
        _line(page, block.text, HEI if block.level == 1 else KAI, _size(paper), "left", indent=2)
    elif isinstance(block, Para):
        _para(page, block, paper)
    elif isinstance(block, Form):
        _form(page, block, paper)
    elif isinstance(block, Table):
        _table(page, block, paper)
    elif isinstance(block, Signatures):
        _signatures(page, block, paper)
    elif isinstance(block, Picture):
        _picture(page, block)


def _picture(page: Page, block: Picture) -> None:
    """Draw a picture; where its bytes are gone or no program draws them, its words and digest stand in its place."""
    raw = evidence.bytes_of(block.sha256)
    drawn = page.add_paragraph()
    drawn.paragraph_format.first_line_indent = SMALL_4 * 2
    if raw is not None and raw.startswith(_DRAWABLE):
        drawn.add_run().add_picture(io.BytesIO(raw), width=Mm(block.width_mm))
        oxml.describe_picture(drawn, block.alt)
    else:
        _write(drawn, f"（{block.alt}，摘要 {block.sha256[:16]}）", FANG, NO_5)


def _para(page: Page, block: Para, paper: Paper) -> None:
    for place, text in enumerate(block.text.split("\n")):
        drawn = _line(page, "", FANG, _size(paper), block.align, indent=block.indent)
        if block.label and place == 0:
            _write(drawn, block.label, HEI, _size(paper))
        _write(drawn, text, FANG, _size(paper))


def _form(page: Page, form: Form, paper: Paper) -> None:
    size = NO_5 if paper.compact else SMALL_4
    table = page.add_table(rows=len(form.rows), cols=form.columns)
    oxml.draw_lines(table)
    label, value = _LABEL, (Mm(156) - _LABEL * (form.columns // 2)) // max(form.columns - form.columns // 2, 1)
    oxml.set_widths(table, [label if place % 2 == 0 else value for place in range(form.columns)])
    for row, cells in zip(table.rows, form.rows, strict=True):
        place = 0
        for cell in cells:
            box = row.cells[place]
            if cell.span > 1:
                box = box.merge(row.cells[place + cell.span - 1])
            box.vertical_alignment = _MIDDLE if cell.is_label or cell.lines == 1 else _TOP
            _fill(box.paragraphs[0], cell.text, HEI if cell.is_label else FANG, size, centre=cell.is_label)
            place += cell.span
        oxml.no_split(row)
        row.height = Mm(7.5) * max(cell.lines for cell in cells)


def _table(page: Page, block: Table, paper: Paper) -> None:
    size = NO_5 if paper.compact or paper.landscape or len(block.headings) > _MOST_WIDE else SMALL_4
    table = page.add_table(rows=1 + len(block.rows), cols=len(block.headings))
    oxml.draw_lines(table)
    oxml.set_widths(table, [Mm(width) for width in block.widths])
    oxml.repeat_heading(table.rows[0])
    grid = [block.headings, *block.rows]
    for number, (row, texts) in enumerate(zip(table.rows, grid, strict=True)):
        oxml.no_split(row)
        for box, text in zip(row.cells, texts, strict=True):
            box.vertical_alignment = _MIDDLE
            _fill(box.paragraphs[0], text, HEI if number == 0 else FANG, size, centre=number == 0)


def _signatures(page: Page, block: Signatures, paper: Paper) -> None:
    lines = [f"{label}：____________________      年    月    日" for label in block.labels]
    if paper.compact:
        lines = ["      ".join(f"{label}：____________    年  月  日" for label in block.labels)]
    for text in lines:
        drawn = _line(page, text, FANG, SMALL_4, "left", before=Pt(14))
        drawn.paragraph_format.keep_with_next = True


def _foot(page: Page, paper: Paper) -> None:
    if paper.issuer:
        drawn = _line(page, paper.issuer, FANG, _size(paper), "right", right=2, before=_size(paper))
        drawn.paragraph_format.keep_with_next = True
    if paper.date:
        _line(page, paper.date, FANG, _size(paper), "right", right=4)
    if paper.copies:
        rule = _line(page, f"抄送：{paper.copies}", FANG, NO_4, "left", before=Pt(12))
        oxml.rule_below(rule, colour="000000", eighths=8)
    foot = page.sections[0].footer
    number = foot.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(number, "— ", SONG, NO_4)
    oxml.add_page_number(_write(number, "", SONG, NO_4))
    _write(number, " —", SONG, NO_4)
    small = foot.add_paragraph()
    small.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(small, f"{paper.as_of}  快照 {paper.digest[:16]}".strip(), FANG, Pt(8))


def _line(
    page: Page,
    text: str,
    font: str,
    size: Pt,
    align: str,
    *,
    indent: int = 0,
    right: int = 0,
    before: Pt | None = None,
    after: Pt | None = None,
    colour: RGBColor | None = None,
) -> Paragraph:
    drawn = page.add_paragraph()
    drawn.alignment = _ALIGN[align]
    form = drawn.paragraph_format
    form.space_before, form.space_after = before or Pt(0), after or Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(max(28.8 if size >= NO_3 else 0, size.pt * 1.6))
    form.widow_control = True
    if indent:
        form.first_line_indent = size * indent
    if right:
        form.right_indent = size * right
    if text:
        _write(drawn, text, font, size, colour)
    return drawn


def _fill(box: Paragraph, text: str, font: str, size: Pt, *, centre: bool) -> None:
    box.alignment = _ALIGN["center" if centre else "left"]
    box.paragraph_format.space_before = box.paragraph_format.space_after = Pt(1) if size <= NO_5 else Pt(2)
    for place, line in enumerate(text.split("\n")):
        run = _write(box, line, font, size)
        if place < text.count("\n"):
            run.add_break()


def _write(drawn: Paragraph, text: str, font: str, size: Pt, colour: RGBColor | None = None) -> Run:
    run = drawn.add_run(text)
    run.font.name, run.font.size = font, size
    oxml.set_east_asian_font(run._element, font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _same_bytes(raw: bytes) -> bytes:
    """Pack the file again with one fixed moment, so that the same paper is the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
