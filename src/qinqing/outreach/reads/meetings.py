"""例会: the list, one meeting, how enterprises and officers stand with a year's meetings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES
from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.pages import open_place, place_of
from qinqing.outreach import policy
from qinqing.outreach.models import Attendance, Meeting
from qinqing.outreach.rules.meetings import progress
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import reads as plans
from qinqing.plan.field_spec import HOUSE
from qinqing.workdays.rules import Lamp

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 30
FIRMS = 50


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting on a list."""

    id: UUID
    topic: str
    held_at: datetime
    where: str
    host: str
    asked: int
    came: int


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """An enterprise at a meeting."""

    enterprise_id: int
    enterprise: str
    attended: bool
    name: str
    corrected: str


@dataclass(frozen=True)
class Sheet:
    """One meeting with all that belongs to it, as far as the person reads it."""

    meeting: Meeting
    topics: tuple[tuple[str, bool], ...]
    attendances: tuple[AttendanceLine, ...]
    photos: "tuple[Photo, ...]"
    came: int
    may_correct: bool


@dataclass(frozen=True, slots=True)
class FirmProgress:
    """How an enterprise stands with a year's meetings."""

    enterprise_id: int
    enterprise: str
    community: str
    done: int
    lamp: Lamp


@dataclass(frozen=True, slots=True)
class OfficerProgress:
    """How many meetings an officer held in a year. Ordered by community and name, never by number: it is no ranking."""

    account_id: int
    name: str
    community: str
    done: int
    lamp: Lamp


def listing(by: Actor, *, after: str = "") -> tuple[list[MeetingLine], str]:
    """Return a page of meetings a person reads, latest first, and the place of the next page ("" on the last)."""
    rows = policy.meetings_visible_to(by)
    place = open_place(after)
    if place:
        rows = rows.filter(Q(held_at__lt=place[0]) | Q(held_at=place[0], pk__lt=place[1]))
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    more = place_of(page[-1].held_at, page[-1].pk) if len(found) > PAGE else ""
    counted = {
        meeting: (asked, came)
        for meeting, asked, came in Attendance.objects.filter(meeting__in=page)
        .values_list("meeting_id")
        .annotate(asked=Count("id"), came=Count("id", filter=Q(attended=True)))
        .order_by()
    }
    return [
        MeetingLine(row.pk, row.topic, row.held_at, row.where, row.host_name, *counted.get(row.pk, (0, 0)))
        for row in page
    ], more


def sheet(by: Actor, meeting_id: UUID) -> Sheet:
    """Return a meeting a person reads; an enterprise sees its own attendance only, and no photos of others.

    Raises:
        NotFound: no such meeting, or not one of his.
    """
    row = policy.meetings_visible_to(by).select_related("community").filter(pk=meeting_id).first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    attendances = Attendance.objects.filter(meeting=row).select_related("enterprise").order_by("enterprise__initials")
    if by.enterprise_id is not None:
        attendances = attendances.filter(enterprise_id=by.enterprise_id)
    lines = tuple(
        AttendanceLine(one.enterprise_id, one.enterprise.name, one.attended, one.name, one.corrected)
        for one in attendances
    )
    return Sheet(
        meeting=row,
        topics=tuple((name, code in row.topics) for code, name in topics(by.book)),
        attendances=lines,
        photos=tuple(evidence.photos(row.attachments)) if row.attachments and by.enterprise_id is None else (),
        came=sum(1 for one in lines if one.attended),
        may_correct=policy.may_correct(by, row),
    )


def topics(book: str) -> list[tuple[str, str]]:
    """Return (code, 中文) of what a meeting may be about, in the plan's order. Source: 附2安-(4)b."""
    try:
        return [(one.code, one.name) for one in plans.current(book).meeting_topics]
    except Refused:
        return []


def wanted(book: str) -> int:
    """Return how many meetings a year are owed. Source: 附2安-(4)a."""
    try:
        return plans.current(book).patrol.meetings_per_year.value
    except Refused:
        return HOUSE.meetings_per_year.value


def firms_progress(
    by: Actor, *, year: int, today: date, after: int = 0, late_only: bool = False, limit: int = FIRMS
) -> list[FirmProgress]:
    """Return how the working firms a person reads stand with a year's meetings, by id after one.

    Source: 附2安-(4)a.
    """
    need = wanted(by.book)
    rows = (
        enterprises.visible_to(by)
        .filter(pk__in=policy.firm_ids(by), pk__gt=after, status__in=sorted(str(status) for status in ACTIVE_STATUSES))
        .select_related("community")
        .annotate(done=Count("meetings", filter=Q(meetings__attended=True, meetings__meeting__year=year)))
        .order_by("pk")
    )
    if late_only:
        rows = rows.filter(done__lt=need)
    return [
        FirmProgress(
            row.pk,
            row.name,
            row.community.short if row.community else "",
            row.done,
            progress(row.done, need, year=year, today=today),
        )
        for row in rows[:limit]
    ]


def own_progress(by: Actor, *, year: int, today: date) -> Lamp:
    """Return how many meetings the person himself held in a year. Source: 附2安-(4)a."""
    done = Meeting.objects.filter(host_id=by.account_id or 0, year=year).count()
    return progress(done, wanted(by.book), year=year, today=today)


def officers_progress(by: Actor, *, year: int, today: date) -> list[OfficerProgress]:
    """Return how many meetings each officer held, for those who look after officers: a community its own, the town all.

    Source: 附2安-(4)a.
    """
    if by.enterprise_id is not None or by.post == Role.GRID_OFFICER:
        return []
    seats = people.holders(by.town_id, [Role.GRID_OFFICER], today)
    if by.office_kind == OfficeKind.COMMUNITY:
        seats = [seat for seat in seats if seat.office_id == by.office_id]
    elif not policy.reads_town(by):
        seats = [seat for seat in seats if seat.office_id in by.charge_ids]
    held = dict(
        Meeting.objects.filter(host_id__in=[seat.account_id for seat in seats], year=year)
        .values_list("host_id")
        .annotate(total=Count("id"))
        .order_by()
    )
    need = wanted(by.book)
    found = [
        OfficerProgress(
            seat.account_id,
            seat.account.name,
            seat.office.short,
            held.get(seat.account_id, 0),
            progress(held.get(seat.account_id, 0), need, year=year, today=today),
        )
        for seat in sorted(seats, key=lambda seat: (seat.office.place, seat.office_id, seat.account_id))
    ]
    return list({one.account_id: one for one in found}.values())
