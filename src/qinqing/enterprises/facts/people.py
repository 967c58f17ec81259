"""Who speaks for a firm, who looked at a phone number, what stands at its gate."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.enterprises.facts.base import OnFile


@dataclass(frozen=True, kw_only=True)
class ContactAdded(OnFile):
    """Somebody speaks for the firm from a day on."""

    kind: ClassVar[str] = "enterprise.contact_added"
    verb: ClassVar[str] = "登记联系人"
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
class ContactChanged(OnFile):
    """A contact's phone, name or duty was put right, or his account was tied to him."""

    kind: ClassVar[str] = "enterprise.contact_changed"
    verb: ClassVar[str] = "更改联系人"
    contact_id: int
    person: str
    what: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"更改{self.name}联系人{self.person}的信息：{self.what}。"


@dataclass(frozen=True, kw_only=True)
class ContactEnded(OnFile):
    """Somebody no longer speaks for the firm."""

    kind: ClassVar[str] = "enterprise.contact_ended"
    verb: ClassVar[str] = "停用联系人"
    contact_id: int
    person: str
    duty: str
    ends_on: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"{self.person}不再担任{self.name}{self.duty}，至{self.ends_on}止。"


@dataclass(frozen=True, kw_only=True)
class PhoneRevealed(OnFile):
    """Somebody looked at a full phone number."""

    kind: ClassVar[str] = "enterprise.phone_revealed"
    verb: ClassVar[str] = "查看电话"
    contact_id: int
    person: str
    phone_mask: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"查看{self.name}{self.person}的完整电话（{self.phone_mask}）。"


@dataclass(frozen=True, kw_only=True)
class CardIssued(OnFile):
    """A QR card was made for the firm; an earlier one stopped working."""

    kind: ClassVar[str] = "enterprise.card_issued"
    verb: ClassVar[str] = "发企业码"
    replaced: bool

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"为{self.name}制发企业码{'，原码同时作废' if self.replaced else ''}。"


@dataclass(frozen=True, kw_only=True)
class CardRevoked(OnFile):
    """The firm's QR card stopped working."""

    kind: ClassVar[str] = "enterprise.card_revoked"
    verb: ClassVar[str] = "作废企业码"
    reason: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"作废{self.name}的企业码，原因：{self.reason}。"
