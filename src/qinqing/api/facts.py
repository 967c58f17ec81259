"""What the ledger is told of tokens."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Fact):
    """Another system may now speak for a post."""

    kind: ClassVar[str] = "token.issued"
    verb: ClassVar[str] = "发放接口令牌"
    name: str
    holder: str

    def sentence(self) -> str:
        """Say for what and whose post."""
        return f"为“{self.name}”发放接口令牌，以{self.holder}的岗位办事"


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """It may no more."""

    kind: ClassVar[str] = "token.revoked"
    verb: ClassVar[str] = "作废接口令牌"
    name: str

    def sentence(self) -> str:
        """Say which."""
        return f"作废“{self.name}”的接口令牌"
