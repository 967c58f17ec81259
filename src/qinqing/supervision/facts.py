"""What the ledger is told of the ladder."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Reminded(Announced):
    """A limit comes near; who works on it and the head of his office were told."""

    kind: ClassVar[str] = "supervision.reminded"
    verb: ClassVar[str] = "提醒"
    days_left: int
    due_at: str

    def sentence(self) -> str:
        """Say how much time is left."""
        return f"到期提醒：剩{self.days_left}个工作日，{self.due_at}到期"


@dataclass(frozen=True, kw_only=True)
class Proposed(Announced):
    """The ladder, or a leader's word, proposes an order; a person decides."""

    kind: ClassVar[str] = "supervision.proposed"
    verb: ClassVar[str] = "提请督办"
    level: str
    ground: str
    detail: str

    def sentence(self) -> str:
        """Say what is proposed and why."""
        return f"提请{self.level}（{self.ground}）：{self.detail}"


@dataclass(frozen=True, kw_only=True)
class Dismissed(Announced):
    """A proposed order is not given."""

    kind: ClassVar[str] = "supervision.dismissed"
    verb: ClassVar[str] = "不予督办"
    level: str
    reason: str

    def sentence(self) -> str:
        """Say why not."""
        return f"不予{self.level}：{self.reason}"
