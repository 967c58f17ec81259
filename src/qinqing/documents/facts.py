"""What the ledger is told of papers: the whole paper, so that it can be made again from the ledger alone."""

from dataclasses import dataclass
from typing import Any, ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaperIssued(Fact):
    """A paper was drawn up."""

    kind: ClassVar[str] = "document.issued"
    verb: ClassVar[str] = "出文书"
    paper_kind: str
    title: str
    number: str
    digest: str
    paper: dict[str, Any]

    def sentence(self) -> str:
        """Name the paper and its digest's beginning, as its foot shows it."""
        return f"出具{self.title}{f'（{self.number}）' if self.number else ''}，快照 {self.digest[:12]}。"


@dataclass(frozen=True, kw_only=True)
class NumberEntered(Fact):
    """The office's number of a 公文 was entered; the paper is no longer 送审稿."""

    kind: ClassVar[str] = "document.numbered"
    verb: ClassVar[str] = "登记文号"
    title: str
    number: str

    def sentence(self) -> str:
        """Name paper and number."""
        return f"登记{self.title}文号：{self.number}。"
