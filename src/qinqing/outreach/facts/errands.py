"""临时任务."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Given(Announced):
    """An errand for the officers `account_ids`."""

    kind: ClassVar[str] = "errand.given"
    verb: ClassVar[str] = "临时任务"
    errand_id: int
    due_at: str
    external: str
    text: str

    def sentence(self) -> str:
        """Say what, for how many, by when, and where else it is to be entered."""
        outside = f"，另须在{self.external}操作" if self.external else ""
        due = self.due_at[5:16].replace("T", " ")
        return f"布置“{self.title}”给{len(self.account_ids)}名网格员，{due}前完成{outside}。{self.text}"


@dataclass(frozen=True, kw_only=True)
class Done(Announced):
    """An officer has done his share; `account_ids` is who gave it."""

    kind: ClassVar[str] = "errand.done"
    verb: ClassVar[str] = "完成任务"
    errand_id: int
    officer: str
    note: str
    external_done: bool
    in_time: bool

    def sentence(self) -> str:
        """Say who, in time or not, and whether the other system has it."""
        late = "" if self.in_time else "（逾期）"
        outside = "，已在外部系统操作" if self.external_done else ""
        return f"{self.officer}完成“{self.title}”{late}{outside}。{self.note}"


@dataclass(frozen=True, kw_only=True)
class Cancelled(Announced):
    """An errand is not wanted any more; `account_ids` are those who had not done it."""

    kind: ClassVar[str] = "errand.cancelled"
    verb: ClassVar[str] = "取消任务"
    errand_id: int
    reason: str

    def sentence(self) -> str:
        """Say why."""
        return f"“{self.title}”取消：{self.reason}"
