"""例会."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Held(Announced):
    """A meeting was held; `enterprise_ids` are those that came, `asked` how many were asked."""

    kind: ClassVar[str] = "meeting.held"
    verb: ClassVar[str] = "例会"
    meeting_id: str
    held_at: str
    topics: tuple[str, ...]
    asked: int

    def sentence(self) -> str:
        """Say when, about what, how many came."""
        about = f"（{'、'.join(self.topics)}）" if self.topics else ""
        when = self.held_at[:16].replace("T", " ")
        return f"{when}召开例会“{self.title}”{about}，应到{self.asked}家，实到{len(self.enterprise_ids)}家。"


@dataclass(frozen=True, kw_only=True)
class Corrected(Announced):
    """Whether an enterprise came was put right."""

    kind: ClassVar[str] = "meeting.corrected"
    verb: ClassVar[str] = "更正到会"
    meeting_id: str
    enterprise: str
    attended: bool
    reason: str

    def sentence(self) -> str:
        """Say which, how, why."""
        return f"例会“{self.title}”更正：{self.enterprise}{'到会' if self.attended else '未到会'}。{self.reason}"
