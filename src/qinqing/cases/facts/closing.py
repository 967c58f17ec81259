"""Facts of answering and closing: 办结反馈 整理 评价 重办 销账 撤回, and of seeing to it: 催办 督办 重点."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.cases.facts.base import CaseFact, day


@dataclass(frozen=True, kw_only=True)
class Completed(CaseFact):
    """A supporting office finished its share."""

    kind: ClassVar[str] = "case.completed"
    verb: ClassVar[str] = "办结协办"
    office: str

    def sentence(self) -> str:
        """Say so."""
        return f"{self.office}办结协办任务"


@dataclass(frozen=True, kw_only=True)
class Finished(CaseFact):
    """The lead office finished and told the enterprise, and with the same act the hub."""

    kind: ClassVar[str] = "case.finished"
    verb: ClassVar[str] = "办结反馈"
    public: ClassVar[bool] = True
    office: str
    outcome: str
    reply: str
    told_way: str
    told_at: str
    round: int
    in_time: bool
    reference_no: str = ""

    def sentence(self) -> str:
        """Say outcome, reply and how it was told."""
        late = "" if self.in_time else "（超期）"
        return f"{self.office}办结{late}：{self.outcome}。{self.told_way}反馈企业：{self.reply}"


@dataclass(frozen=True, kw_only=True)
class Registered(CaseFact):
    """The hub put the case in order."""

    kind: ClassVar[str] = "case.registered"
    verb: ClassVar[str] = "整理"

    def sentence(self) -> str:
        """Say so."""
        return "中转站整理登记，材料齐全"


@dataclass(frozen=True, kw_only=True)
class SentBack(CaseFact):
    """The hub sent the answer back to be completed; the clock runs on."""

    kind: ClassVar[str] = "case.sent_back"
    verb: ClassVar[str] = "退回补正"
    office: str
    due_at: str

    def sentence(self) -> str:
        """Say to whom."""
        return f"中转站退回{self.office}补正，期限仍为{day(self.due_at)}"


@dataclass(frozen=True, kw_only=True)
class Rated(CaseFact):
    """The enterprise rated the answer. The comment is kept with the rating, not in the chain's sentence."""

    kind: ClassVar[str] = "case.rated"
    verb: ClassVar[str] = "评价"
    solved: bool
    satisfaction: str
    dissatisfied: bool

    def sentence(self) -> str:
        """Say that it was rated; what it says is shown to those who may see it yet."""
        return "企业已评价"


@dataclass(frozen=True, kw_only=True)
class RatingDismissed(CaseFact):
    """The hub verified a dissatisfied rating and found it not well-founded."""

    kind: ClassVar[str] = "case.rating_dismissed"
    verb: ClassVar[str] = "评价核实"

    def sentence(self) -> str:
        """Say so."""
        return "不满意评价经核实不成立，已向企业说明"


@dataclass(frozen=True, kw_only=True)
class Reopened(CaseFact):
    """The case goes into a new round; the first round's result stays."""

    kind: ClassVar[str] = "case.reopened"
    verb: ClassVar[str] = "重办"
    public: ClassVar[bool] = True
    office: str
    round: int
    due_at: str

    def sentence(self) -> str:
        """Say who, and by when."""
        return f"第{self.round}轮办理：交{self.office}重办，{day(self.due_at)}前答复"


@dataclass(frozen=True, kw_only=True)
class WrittenOff(CaseFact):
    """Off the ledger."""

    kind: ClassVar[str] = "case.written_off"
    verb: ClassVar[str] = "销账"
    public: ClassVar[bool] = True
    outcome: str
    working_days: int
    look_backs: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say the outcome and how long it took."""
        later = "；回头看：" + "、".join(day(d) for d in self.look_backs) if self.look_backs else ""
        return f"销账：{self.outcome}，用时{self.working_days}个工作日{later}"


@dataclass(frozen=True, kw_only=True)
class Urged(CaseFact):
    """Somebody presses for it."""

    kind: ClassVar[str] = "case.urged"
    verb: ClassVar[str] = "催办"
    level: str
    number: str
    reply_by: str = ""
    waits_at: str = ""
    ground: str = ""
    copy_ids: tuple[int, ...] = ()

    def sentence(self) -> str:
        """Say who presses whom, and by when a reply is due."""
        until = f"，{day(self.reply_by)}前回复" if self.reply_by else ""
        why = f"（{self.ground}）" if self.ground else ""
        return (
            f"{self.number or self.level}{why} → {self.waits_at}{until}"  # a number says what it is: 督办〔2026〕0001号
        )


@dataclass(frozen=True, kw_only=True)
class Supervised(Urged):
    """督办: the same, by supervision or a leader, numbered and with a reply-by."""

    kind: ClassVar[str] = "case.supervised"
    verb: ClassVar[str] = "督办"


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(CaseFact):
    """催办 or 督办 was taken back; its number stays used."""

    kind: ClassVar[str] = "case.order_cancelled"
    verb: ClassVar[str] = "撤销催办督办"
    number: str
    reason: str

    def sentence(self) -> str:
        """Say which, and why."""
        return f"撤销{self.number}：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class UrgeAnswered(CaseFact):
    """The office replied to what pressed it."""

    kind: ClassVar[str] = "case.urge_answered"
    verb: ClassVar[str] = "回复催办督办"
    office: str
    levels: tuple[str, ...]
    to_enterprise: str = ""

    def sentence(self) -> str:
        """Say who replied to what; or, where something was said to the enterprise, that: it may read this sentence."""
        if self.to_enterprise:
            return f"{self.office}答复企业催办：{self.to_enterprise}"
        return f"{self.office}回复{'、'.join(self.levels)}"


@dataclass(frozen=True, kw_only=True)
class MarkedKey(CaseFact):
    """It became a key matter, with leaders answering for it."""

    kind: ClassVar[str] = "case.marked_key"
    verb: ClassVar[str] = "列为重点"
    reason: str
    leaders: tuple[str, ...]

    def sentence(self) -> str:
        """Say why and who answers for it."""
        who = "、".join(self.leaders) or "尚未设分管领导"
        return f"列为重点涉企事项：{self.reason}。负责领导：{who}"


@dataclass(frozen=True, kw_only=True)
class Instructed(CaseFact):
    """A leader said what is to be done; whoever has the matter owes a reply."""

    kind: ClassVar[str] = "case.instructed"
    verb: ClassVar[str] = "批示"
    number: str
    leader: str
    leading: str
    reply_by: str
    waits_at: str

    def sentence(self) -> str:
        """Say who instructs whom, and by when a reply is due."""
        return f"{self.number}（{self.leading}）→ {self.waits_at}，{day(self.reply_by)}前回复"


@dataclass(frozen=True, kw_only=True)
class InstructionAnswered(CaseFact):
    """The office replied to what leaders instructed."""

    kind: ClassVar[str] = "case.instruction_answered"
    verb: ClassVar[str] = "回复批示"
    office: str
    numbers: tuple[str, ...]
    in_time: bool

    def sentence(self) -> str:
        """Say who replied to which."""
        return f"{self.office}回复{'、'.join(self.numbers)}{'' if self.in_time else '（超期）'}"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(CaseFact):
    """The enterprise took it back."""

    kind: ClassVar[str] = "case.withdrawn"
    verb: ClassVar[str] = "撤回"
    public: ClassVar[bool] = True
    reason: str

    def sentence(self) -> str:
        """Say why."""
        return f"企业撤回：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class ComplainantRevealed(CaseFact):
    """Somebody of the handling office looked at who complained."""

    kind: ClassVar[str] = "case.complainant_revealed"
    verb: ClassVar[str] = "查看投诉人"

    def sentence(self) -> str:
        """Say so."""
        return "查看了投诉人信息"


@dataclass(frozen=True, kw_only=True)
class Redated(CaseFact):
    """A holiday notice moved the limit (never earlier than what was promised)."""

    kind: ClassVar[str] = "case.redated"
    verb: ClassVar[str] = "重算期限"
    public: ClassVar[bool] = True
    old_due_at: str
    new_due_at: str
    source: str

    def sentence(self) -> str:
        """Say from when to when, and by which notice."""
        if self.old_due_at == self.new_due_at:
            return f"按{self.source}核定，期限{day(self.new_due_at)}不变，不再是暂定"
        return f"按{self.source}重算期限：由{day(self.old_due_at)}改为{day(self.new_due_at)}"
