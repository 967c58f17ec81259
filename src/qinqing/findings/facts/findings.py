"""Facts of findings: found, followed, handed over, closed. `kind` never changes meaning."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced


def day(stamp: str) -> str:
    """Return an ISO date as people say it: 11月30日."""
    return f"{int(stamp[5:7])}月{int(stamp[8:10])}日"


@dataclass(frozen=True, kw_only=True)
class OnFinding(Announced):
    """A fact about a finding. `flags` say what the office should look at, `is_parallel` that two did it unseen."""

    enterprise: str
    level: str
    text: str = ""
    is_parallel: bool = False
    flags: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say what happened, that it was done in parallel, and what speaks against it."""
        both = "（与另一人同时跟进）" if self.is_parallel else ""
        doubts = f"（{'；'.join(self.flags)}）" if self.flags else ""
        return f"{self.what()}{both}{doubts}"

    def what(self) -> str:
        """Return what happened, in 中文, without a full stop."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class FindingFound(OnFinding):
    """A hazard was found and written down."""

    kind: ClassVar[str] = "finding.found"
    verb: ClassVar[str] = "登记隐患"
    category: str
    deadline: str
    advice: str
    place: str
    is_fixed_on_spot: bool
    case_number: str

    def what(self) -> str:
        """Say where, what, what was advised and until when; and under which number it is a problem."""
        until = f"，{day(self.deadline)}前整改" if self.deadline else ""
        fixed = "，已当场整改" if self.is_fixed_on_spot else until
        case = f"；已作为企业问题上报 {self.case_number}" if self.case_number else ""
        told = f"。已劝导：{self.advice}" if self.advice else ""
        return f"{self.enterprise}疑似{self.category}隐患（{self.level}）：{self.text}{fixed}{told}{case}"


@dataclass(frozen=True, kw_only=True)
class GraveFound(FindingFound):
    """A hazard that looks grave: the safety office has it at once."""

    kind: ClassVar[str] = "finding.grave"
    verb: ClassVar[str] = "上报疑似重大隐患"
    safety_office: str

    def what(self) -> str:
        """Say so, and that the safety office has it."""
        return f"{super().what()}；已报{self.safety_office}"


@dataclass(frozen=True, kw_only=True)
class FindingAdvised(OnFinding):
    """The firm was advised again."""

    kind: ClassVar[str] = "finding.advised"
    verb: ClassVar[str] = "劝导告知"

    def what(self) -> str:
        """Say what was advised."""
        return f"劝导告知{self.enterprise}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingClaimed(OnFinding):
    """The firm says that it is put right."""

    kind: ClassVar[str] = "finding.claimed"
    verb: ClassVar[str] = "整改上报"

    def what(self) -> str:
        """Say what was done."""
        return f"{self.enterprise}上报整改：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingPassed(OnFinding):
    """A recheck found it put right: closed."""

    kind: ClassVar[str] = "finding.passed"
    verb: ClassVar[str] = "复查合格"

    def what(self) -> str:
        """Say what was seen."""
        return f"{self.enterprise}复查合格，销号：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingFailed(OnFinding):
    """A recheck found it not put right."""

    kind: ClassVar[str] = "finding.failed"
    verb: ClassVar[str] = "复查不合格"
    until: str = ""

    def what(self) -> str:
        """Say what was seen, and the new deadline if there is one."""
        until = f"，延期至{day(self.until)}" if self.until else ""
        return f"{self.enterprise}复查不合格{until}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingTransferred(OnFinding):
    """An officer handed it to the safety office."""

    kind: ClassVar[str] = "finding.transferred"
    verb: ClassVar[str] = "移送"
    to_office: str

    def what(self) -> str:
        """Say to whom and why."""
        return f"移送{self.to_office}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingExtended(OnFinding):
    """The one extension of its deadline."""

    kind: ClassVar[str] = "finding.extended"
    verb: ClassVar[str] = "延期"
    until: str

    def what(self) -> str:
        """Say until when, and why."""
        until = day(self.until) if self.until else "（日期读不出来）"
        return f"整改期限延至{until}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingClosed(OnFinding):
    """Closed without a recheck of its own: the reason stands in the text."""

    kind: ClassVar[str] = "finding.closed"
    verb: ClassVar[str] = "销号"

    def what(self) -> str:
        """Say why."""
        return f"销号：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingReopened(OnFinding):
    """A closed one is on the list again."""

    kind: ClassVar[str] = "finding.reopened"
    verb: ClassVar[str] = "重新整改"

    def what(self) -> str:
        """Say why."""
        return f"重新列入整改：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingJudged(OnFinding):
    """The safety office judged whether it is 重大."""

    kind: ClassVar[str] = "finding.judged"
    verb: ClassVar[str] = "判定"
    judged: str
    until: str = ""

    def what(self) -> str:
        """Say what it was judged to be."""
        until = f"，{day(self.until)}前整改" if self.until else ""
        return f"判定为{self.judged}隐患{until}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingSeenAgain(OnFinding):
    """A later visit saw that it is still there."""

    kind: ClassVar[str] = "finding.seen_again"
    verb: ClassVar[str] = "再次发现"

    def what(self) -> str:
        """Say what was seen."""
        return f"走访时看到仍未整改：{self.text}"


@dataclass(frozen=True, kw_only=True)
class FindingReported(OnFinding):
    """What the spine had refused at first is now a case."""

    kind: ClassVar[str] = "finding.reported"
    verb: ClassVar[str] = "补报企业问题"
    case_number: str

    def what(self) -> str:
        """Say under which number."""
        return f"已作为企业问题上报：{self.case_number}"


@dataclass(frozen=True, kw_only=True)
class FindingChecked(OnFinding):
    """Somebody of the office looked at what was questionable about it."""

    kind: ClassVar[str] = "finding.checked"
    verb: ClassVar[str] = "核对"

    def what(self) -> str:
        """Say what was looked at and what came of it."""
        return f"已核对：{self.text}"


@dataclass(frozen=True, kw_only=True)
class EventOrphaned(OnFinding):
    """An event's finding never arrived: it hangs on the firm now, for the office to look at."""

    kind: ClassVar[str] = "finding.event_orphaned"
    verb: ClassVar[str] = "跟进待认领"
    what_kind: str
    made_by: str

    def what(self) -> str:
        """Say whose event, and what it says."""
        return f"{self.made_by}的“{self.what_kind}”等了五天没有对应的隐患，请核对：{self.text}"


@dataclass(frozen=True, kw_only=True)
class OrphanSettled(OnFinding):
    """Somebody looked at such an event and said what became of it."""

    kind: ClassVar[str] = "finding.orphan_settled"
    verb: ClassVar[str] = "认领跟进"

    def what(self) -> str:
        """Say what became of it."""
        return f"已核对无主跟进：{self.text}"
