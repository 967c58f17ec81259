"""统计: one line a village, office, topic … of a month, quarter or year; chart and table side by side, every figure opens."""

from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse

from qinqing.kernel import clock
from qinqing.kernel.sheets import Column, write_sheet
from qinqing.people.rights import Right
from qinqing.statistics.reads import tables
from qinqing.statistics.reads.tables import Row, Wanted
from qinqing.statistics.rules.rates import DEFINITIONS, GROUND, average_days, percent
from qinqing.statistics.words import Measure, Rate
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.parts.charts import Bar
from qinqing.web.statistics import around

DRAWN = (Rate.IN_TIME.value, Rate.SIGNED.value, Rate.SOLVED.value, Rate.SATISFIED.value, Measure.RECEIVED.value)
_RATES = {rate.value: rate for rate in Rate}


@screen(Right.READ_LEDGER)
def statistics(request: Request) -> HttpResponse:
    """Show a table of figures. Source: 附1-内容-2, 三职(二)-1."""
    by, wanted = request.actor, around.wanted_of(request)
    rows, total = tables.table(by, wanted), tables.total(by, wanted)
    drawn = asked.one_of(request, "draw", DRAWN, DRAWN[0])
    most = 1 if drawn in _RATES else max((row.counts[Measure(drawn)] for row in rows), default=0) or 1
    context = {
        **around.picks(request, wanted),
        **around.definitions(),
        "headings": [cell.label for cell in around.cells(total, wanted)],
        "rows": [(row.name, around.address("statistics_months", wanted, key=row.key), around.cells(row, wanted)) for row in rows],
        "total": _sum(total),
        "bars": [_bar(row, wanted, drawn, most) for row in rows if drawn in _RATES or row.counts[Measure.RECEIVED]],
        "drawn": drawn,
        "drawn_label": _label(drawn),
        "draws": [(one, _label(one)) for one in DRAWN],
        "counted_at": tables.counted_at(by),
        "sheet": around.address("statistics_export", wanted),
        "annual_url": f"{reverse('statistics_annual')}?year={wanted.period.year}",
    }  # fmt: skip
    return respond.screen(request, "statistics/table.html", context)


@screen(Right.EXPORT)
def export(request: Request) -> HttpResponse:
    """Give the same table as .xlsx."""
    by, wanted, now = request.actor, around.wanted_of(request), clock.now()
    rows = tables.table(by, wanted)
    out = BytesIO()
    title = f"{wanted.period.title}涉企事项统计（按{wanted.dimension.label}）"
    write_sheet(
        out,
        title,
        [Column(wanted.dimension.label, 22), *(Column(name, 10, "number") for name in _COLUMNS)],
        [_numbers(row) for row in rows],
        [*(f"{rate.label} = {one.words}" for rate, one in DEFINITIONS.items()), GROUND],
        maker=f"{by.office_name}　{by.name}",
        made_at=now,
    )
    return around.sheet(out.getvalue(), f"{title}.xlsx")


_COLUMNS = (
    "收到", "销账", "平均用时", "应办结", "按时", "按时率", "应签收", "及时签收", "签收率", "说了是否解决", "已解决", "部分解决", "解决率",
    "已评价", "满意", "满意率", "退回", "被驳回", "重办", "不计入",
)  # fmt: skip


def _numbers(row: Row) -> list[str | int | float | None]:
    n, m = row.counts, Measure
    average = average_days(n)
    return [
        row.name, n[m.RECEIVED], n[m.WRITTEN_OFF], round(float(average), 1) if average is not None else None,
        n[m.DUE], n[m.IN_TIME], percent(row.rate(Rate.IN_TIME)), n[m.DISPATCHED], n[m.SIGNED], percent(row.rate(Rate.SIGNED)),
        n[m.VISITED], n[m.SOLVED], n[m.PARTLY], percent(row.rate(Rate.SOLVED)),
        n[m.RATED], n[m.SATISFIED], percent(row.rate(Rate.SATISFIED)), n[m.RETURNS], n[m.OVERRULED], n[m.REOPENED], n[m.EXCLUDED],
    ]  # fmt: skip


def _label(drawn: str) -> str:
    return _RATES[drawn].label if drawn in _RATES else Measure(drawn).label


def _bar(row: Row, wanted: Wanted, drawn: str, most: int) -> Bar:
    url = around.address("statistics_months", wanted, key=row.key)
    if drawn in _RATES:
        share = row.rate(_RATES[drawn])
        return Bar(row.name, None if share is None else float(share), percent(share), url)
    count = row.counts[Measure(drawn)]
    return Bar(row.name, count / most, str(count), url)


def _sum(total: Row) -> list[around.Cell]:
    """Return the figures of the head of the page: of the town, or of the reader's own office."""
    cells = [around.Cell(m.label, str(total.counts[m])) for m in (Measure.RECEIVED, Measure.WRITTEN_OFF)]
    return cells + [around.Cell(rate.label, percent(total.rate(rate))) for rate in around.SHARES]
