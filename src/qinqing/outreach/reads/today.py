"""What waits for a person of the other contacts, for 今日待办: reports not opened yet, firms not told of an alert, tasks, messages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from qinqing.accidents import reads as accidents
from qinqing.accidents.reads import AccidentLine
from qinqing.kernel.actor import Actor
from qinqing.outreach import policy
from qinqing.outreach.reads import contacts, errands
from qinqing.outreach.reads.errands import ErrandLine
from qinqing.outreach.words import UNTOLD
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import Role


@dataclass(frozen=True, slots=True)
class AlertWaits:
    """An open alert and how many of the person's firms do not know of it yet."""

    id: int
    title: str
    untold: int


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits; false when nothing does."""

    accidents: tuple[AccidentLine, ...] = ()
    alerts: tuple[AlertWaits, ...] = ()
    errands: tuple[ErrandLine, ...] = ()
    unread: int = 0
    now: datetime | None = None

    def __bool__(self) -> bool:
        """Say whether anything besides accidents waits: those stand on top of the page by themselves."""
        return bool(self.alerts or self.errands or self.unread)


def waits(by: Actor, at: datetime) -> Waits:
    """Return what waits for a person; a query for each kind of thing his post has to do with."""
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_OUTREACH):
        return Waits()
    is_officer = by.post == Role.GRID_OFFICER
    return Waits(
        accidents=tuple(accidents.unseen(by)),
        alerts=_alerts(by) if policy.may_reply(by) else (),
        errands=tuple(errands.open_for(by)) if is_officer else (),
        unread=contacts.unread(by) if is_officer else 0,
        now=at,
    )


def _alerts(by: Actor) -> tuple[AlertWaits, ...]:
    rows = (
        policy.alert_firms_visible_to(by)
        .filter(alert__lifted_at__isnull=True)
        .values_list("alert_id", "alert__title")
        .annotate(untold=Count("id", filter=Q(state__in=sorted(str(state) for state in UNTOLD))))
        .filter(untold__gt=0)
        .order_by("-alert_id")
    )
    return tuple(AlertWaits(alert, title, untold) for alert, title, untold in rows)
