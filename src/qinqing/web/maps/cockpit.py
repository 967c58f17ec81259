"""驾驶舱: the town at a glance, for the big screen. Every figure leads to its rows; without script the tables say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import tracker
from qinqing.cases.reads.ledger import Filter
from qinqing.cases.reads.tracker import Cell
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.maps import reads as maps
from qinqing.maps.words import Place
from qinqing.patrol.reads import duties
from qinqing.patrol.reads.duties import Coverage, Narrow
from qinqing.patrol.rules.periods import Span, quarter_of
from qinqing.people.rights import Right, may
from qinqing.statistics.reads import tables
from qinqing.statistics.reads.tables import Row, Wanted
from qinqing.statistics.rules.periods import month, month_of
from qinqing.statistics.rules.rates import percent
from qinqing.statistics.words import Dimension, Measure, Rate
from qinqing.web import asked, gate, respond
from qinqing.web.parts.charts import Bar
from qinqing.web.statistics import around

if TYPE_CHECKING:
    from qinqing.maps.models import TownMap

_LAMPS = {"late": "有超期", "soon": "有快到期", "ok": "都在期限内", "none": "无在账"}
_FIGURES = (Measure.RECEIVED, Measure.WRITTEN_OFF)


@dataclass(frozen=True)
class Figure:
    """One figure and where its rows are; "" where it is nought."""

    label: str
    words: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One community or park: its lamp, its figures, and how much of the quarter's visits are made (None: none owed)."""

    code: str
    name: str
    lamp: str
    figures: list[Figure]
    share: float | None

    @property
    def lamp_words(self) -> str:
        """Return the lamp in words."""
        return _LAMPS[self.lamp]


@gate.screen(Right.READ_COCKPIT)
def cockpit(request: gate.Request) -> HttpResponse:
    """Show lamps by place, the year's trend and the quarter's coverage, each as far as the reader may see.

    With `wall` in the address nothing but the figures stands on the page, large: for the big screen.

    Source: 二(四)-1, 附2安-(3)b.
    """
    by, at = request.actor, clock.now()
    span, drawn = quarter_of(at.date()), maps.of_town(by.town_id)
    cells, covered = tracker.by_place(by, at), _covered(by, span, at.date())
    lines = [
        _line(kind.value, key, name, cells.get((kind.value, key), Cell()), covered.get((kind.value, key)), span.code)
        for kind, key, name in maps.places(by.town_id)
    ]
    total = Cell()
    for (kind, _), cell in cells.items():
        if kind == Place.COMMUNITY.value:
            total.add(cell)
    wanted = Wanted(month_of(at.date()), Dimension.TOWN)
    months = tables.months(by, wanted)
    communities = [line for line in lines if line.code.startswith(Place.COMMUNITY.value)]
    is_wall = asked.words(request, "wall", 1) == "1"
    context = {
        "layout": "maps/wall.html" if is_wall else "base.html",
        "is_wall": is_wall,
        "now": at,
        "total": [
            *_cases(total),
            *_month(months[at.month - 1], wanted, "本月")[: len(_FIGURES)],
            _coverage(covered["town", 0], span.code),
        ],
        "communities": communities,
        "parks": [line for line in lines if line not in communities],
        "bars": [Bar(line.name, line.share, line.figures[-1].words, line.figures[-1].url) for line in communities],
        "months": [row.name for row in months],
        "trend": _trend(months, wanted),
        "span": span,
        "year": at.year,
        "has_map": drawn is not None,
        "is_demo_map": drawn is not None and drawn.is_demo,
        "may_import": may(by.post, Right.MANAGE_ENTERPRISES),
        "drawing": _drawing(drawn, lines, months, wanted),
        "counted_at": tables.counted_at(by),
    }
    return respond.screen(request, "maps/cockpit.html", context)


def _covered(by: Actor, span: Span, today: date) -> dict[tuple[str, int | str], Coverage]:
    """Return the quarter's coverage by place; ("town", 0) is all of it."""
    on = min(max(today, span.starts_on), span.due_on)
    found: dict[tuple[str, int | str], Coverage] = {("town", 0): duties.totals(by, span, Narrow(), on=on)}
    found |= {(Place.COMMUNITY.value, line.id): line for line in duties.by_community(by, span, Narrow(), on=on)}
    return found | {(Place.PARK.value, line.id): line for line in duties.by_park(by, span, Narrow(), on=on)}


def _line(kind: str, key: int, name: str, cell: Cell, coverage: Coverage | None, quarter: str) -> Line:
    lamp = "late" if cell.late else "soon" if cell.soon else "ok" if cell.count else "none"
    figures = [*_cases(cell, **{kind: key}), _coverage(coverage, quarter, **{kind: key})]
    share = coverage.done / coverage.owed if coverage and coverage.owed else None
    return Line(f"{kind}:{key}", name, lamp, figures, share)


def _cases(cell: Cell, **place: int) -> list[Figure]:
    return [
        _case("在账", cell.count, "open", place),
        _case("超期", cell.late, "late", place),
        _case("快到期", cell.soon, "soon", place),
    ]


def _case(label: str, count: int, stand: str, place: Mapping[str, int]) -> Figure:
    wanted = Filter(stand=stand, community=place.get("community", 0), park=place.get("park", 0))
    url = f"{reverse('cases_ledger')}?{urlencode(wanted.as_query())}" if count else ""
    return Figure(label, str(count), url, stand if count else "")


def _coverage(found: Coverage | None, quarter: str, **place: int) -> Figure:
    label = "本季已查/应查"
    if found is None or not found.owed:
        return Figure(label, "—")
    url = f"{reverse('patrol_firms')}?{urlencode({'quarter': quarter, **place})}"
    return Figure(label, f"{found.done}/{found.owed}", url)


def _month(row: Row, wanted: Wanted, said: str = "") -> list[Figure]:
    here = replace(wanted, period=month(row.key))

    def behind(measure: Measure) -> str:
        return around.address("statistics_cases", here, key="", measure=measure.value) if row.counts[measure] else ""

    return [Figure(said + one.label, str(row.counts[one]), behind(one)) for one in _FIGURES] + [
        Figure(said + Rate.IN_TIME.label, percent(row.rate(Rate.IN_TIME)), behind(Measure.DUE))
    ]


def _trend(months: list[Row], wanted: Wanted) -> list[tuple[str, list[Figure]]]:
    """Return a line a measure, a figure a month."""
    columns = [_month(row, wanted) for row in months]
    return [(line[0].label, list(line)) for line in zip(*columns, strict=True)]


def _drawing(drawn: "TownMap | None", lines: list[Line], months: list[Row], wanted: Wanted) -> dict[str, Any]:
    """Return what the script draws: the same figures as the tables."""
    return {
        "map": maps.geojson(drawn) if drawn else None,
        "places": [
            {"name": one.code, "label": one.name, "lamp": one.lamp, "count": one.figures[0].words,
             "late": one.figures[1].words, "url": one.figures[0].url}
            for one in lines
        ],
        "months": [_plain(row, wanted) for row in months],
    }  # fmt: skip


def _plain(row: Row, wanted: Wanted) -> dict[str, Any]:
    share: Fraction | None = row.rate(Rate.IN_TIME)
    return {
        "name": row.name,
        "received": row.counts[Measure.RECEIVED],
        "written_off": row.counts[Measure.WRITTEN_OFF],
        "in_time": None if share is None else round(float(share) * 100),
        "urls": [one.url for one in _month(row, wanted)],
    }
