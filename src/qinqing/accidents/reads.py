"""Everything fetched about accidents."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from qinqing.accidents import policy
from qinqing.accidents.models import Accident, Line, Told
from qinqing.accidents.words import Casualties, LineKind, Why
from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.pages import open_place, place_of
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 30
_MANY = 10


@dataclass(frozen=True, slots=True)
class AccidentLine:
    """An accident on a list."""

    id: UUID
    where: str
    what: str
    happened_at: datetime
    casualties: str
    is_harm: bool
    reporter: str
    arrived_at: datetime | None
    closed_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Somebody the report went to."""

    name: str
    office: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log."""

    label: str
    kind: str
    text: str
    by_name: str
    happened_at: datetime
    photos: "tuple[Photo, ...]"


@dataclass(frozen=True)
class Sheet:
    """One accident with all that belongs to it."""

    accident: Accident
    casualties: str
    is_harm: bool
    told: tuple[ToldLine, ...]
    lines: tuple[LogLine, ...]
    photos: "tuple[Photo, ...]"
    hint: str
    seen: int


def listing(by: Actor, *, after: str = "") -> tuple[list[AccidentLine], str]:
    """Return a page of accidents this person may see, newest first, and the place of the next page ("" on the last)."""
    rows = policy.visible_to(by)
    place = open_place(after)
    if place:
        rows = rows.filter(Q(received_at__lt=place[0]) | Q(received_at=place[0], pk__lt=place[1]))
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    more = place_of(page[-1].received_at, page[-1].pk) if len(found) > PAGE else ""
    return [_line(row) for row in page], more


def sheet(by: Actor, accident_id: UUID) -> Sheet:
    """Return an accident this person may see.

    Raises:
        NotFound: no such accident, or not one of his.
    """
    row = policy.visible_to(by).select_related("enterprise", "community").filter(pk=accident_id).first()
    if row is None:
        raise NotFound("没有找到这份快报，或不在您的查看范围内。")
    told = list(Told.objects.filter(accident=row).select_related("account"))
    lines = list(Line.objects.filter(accident=row))
    return Sheet(
        accident=row,
        casualties=Casualties.label_of(row.casualties),
        is_harm=_is_harm(row.casualties),
        told=tuple(ToldLine(one.account.name, Why.label_of(one.why), one.seen_at) for one in told),
        lines=tuple(
            LogLine(
                LineKind.label_of(one.kind),
                one.kind,
                one.text,
                one.by_name,
                one.happened_at,
                tuple(evidence.photos(one.attachments)) if one.attachments else (),
            )
            for one in lines
        ),
        photos=tuple(evidence.photos(row.attachments)) if row.attachments else (),
        hint=next((kind.hint for kind in kinds(by.book) if kind.code == row.what), ""),
        seen=sum(1 for one in told if one.seen_at),
    )


def unseen(by: Actor) -> list[AccidentLine]:
    """Return the reports this person was told of and has not opened yet, newest first."""
    rows = Accident.objects.filter(told__account_id=by.account_id or 0, told__seen_at__isnull=True)
    return [_line(row) for row in rows.filter(town_id=by.town_id)[:_MANY]]


def open_of(enterprise_id: int, by: Actor) -> list[AccidentLine]:
    """Return the accidents of a firm this person may see."""
    return [_line(row) for row in policy.visible_to(by).filter(enterprise_id=enterprise_id)[:_MANY]]


def _is_harm(casualties: str) -> bool:
    return casualties in (Casualties.INJURED, Casualties.TRAPPED, Casualties.DEAD)


def _line(row: Accident) -> AccidentLine:
    return AccidentLine(
        id=row.pk,
        where=row.where,
        what=row.what_name,
        happened_at=row.happened_at,
        casualties=Casualties.label_of(row.casualties),
        is_harm=_is_harm(row.casualties),
        reporter=row.reporter_name,
        arrived_at=row.arrived_at,
        closed_at=row.closed_at,
        is_open=row.closed_at is None,
    )


# ── what the plan says ──


@dataclass(frozen=True, slots=True)
class Kind:
    """What can happen, and what to do first."""

    code: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call first."""

    name: str
    phone: str
    note: str


def kinds(book: str) -> list[Kind]:
    """Return what can happen, in the plan's order."""
    try:
        return [Kind(one.code, one.name, one.hint) for one in plans.current(book).accident_kinds]
    except Refused:
        return []


def phones(book: str) -> list[Phone]:
    """Return the numbers to call first, those the town has not told left out. Source: 附2安-(6)a."""
    try:
        return [Phone(one.name, one.phone, one.note) for one in plans.current(book).emergency_phones if one.phone]
    except Refused:
        return []
