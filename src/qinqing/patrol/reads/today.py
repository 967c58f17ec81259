"""要去的企业: what an officer's day holds, and what his phone takes along. Nearest date first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min

from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads as ties
from qinqing.kernel.actor import Actor
from qinqing.patrol.models import Duty, PlannedVisit, Visit
from qinqing.patrol.reads.duties import DutyLine, FirmLine, firm_lines, line_of
from qinqing.patrol.reads.guard import Been, Offer, offer_of
from qinqing.patrol.rules.periods import quarter_of
from qinqing.patrol.words import AHEAD, OWED, VISITED, Nature
from qinqing.people.words import Role
from qinqing.plan import reads as plans

SHOWN = 8
NEAR_DAYS = 7
LAST_VISITS = 3
QUIET_DAYS = 92
_AHEAD = [state.value for state in AHEAD]
_VISITED = [kind.value for kind in VISITED]
_OWED = [state.value for state in OWED]


@dataclass(frozen=True)
class ToVisit:
    """What an officer has before him: firms with something owed this quarter, and visits announced for the next days.

    `firms` holds the nearest few of `left` firms; `days` are left in the quarter, the last day included.
    """

    firms: list[FirmLine]
    left: int
    planned: list[PlannedVisit]
    quarter: str
    days: int
    is_ending: bool


def to_visit(by: Actor, on: date) -> ToVisit | None:
    """Return what an officer has before him, None for anybody else. Six queries. Source: 二(一)-4, 附2安-(3)b."""
    if by.post != Role.GRID_OFFICER or by.account_id is None:
        return None
    quarter = quarter_of(on)
    owed = Duty.objects.filter(
        enterprise_id__in=ties.led_by(by.account_id, on),
        kind__in=_VISITED,
        state__in=_OWED,
        starts_on__lte=on,
        due_on__gte=on,
    )
    nearest = list(owed.order_by().values("enterprise_id").annotate(due=Min("due_on")).order_by("due", "enterprise_id"))
    rows = enterprises.by_ids([row["enterprise_id"] for row in nearest[:SHOWN]])
    shown = [rows[row["enterprise_id"]] for row in nearest[:SHOWN]]
    planned = PlannedVisit.objects.filter(
        planned_by_id=by.account_id, state__in=_AHEAD, on__range=(on, on + timedelta(days=NEAR_DAYS))
    )
    alert = plans.current(by.book).patrol.late_alert.value
    return ToVisit(
        firms=firm_lines(shown, owed.filter(enterprise_id__in=[firm.pk for firm in shown])),
        left=len(nearest),
        planned=list(planned.select_related("enterprise").order_by("on", "id")[:SHOWN]),
        quarter=quarter.title,
        days=(quarter.due_on - on).days + 1,
        is_ending=quarter.is_ending(on, alert),
    )


@dataclass(frozen=True, slots=True)
class Aboard:
    """What a phone takes along of one firm: who was there, what is owed, what is announced, which days are quiet."""

    last_visits: tuple[Been, ...]
    due: tuple[DutyLine, ...]
    planned: tuple[Offer, ...]
    quiet: tuple[tuple[date, date], ...]


def for_phone(enterprise_ids: Iterable[int], *, book: str, on: date) -> dict[int, Aboard]:
    """Return what a phone takes along, by firm; whoever calls has checked the scope. Six queries for any number of firms."""
    ids = list(enterprise_ids)
    due: dict[int, list[DutyLine]] = {}
    soon = on + timedelta(days=NEAR_DAYS)
    owed = Duty.objects.filter(enterprise_id__in=ids, state__in=_OWED, starts_on__lte=soon, due_on__gte=on)
    for duty in owed.order_by("due_on", "id"):
        due.setdefault(duty.enterprise_id, []).append(line_of(duty))
    planned: dict[int, list[Offer]] = {}
    ahead = PlannedVisit.objects.filter(enterprise_id__in=ids, state__in=_AHEAD, on__gte=on).order_by("on", "id")
    for row in ahead.select_related("office").prefetch_related("joint_with"):
        planned.setdefault(row.enterprise_id, []).append(offer_of(row))
    been, quiet = _been(ids, on), _quiet(ids, book, on)
    return {
        one: Aboard(tuple(been.get(one, [])), tuple(due.get(one, [])), tuple(planned.get(one, [])), quiet[one])
        for one in quiet
    }


def _been(ids: list[int], on: date) -> dict[int, list[Been]]:
    found: dict[int, list[Been]] = {}
    rows = Visit.objects.filter(enterprise_id__in=ids, made_on__gt=on - timedelta(days=365)).select_related("office")
    for visit in rows.order_by("-made_on", "-id"):
        mine = found.setdefault(visit.enterprise_id or 0, [])
        if len(mine) < LAST_VISITS:
            mine.append(Been(visit.made_on, visit.office.short if visit.office else "", Nature.label_of(visit.nature)))
    return found


def _quiet(ids: list[int], book: str, on: date) -> dict[int, tuple[tuple[date, date], ...]]:
    """Return the quiet stretches of the next three months, by firm: those of a town are the same for all of a park."""
    plan = plans.current(book)
    by_park: dict[str, tuple[tuple[date, date], ...]] = {}
    found = {}
    for one, firm in enterprises.by_ids(ids).items():
        park = firm.park.code if firm.park else ""
        if park not in by_park:
            days = [on + timedelta(days=number) for number in range(QUIET_DAYS)]
            by_park[park] = _stretches([day for day in days if plan.quiet_on(day, park) is not None])
        found[one] = by_park[park]
    return found


def _stretches(days: list[date]) -> tuple[tuple[date, date], ...]:
    """Return single days joined to stretches, both ends included."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and (day - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)
