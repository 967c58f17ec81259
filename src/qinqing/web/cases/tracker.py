"""跟进台: everything open by office and stage; every figure opens to its rows in the book. On screen, on paper, as a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinqing.cases.reads import tracker
from qinqing.cases.reads.ledger import Filter
from qinqing.cases.reads.tracker import Cell, Row
from qinqing.cases.words import Stage
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.sheets import Column, write_sheet
from qinqing.people import reads as people
from qinqing.people.rights import Right, may
from qinqing.people.words import OfficeKind
from qinqing.web import gate, respond

if TYPE_CHECKING:
    from qinqing.people.models import Office

KINDS = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Figure:
    """One figure and where its rows are; "" where it is nought. `tone` says whether something in it is late or soon due."""

    label: str
    count: int
    url: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One office's line of the matrix: totals first, then the stages."""

    name: str
    kind: str
    total: Figure
    late: Figure
    soon: Figure
    stages: list[Figure]
    supports: Figure
    instructed: Figure


@gate.screen(Right.READ_TOWN, Right.INSTRUCT)
def cases_tracker(request: gate.Request) -> HttpResponse:
    """Show the matrix."""
    by, at = request.actor, clock.now()
    found = tracker.matrix(by, at)
    context = {
        "stages": list(Stage),
        "lines": lines_of(by, found),
        "sum": sum_of(found),
        "is_town": may(by.post, Right.READ_TOWN),
        "now": at,
    }
    return respond.screen(request, "cases/tracker.html", context, fragment="matrix")


@gate.screen(Right.READ_TOWN, Right.INSTRUCT)
def cases_tracker_export(request: gate.Request) -> HttpResponse:
    """Give the matrix as a sheet, as this person sees it."""
    by, at = request.actor, clock.now()
    out = BytesIO()
    headings = ["单位", "在账", "超期", "快到期", *(stage.label for stage in Stage), "协办未完", "批示待回复"]
    found = tracker.matrix(by, at)
    rows = [_cells(line) for line in (*lines_of(by, found), sum_of(found))]
    write_sheet(
        out,
        title="在账事项跟进表",
        columns=[
            Column(name, 20 if name == "单位" else 9, "left" if name == "单位" else "number") for name in headings
        ],
        rows=rows,
        maker=f"{by.office_name}　{by.name}",
        made_at=at,
    )
    disposition = content_disposition_header(True, f"跟进台{at:%Y%m%d}.xlsx") or "attachment"
    return HttpResponse(out.getvalue(), content_type=_XLSX, headers={"Content-Disposition": disposition})


def _cells(line: Line) -> list[str | int]:
    figures = (line.total, line.late, line.soon, *line.stages, line.supports, line.instructed)
    return [line.name, *(figure.count for figure in figures)]


def lines_of(by: Actor, found: dict[int, Row], *, always: Iterable[int] = ()) -> list[Line]:
    """Return a line for every office that has something open, and for those that shall stand there anyway, in the plan's order."""
    shown = found.keys() | set(always)
    offices = people.offices(by.town_id, KINDS, active=False)
    return [_line(office, found.get(office.pk, Row(office.pk))) for office in offices if office.pk in shown]


def sum_of(found: dict[int, Row]) -> Line:
    """Return the line below the matrix: every office together."""
    total, cells, supports = Cell(), {stage: Cell() for stage in Stage}, 0
    for row in found.values():
        total.add(row.total)
        supports += row.supports
        for stage, cell in row.cells.items():
            cells[stage].add(cell)
    every = Filter()
    return Line(
        "合计",
        "",
        _figure("在账", total.count, every),
        _figure("超期", total.late, Filter(stand="late"), "late"),
        _figure("快到期", total.soon, Filter(stand="soon"), "soon"),
        [_figure(stage.label, cells[stage].count, Filter(stage=stage.value)) for stage in Stage],
        Figure("协办未完", supports, ""),
        _figure("批示待回复", total.instructed, Filter(instructed=True)),
    )


def _line(office: "Office", row: Row) -> Line:
    pk, total = office.pk, row.total
    return Line(
        office.short,
        OfficeKind.label_of(office.kind),
        _figure("在账", total.count, tracker.rows_of(pk)),
        _figure("超期", total.late, tracker.rows_of(pk, stand="late"), "late"),
        _figure("快到期", total.soon, tracker.rows_of(pk, stand="soon"), "soon"),
        [_stage(pk, stage, row.cells.get(stage, Cell())) for stage in Stage],
        _figure("协办未完", row.supports, tracker.supports_of(pk)),
        _figure("批示待回复", total.instructed, tracker.rows_of(pk, instructed=True)),
    )


def _stage(office_id: int, stage: Stage, cell: Cell) -> Figure:
    tone = "late" if cell.late else "soon" if cell.soon else ""
    words = [f"{cell.late}件超期"] if cell.late else []
    words += [f"{cell.soon}件快到期"] if cell.soon else []
    return _figure(stage.label, cell.count, tracker.rows_of(office_id, stage), tone, "，".join(words))


def _figure(label: str, count: int, wanted: Filter, tone: str = "", note: str = "") -> Figure:
    url = f"{reverse('cases_ledger')}?{urlencode(wanted.as_query())}" if count else ""
    return Figure(label, count, url, tone if count else "", note)
