"""What the ledger is told of the lists: each step whole, so that a published list can be shown from the ledger alone."""

from dataclasses import dataclass
from typing import Any, ClassVar

from qinqing.ledger.facts import Announced, Fact


@dataclass(frozen=True, kw_only=True)
class Calculated(Fact):
    """A list was calculated from the ledger up to an entry."""

    kind: ClassVar[str] = "standing.calculated"
    verb: ClassVar[str] = "计算红黑榜"
    period: str
    until_seq: int
    counted_at: str
    plan_version: int
    digest: str
    scores: tuple[dict[str, Any], ...]

    def sentence(self) -> str:
        """Say of what, and up to which entry."""
        return f"计算{self.period}红黑榜：账目至第{self.until_seq}笔，{len(self.scores)}个单位，快照 {self.digest[:12]}"


@dataclass(frozen=True, kw_only=True)
class Dropped(Fact):
    """A list was thrown away before it was published; the next one is calculated anew."""

    kind: ClassVar[str] = "standing.dropped"
    verb: ClassVar[str] = "红黑榜作废"
    period: str
    reason: str

    def sentence(self) -> str:
        """Say which and why."""
        return f"{self.period}红黑榜作废重算：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Vetoed(Fact):
    """Supervision found that an office may not stand on the red list."""

    kind: ClassVar[str] = "standing.vetoed"
    verb: ClassVar[str] = "一票否决"
    period: str
    office: str
    office_id: int
    ground: str
    note: str

    def sentence(self) -> str:
        """Say who and why."""
        return f"{self.period}红黑榜：{self.office}一票否决（{self.ground}）"


@dataclass(frozen=True, kw_only=True)
class Opened(Announced):
    """Every office may read its own result and object."""

    kind: ClassVar[str] = "standing.opened"
    verb: ClassVar[str] = "红黑榜征求意见"
    period: str
    appeal_by: str

    def sentence(self) -> str:
        """Say until when."""
        return f"{self.period}红黑榜送各单位核对，{self.appeal_by}前可以申诉"


@dataclass(frozen=True, kw_only=True)
class Appealed(Announced):
    """An office objects to one matter being counted against it."""

    kind: ClassVar[str] = "standing.appealed"
    verb: ClassVar[str] = "红黑榜申诉"
    period: str
    office: str
    case_number: str
    reason: str

    def sentence(self) -> str:
        """Say who, and about which matter."""
        return f"{self.office}对{self.period}红黑榜申诉（{self.case_number}）：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Ruled(Announced):
    """Supervision ruled on an objection."""

    kind: ClassVar[str] = "standing.ruled"
    verb: ClassVar[str] = "红黑榜申诉裁定"
    period: str
    office: str
    case_number: str
    case_id: int
    is_upheld: bool
    outcome: str
    ruling: str
    before: str
    after: str

    def sentence(self) -> str:
        """Say the outcome, and what became of the points."""
        moved = f"，{self.before}分改为{self.after}分" if self.before != self.after else ""
        return f"{self.office}的申诉（{self.case_number}）{self.outcome}{moved}：{self.ruling}"


@dataclass(frozen=True, kw_only=True)
class Commended(Fact):
    """An office or a person is put forward for commendation with a list."""

    kind: ClassVar[str] = "standing.commended"
    verb: ClassVar[str] = "提名表彰"
    period: str
    whom: str
    words: str

    def sentence(self) -> str:
        """Say whom, and for what."""
        return f"{self.period}红黑榜提名表彰{self.whom}：{self.words}"


@dataclass(frozen=True, kw_only=True)
class TypicalTaken(Fact):
    """A matter's way was taken up as a typical case, without names."""

    kind: ClassVar[str] = "standing.typical_taken"
    verb: ClassVar[str] = "采用典型案例"
    office_id: int
    office: str
    case_id: int
    title: str
    text: str

    def sentence(self) -> str:
        """Say whose, and what it is called."""
        return f"采用{self.office}典型案例：{self.title}"


@dataclass(frozen=True, kw_only=True)
class Submitted(Announced):
    """The list goes to the leader."""

    kind: ClassVar[str] = "standing.submitted"
    verb: ClassVar[str] = "红黑榜报审"
    period: str

    def sentence(self) -> str:
        """Say which."""
        return f"{self.period}红黑榜报镇领导审批"


@dataclass(frozen=True, kw_only=True)
class Approved(Announced):
    """The leader approves the list."""

    kind: ClassVar[str] = "standing.approved"
    verb: ClassVar[str] = "批准红黑榜"
    period: str
    digest: str

    def sentence(self) -> str:
        """Say which, by its digest."""
        return f"批准{self.period}红黑榜，快照 {self.digest[:12]}"


@dataclass(frozen=True, kw_only=True)
class SentBack(Announced):
    """The leader sends the list back: it is void, the hub calculates anew."""

    kind: ClassVar[str] = "standing.sent_back"
    verb: ClassVar[str] = "退回红黑榜"
    period: str
    reason: str

    def sentence(self) -> str:
        """Say why."""
        return f"退回{self.period}红黑榜：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Published(Announced):
    """The list is published inside the town, and fixed."""

    kind: ClassVar[str] = "standing.published"
    verb: ClassVar[str] = "公布红黑榜"
    period: str
    digest: str
    scores: tuple[dict[str, Any], ...]

    def sentence(self) -> str:
        """Say how many stand on which side."""
        red = sum(one["side"] == "red" for one in self.scores)
        black = sum(one["side"] == "black" for one in self.scores)
        return f"公布{self.period}红黑榜：红榜{red}个单位，黑榜{black}个单位，快照 {self.digest[:12]}"
