"""How far something handed out has reached the enterprises it was meant for."""

from collections.abc import Iterable
from dataclasses import dataclass

from qinqing.outreach.words import RECEIVED, ReceiptWay


@dataclass(frozen=True, slots=True)
class Coverage:
    """Receipts of a batch."""

    total: int
    received: int
    refused: int

    @property
    def waiting(self) -> int:
        """Return how many have not answered."""
        return self.total - self.received - self.refused

    @property
    def percent(self) -> int:
        """Return how many in a hundred received it, rounded down: 100 means all."""
        return self.received * 100 // self.total if self.total else 0


def coverage(ways: Iterable[str]) -> Coverage:
    """Count receipts. A refusal is an answer, but nothing was received. Source: 附2安-(1)."""
    found = list(ways)
    return Coverage(
        total=len(found),
        received=sum(1 for way in found if way in RECEIVED),
        refused=sum(1 for way in found if way == ReceiptWay.REFUSED),
    )


def replaces(old: str, new: str) -> bool:
    """Say whether a new receipt takes the place of an old one: of none, or of a refusal by one that received."""
    return old == ReceiptWay.WAITING or (old == ReceiptWay.REFUSED and new in RECEIVED)
