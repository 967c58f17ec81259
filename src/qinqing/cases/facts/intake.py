"""Facts of coming in and being sent on: 提交 接办 退请补充 不予受理 并案 交办 转办 会商."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.cases.facts.base import CaseFact, day


@dataclass(frozen=True, kw_only=True)
class Submitted(CaseFact):
    """A demand came in."""

    kind: ClassVar[str] = "case.submitted"
    verb: ClassVar[str] = "提交"
    public: ClassVar[bool] = True
    source: str
    submitter: str
    title: str
    text: str
    topic: str
    due_at: str
    provisional: bool
    first_asked: str = ""
    told_at: str = ""

    def sentence(self) -> str:
        """Say who submitted, who was asked first, and what was promised."""
        asked = f"，首问责任人 {self.first_asked}" if self.first_asked else ""
        mark = "（暂定）" if self.provisional else ""
        return f"{self.submitter}提交诉求{asked}，{day(self.due_at)}前答复{mark}"


@dataclass(frozen=True, kw_only=True)
class Reported(CaseFact):
    """A problem was found and reported."""

    kind: ClassVar[str] = "case.reported"
    verb: ClassVar[str] = "上报问题"
    source: str
    title: str
    text: str
    topic: str
    severity: str
    due_at: str
    provisional: bool
    stop_notice: str
    several_offices: bool

    def sentence(self) -> str:
        """Say how it was found and whether the enterprise was told to stop."""
        return f"{self.source}疑似问题；{self.stop_notice}"


@dataclass(frozen=True, kw_only=True)
class Accepted(CaseFact):
    """The hub took it in."""

    kind: ClassVar[str] = "case.accepted"
    verb: ClassVar[str] = "接办"
    public: ClassVar[bool] = True
    topic: str
    grade: str
    is_key: bool

    def sentence(self) -> str:
        """Say topic and grade."""
        return f"中转站接办，类别“{self.topic}”，{self.grade}{'，列为重点' if self.is_key else ''}"


@dataclass(frozen=True, kw_only=True)
class Asked(CaseFact):
    """The hub asked the submitter for more."""

    kind: ClassVar[str] = "case.asked"
    verb: ClassVar[str] = "退请补充"
    public: ClassVar[bool] = True
    question: str

    def sentence(self) -> str:
        """Say what is asked."""
        return f"中转站请补充：{self.question}"


@dataclass(frozen=True, kw_only=True)
class Supplied(CaseFact):
    """The submitter answered."""

    kind: ClassVar[str] = "case.supplied"
    verb: ClassVar[str] = "补充"
    public: ClassVar[bool] = True
    answer: str

    def sentence(self) -> str:
        """Say what was answered."""
        return f"补充内容：{self.answer}"


@dataclass(frozen=True, kw_only=True)
class Declined(CaseFact):
    """The hub declined it, with a reply."""

    kind: ClassVar[str] = "case.declined"
    verb: ClassVar[str] = "不予受理"
    public: ClassVar[bool] = True
    reason: str
    reply: str

    def sentence(self) -> str:
        """Say why, and what the enterprise was told."""
        return f"不予受理（{self.reason}）。答复企业：{self.reply}"


@dataclass(frozen=True, kw_only=True)
class Merged(CaseFact):
    """It was joined to another case."""

    kind: ClassVar[str] = "case.merged"
    verb: ClassVar[str] = "并案"
    public: ClassVar[bool] = True
    into: str
    into_id: int

    def sentence(self) -> str:
        """Say where it went."""
        return f"与 {self.into} 是同一件事，并案办理"


@dataclass(frozen=True, kw_only=True)
class Handed(CaseFact):
    """The hub gave it to a community."""

    kind: ClassVar[str] = "case.handed"
    verb: ClassVar[str] = "交办"
    public: ClassVar[bool] = True
    community: str
    handler: str = ""

    def sentence(self) -> str:
        """Say which community and who."""
        return f"中转站交办 → {self.community}{f'，{self.handler}具体落实' if self.handler else ''}"


@dataclass(frozen=True, kw_only=True)
class Forwarded(CaseFact):
    """The hub forwarded it to departments."""

    kind: ClassVar[str] = "case.forwarded"
    verb: ClassVar[str] = "转办"
    public: ClassVar[bool] = True
    lead: str
    supports: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say who leads and who supports."""
        return f"中转站转办 → {self.lead}{'，协办：' + '、'.join(self.supports) if self.supports else ''}"


@dataclass(frozen=True, kw_only=True)
class ConsultationAsked(CaseFact):
    """An office asked for a consultation."""

    kind: ClassVar[str] = "case.consultation_asked"
    verb: ClassVar[str] = "提请会商"

    office: str

    def sentence(self) -> str:
        """Say who asks."""
        return f"{self.office}提请协调会商"


@dataclass(frozen=True, kw_only=True)
class Convened(CaseFact):
    """The hub convened the working group."""

    kind: ClassVar[str] = "case.convened"
    verb: ClassVar[str] = "会商"
    public: ClassVar[bool] = True
    participants: tuple[str, ...]
    held_at: str
    place: str
    agenda: str
    left_out: str = ""

    def sentence(self) -> str:
        """Say who meets, when and where."""
        return f"中转站牵头协调会商：{day(self.held_at)}，{self.place}，参加单位：{'、'.join(self.participants)}"


@dataclass(frozen=True, kw_only=True)
class OpinionRecorded(CaseFact):
    """The consultation's opinion became tasks."""

    kind: ClassVar[str] = "case.opinion_recorded"
    verb: ClassVar[str] = "形成办理意见"
    opinion: str
    items: tuple[str, ...]

    def sentence(self) -> str:
        """Say the opinion and each item."""
        return f"会商形成办理意见：{self.opinion}。议定事项：{'；'.join(self.items)}"
