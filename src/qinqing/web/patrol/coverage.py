"""应查未查: per community, park and grid, and the firms behind each figure. It is about firms; nobody is ranked by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import today as desk
from qinqing.grids import reads as grids
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.patrol.reads import duties
from qinqing.patrol.reads.duties import STANDS, Coverage, Narrow
from qinqing.patrol.rules.periods import Span, quarter, quarter_of
from qinqing.people.rights import Right, may
from qinqing.people.words import OfficeKind
from qinqing.plan import reads as plans
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen
from qinqing.web.patrol import around

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    span: Span
    narrow: Narrow
    stand: str = ""

    def address(self, name: str = "patrol_coverage", **more: object) -> str:
        """Return the address of a page about this; `more` replaces what is said, "" drops it."""
        said: dict[str, object] = {
            "quarter": self.span.code,
            "code": self.narrow.code,
            "community": self.narrow.community_id,
            "park": self.narrow.park_id,
            "grid": self.narrow.grid_id,
            "period": self.narrow.period,
            "stand": self.stand,
            **more,
        }
        return reverse(name) + "?" + urlencode({key: value for key, value in said.items() if value})


def _asked(request: Request, today: date, plan: "Plan") -> Asked:
    return Asked(
        quarter(request.GET.get("quarter", "")) or quarter_of(today),
        Narrow(
            community_id=asked.number(request, "community") or None,
            grid_id=asked.number(request, "grid") or None,
            park_id=asked.number(request, "park") or None,
            code=asked.one_of(request, "code", {one.code for one in plan.checklists}),
            period=asked.words(request, "period"),
        ),
        asked.one_of(request, "stand", STANDS),
    )


@dataclass(frozen=True)
class Figures:
    """One line of a table of coverage, each figure with the address of its rows."""

    line: Coverage
    all_url: str
    left_url: str
    done_url: str
    excused_url: str


@screen(Right.READ_VISITS)
def patrol_coverage(request: Request) -> HttpResponse:
    """Show how many firms are owed a visit this quarter, how many had it, how many not yet."""
    by, at = request.actor, clock.now()
    today, plan = at.date(), plans.current(by.book)
    wanted = _asked(request, today, plan)
    here = replace(wanted.narrow, community_id=_own(by, wanted.narrow.community_id), period="")
    on = min(max(today, wanted.span.starts_on), wanted.span.due_on)
    total = duties.totals(by, wanted.span, here, on=on)
    communities = duties.by_community(by, wanted.span, here, on=on) if here.community_id is None else []
    parks = duties.by_park(by, wanted.span, here, on=on)
    grid_lines = duties.by_grid(by, wanted.span, here, on=on) if here.community_id is not None else []
    context = {
        "span": wanted.span,
        "is_now": wanted.span.covers(today),
        "total": _figures([total], replace(wanted, narrow=here), "")[0],
        "communities": _figures(communities, wanted, "community"),
        "parks": _figures(parks, wanted, "park"),
        "grids": _figures(grid_lines, replace(wanted, narrow=here), "grid"),
        "periods": _figures(duties.by_period(by, wanted.span, here, on=on), replace(wanted, narrow=here), "period"),
        "alert": _alert(wanted.span, today, plan, total.left),
        "days": (wanted.span.due_on - today).days + 1,
        "before": wanted.address(quarter=quarter_of(wanted.span.before).code),
        "after": wanted.address(quarter=quarter_of(wanted.span.after).code) if wanted.span.due_on < today else "",
        "lists": [
            (one.short, wanted.address(code=one.code), wanted.narrow.code == one.code) for one in plan.checklists
        ],
        "all_lists": wanted.address(code=""),
        "code": wanted.narrow.code,
        "meetings": duties.meetings(by, today.year).count() if wanted.span.covers(today) else 0,
        "meetings_need": plan.patrol.meetings_per_year.value,
        "look_backs": desk.look_backs_due(by, at) if wanted.span.covers(today) else [],
        "tabs": around.tabs(by, "coverage"),
    }
    return respond.screen(request, "patrol/coverage.html", context)


def _own(by: Actor, community_id: int | None) -> int | None:
    return by.office_id if by.office_kind == OfficeKind.COMMUNITY else community_id


def _figures(lines: Sequence[Coverage], wanted: Asked, key: str) -> list[Figures]:
    found = []
    for line in lines:
        more: dict[str, object] = {key: line.id} if key else {}
        urls = [wanted.address("patrol_firms", stand=stand, **more) for stand in ("", "left", "done", "excused")]
        found.append(Figures(line, *urls))
    return found


def _alert(span: Span, today: date, plan: "Plan", left: int) -> bool:
    """Say whether gaps are to be called out: in the last days of the quarter. Source: 附2安-(3)b."""
    return bool(left) and span.is_ending(today, plan.patrol.late_alert.value)


@screen(Right.READ_VISITS)
def patrol_firms(request: Request) -> HttpResponse:
    """Show the firms behind a figure, each with what is owed to it."""
    by, at = request.actor, clock.now()
    today, plan = at.date(), plans.current(by.book)
    wanted = _asked(request, today, plan)
    on = min(max(today, wanted.span.starts_on), wanted.span.due_on)
    page = duties.firms(by, wanted.span, wanted.narrow, on=on, stand=wanted.stand, after=asked.number(request, "after"))
    context = {
        "page": page,
        "span": wanted.span,
        "where": _where(by, wanted.narrow),
        "stand": STANDS.get(wanted.stand, ""),
        "pills": [("全部", wanted.address("patrol_firms", stand=""), not wanted.stand)]
        + [(label, wanted.address("patrol_firms", stand=key), wanted.stand == key) for key, label in STANDS.items()],
        "back": wanted.address(stand="", community="", park="", grid="", period=""),
        "next": wanted.address("patrol_firms", after=page.after) if page.after else "",
        "first": wanted.address("patrol_firms") if request.GET.get("after") else "",
        "may_plan": may(by.post, Right.VISIT),
        "today": today,
        "tabs": around.tabs(by, "coverage"),
    }
    return respond.screen(request, "patrol/firms.html", context)


def _where(by: Actor, narrow: Narrow) -> str:
    """Return the name of the place the rows are of, "" for everything in sight."""
    named = dict(around.communities(by)) if narrow.community_id else {}
    parts = [named.get(narrow.community_id or 0, "")]
    parts.append(dict(around.parks(by)).get(narrow.park_id or 0, "") if narrow.park_id else "")
    parts.append(grids.grid(narrow.grid_id, by=by).name if narrow.grid_id else "")
    return " · ".join(part for part in parts if part)
