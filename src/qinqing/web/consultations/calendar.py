"""会商日历: a month of sittings, and the same to take along as .ics."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinqing.consultations import ics
from qinqing.consultations.reads import sittings as reads
from qinqing.kernel import clock
from qinqing.kernel.clock import SHANGHAI
from qinqing.people import reads as people
from qinqing.people.rights import Right
from qinqing.web import asked, respond
from qinqing.web.consultations.around import tabs
from qinqing.web.gate import Request, screen
from qinqing.workdays import reads as workdays

if TYPE_CHECKING:
    from qinqing.consultations.models import Sitting

_AHEAD = timedelta(days=180)
_BACK = timedelta(days=31)


@dataclass(frozen=True)
class Day:
    """One day of the page."""

    on: date
    is_workday: bool
    is_today: bool
    is_away: bool
    sittings: list["Sitting"]


@screen(Right.READ_LEDGER)
def month(request: Request) -> HttpResponse:
    """Show a month, week by week; on a phone the days that have something, as a list."""
    by, today = request.actor, clock.now().date()
    first = asked.day(request, "month") or today
    first = min(max(first, date(2020, 1, 1)), date(2099, 12, 1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    known: dict[date, list[Sitting]] = {}
    for one in reads.between(by, first, last):
        known.setdefault(one.held_at.astimezone(SHANGHAI).date(), []).append(one)
    calendar = workdays.calendar()
    away = people.away_days(by.account_id or 0, first, last)
    days = [
        Day(on, calendar.is_workday(on), on == today, on in away, known.get(on, []))
        for on in (first + timedelta(days=n) for n in range(last.day))
    ]
    cells: list[Day | None] = [None] * first.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    context = {
        "tabs": tabs("consultations_calendar"),
        "title": f"{first.year}年{first.month}月",
        "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
        "days": [day for day in days if day.sittings],
        "before": f"?month={(first - timedelta(days=1)).replace(day=1)}",
        "after": f"?month={after}",
        "is_now": first == today.replace(day=1),
    }
    return respond.screen(request, "consultations/calendar.html", context)


@screen(Right.READ_LEDGER)
def own(request: Request) -> HttpResponse:
    """Give the sittings this person's office is called to, from a month back to half a year ahead, as .ics."""
    by, now = request.actor, clock.now()
    rows = reads.between(by, now.date() - _BACK, now.date() + _AHEAD, own=True)
    return _file(request, rows, "我的会商.ics")


@screen(Right.READ_LEDGER)
def one(request: Request, sitting_id: int) -> HttpResponse:
    """Give one sitting as .ics."""
    found = reads.sheet(request.actor, sitting_id, clock.now())
    return _file(request, [found.sitting], f"会商{found.sitting.held_at.astimezone(SHANGHAI):%m%d}.ics")


def _file(request: Request, rows: list["Sitting"], name: str) -> HttpResponse:
    events = [
        ics.Event(
            key=f"sitting-{row.pk}@{request.actor.book}",
            sequence=row.moves,
            begins=row.held_at,
            place=row.place,
            link=request.build_absolute_uri(reverse("consultation", args=[row.pk])),
        )
        for row in rows
    ]
    disposition = content_disposition_header(True, name) or "attachment"
    text = ics.write(events, at=clock.now())
    return HttpResponse(
        text.encode(), content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition}
    )
