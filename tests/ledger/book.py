"""Facts made up for the tests of the ledger, two actors, a hand that appends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import actions
from qinqing.ledger.facts import Fact

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
CLERK = Actor(7, "演示 接办员", "hub_clerk", "中转站专人", 1, "demo", 3, "经济和科技发展办公室", "hub")
SYSTEM = Actor.system("封账", town_id=1, book="demo")


@dataclass(frozen=True, kw_only=True)
class Forwarded(Fact):
    kind: ClassVar[str] = "case.forwarded"
    verb: ClassVar[str] = "转办"

    to: str
    days: int = 5
    extra: Any = None

    def sentence(self) -> str:
        return f"转办至{self.to}，{self.days} 个工作日内办结"


@dataclass(frozen=True, kw_only=True)
class Signed(Fact):
    kind: ClassVar[str] = "case.signed"
    verb: ClassVar[str] = "签收"

    def sentence(self) -> str:
        return "已签收"


def append(
    case: int = 1,
    *,
    book: str = "demo",
    fact: Fact | None = None,
    by: Actor = CLERK,
    at: datetime = MONDAY,
    files: Sequence[str] = (),
    clause: str = "二(二)1-诉求-转办",
) -> "Entry":
    """Append one entry as an action would."""
    with transaction.atomic():
        return actions.record(
            fact or Forwarded(to="建管办"),
            book=book,
            on=("case", case),
            label=f"诉〔2026〕{case:04d}号",
            by=by,
            at=at,
            clause=clause,
            files=files,
        )
