"""联系记录 and 点对点 messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.kernel.pages import open_place, place_of
from qinqing.outreach import policy
from qinqing.outreach.models import ContactNote, Message
from qinqing.outreach.words import Way
from qinqing.people.words import Role

PAGE = 30
MESSAGES = 50


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the contact log."""

    id: UUID
    enterprise_id: int
    enterprise: str
    way: str
    with_name: str
    text: str
    by_name: str
    made_at: datetime
    case_id: int | None
    case_number: str
    may_turn: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """An enterprise one has messages with, or could have."""

    enterprise_id: int
    enterprise: str
    last_text: str
    last_at: datetime | None
    unread: int


def log(by: Actor, *, enterprise_id: int | None = None, after: str = "") -> tuple[list[NoteLine], str]:
    """Return a page of the contact log a person reads, latest first, and the place of the next page ("" on the last)."""
    rows = policy.contacts_visible_to(by)
    if enterprise_id is not None:
        rows = rows.filter(enterprise_id=enterprise_id)
    place = open_place(after)
    if place:
        rows = rows.filter(Q(made_at__lt=place[0]) | Q(made_at=place[0], pk__lt=place[1]))
    found = list(rows.select_related("enterprise", "case")[: PAGE + 1])
    page = found[:PAGE]
    more = place_of(page[-1].made_at, page[-1].pk) if len(found) > PAGE else ""
    return [_note(row, by) for row in page], more


def note(by: Actor, note_id: UUID) -> NoteLine:
    """Return a line of the contact log.

    Raises:
        NotFound: no such line, or not one he reads.
    """
    row = policy.contacts_visible_to(by).select_related("enterprise", "case").filter(pk=note_id).first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    return _note(row, by)


def _note(row: ContactNote, by: Actor) -> NoteLine:
    return NoteLine(
        row.pk,
        row.enterprise_id,
        row.enterprise.name,
        Way.label_of(row.way),
        row.with_name,
        row.text,
        row.by_name,
        row.made_at,
        row.case_id,
        row.case.number if row.case else "",
        row.case_id is None and row.account_id is not None and row.account_id == by.account_id,
    )


def thread(by: Actor, enterprise_id: int, *, before: int = 0) -> list[Message]:
    """Return a page of messages between an enterprise and its officers and one more, newest first.

    Raises:
        NotFound: neither the enterprise nor its officer.

    Source: 附1-(1)a.
    """
    policy.require_thread(by, enterprise_id)
    rows = Message.objects.filter(enterprise_id=enterprise_id)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows[: MESSAGES + 1])


def threads(by: Actor) -> list[Thread]:
    """Return the threads of an officer: every enterprise of his, those with something unread first. Three queries."""
    if by.post != Role.GRID_OFFICER or by.account_id is None:
        return []
    firms = enterprises.by_ids(list(grids.enterprise_ids_of(by.account_id)))
    rows = policy.messages_visible_to(by)
    unread = dict(
        rows.filter(is_from_enterprise=True, read_at__isnull=True)
        .values_list("enterprise_id")
        .annotate(total=Count("id"))
        .order_by()
    )
    last: dict[int, Message] = {}
    for row in rows.order_by("-id")[:500]:
        last.setdefault(row.enterprise_id, row)
    found = [
        Thread(
            firm.pk,
            firm.name,
            last[firm.pk].text[:60] if firm.pk in last else "",
            last[firm.pk].at if firm.pk in last else None,
            unread.get(firm.pk, 0),
        )
        for firm in firms.values()
    ]
    found.sort(key=lambda one: (not one.unread, -(one.last_at.timestamp() if one.last_at else 0), one.enterprise_id))
    return found


def unread(by: Actor) -> int:
    """Return how many messages wait for the person, counting no further than 100."""
    rows = policy.messages_visible_to(by).filter(read_at__isnull=True, is_from_enterprise=by.enterprise_id is None)
    return len(rows.values_list("pk", flat=True)[:100])
