"""房屋登记册 and 两违登记册: lists, one line's page, and rows for the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from qinqing.evidence import reads as evidence
from qinqing.evidence.reads import Photo
from qinqing.findings import policy
from qinqing.findings.models import Building, IllegalBuilding, RegisterEntry
from qinqing.findings.rules.registers import building_lamp, building_steps, illegal_lamp, illegal_steps
from qinqing.findings.words import (
    BuildingState,
    BuildingStep,
    Grade,
    IllegalState,
    IllegalStep,
)
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people.words import Role
from qinqing.workdays.rules import Lamp

Row = TypeVar("Row", Building, IllegalBuilding)
PAGE = 30
_BATCH = 500
_ALONG = ("enterprise", "community")
BUILDING_STANDS = {"open": "未销号", "late": "整治超期", "dangerous": "C、D级", "closed": "已销号", "all": "全部"}
ILLEGAL_STANDS = {"open": "未销号", "look": "待回头看", "closed": "已销号", "all": "全部"}


@dataclass(frozen=True)
class BuildingLine:
    """A building as one line."""

    row: Building
    lamp: Lamp


@dataclass(frozen=True)
class IllegalLine:
    """A 两违 as one line."""

    row: IllegalBuilding
    lamp: Lamp


@dataclass(frozen=True)
class BuildingPage:
    """One page; `next` is the `before` of the page after, 0 on the last."""

    lines: list[BuildingLine] = field(default_factory=list)
    next: int = 0


@dataclass(frozen=True)
class IllegalPage:
    """One page; `next` is the `before` of the page after, 0 on the last."""

    lines: list[IllegalLine] = field(default_factory=list)
    next: int = 0


@dataclass(frozen=True)
class Told:
    """One step of a story."""

    label: str
    text: str
    photos: list[Photo]
    passed: bool | None
    due_on: date | None
    who: str
    at: datetime


@dataclass(frozen=True)
class BuildingSheet:
    """One building for one reader."""

    row: Building
    lamp: Lamp
    story: list[Told]
    photos: list[Photo]
    steps: list[BuildingStep]


@dataclass(frozen=True)
class IllegalSheet:
    """One 两违 for one reader. `look_backs` are the days still owed."""

    row: IllegalBuilding
    lamp: Lamp
    story: list[Told]
    photos: list[Photo]
    steps: list[IllegalStep]
    look_backs: list[date]


def buildings(by: Actor, stand: str, at: datetime, *, community: int = 0, before: int = 0) -> BuildingPage:
    """Return a page of the building register, newest first. Source: 附3房-内容."""
    found, following = _page(_buildings(by, stand, at, community), before)
    return BuildingPage([_building_line(row, at) for row in found], following)


def illegal_buildings(by: Actor, stand: str, at: datetime, *, community: int = 0, before: int = 0) -> IllegalPage:
    """Return a page of the 两违 register, newest first. Source: 附2违-内容."""
    found, following = _page(_illegal(by, stand, at, community), before)
    return IllegalPage([_illegal_line(row, at) for row in found], following)


def stream_buildings(by: Actor, stand: str, at: datetime, *, community: int = 0) -> Iterator[BuildingLine]:
    """Yield every line of the building register, for the sheet."""
    return (_building_line(row, at) for row in _stream(_buildings(by, stand, at, community)))


def stream_illegal(by: Actor, stand: str, at: datetime, *, community: int = 0) -> Iterator[IllegalLine]:
    """Yield every line of the 两违 register, for the sheet. Source: 附2违-(1)b."""
    return (_illegal_line(row, at) for row in _stream(_illegal(by, stand, at, community)))


def building(by: Actor, building_id: int, at: datetime) -> BuildingSheet:
    """Return one building.

    Raises:
        NotFound: out of sight.
    """
    row = policy.buildings(by).select_related(*_ALONG, "finding").filter(pk=building_id).first()
    if row is None:
        raise NotFound("没有找到这处房屋，或不在您的查看范围内。")
    story = list(RegisterEntry.objects.filter(building=row))
    photos = _photos([*row.photos, *(one for entry in story for one in entry.photos)])
    steps = building_steps(BuildingState(row.state), is_officer=by.post == Role.GRID_OFFICER)
    return BuildingSheet(
        row,
        _building_line(row, at).lamp,
        [_told(entry, BuildingStep.label_of(entry.step), photos) for entry in story],
        [photos[one] for one in row.photos if one in photos],
        steps if _tends(by, row.community_id) else [],
    )


def illegal(by: Actor, illegal_id: int, at: datetime) -> IllegalSheet:
    """Return one 两违.

    Raises:
        NotFound: out of sight.
    """
    row = policy.illegal_buildings(by).select_related(*_ALONG, "finding", "case").filter(pk=illegal_id).first()
    if row is None:
        raise NotFound("没有找到这一条，或不在您的查看范围内。")
    story = list(RegisterEntry.objects.filter(illegal=row))
    photos = _photos([*row.photos, *(one for entry in story for one in entry.photos)])
    owed = [date.fromisoformat(day) for day in row.look_backs_due]
    steps = illegal_steps(IllegalState(row.state), owes_look_back=bool(owed), is_officer=by.post == Role.GRID_OFFICER)
    return IllegalSheet(
        row,
        _illegal_line(row, at).lamp,
        [_told(entry, IllegalStep.label_of(entry.step), photos) for entry in story],
        [photos[one] for one in row.photos if one in photos],
        steps if _tends(by, row.community_id) else [],
        owed,
    )


def may_register(by: Actor) -> bool:
    """Say whether this person keeps lines of the registers."""
    return _tends(by, by.office_id)


def _tends(by: Actor, community_id: int | None) -> bool:
    try:
        policy.require_tend(by, community_id)
    except NotAllowed:
        return False
    return True


def _buildings(by: Actor, stand: str, at: datetime, community: int) -> QuerySet[Building]:
    closed = Q(state=BuildingState.CLOSED.value)
    today = at.astimezone(SHANGHAI).date()
    wanted = {
        "open": ~closed,
        "late": Q(state=BuildingState.APPRAISED.value, remedy_due_on__lt=today),
        "dangerous": ~closed & Q(grade__in=[Grade.C.value, Grade.D.value]),
        "closed": closed,
        "all": Q(),
    }
    rows = policy.buildings(by).filter(wanted[stand]) if stand in wanted else policy.buildings(by).none()
    return rows.filter(community_id=community) if community else rows


def _illegal(by: Actor, stand: str, at: datetime, community: int) -> QuerySet[IllegalBuilding]:
    closed = Q(state=IllegalState.CLOSED.value)
    wanted = {"open": ~closed, "look": closed & ~Q(look_backs_due=[]), "closed": closed, "all": Q()}
    rows = policy.illegal_buildings(by)
    rows = rows.filter(wanted[stand]) if stand in wanted else rows.none()
    return rows.filter(community_id=community) if community else rows


def _page(rows: QuerySet[Row], before: int) -> tuple[list[Row], int]:
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related(*_ALONG).order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def _stream(rows: QuerySet[Row]) -> Iterator[Row]:
    rows = rows.select_related(*_ALONG).order_by("-id")
    last = None
    while batch := list((rows if last is None else rows.filter(pk__lt=last))[:_BATCH]):
        yield from batch
        last = batch[-1].pk


def _building_line(row: Building, at: datetime) -> BuildingLine:
    today = at.astimezone(SHANGHAI).date()
    return BuildingLine(row, building_lamp(BuildingState(row.state), row.remedy_due_on, today))


def _illegal_line(row: IllegalBuilding, at: datetime) -> IllegalLine:
    due = date.fromisoformat(row.look_backs_due[0]) if row.look_backs_due else None
    return IllegalLine(row, illegal_lamp(IllegalState(row.state), due, at.astimezone(SHANGHAI).date()))


def _photos(ids: list[str]) -> dict[str, Photo]:
    return {str(photo.id): photo for photo in evidence.photos(ids)} if ids else {}


def _told(entry: RegisterEntry, label: str, photos: dict[str, Photo]) -> Told:
    return Told(
        label,
        entry.text,
        [photos[one] for one in entry.photos if one in photos],
        entry.passed,
        entry.due_on,
        " · ".join(part for part in (entry.office_name, entry.by_name) if part),
        entry.at.astimezone(SHANGHAI),
    )
