"""What the ledger is told of special campaigns."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class CampaignOpened(Announced):
    """A list of enterprises to be visited within a period; `office_ids` are their communities, `account_ids` their officers."""

    kind: ClassVar[str] = "campaign.opened"
    verb: ClassVar[str] = "开展专项行动"
    campaign_id: int
    basis: str
    whom: str
    firms: int
    starts_on: str
    ends_on: str
    checklist: str

    def sentence(self) -> str:
        """Say why, which enterprises, when, and with which checklist."""
        with_list = f"，用《{self.checklist}》" if self.checklist else ""
        return f"依据{self.basis}，{self.starts_on}至{self.ends_on}走访{self.whom}{self.firms}家{with_list}"


@dataclass(frozen=True, kw_only=True)
class CampaignClosed(Announced):
    """A campaign was summed up; which enterprises had been visited is kept as it was then."""

    kind: ClassVar[str] = "campaign.closed"
    verb: ClassVar[str] = "总结专项行动"
    campaign_id: int
    firms: int
    done: int
    summary: str

    def sentence(self) -> str:
        """Say how far it came, and the summary."""
        return f"已走访{self.done}家，应走访{self.firms}家。{self.summary}"
