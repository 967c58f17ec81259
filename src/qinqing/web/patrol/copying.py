"""市系统填报: a visit in the order in which the city's emergency system asks for it, to copy by hand. Nothing is sent."""

from io import BytesIO
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qinqing.enterprises import reads as enterprises
from qinqing.findings.reads import find as findings
from qinqing.findings.reads.lines import lines as finding_lines
from qinqing.kernel import clock
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.sheets import Column, write_sheet
from qinqing.patrol import policy
from qinqing.patrol.reads.visits import Filters, Sheet, find, sheet
from qinqing.patrol.words import Acknowledgement, Nature
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol.forms import CityForm

MOST = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("企业名称", 28), ("统一社会信用代码", 20), ("地址", 28), ("巡查日期", 12), ("起止时间", 14), ("巡查类型", 12),
    ("巡查人员", 18), ("对照清单", 36), ("巡查情况", 28), ("存在问题", 36), ("隐患线索", 36), ("企业代表", 16),
)  # fmt: skip
"""What `every_field` gives, and how wide each is on the sheet."""


@screen(Right.READ_VISITS)
def patrol_copy(request: Request, uid: UUID) -> HttpResponse:
    """Show each field of the city's system with what goes into it. Source: 附2安-(2)b."""
    by, at = request.actor, clock.now()
    found = sheet(by, uid)
    visit = found.visit
    rows = fields(found, [line.text for line in finding_lines(findings.of_visit(by, uid), at)])
    context = {
        "sheet": found,
        "visit": visit,
        "line": found.line,
        "rows": rows,
        "whole": "\n".join(f"{label}：{text}" for label, text in rows),
        "may_add": policy.may_add(by, visit),
        "city": CityForm(initial={"on": visit.city_on or at.date(), "number": visit.city_number}),
    }
    return respond.screen(request, "patrol/copy.html", context)


@screen(Right.EXPORT)
def patrol_city_export(request: Request) -> HttpResponse:
    """Give the visits that are still to be entered there as a sheet, one a row, columns in the city's order."""
    by, at = request.actor, clock.now()
    waiting = find(by, Filters(city=True), size=MOST).rows
    rows = []
    for line in waiting:
        hazards = [one.text for one in finding_lines(findings.of_visit(by, line.uid), at)]
        rows.append([text for _, text in every_field(sheet(by, line.uid), hazards)])
    columns = [Column(name, width, "wrap" if width > 20 else "left") for name, width in COLUMNS]
    out, title = BytesIO(), "市系统待填报走访"
    notes = (f"一次最多{MOST}次走访；在走访页登记“已上报”后再导出下一批。",)
    write_sheet(out, title, columns, rows, notes, maker=f"{by.office_name}　{by.name}", made_at=at, filtered=True)
    name = content_disposition_header(True, f"{title}{at:%Y%m%d}.xlsx") or "attachment"
    return HttpResponse(out.getvalue(), content_type=XLSX, headers={"Content-Disposition": name})


def fields(found: Sheet, hazards: list[str]) -> list[tuple[str, str]]:
    """Return (field, text) in the order of the city's form, without what is empty."""
    return [(label, text) for label, text in every_field(found, hazards) if text]


def every_field(found: Sheet, hazards: list[str]) -> list[tuple[str, str]]:
    """Return (field, text) in the order of the city's form. No interface of it is public: the order is kept by hand here."""
    visit, firm = found.visit, found.visit.enterprise
    card = enterprises.card(firm) if firm else None
    started, ended = visit.started_at.astimezone(SHANGHAI), visit.finished_at.astimezone(SHANGHAI)
    bad = [one.text for run in found.runs for one in run.problems]
    told = Acknowledgement.label_of(visit.acknowledgement) if visit.acknowledgement else ""
    return [
        ("企业名称", card.name if card else ""),
        ("统一社会信用代码", card.number if card else ""),
        ("地址", card.address if card else ""),
        ("巡查日期", f"{visit.made_on:%Y-%m-%d}"),
        ("起止时间", f"{started:%H:%M}—{ended:%H:%M}"),
        ("巡查类型", Nature.label_of(visit.nature)),
        ("巡查人员", f"{visit.officer_name}（{found.line.offices}）"),
        ("对照清单", "、".join(run.shown_title for run in found.runs)),
        ("巡查情况", visit.summary or ("发现问题，详见下列" if bad else "未发现问题")),
        ("存在问题", "；".join(bad) or "无"),
        ("隐患线索", "；".join(hazards) or "无"),
        ("企业代表", " ".join(part for part in (visit.representative, told) if part)),
    ]
