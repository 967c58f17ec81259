"""What the ledger is told of accidents: the report and whom it went to, who saw it, arrival, what was done, the end."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class OnAccident(Announced):
    """Something about one accident; `account_ids` are those who were told of it."""

    accident_id: str


@dataclass(frozen=True, kw_only=True)
class Reported(OnAccident):
    """A quick report: told in the same moment to safety office, hub, community head, leaders and the firm's officers."""

    kind: ClassVar[str] = "accident.reported"
    verb: ClassVar[str] = "事故快报"
    what: str
    where: str
    happened_at: str
    casualties: str
    text: str
    called: bool
    told: tuple[tuple[str, str], ...]

    def sentence(self) -> str:
        """Say where, what, when, how bad, and how many were told."""
        said = f"{self.text}。" if self.text else ""
        phone = "已电话报告。" if self.called else "未注明已电话报告。"
        when = f"{self.happened_at[5:16].replace('T', ' ')}"
        return f"{self.where}{when}发生{self.what}，{self.casualties}。{said}{phone}同时报送{len(self.told)}人。"


@dataclass(frozen=True, kw_only=True)
class Seen(OnAccident):
    """Somebody who was told has opened the report."""

    kind: ClassVar[str] = "accident.seen"
    verb: ClassVar[str] = "已阅快报"
    why: str

    def sentence(self) -> str:
        """Say as what."""
        return f"{self.why}已看到快报。"


@dataclass(frozen=True, kw_only=True)
class Arrived(OnAccident):
    """Somebody is on the spot; when is told where it is known."""

    kind: ClassVar[str] = "accident.arrived"
    verb: ClassVar[str] = "到场"
    arrived_at: str
    who: str

    def sentence(self) -> str:
        """Say who and when."""
        return f"{self.who}{self.arrived_at[5:16].replace('T', ' ')}到达现场。"


@dataclass(frozen=True, kw_only=True)
class Noted(OnAccident):
    """A line of the log: what was done on the spot, reported upward, done afterwards."""

    kind: ClassVar[str] = "accident.noted"
    verb: ClassVar[str] = "事故处置"
    about_what: str
    text: str

    def sentence(self) -> str:
        """Say it."""
        return f"{self.about_what}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class Closed(OnAccident):
    """The handling on the spot is over; aftercare may go on."""

    kind: ClassVar[str] = "accident.closed"
    verb: ClassVar[str] = "处置结束"
    text: str

    def sentence(self) -> str:
        """Say how it ended."""
        return f"现场处置结束：{self.text}"
