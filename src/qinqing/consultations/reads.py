"""Sessions as a person may see them: those of the cases in his sight."""

from django.db.models import QuerySet

from qinqing.cases import policy as cases
from qinqing.consultations.models import Session
from qinqing.kernel.actor import Actor

PAGE = 50


def visible_to(by: Actor) -> QuerySet[Session]:
    """Return the sessions about cases a person may see; an enterprise sees none. Source: domain §1.14."""
    if by.enterprise_id is not None:
        return Session.objects.none()
    return Session.objects.filter(town_id=by.town_id, case__in=cases.visible_to(by).values("pk"))


def waiting(by: Actor) -> list[Session]:
    """Return sessions without an opinion yet, the nearest first."""
    rows = visible_to(by).filter(recorded_at__isnull=True).select_related("case").prefetch_related("offices")
    return list(rows.order_by("held_at")[:PAGE])


def concluded(by: Actor, *, before: int = 0) -> list[Session]:
    """Return sessions with an opinion, the latest first; `before` goes on after the session with that id."""
    rows = visible_to(by).filter(recorded_at__isnull=False)
    if before:
        rows = rows.filter(pk__lt=before)
    fetched = rows.select_related("case").prefetch_related("offices", "items", "items__office")
    return list(fetched.order_by("-id")[: PAGE + 1])


def sessions_of(case_id: int) -> list[Session]:
    """Return the sessions of a case the reader already has in hand, oldest first."""
    rows = Session.objects.filter(case_id=case_id).prefetch_related("offices", "items", "items__office")
    return list(rows.order_by("place_in_case"))
