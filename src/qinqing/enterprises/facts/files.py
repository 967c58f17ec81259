"""What happened to a firm's file: opened, changed, proposed, judged, moved, confirmed."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.enterprises.facts.base import OnFile
from qinqing.enterprises.facts.change import Change


@dataclass(frozen=True, kw_only=True)
class Created(OnFile):
    """A firm's file was opened."""

    kind: ClassVar[str] = "enterprise.created"
    verb: ClassVar[str] = "建档"
    number: str
    community: str
    status: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        place = f"属地{self.community}" if self.community else "待归属"
        return f"为{self.name}（{self.number or '暂无代码'}）建立企业档案，{place}，{self.status}。"


@dataclass(frozen=True, kw_only=True)
class Updated(OnFile):
    """Facts of the file were changed."""

    kind: ClassVar[str] = "enterprise.updated"
    verb: ClassVar[str] = "更新"
    changes: tuple[Change, ...]
    reason: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        because = f"（{self.reason}）" if self.reason else ""
        return f"更新{self.name}的基础信息{because}：{'；'.join(str(change) for change in self.changes)}。"


@dataclass(frozen=True, kw_only=True)
class Proposed(OnFile):
    """Somebody asked the hub for a change he may not write himself."""

    kind: ClassVar[str] = "enterprise.proposed"
    verb: ClassVar[str] = "提请变更"
    proposal_id: int
    changes: tuple[Change, ...]
    reason: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        because = f"，理由：{self.reason}" if self.reason else ""
        return f"提请中转站审核{self.name}的变更：{'；'.join(str(change) for change in self.changes)}{because}。"


@dataclass(frozen=True, kw_only=True)
class ProposalApproved(OnFile):
    """The hub let a proposed change pass; it is written."""

    kind: ClassVar[str] = "enterprise.proposal_approved"
    verb: ClassVar[str] = "审核通过"
    proposal_id: int
    proposed_by: str
    changes: tuple[Change, ...]
    note: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        note = f"，意见：{self.note}" if self.note else ""
        changes = "；".join(str(change) for change in self.changes)
        return f"审核通过{self.proposed_by}提请的{self.name}变更：{changes}{note}。"


@dataclass(frozen=True, kw_only=True)
class ProposalRejected(OnFile):
    """The hub did not let a proposed change pass."""

    kind: ClassVar[str] = "enterprise.proposal_rejected"
    verb: ClassVar[str] = "审核未通过"
    proposal_id: int
    proposed_by: str
    labels: tuple[str, ...]
    note: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"未通过{self.proposed_by}提请的{self.name}变更（{'、'.join(self.labels)}），理由：{self.note}。"


@dataclass(frozen=True, kw_only=True)
class StatusChanged(OnFile):
    """A firm's standing moved."""

    kind: ClassVar[str] = "enterprise.status_changed"
    verb: ClassVar[str] = "变更状态"
    old: str
    new: str
    note: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        note = f"，说明：{self.note}" if self.note else ""
        return f"{self.name}经营状态由“{self.old}”变更为“{self.new}”{note}。"


@dataclass(frozen=True, kw_only=True)
class Assigned(OnFile):
    """A firm was given its 属地, or moved to another."""

    kind: ClassVar[str] = "enterprise.assigned"
    verb: ClassVar[str] = "归属"
    old: str
    new: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"{self.name}属地{f'由{self.old}改' if self.old else '归'}为{self.new}。"


@dataclass(frozen=True, kw_only=True)
class Verified(OnFile):
    """Somebody confirmed that the file is right."""

    kind: ClassVar[str] = "enterprise.verified"
    verb: ClassVar[str] = "核实"

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"核实{self.name}的基础信息无误。"
