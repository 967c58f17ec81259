"""Before going: who was there lately, is it a quiet day, does somebody else go anyway. 综合查一次."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.patrol.models import InspectionReference, PlannedVisit, Visit
from qinqing.patrol.rules.frequency import Often, often
from qinqing.patrol.words import AHEAD, Nature
from qinqing.plan import reads as plans
from qinqing.workdays import reads as workdays

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan
    from qinqing.workdays.rules import Calendar

SHOWN = 5
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Been:
    """That somebody visited, as far as everybody who plans may know: day, office, what for."""

    on: date
    office: str
    nature: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Another office's announced visit nearby in time: one could go along."""

    planned_id: int
    on: date
    hours: str
    office: str
    nature: str
    checklists: tuple[str, ...]
    office_id: int | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """What to think of before going to a firm on a day.

    Attributes:
        is_guarded: this nature is counted at all; an invitation is not.
        often: visits by anybody on the last 30, 90, 365 days.
        warning: "" while the town's numbers are not reached.
        last: the latest visits by anybody.
        quiet: name of the quiet days the day lies in, "" if none; then an ordinary visit needs a reason.
        offers: announced visits of others within the town's window: merge instead of going again.
        own: a visit of one's own office announced already within that window.
        inspections: references to 行政检查 of the last 365 days.
    """

    enterprise_id: int
    on: date
    is_guarded: bool
    often: Often
    warning: str
    last: tuple[Been, ...]
    quiet: str
    offers: tuple[Offer, ...]
    own: tuple[Offer, ...]
    inspections: int

    @property
    def is_clear(self) -> bool:
        """Say whether nothing speaks for waiting or going together."""
        return not (self.warning or self.quiet or self.offers or self.own)


def guard(by: Actor, enterprise_id: int, on: date, nature: str) -> Guard:
    """Return what speaks for waiting or going together. It forbids nothing.

    Counts are of all offices, whatever the asker may read of those visits: the firm feels every one of them.

    Raises:
        NotFound: not a firm he may see.

    Source: 三要(四)-3; domain §4.3 (综合查一次).
    """
    firm = enterprises.get_for(by, enterprise_id)
    plan = plans.current(by.book)
    known = plan.visit_nature(nature)
    is_guarded = known is None or known.guarded
    visits = _counted(plan, enterprise_id, on)
    found = often(visits.values_list("made_on", flat=True), on)
    numbers = plan.patrol
    quiet = plan.quiet_on(on, firm.park.code if firm.park else "") if is_guarded else None
    near = _near(enterprise_id, on, numbers.joint_window.value, workdays.calendar(plan.hours))
    return Guard(
        enterprise_id=enterprise_id,
        on=on,
        is_guarded=is_guarded,
        often=found,
        warning=found.warning(per_month=numbers.visits_per_month.value, per_year=numbers.visits_per_year.value)
        if is_guarded
        else "",
        last=tuple(
            Been(visit.made_on, visit.office.short if visit.office else "", Nature.label_of(visit.nature))
            for visit in visits.select_related("office")[:SHOWN]
        ),
        quiet=quiet.name if quiet else "",
        offers=tuple(offer for offer, offices in near if by.office_id not in offices),
        own=tuple(offer for offer, offices in near if by.office_id in offices),
        inspections=InspectionReference.objects.filter(
            enterprise_id=enterprise_id, struck_at__isnull=True, on__gt=on - _YEAR, on__lte=on
        ).count(),
    )


def _counted(plan: "Plan", enterprise_id: int, on: date) -> QuerySet[Visit]:
    free = [one.code for one in plan.visit_natures if not one.guarded]
    rows = Visit.objects.filter(enterprise_id=enterprise_id, made_on__gt=on - _YEAR, made_on__lte=on)
    return rows.exclude(nature__in=free).order_by("-made_on", "-id")


def _near(enterprise_id: int, on: date, working_days: int, calendar: "Calendar") -> list[tuple[Offer, set[int]]]:
    """Return announced visits within so many working days before and after, each with the offices that go."""
    widest = timedelta(days=working_days * 3 + 15)  # longer than any run of holidays makes it
    rows = (
        PlannedVisit.objects.filter(
            enterprise_id=enterprise_id,
            on__range=(on - widest, on + widest),
            state__in=[state.value for state in AHEAD],
        )
        .select_related("office")
        .prefetch_related("joint_with")
        .order_by("on", "id")
    )
    return [
        (offer_of(row), {row.office_id, *(office.pk for office in row.joint_with.all())})
        for row in rows
        if calendar.count(min(on, row.on), max(on, row.on)) <= working_days
    ]


def offer_of(row: PlannedVisit) -> Offer:
    """Return an announced visit as it is offered; expects office and companions fetched along."""
    offices = [row.office.short, *(office.short for office in row.joint_with.all())]
    nature = Nature.label_of(row.nature)
    return Offer(row.pk, row.on, row.hours, "、".join(offices), nature, tuple(row.checklists), row.office_id)
