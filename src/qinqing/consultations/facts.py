"""What the ledger is told of the sittings. What a consultation means for its case stands with the case."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Answered(Announced):
    """An office answered its invitation."""

    kind: ClassVar[str] = "consultation.answered"
    verb: ClassVar[str] = "答复会商邀请"
    office: str
    answer: str
    who: str = ""
    reason: str = ""

    def sentence(self) -> str:
        """Say what it answered, who comes, why not."""
        who = f"，到会人：{self.who}" if self.who else ""
        return f"{self.office}：{self.answer}{who}{'，' + self.reason if self.reason else ''}"


@dataclass(frozen=True, kw_only=True)
class Moved(Announced):
    """A sitting was put off, or moved elsewhere; every office is asked again."""

    kind: ClassVar[str] = "consultation.moved"
    verb: ClassVar[str] = "会商改期"
    before: str
    now: str
    place: str
    reason: str

    def sentence(self) -> str:
        """Say from when to when, where, why."""
        return f"会商由{self.before}改到{self.now}，{self.place}：{self.reason}。请重新答复能否参加"


@dataclass(frozen=True, kw_only=True)
class Attended(Announced):
    """The hub noted who came."""

    kind: ClassVar[str] = "consultation.attended"
    verb: ClassVar[str] = "会商到会"
    came: tuple[str, ...]
    deputies: tuple[str, ...]
    absent: tuple[str, ...]
    left_over: str = ""

    def sentence(self) -> str:
        """Say who came, who sent somebody, who was missing and why."""
        parts = [
            f"{label}：{'、'.join(names)}"
            for label, names in (("到会", self.came), ("派员代会", self.deputies), ("缺席", self.absent))
            if names
        ]
        return "；".join(parts) + (f"。遗留问题：{self.left_over}" if self.left_over else "")
