"""The sittings as pure decisions: which moments clash, how far an agreed item is."""

from datetime import datetime, timedelta

from qinqing.consultations.words import ItemState

LASTS = timedelta(hours=2)
"""A sitting is taken to last this long where it is held against other appointments; nobody enters an end beforehand."""


def clash(one: datetime, other: datetime) -> bool:
    """Say whether two sittings begin so near to each other that nobody can sit through both."""
    return abs(one - other) < LASTS


def state_of(*, due_at: datetime, done_at: datetime | None, is_live: bool, at: datetime) -> ItemState:
    """Return how far an agreed item is: done in time or late, still open, late, or given to somebody else meanwhile.

    Source: 二(三)-3, 三职(二)-2.
    """
    if done_at is not None:
        return ItemState.DONE if done_at <= due_at else ItemState.DONE_LATE
    if not is_live:
        return ItemState.CHANGED
    return ItemState.LATE if at > due_at else ItemState.OPEN
