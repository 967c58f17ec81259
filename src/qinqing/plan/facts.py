"""What the ledger is told about plans."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PlanLoaded(Fact):
    """A new version of the plan came into force for matters that begin from now on."""

    kind: ClassVar[str] = "plan.loaded"
    verb: ClassVar[str] = "启用方案"

    number: int
    title: str
    digest: str
    changes: tuple[str, ...]

    def sentence(self) -> str:
        """Return what came into force and what is new in it."""
        new = f"；与上一版不同：{'；'.join(self.changes)}" if self.changes else ""
        return f"启用《{self.title}》第{self.number}版，摘要 {self.digest[:12]}{new}。"
