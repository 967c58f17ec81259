"""One village, office, topic … month by month."""

from dataclasses import replace
from fractions import Fraction

from django.http import HttpResponse

from qinqing.people.rights import Right
from qinqing.statistics.reads import tables
from qinqing.statistics.rules.periods import month
from qinqing.statistics.words import Measure, Rate
from qinqing.web import respond
from qinqing.web.gate import Request, screen
from qinqing.web.parts.charts import Column
from qinqing.web.statistics import around


@screen(Right.READ_LEDGER)
def months(request: Request) -> HttpResponse:
    """Show a year of one line; without a key the town's, or the reader's own office's."""
    by = request.actor
    wanted, key, name = around.line_of(request)
    rows = tables.months(by, wanted, key)
    found = []
    for row in rows:
        here = replace(wanted, period=month(row.key))
        found.append((row.name, around.cells(tables.Row(key, row.name, row.counts), here)))
    context = {
        **around.definitions(),
        "wanted": wanted,
        "name": name,
        "year": wanted.period.year,
        "headings": [cell.label for cell in found[0][1]],
        "rows": found,
        "columns": [
            Column(row.name.removesuffix("月"), row.counts[Measure.DUE], _share(row.rate(Rate.IN_TIME))) for row in rows
        ],
        "back": around.address("statistics", wanted),
        "before": around.address("statistics_months", wanted, key=key, period=wanted.period.year - 1),
        "counted_at": tables.counted_at(by),
    }
    return respond.screen(request, "statistics/months.html", context)


def _share(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
