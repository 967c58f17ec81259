"""The two lists as .xlsx for printing and stamping."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO

from qinqing.enterprises.words import Status
from qinqing.grids.lists import EnterpriseLine, Lists, OfficerLine
from qinqing.grids.reads import TieLine
from qinqing.kernel.sheets import STAMP_LINE, Cell, Column, Sheet, write_book

FIRST = "网格员名单"
SECOND = "联系企业名单"

_OFFICER_COLUMNS = (
    Column("序号", 6, "center"),
    Column("网格员", 12, "center"),
    Column("职务", 16, "wrap"),
    Column("专职/兼职", 10, "center"),
    Column("网格", 24, "wrap"),
    Column("联系电话", 16, "center"),
    Column("任职日期", 12, "center"),
    Column("联系企业数", 10, "number"),
    Column("备注", 22, "wrap"),
)
_FIRM_COLUMNS = (
    Column("序号", 6, "center"),
    Column("企业名称", 36, "wrap"),
    Column("统一社会信用代码", 22, "center"),
    Column("状态", 9, "center"),
    Column("企业联系人", 12, "center"),
    Column("联系人电话", 15, "center"),
    Column("网格", 16, "wrap"),
    Column("网格员", 12, "center"),
    Column("B角", 12, "center"),
    Column("备注", 24, "wrap"),
)


def write_lists(
    out: IO[bytes], lists: Lists, *, made_at: datetime, which: str = "", phones: Mapping[int, str] | None = None
) -> list[int]:
    """Write one or both lists of a community and return how many rows each has.

    Args:
        out: where to.
        lists: from `lists.two_lists`.
        made_at: 制表时间.
        which: "officers", "enterprises", or "" for both in one book.
        phones: full numbers by roster id, if they were revealed for this; else the masks stand.

    Source: 二(一)-2.
    """
    maker = lists.community.name
    footer = (_summary(lists), STAMP_LINE)
    first = Sheet(
        f"{maker}{FIRST}",
        _OFFICER_COLUMNS,
        _officer_rows(lists, phones or {}),
        maker,
        made_at,
        footer,
        tab=FIRST,
    )
    second = Sheet(f"{maker}{SECOND}", _FIRM_COLUMNS, _firm_rows(lists), maker, made_at, footer, tab=SECOND)
    wanted = {"officers": [first], "enterprises": [second]}.get(which, [first, second])
    return write_book(out, wanted)


def _officer_rows(lists: Lists, phones: Mapping[int, str]) -> Iterator[list[Cell]]:
    for number, line in enumerate(lists.officers, start=1):
        yield [
            number,
            line.name,
            line.title,
            line.kind,
            line.where or "未编入网格",
            phones.get(line.id) or line.phone_mask or "未登记",
            line.since,
            line.leads,
            _officer_note(line),
        ]


def _officer_note(line: OfficerLine) -> str:
    notes = []
    if not line.leads and not line.deputies:
        notes.append("无联系企业")
    if line.deputies:
        notes.append(f"兼任{line.deputies}家企业B角")
    if line.last_day:
        notes.append(f"任至{line.last_day}")
    return "；".join(notes)


def _firm_rows(lists: Lists) -> Iterator[list[Cell]]:
    for number, line in enumerate(lists.enterprises, start=1):
        yield [
            number,
            line.name,
            line.code,
            Status.label_of(line.status),
            line.contact or "未登记",
            line.contact_phone_mask,
            line.lead.grid if line.lead else "",
            line.lead.officer if line.lead else "未明确",
            line.deputy.officer if line.deputy else "",
            _firm_note(line),
        ]


def _firm_note(line: EnterpriseLine) -> str:
    notes = [_coming(tie) for tie in line.planned]
    if line.ends_on:
        notes.append(f"联系至{line.ends_on}，尚未明确接续")
    return "；".join(notes)


def _coming(tie: TieLine) -> str:
    return f"{tie.since}起由{tie.officer}联系"


def _summary(lists: Lists) -> str:
    led = sum(1 for line in lists.enterprises if line.lead)
    return f"合计：网格员{len(lists.officers)}名，企业{len(lists.enterprises)}家，其中已明确网格员{led}家。"
