"""房屋登记册 and 两违巡查台账 as papers: found → told → appraised or handed over → made safe → closed, as the reader sees them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.paper import Paper, Para, Signatures, Table
from qinqing.documents.words import PaperKind
from qinqing.findings.reads import registers
from qinqing.findings.reads.registers import BuildingLine, IllegalLine
from qinqing.findings.words import BuildingState, Grade, IllegalKind, IllegalSource, IllegalState, Remedy
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused
from qinqing.people import reads as people

MOST = 500
"""Lines a register may have on paper; longer ones are exported as .xlsx."""


def fitting(rows: Iterable[tuple[str, ...]], what: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a printed table.

    Raises:
        Refused: `too_long`: more than one prints.
    """
    found = tuple(islice(rows, MOST + 1))
    if len(found) > MOST:
        raise Refused("too_long", f"{what}超过{MOST}行，不便打印成文书，请先按状态筛选，或导出 Excel。")
    return found


def buildings(asked: Request) -> Drafted:
    """Return the building register, `key` being how its lines stand. Source: 附3房-内容, 附3房-(2)."""
    stand = _stand(asked.key, registers.BUILDING_STANDS)
    rows = (_building(line) for line in registers.stream_buildings(asked.by, asked.key, asked.at))
    table = Table(
        headings=(
            "编号", "房屋 / 企业", "发现", "隐患", "告知产权人", "告知使用人", "鉴定等级", "整治期限", "整治情况", "销号",
        ),
        widths=(30, 40, 22, 43, 20, 20, 17, 20, 20, 20),
        rows=fitting(rows, "登记册"),
    )  # fmt: skip
    return _drafted(asked, f"企业房屋安全登记册（{stand}）", table)


def _building(line: BuildingLine) -> tuple[str, ...]:
    row = line.row
    remedy = f"{Remedy.label_of(row.remedy)} {_short(row.remedied_on)}" if row.remedy else "未整治"
    return (
        row.number,
        f"{row.name}\n{row.enterprise.name}",
        _short(row.found_on),
        row.hazard,
        _short(row.owner_told_at) or "未告知",
        _short(row.user_told_at) or "未告知",
        Grade.label_of(row.grade)[:2] if row.grade else "未鉴定",
        _short(row.remedy_due_on),
        remedy,
        _short(row.closed_at) or BuildingState.label_of(row.state),
    )


def illegal(asked: Request) -> Drafted:
    """Return the register of 两违, `key` being how its lines stand. Source: 附2违-内容, 附2违-(1)b."""
    stand = _stand(asked.key, registers.ILLEGAL_STANDS)
    rows = (_illegal(line) for line in registers.stream_illegal(asked.by, asked.key, asked.at))
    table = Table(
        headings=(
            "编号",
            "位置 / 企业",
            "类型",
            "来源",
            "发现",
            "情况",
            "告知停止",
            "移送",
            "整改到位",
            "销号",
            "回头看",
        ),
        widths=(30, 38, 18, 18, 20, 40, 20, 24, 20, 20, 22),
        rows=fitting(rows, "台账"),
    )
    return _drafted(asked, f"“两违”巡查台账（{stand}）", table)


def _illegal(line: IllegalLine) -> tuple[str, ...]:
    row = line.row
    moved = f"{_short(row.transferred_on)}\n{row.transferred_to}".strip() if row.transferred_on else "未移送"
    return (
        row.number,
        f"{row.location}\n{row.enterprise.name}",
        IllegalKind.label_of(row.kind),
        IllegalSource.label_of(row.source),
        _short(row.found_on),
        f"{row.text}（影像{len(row.photos)}张）",
        _short(row.stopped_at) or "未告知",
        moved,
        _short(row.cleared_on) or "未到位",
        _short(row.closed_at) or IllegalState.label_of(row.state),
        "\n".join(row.look_backs_due) or "无",
    )


def _short(moment: date | datetime | None) -> str:
    """Return 2026-11-23: registers are narrow."""
    if moment is None:
        return ""
    on = moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment
    return on.isoformat()


def _stand(key: str, stands: dict[str, str]) -> str:
    if key not in stands:
        raise NotFound("登记册没有这种筛选，请从登记册页面出具。")
    return stands[key]


def _drafted(asked: Request, title: str, table: Table) -> Drafted:
    town = people.town_of(asked.by.town_id)
    counted = f"共{len(table.rows)}条，按出具人的查看范围。" if table.rows else "没有这样的登记。"
    blocks: Sequence[Table | Para] = (table, Para(text=counted)) if table.rows else (Para(text=counted),)
    paper = Paper(
        kind=asked.kind,
        head=asked.by.office_name or town.name,
        title=title,
        number=asked.number,
        marks=("演示",) if town.is_demo else (),
        blocks=(*blocks, Signatures(labels=("制表人", "负责人"))),
        issuer=asked.by.office_name,
        date=wording.day(asked.at),
        landscape=True,
        compact=True,
        as_of=asked.as_of,
    )
    return Drafted(paper, ("town", asked.by.town_id), title)


DRAFTS = {PaperKind.BUILDINGS: buildings, PaperKind.ILLEGAL: illegal}
"""Which register each paper is."""
