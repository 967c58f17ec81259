"""A person's inbox and channels; the town's deliveries."""

from django.db.models import QuerySet

from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.kernel.text import mask_phone
from qinqing.notices.channels import sms
from qinqing.notices.models import Choice, Notice, Post, Robot
from qinqing.people import rights
from qinqing.people.rights import Right

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


def choice_of(by: Actor) -> Choice:
    """Return by which channels this person wants to be told, all off where he never said so."""
    return Choice.objects.filter(pk=by.account_id or 0).first() or Choice()


def phone_mask(choice: Choice) -> str:
    """Return the number text messages go to, its middle hidden; "" where there is none."""
    return mask_phone(secrets.unseal(choice.sealed_phone, sms.PURPOSE)) if choice.sealed_phone else ""


def robots_of(by: Actor) -> list[Robot]:
    """Return the open group robots of a person's office."""
    return list(Robot.objects.filter(office_id=by.office_id or 0, ended_at__isnull=True).order_by("pk"))


def deliveries(by: Actor, *, state: str = "", before: int = 0) -> list[Post]:
    """Return a page of the town's deliveries and one more, newest first; `before` goes on after the one with that id.

    Raises:
        NotAllowed: `by` does not look after deliveries.
    """
    rights.require(by, Right.TEND_DELIVERIES)
    rows = Post.objects.filter(notice__book=by.book).select_related("notice__account", "robot__office")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: PAGE + 1])


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
