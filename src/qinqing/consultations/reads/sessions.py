"""Sessions as a person may see them: those of the cases in his sight."""

from qinqing.consultations.models import Session
from qinqing.consultations.policy import visible_to
from qinqing.kernel.actor import Actor

PAGE = 50


def waiting(by: Actor) -> list[Session]:
    """Return sessions without an opinion yet, the nearest first."""
    rows = visible_to(by).filter(recorded_at__isnull=True).select_related("case", "sitting").prefetch_related("offices")
    return list(rows.order_by("sitting__held_at", "pk")[:PAGE])


def concluded(by: Actor, *, before: int = 0) -> list[Session]:
    """Return sessions with an opinion, the latest first; `before` goes on after the session with that id."""
    rows = visible_to(by).filter(recorded_at__isnull=False)
    if before:
        rows = rows.filter(pk__lt=before)
    fetched = rows.select_related("case", "sitting").prefetch_related("offices", "items", "items__office")
    return list(fetched.order_by("-id")[: PAGE + 1])


def sessions_of(case_id: int) -> list[Session]:
    """Return the sessions of a case the reader already has in hand, oldest first."""
    rows = Session.objects.filter(case_id=case_id).select_related("sitting")
    fetched = rows.prefetch_related("offices", "items__office", "items__task", "sitting__invitations__office")
    return list(fetched.order_by("place_in_case"))
