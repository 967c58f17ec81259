"""The contact log, and messages between an enterprise and its officer. A message's words are not in the ledger."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Noted(Announced):
    """An officer spoke with an enterprise."""

    kind: ClassVar[str] = "contact.noted"
    verb: ClassVar[str] = "联系记录"
    note_id: str
    way: str
    with_name: str
    text: str

    def sentence(self) -> str:
        """Say how, with whom, what."""
        who = f"与{self.with_name}" if self.with_name else ""
        return f"{self.way}联系{self.title}{who}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class Turned(Announced):
    """What was said became a demand."""

    kind: ClassVar[str] = "contact.turned"
    verb: ClassVar[str] = "转为诉求"
    note_id: str
    case_id: int
    number: str

    def sentence(self) -> str:
        """Name the demand."""
        return f"{self.title}的联系记录转为诉求{self.number}。"


@dataclass(frozen=True, kw_only=True)
class FromEnterprise(Announced):
    """An enterprise wrote to its officer."""

    kind: ClassVar[str] = "message.from_enterprise"
    verb: ClassVar[str] = "企业来信"
    message_id: int

    def sentence(self) -> str:
        """Say who wrote; the words are theirs alone."""
        return f"{self.title}给联系网格员发来消息。"


@dataclass(frozen=True, kw_only=True)
class FromOfficer(Announced):
    """An officer wrote to one of his enterprises."""

    kind: ClassVar[str] = "message.from_officer"
    verb: ClassVar[str] = "网格员来信"
    message_id: int

    def sentence(self) -> str:
        """Say to whom; the words are theirs alone."""
        return f"网格员给{self.title}发了消息。"
