"""The list and the two registers as sheets, streamed through a temporary file."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from urllib.parse import quote

from django.http import HttpResponseBase, StreamingHttpResponse

from qinqing.findings.reads import listing, registers
from qinqing.findings.words import (
    BuildingState,
    BuildStage,
    Grade,
    IllegalKind,
    IllegalSource,
    IllegalState,
    LandType,
    Remedy,
    Structure,
)
from qinqing.kernel import clock
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.sheets import STAMP_LINE, Cell, Column, write_sheet
from qinqing.people.rights import Right
from qinqing.web import asked, gate
from qinqing.web.findings.listing import filter_of

_CHUNK = 256 * 1024
_FINDINGS = (
    ("编号", 20), ("企业", 28), ("属地", 12), ("类别", 8), ("程度", 10), ("发现的情况", 40), ("地点", 18), ("劝导意见", 28),
    ("清单项", 12), ("发现人", 10), ("发现时间", 16), ("整改期限", 12), ("期限情况", 12), ("跟进单位", 14), ("状态", 12), ("照片", 6),
)  # fmt: skip
_BUILDINGS = (
    ("编号", 20), ("房屋", 18), ("企业", 28), ("属地", 12), ("位置", 20), ("产权人", 20), ("使用人", 20), ("土地性质", 10),
    ("结构", 10), ("层数", 6), ("建筑面积（㎡）", 12), ("建成年份", 9), ("在册危房", 9), ("隐患", 32),
    ("告知产权人", 12), ("告知使用人", 12), ("鉴定等级", 14), ("鉴定日期", 12), ("鉴定机构", 20), ("报告编号", 16),
    ("整治期限", 12), ("整治方式", 10), ("整治日期", 12), ("状态", 10),
)  # fmt: skip
_ILLEGAL = (
    ("编号", 20), ("类型", 12), ("企业", 28), ("属地", 12), ("位置", 24), ("面积（㎡）", 10), ("建设阶段", 10),
    ("来源", 10), ("信访举报编号", 16), ("情况", 36), ("影像（张）", 8), ("发现日期", 12), ("告知停止", 12),
    ("移送日期", 12), ("移送单位", 18), ("移送文号", 16), ("整改到位", 12), ("销号", 12), ("应回头看", 22), ("状态", 12), ("企业问题", 20),
)  # fmt: skip


@gate.screen(Right.EXPORT)
def findings(request: gate.Request) -> HttpResponseBase:
    """Stream the findings of a filter."""
    by, at = request.actor, clock.now()
    rows = (
        (
            line.number, line.enterprise, line.community, line.category, line.level, line.text, line.place, line.advice,
            line.item, line.found_by, f"{line.made_at:%Y-%m-%d %H:%M}", line.deadline, line.lamp.words, line.owner,
            line.state_label, line.photos,
        )
        for line in listing.stream(by, filter_of(request), at)
    )  # fmt: skip
    return _sheet("隐患线索台账", _FINDINGS, rows, request, at)


@gate.screen(Right.EXPORT)
def buildings(request: gate.Request) -> HttpResponseBase:
    """Stream the building register."""
    by, at = request.actor, clock.now()
    stand = asked.one_of(request, "stand", registers.BUILDING_STANDS, "open")
    found = registers.stream_buildings(by, stand, at, community=asked.number(request, "community"))
    rows = (
        (
            row.number, row.name, row.enterprise.name, row.community.short, row.address, row.owner, row.user,
            LandType.label_of(row.land_type), Structure.label_of(row.structure), row.floors, _number(row.area_m2),
            row.built_year, row.is_listed, row.hazard, _day(row.owner_told_at), _day(row.user_told_at),
            Grade.label_of(row.grade), row.appraised_on, row.appraiser, row.report_no, row.remedy_due_on,
            Remedy.label_of(row.remedy), row.remedied_on, BuildingState.label_of(row.state),
        )
        for row in (line.row for line in found)
    )  # fmt: skip
    return _sheet("企业房屋安全登记册", _BUILDINGS, rows, request, at)


@gate.screen(Right.EXPORT)
def illegal_buildings(request: gate.Request) -> HttpResponseBase:
    """Stream the 两违 register. Source: 附2违-(1)b."""
    by, at = request.actor, clock.now()
    stand = asked.one_of(request, "stand", registers.ILLEGAL_STANDS, "open")
    found = registers.stream_illegal(by, stand, at, community=asked.number(request, "community"))
    rows = (
        (
            row.number, IllegalKind.label_of(row.kind), row.enterprise.name, row.community.short if row.community else "",
            row.location, _number(row.area_m2), BuildStage.label_of(row.stage), IllegalSource.label_of(row.source),
            row.source_no, row.text, len(row.photos), row.found_on, _day(row.stopped_at), row.transferred_on,
            row.transferred_to, row.transfer_no, row.cleared_on, _day(row.closed_at), "、".join(row.look_backs_due),
            IllegalState.label_of(row.state), row.case.number if row.case else "",
        )
        for row in (line.row for line in found)
    )  # fmt: skip
    return _sheet("“两违”巡查台账", _ILLEGAL, rows, request, at)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SHANGHAI).date() if moment else None


def _number(value: object) -> float | None:
    return float(str(value)) if value is not None else None


def _sheet(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], request: gate.Request, at: datetime
) -> HttpResponseBase:
    by = request.actor
    parts = _stream(title, columns, rows, f"{by.office_name}　{by.name}", at)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = StreamingHttpResponse(parts, content_type=kind)
    name = quote(f"{title}{at:%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=sheet.xlsx; filename*=UTF-8''{name}"
    return response


def _stream(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], maker: str, at: datetime
) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as out:
        made = [Column(name, width, "wrap" if width >= 20 else "left") for name, width in columns]
        write_sheet(out, title, made, rows, (STAMP_LINE,), maker=maker, made_at=at, filtered=True)
        out.seek(0)
        while part := out.read(_CHUNK):
            yield part
