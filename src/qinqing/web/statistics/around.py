"""What the screens of the statistics share: what the address asks for, cells with their addresses, the definitions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinqing.cases.words import Kind
from qinqing.kernel import clock
from qinqing.statistics import policy
from qinqing.statistics.reads.tables import Row, Wanted, names_of
from qinqing.statistics.rules.periods import month_of, period, recent
from qinqing.statistics.rules.rates import DEFINITIONS, GROUND, days, percent
from qinqing.statistics.words import Dimension, Measure, Rate
from qinqing.web import asked
from qinqing.web.gate import Request
from qinqing.web.parts.blocks import Tab

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = (Measure.RECEIVED, Measure.WRITTEN_OFF, Measure.DUE, Measure.IN_TIME, Measure.RETURNS, Measure.REOPENED)
"""The counts of a line; each opens to its cases."""
SHARES = {
    Rate.IN_TIME: Measure.DUE,
    Rate.SIGNED: Measure.DISPATCHED,
    Rate.SOLVED: Measure.VISITED,
    Rate.SATISFIED: Measure.RATED,
}
"""The rates of a line, and which cases they are made of."""


@dataclass(frozen=True)
class Cell:
    """One figure and where its cases are; "" where it is nought."""

    label: str
    words: str
    url: str = ""


def wanted_of(request: Request) -> Wanted:
    """Read what the address asks for; what makes no sense counts as not asked."""
    today = clock.now().date()
    dimensions = [one.value for one in dimensions_for(request)]
    return Wanted(
        period(asked.words(request, "period", 8)) or month_of(today),
        Dimension(asked.one_of(request, "by", dimensions, dimensions[0])),
        asked.one_of(request, "kind", [kind.value for kind in Kind]),
    )


def line_of(request: Request) -> tuple[Wanted, str, str]:
    """Return what is asked of one line, its key and name; without a key the town's, or the reader's own office's.

    Raises:
        Http404: no such line, or not one he may see.
    """
    by, wanted = request.actor, wanted_of(request)
    key = asked.words(request, "key", 60)
    if not policy.sees_town(by):
        key = key or str(by.office_id or 0)
        if key != str(by.office_id or 0):
            raise Http404
    elif not key:
        wanted = replace(wanted, dimension=Dimension.TOWN)
    names = names_of(by, wanted.dimension)
    if not policy.sees_town(by):
        names |= {str(by.office_id or 0): by.office_name}
    if key not in names:
        raise Http404
    return wanted, key, names[key]


def dimensions_for(request: Request) -> list[Dimension]:
    """Return along which lines somebody may read; who sees his own office alone has nothing to choose."""
    if not policy.sees_town(request.actor):
        return [Dimension.OFFICE]
    return [one for one in Dimension if one is not Dimension.TOWN]


def address(name: str, wanted: Wanted, **more: object) -> str:
    """Return the address of a page about this."""
    said = {"period": wanted.period.code, "by": wanted.dimension.value, "kind": wanted.kind, **more}
    return reverse(name) + "?" + urlencode({key: value for key, value in said.items() if value or key == "key"})


def cells(row: Row, wanted: Wanted) -> list[Cell]:
    """Return the figures of a line, each with the address of its cases."""
    found = [_count(row, wanted, measure) for measure in (Measure.RECEIVED, Measure.WRITTEN_OFF)]
    found.append(Cell("平均用时", days(row.days), _behind(row, wanted, Measure.WRITTEN_OFF)))
    found += [_count(row, wanted, measure) for measure in (Measure.DUE, Measure.IN_TIME)]
    for rate, measure in SHARES.items():
        found.append(Cell(rate.label, percent(row.rate(rate)), _behind(row, wanted, measure)))
    return found + [_count(row, wanted, measure) for measure in (Measure.RETURNS, Measure.REOPENED)]


def _count(row: Row, wanted: Wanted, measure: Measure) -> Cell:
    return Cell(measure.label, str(row.counts[measure]), _behind(row, wanted, measure))


def _behind(row: Row, wanted: Wanted, measure: Measure) -> str:
    if not row.counts[measure]:
        return ""
    return address("statistics_cases", wanted, key=row.key, measure=measure.value)


def picks(request: Request, wanted: Wanted) -> dict[str, Any]:
    """Return what the filters offer, for the template."""
    today = clock.now().date()
    offered = recent(today)
    if wanted.period.code not in {one.code for one in offered}:
        offered.insert(0, wanted.period)
    dimensions = dimensions_for(request)
    return {
        "wanted": wanted,
        "periods": offered,
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "tabs": [
            Tab(f"按{one.label}", address("statistics", replace(wanted, dimension=one)), one is wanted.dimension)
            for one in dimensions
        ],
    }


def definitions(rates: Iterable[Rate] = DEFINITIONS) -> dict[str, Any]:
    """Return what each rate means, to stand on the page."""
    return {"definitions": [(rate.label, DEFINITIONS[rate].words) for rate in rates], "ground": GROUND}


def sheet(content: bytes, name: str) -> HttpResponse:
    """Return a workbook to keep."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
