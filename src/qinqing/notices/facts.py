"""What the ledger is told of the channels themselves."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RobotAdded(Fact):
    """An office's group gets messages from now on; the address itself is a key and stays out of the ledger."""

    kind: ClassVar[str] = "robot.added"
    verb: ClassVar[str] = "接入群机器人"
    office: str
    channel: str

    def sentence(self) -> str:
        """Say whose and which."""
        return f"{self.office}接入{self.channel}，群里只收到编号和链接。"


@dataclass(frozen=True, kw_only=True)
class RobotEnded(Fact):
    """An office's group gets no messages any more."""

    kind: ClassVar[str] = "robot.ended"
    verb: ClassVar[str] = "停用群机器人"
    office: str
    channel: str

    def sentence(self) -> str:
        """Say whose and which."""
        return f"{self.office}停用{self.channel}。"


@dataclass(frozen=True, kw_only=True)
class DeliveriesRetried(Fact):
    """Messages that had not got through were queued anew."""

    kind: ClassVar[str] = "deliveries.retried"
    verb: ClassVar[str] = "重新发送"
    count: int

    def sentence(self) -> str:
        """Say how many."""
        return f"把{self.count}条没有发出的消息重新排队发送。"
