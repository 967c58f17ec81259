"""A version as .xlsx for people to read, change and hand in again."""

from datetime import datetime
from typing import IO

from qinqing.checklists.reads import Version
from qinqing.checklists.rules.comparing import condition_said
from qinqing.checklists.rules.items import Basis, Choice, Content, Item
from qinqing.checklists.sheets.columns import HEADINGS
from qinqing.kernel.sheets import Cell, Column, Sheet, write_book

ITEMS = "清单"
HELP = "填写说明"
_HELP_COLUMNS = (Column("列", 12, "center"), Column("怎么填", 90, "wrap"))


def write(out: IO[bytes], version: Version, *, maker: str, made_at: datetime) -> None:
    """Write a version, one row an item, with a second page that says how to fill it in.

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    title = f"{version.annex + ' ' if version.annex else ''}{version.title}"
    rows = (row(item, version.content) for item in version.content.items)
    columns = [Column(heading.name, heading.width, heading.align) for heading in HEADINGS]
    write_book(
        out,
        [
            Sheet(title, columns, rows, maker, made_at, tab=ITEMS),
            Sheet(HELP, _HELP_COLUMNS, [(one.name, one.how) for one in HEADINGS], maker, made_at, tab=HELP),
        ],
    )


def row(item: Item, content: Content) -> list[Cell]:
    """Return an item's cells, in the order of the columns."""
    order = next((part.order for part in content.sections if part.title == item.section), 0)
    return [
        item.key,
        item.section,
        order,
        item.text,
        item.hint,
        "\n".join(basis(one) for one in item.basis),
        item.answer.label,
        "、".join(choice(one) for one in item.choices),
        item.level.label,
        item.photo.label,
        "要" if item.place else "",
        item.days,
        condition_said(item.show_if, content),
        "是" if item.required else "否",
    ]


def basis(one: Basis) -> str:
    """Return a basis as one line of its cell: 名称|条款|日期|待核."""
    day = one.as_of.isoformat() if one.as_of else ""
    return f"{one.law}|{one.article}|{day}|{'待核' if one.to_check else '已核'}"


def choice(one: Choice) -> str:
    """Return a choice as it stands in its cell; the code only where it is not the name."""
    return one.label if one.code == one.label else f"{one.code}={one.label}"
