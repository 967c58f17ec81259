"""宣传: materials, batches, receipts."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class MaterialAdded(Announced):
    """Something to hand out was put into the library."""

    kind: ClassVar[str] = "publicity.material_added"
    verb: ClassVar[str] = "放入资料"
    material_id: int
    material_kind: str
    line: str

    def sentence(self) -> str:
        """Name it."""
        return f"宣传资料库放入{self.material_kind}《{self.title}》（{self.line}）。"


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Announced):
    """A material is not handed out any more."""

    kind: ClassVar[str] = "publicity.material_withdrawn"
    verb: ClassVar[str] = "停用资料"
    material_id: int

    def sentence(self) -> str:
        """Name it."""
        return f"宣传资料《{self.title}》停用，不再发放。"


@dataclass(frozen=True, kw_only=True)
class Sent(Announced):
    """A batch went out to `enterprise_ids`."""

    kind: ClassVar[str] = "publicity.sent"
    verb: ClassVar[str] = "发放宣传"
    batch_id: int
    materials: tuple[str, ...]
    whom: str
    due_on: str

    def sentence(self) -> str:
        """Say what, to whom, to how many."""
        papers = "、".join(f"《{one}》" for one in self.materials)
        due = f"，{self.due_on}前回执" if self.due_on else ""
        return f"向{self.whom}共{len(self.enterprise_ids)}家发放{papers}{due}。"


@dataclass(frozen=True, kw_only=True)
class Received(Announced):
    """Enterprises answered: each with how it took it."""

    kind: ClassVar[str] = "publicity.received"
    verb: ClassVar[str] = "宣传回执"
    batch_id: int
    receipts: tuple[tuple[int, str, str, str], ...]

    def sentence(self) -> str:
        """Name up to three."""
        named = "、".join(f"{name}{way}" for _, name, way, _ in self.receipts[:3])
        more = f"等{len(self.receipts)}家" if len(self.receipts) > 3 else ""
        return f"“{self.title}”回执：{named}{more}。"


@dataclass(frozen=True, kw_only=True)
class BatchClosed(Announced):
    """No more receipts are waited for."""

    kind: ClassVar[str] = "publicity.closed"
    verb: ClassVar[str] = "结束发放"
    batch_id: int
    covered: str

    def sentence(self) -> str:
        """Say how far it came."""
        return f"“{self.title}”发放结束，{self.covered}。"
