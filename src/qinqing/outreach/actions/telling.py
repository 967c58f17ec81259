"""What the verbs share: the entry in the ledger, and who signed."""

from collections.abc import Sequence
from datetime import datetime

from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Announced


def tell(
    fact: Announced, on: tuple[str, int], *, by: Actor, at: datetime, clause: str, files: Sequence[str] = ()
) -> None:
    """Record a fact; its title is the label people know it by."""
    ledger.record(fact, book=by.book, on=on, label=fact.title, by=by, at=at, clause=clause, files=files)


def signature(by: Actor) -> str:
    """Return how a person is written beside what he did: 示范一村·严示富, 演示车灯（企业）."""
    return (f"{by.office_name}·{by.name}" if by.office_name else f"{by.name}（企业）")[:100]
