"""What the ledger is told about firms. Kinds are stable for ever; phone numbers never stand in an entry."""

from dataclasses import dataclass
from typing import Any, ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Created(Fact):
    """A firm's file was opened."""

    kind: ClassVar[str] = "enterprise.created"
    verb: ClassVar[str] = "建档"
    name: str
    number: str
    community: str
    status: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        place = f"属地{self.community}" if self.community else "待归属"
        return f"为{self.name}（{self.number or '暂无代码'}）建立企业档案，{place}，{self.status}。"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact before and after, in words."""

    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}由“{self.old or '空'}”改为“{self.new or '空'}”"


@dataclass(frozen=True, kw_only=True)
class Updated(Fact):
    """Facts of the file were changed."""

    kind: ClassVar[str] = "enterprise.updated"
    verb: ClassVar[str] = "更新"
    name: str
    changes: tuple[Change, ...]
    reason: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        because = f"（{self.reason}）" if self.reason else ""
        return f"更新{self.name}的基础信息{because}：{'；'.join(str(change) for change in self.changes)}。"


@dataclass(frozen=True, kw_only=True)
class Proposed(Fact):
    """Somebody asked the hub for a change he may not write himself."""

    kind: ClassVar[str] = "enterprise.proposed"
    verb: ClassVar[str] = "提请变更"
    name: str
    proposal_id: int
    changes: tuple[Change, ...]
    reason: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        because = f"，理由：{self.reason}" if self.reason else ""
        return f"提请中转站审核{self.name}的变更：{'；'.join(str(change) for change in self.changes)}{because}。"


@dataclass(frozen=True, kw_only=True)
class ProposalApproved(Fact):
    """The hub let a proposed change pass; it is written."""

    kind: ClassVar[str] = "enterprise.proposal_approved"
    verb: ClassVar[str] = "审核通过"
    name: str
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
class ProposalRejected(Fact):
    """The hub did not let a proposed change pass."""

    kind: ClassVar[str] = "enterprise.proposal_rejected"
    verb: ClassVar[str] = "审核未通过"
    name: str
    proposal_id: int
    proposed_by: str
    labels: tuple[str, ...]
    note: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"未通过{self.proposed_by}提请的{self.name}变更（{'、'.join(self.labels)}），理由：{self.note}。"


@dataclass(frozen=True, kw_only=True)
class StatusChanged(Fact):
    """A firm's standing moved."""

    kind: ClassVar[str] = "enterprise.status_changed"
    verb: ClassVar[str] = "变更状态"
    name: str
    old: str
    new: str
    note: str = ""

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        note = f"，说明：{self.note}" if self.note else ""
        return f"{self.name}经营状态由“{self.old}”变更为“{self.new}”{note}。"


@dataclass(frozen=True, kw_only=True)
class Assigned(Fact):
    """A firm was given its 属地, or moved to another."""

    kind: ClassVar[str] = "enterprise.assigned"
    verb: ClassVar[str] = "归属"
    name: str
    old: str
    new: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"{self.name}属地{f'由{self.old}改' if self.old else '归'}为{self.new}。"


@dataclass(frozen=True, kw_only=True)
class Verified(Fact):
    """Somebody confirmed that the file is right."""

    kind: ClassVar[str] = "enterprise.verified"
    verb: ClassVar[str] = "核实"
    name: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"核实{self.name}的基础信息无误。"


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Fact):
    """Somebody speaks for the firm from a day on."""

    kind: ClassVar[str] = "enterprise.contact_added"
    verb: ClassVar[str] = "登记联系人"
    name: str
    contact_id: int
    person: str
    duty: str
    phone_mask: str
    starts_on: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        phone = f"，电话{self.phone_mask}" if self.phone_mask else ""
        return f"登记{self.name}{self.duty}：{self.person}{phone}，自{self.starts_on}起。"


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Fact):
    """A contact's phone, name or duty was put right, or his account was tied to him."""

    kind: ClassVar[str] = "enterprise.contact_changed"
    verb: ClassVar[str] = "更改联系人"
    name: str
    contact_id: int
    person: str
    what: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"更改{self.name}联系人{self.person}的信息：{self.what}。"


@dataclass(frozen=True, kw_only=True)
class ContactEnded(Fact):
    """Somebody no longer speaks for the firm."""

    kind: ClassVar[str] = "enterprise.contact_ended"
    verb: ClassVar[str] = "停用联系人"
    name: str
    contact_id: int
    person: str
    duty: str
    ends_on: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"{self.person}不再担任{self.name}{self.duty}，至{self.ends_on}止。"


@dataclass(frozen=True, kw_only=True)
class PhoneRevealed(Fact):
    """Somebody looked at a full phone number."""

    kind: ClassVar[str] = "enterprise.phone_revealed"
    verb: ClassVar[str] = "查看电话"
    name: str
    contact_id: int
    person: str
    phone_mask: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"查看{self.name}{self.person}的完整电话（{self.phone_mask}）。"


@dataclass(frozen=True, kw_only=True)
class CardIssued(Fact):
    """A QR card was made for the firm; an earlier one stopped working."""

    kind: ClassVar[str] = "enterprise.card_issued"
    verb: ClassVar[str] = "发企业码"
    name: str
    replaced: bool

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"为{self.name}制发企业码{'，原码同时作废' if self.replaced else ''}。"


@dataclass(frozen=True, kw_only=True)
class CardRevoked(Fact):
    """The firm's QR card stopped working."""

    kind: ClassVar[str] = "enterprise.card_revoked"
    verb: ClassVar[str] = "作废企业码"
    name: str
    reason: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"作废{self.name}的企业码，原因：{self.reason}。"


@dataclass(frozen=True, kw_only=True)
class ImportPrepared(Fact):
    """A list of firms was uploaded and judged; nothing was written."""

    kind: ClassVar[str] = "enterprise.import_prepared"
    verb: ClassVar[str] = "预检名单"
    filename: str
    digest: str
    read: int
    created: int
    updated: int
    unchanged: int
    unassigned: int
    rejected_rows: int

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return (
            f"上传企业名单《{self.filename}》{self.read}行待确认：可新增{self.created}户、更新{self.updated}户，"
            f"有错{self.rejected_rows}行。"
        )


@dataclass(frozen=True, kw_only=True)
class ImportDropped(Fact):
    """An uploaded list was let go; nothing was written and the upload was deleted."""

    kind: ClassVar[str] = "enterprise.import_dropped"
    verb: ClassVar[str] = "放弃导入"
    filename: str
    digest: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"放弃导入企业名单《{self.filename}》，上传的文件已删除。"


@dataclass(frozen=True, kw_only=True)
class Imported(Fact):
    """A list of firms was imported: one entry for the whole list, with every number it created or changed."""

    kind: ClassVar[str] = "enterprise.imported"
    verb: ClassVar[str] = "导入企业"
    filename: str
    digest: str
    choice: str
    read: int
    created: int
    updated: int
    unassigned: int
    rejected: int
    created_numbers: tuple[str, ...]
    updated_numbers: tuple[str, ...]

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return (
            f"导入企业名单《{self.filename}》{self.read}行：新增{self.created}户（其中待归属{self.unassigned}户），"
            f"更新{self.updated}户，未导入{self.rejected}行。"
        )


@dataclass(frozen=True, kw_only=True)
class ParksInstalled(Fact):
    """The plan's parks were put in."""

    kind: ClassVar[str] = "enterprise.parks_installed"
    verb: ClassVar[str] = "登记园区"
    names: tuple[str, ...]

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"登记园区：{'、'.join(self.names)}。"


def changes_from(pairs: dict[str, tuple[Any, Any]]) -> tuple[Change, ...]:
    """Return changes from label → (old, new), both already in words."""
    return tuple(Change(label=label, old=str(old), new=str(new)) for label, (old, new) in pairs.items())
