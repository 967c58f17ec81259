"""减排通知."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class Started(Announced):
    """An alert began for the enterprises on the list."""

    kind: ClassVar[str] = "alert.started"
    verb: ClassVar[str] = "减排通知"
    alert_id: int
    level: str
    starts_at: str
    ends_at: str
    measures: str

    def sentence(self) -> str:
        """Say what, from when, for how many."""
        until = f"，预计{self.ends_at[5:16].replace('T', ' ')}解除" if self.ends_at else ""
        begins = self.starts_at[5:16].replace("T", " ")
        return f"{self.level}：{self.title}，自{begins}起{until}，涉及{len(self.enterprise_ids)}家企业。{self.measures}"


@dataclass(frozen=True, kw_only=True)
class Replied(Announced):
    """Something became known of enterprises: called in vain, told, in place."""

    kind: ClassVar[str] = "alert.replied"
    verb: ClassVar[str] = "减排落实"
    alert_id: int
    replies: tuple[tuple[int, str, str, str], ...]

    def sentence(self) -> str:
        """Name up to three."""
        named = "、".join(f"{name}{state}" for _, name, state, _ in self.replies[:3])
        more = f"等{len(self.replies)}家" if len(self.replies) > 3 else ""
        return f"“{self.title}”：{named}{more}。"


@dataclass(frozen=True, kw_only=True)
class Confirmed(Announced):
    """An enterprise confirmed itself that it knows, or that its measures are in place."""

    kind: ClassVar[str] = "alert.confirmed"
    verb: ClassVar[str] = "企业确认"
    alert_id: int
    enterprise: str
    state: str
    note: str

    def sentence(self) -> str:
        """Say what it confirmed."""
        return f"{self.enterprise}确认“{self.title}”{self.state}。{self.note}"


@dataclass(frozen=True, kw_only=True)
class Lifted(Announced):
    """The alert is over."""

    kind: ClassVar[str] = "alert.lifted"
    verb: ClassVar[str] = "解除减排"
    alert_id: int
    note: str
    told: int
    in_place: int

    def sentence(self) -> str:
        """Say how far it came."""
        end = f"{self.note}。" if self.note else ""
        return f"“{self.title}”解除。{end}共{len(self.enterprise_ids)}家，通知到{self.told}家，落实{self.in_place}家。"
