"""How an enterprise stands to an emission alert, and which of them is to be called first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from qinqing.outreach.words import UNTOLD, AlertState

_RANK = {AlertState.WAITING: 0, AlertState.UNREACHED: 1, AlertState.TOLD: 2, AlertState.IN_PLACE: 3}


def moved(state: str, to: str) -> str:
    """Return the state after something new is known: it only goes forward.

    A phone that was offline may bring 未接通 after somebody else has told the enterprise.
    """
    return to if _RANK[AlertState(to)] > _RANK[AlertState(state)] else state


def is_overdue(state: str, sent_at: datetime, now: datetime, hours: int) -> bool:
    """Say whether an enterprise should have been told by now, counted from when the alert went out. Source: 附2环-(5)."""
    return state in UNTOLD and now - sent_at >= timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many enterprises of an alert stand how."""

    listed: int
    told: int
    in_place: int
    overdue: int

    @property
    def untold(self) -> int:
        """Return how many do not know yet."""
        return self.listed - self.told


def tally(states: Iterable[str], sent_at: datetime, now: datetime, hours: int) -> Tally:
    """Count enterprises by state; `told` are all that know, those in place among them."""
    found = list(states)
    return Tally(
        listed=len(found),
        told=sum(1 for one in found if one not in UNTOLD),
        in_place=sum(1 for one in found if one == AlertState.IN_PLACE),
        overdue=sum(1 for one in found if is_overdue(one, sent_at, now, hours)),
    )


def calling_order(state: str) -> int:
    """Return a key by which those to be called come first. Source: 附2环-(5)."""
    return _RANK[AlertState(state)]
