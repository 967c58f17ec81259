"""What the verbs share: telling the ledger on the firm's environment page, and who signed."""

from datetime import datetime
from typing import TYPE_CHECKING

from qinqing.environment.facts import OnFile
from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise


def tell(fact: OnFile, enterprise: "Enterprise", *, by: Actor, at: datetime, clause: str) -> None:
    """Record a fact on the firm's environment page of the ledger."""
    ledger.record(
        fact,
        book=by.book,
        on=("environment", enterprise.pk),
        label=f"{enterprise.name}环保档案",
        by=by,
        at=at,
        clause=clause,
    )


def signature(by: Actor) -> str:
    """Return how a person is written beside what he did."""
    return f"{by.name}（{by.post_label}）"[:100]
