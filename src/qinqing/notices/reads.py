"""A person's inbox."""

from django.db.models import QuerySet

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.notices.models import Choice, Notice

PAGE = 30
_MOST_COUNTED = 100


def inbox(by: Actor, *, before: int = 0) -> list[Notice]:
    """Return a page of a person's notices and one more, newest first; `before` goes on after the notice with that id."""
    rows = _own(by)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[: PAGE + 1])


def unread(by: Actor) -> int:
    """Return how many notices are unread, counting no further than 100."""
    return len(_own(by).filter(read_at__isnull=True).values_list("pk", flat=True)[:_MOST_COUNTED])


def wants_email(by: Actor) -> bool:
    """Say whether this person also wants e-mails."""
    return Choice.objects.filter(account_id=by.account_id or 0, email=True).exists()


def _own(by: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(account_id=by.account_id or 0)


def subject_of(by: Actor, notice_id: int) -> tuple[str, str]:
    """Return kind and key of what one of a person's own notices is about: ("case", "12"), ("alert", "3"), or ("", "").

    Raises:
        NotFound: no such notice, or somebody else's.
    """
    found = _own(by).filter(pk=notice_id).values_list("case_id", "about").first()
    if found is None:
        raise NotFound("没有这条消息。")
    case_id, about = found
    kind, _, key = f"case:{case_id}".partition(":") if case_id else about.partition(":")
    return kind, key
