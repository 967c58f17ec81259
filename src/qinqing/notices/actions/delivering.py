"""Sending what is queued: letter by letter, with leases and retries."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from qinqing.notices import rules
from qinqing.notices.actions.rows import unlocked
from qinqing.notices.models import Post
from qinqing.notices.words import Delivery, Pace

LEASE = timedelta(seconds=120)
ROUND_S = 30.0
"""No new letter is begun after this long: with gateways that stall, the rest would be sent after its lease, and twice."""
MOST_TRIES = 3


def deliver(*, at: datetime, send: Callable[[Sequence[Post]], None], most: int = 50) -> int:
    """Send what is queued and due; return how many notices were tried.

    Urgent ones go before a queue of any length. A person's morning letter is one, however many notices are in it. Each post
    is taken with a lease first and marked after sending: a worker that dies in between leaves it to be sent again, which is
    better than never. Failures are tried again later and later, up to `MOST_TRIES`.

    Args:
        send: sends the posts of one letter; what it raises is the failure.
    """
    letters = _take_letters(at, most)
    tried, begun = 0, time.monotonic()
    for letter in letters:
        if tried and time.monotonic() - begun >= ROUND_S:
            break  # what is left is taken again when its lease is over
        tried += len(letter)
        trouble = ""
        try:
            send(letter)
        except Exception as caught:
            trouble = str(caught)[:200] or type(caught).__name__
        _mark(letter, trouble, at)
    return tried


def _take_letters(at: datetime, most: int) -> list[list[Post]]:
    """Lease what is due, letter by letter: of a person whose turn it is the whole morning letter, never half of it."""
    due = Post.objects.select_related("notice", "robot").filter(state=Delivery.QUEUED.value, due_at__lte=at)
    with transaction.atomic():
        urgent = unlocked(due.filter(pace=Pace.URGENT.value).order_by("due_at"))[:most]
        # Of one moment a letter's posts stand together, so a round is a few whole letters, however long the queue.
        first = list(urgent) or list(unlocked(due.order_by("due_at", "address"))[:most])
        addresses = {post.address for post in first if post.pace == Pace.DIGEST}
        rest = due.filter(address__in=addresses, pace=Pace.DIGEST.value).exclude(pk__in=[post.pk for post in first])
        taken = [*first, *unlocked(rest.order_by("pk"))]
        Post.objects.filter(pk__in=[post.pk for post in taken]).update(due_at=at + LEASE)
    letters: dict[tuple[object, ...], list[Post]] = {}
    for post in taken:
        key = (post.channel, post.address) if post.pace == Pace.DIGEST else (post.pk,)
        letters.setdefault(key, []).append(post)
    return list(letters.values())


def _mark(letter: Sequence[Post], trouble: str, at: datetime) -> None:
    """Note what came of a letter: a statement for all of its posts that were tried equally often."""
    for tried in {post.tries for post in letter}:
        rows = Post.objects.filter(pk__in=[post.pk for post in letter if post.tries == tried])
        if not trouble:
            rows.update(tries=tried + 1, state=Delivery.SENT.value, sent_at=at, trouble="")
            continue
        state = Delivery.FAILED if tried + 1 >= MOST_TRIES else Delivery.QUEUED
        rows.update(tries=tried + 1, state=state.value, trouble=trouble, due_at=at + rules.retry_after(tried + 1))
