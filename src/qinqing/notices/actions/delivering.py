"""Sending what is queued: letter by letter, with leases and retries."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from qinqing.notices import rules
from qinqing.notices.actions.rows import unlocked
from qinqing.notices.models import Post
from qinqing.notices.words import Delivery, Pace

LEASE = timedelta(seconds=60)
MOST_TRIES = 3


def deliver(*, at: datetime, send: Callable[[Sequence[Post]], None], most: int = 50) -> int:
    """Send what is queued and due; return how many notices were tried.

    A person's morning letter is one, however many notices are in it. Each post is taken with a lease first and marked
    after sending: a worker that dies in between leaves it to be sent again, which is better than never. Failures are
    tried again later and later, up to `MOST_TRIES`.

    Args:
        send: sends the posts of one letter; what it raises is the failure.
    """
    letters = _take_letters(at, most)
    for letter in letters:
        trouble = ""
        try:
            send(letter)
        except Exception as caught:
            trouble = str(caught)[:200] or type(caught).__name__
        for post in letter:
            _mark(post, trouble, at)
        Post.objects.bulk_update(letter, ["tries", "state", "trouble", "due_at", "sent_at"])
    return sum(len(letter) for letter in letters)


def _take_letters(at: datetime, most: int) -> list[list[Post]]:
    """Lease what is due, letter by letter: of a person whose turn it is the whole morning letter, never half of it."""
    due = Post.objects.select_related("notice", "robot").filter(state=Delivery.QUEUED.value, due_at__lte=at)
    with transaction.atomic():
        first = list(unlocked(due.order_by("due_at"))[:most])
        addresses = {post.address for post in first if post.pace == Pace.DIGEST}
        rest = due.filter(address__in=addresses, pace=Pace.DIGEST.value).exclude(pk__in=[post.pk for post in first])
        taken = [*first, *unlocked(rest.order_by("pk"))]
        Post.objects.filter(pk__in=[post.pk for post in taken]).update(due_at=at + LEASE)
    letters: dict[tuple[object, ...], list[Post]] = {}
    for post in taken:
        key = (post.channel, post.address) if post.pace == Pace.DIGEST else (post.pk,)
        letters.setdefault(key, []).append(post)
    return list(letters.values())


def _mark(post: Post, trouble: str, at: datetime) -> None:
    post.tries += 1
    post.trouble = trouble
    if not trouble:
        post.state, post.sent_at = Delivery.SENT.value, at
        return
    post.state = Delivery.FAILED.value if post.tries >= MOST_TRIES else Delivery.QUEUED.value
    post.due_at = at + rules.retry_after(post.tries)
