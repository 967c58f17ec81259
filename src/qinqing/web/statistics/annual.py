"""年度统计表: how every office managed and served enterprises in a year, which the hub owes the town."""

from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.kernel.sheets import STAMP_LINE, Column, write_sheet
from qinqing.people.rights import Right
from qinqing.statistics.reads import tables
from qinqing.statistics.reads.tables import AnnualRow, Wanted
from qinqing.statistics.rules.periods import year_of
from qinqing.statistics.rules.rates import DEFINITIONS, FOUR, GROUND, days, percent
from qinqing.statistics.words import Dimension, Measure, Rate
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.statistics import around

_NOTE = "走访户数、宣传次数只作情况反映，不计分、不排名。"
_COLUMNS = (
    "承办",
    "销账",
    "平均用时",
    "应办结",
    "按时率",
    "签收率",
    "解决率",
    "满意率",
    "退回",
    "重办",
    "走访户数",
    "宣传次数",
)


@screen(Right.READ_LEDGER)
def annual(request: Request) -> HttpResponse:
    """Show the table. Source: 附1-内容-2, 三要(三)-1."""
    by, now = request.actor, clock.now()
    year = _year(request)
    rows = tables.annual(by, year)
    wanted = Wanted(year_of(year), Dimension.OFFICE)
    context = {
        **around.definitions(FOUR),
        "year": year,
        "years": range(now.year, now.year - 4, -1),
        "headings": [*(cell.label for cell in around.cells(tables.Row("", ""), wanted)), "走访户数", "宣传次数"],
        "rows": [(one, around.cells(one.row, wanted)) for one in rows],
        "counted_at": tables.counted_at(by),
        "note": _NOTE,
        "sheet": f"{reverse('statistics_annual_export')}?year={year}",
    }
    return respond.screen(request, "statistics/annual.html", context)


@screen(Right.EXPORT)
def export(request: Request) -> HttpResponse:
    """Give the table as .xlsx, to sign and stamp."""
    by, now = request.actor, clock.now()
    year = _year(request)
    out = BytesIO()
    title = f"{year}年各单位管理服务企业情况统计表"
    counted = tables.counted_at(by)
    as_of = f"统计到 {counted.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}。" if counted else ""
    write_sheet(
        out,
        title,
        [Column("单位", 22), *(Column(name, 10, "number") for name in _COLUMNS)],
        [_numbers(one) for one in tables.annual(by, year)],
        [*(f"{rate.label} = {DEFINITIONS[rate].words}" for rate in FOUR), GROUND, _NOTE + as_of, STAMP_LINE],
        maker=f"{by.office_name}　{by.name}",
        made_at=now,
    )
    return around.sheet(out.getvalue(), f"{title}.xlsx")


def _numbers(one: AnnualRow) -> list[str | int | None]:
    n, row = one.row.counts, one.row
    return [
        row.name, n[Measure.RECEIVED], n[Measure.WRITTEN_OFF], days(row.days), n[Measure.DUE],
        *(percent(row.rate(rate)) for rate in (Rate.IN_TIME, Rate.SIGNED, Rate.SOLVED, Rate.SATISFIED)),
        n[Measure.RETURNS], n[Measure.REOPENED], one.visits, one.publicity,
    ]  # fmt: skip


def _year(request: Request) -> int:
    return asked.number(request, "year", clock.now().year, low=2000, high=2099)
