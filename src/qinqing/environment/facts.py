"""What the ledger is told of an enterprise's environment file. It stands beside the file, on the firm's environment page."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OnFile(Fact):
    """A change of one firm's environment file."""

    enterprise: str

    def sentence(self) -> str:
        """Say what changed."""
        return f"{self.enterprise}：{self.what()}。"

    def what(self) -> str:
        """Return the change as a 中文 clause without a full stop."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ProfileKept(OnFile):
    """The card was filled in or changed; `changed` names the fields."""

    kind: ClassVar[str] = "environment.profile_kept"
    verb: ClassVar[str] = "更新环保档案"
    changed: tuple[str, ...]

    def what(self) -> str:
        """Name the fields."""
        return f"更新{'、'.join(self.changed)}"


@dataclass(frozen=True, kw_only=True)
class StageKept(OnFile):
    """A 产污环节 was added or changed."""

    kind: ClassVar[str] = "environment.stage_kept"
    verb: ClassVar[str] = "登记产污环节"
    stage_id: int
    stage: str
    facility: str
    pollutants: str
    standard: str

    def what(self) -> str:
        """Say where, what treats it."""
        by = f"，治理设施{self.facility}" if self.facility else ""
        return f"产污环节“{self.stage}”{by}"


@dataclass(frozen=True, kw_only=True)
class StageEnded(OnFile):
    """A 产污环节 is no more."""

    kind: ClassVar[str] = "environment.stage_ended"
    verb: ClassVar[str] = "停用产污环节"
    stage_id: int
    stage: str

    def what(self) -> str:
        """Name it."""
        return f"产污环节“{self.stage}”不再存在"


@dataclass(frozen=True, kw_only=True)
class PaperKept(OnFile):
    """A permit or agreement was registered or corrected."""

    kind: ClassVar[str] = "environment.paper_kept"
    verb: ClassVar[str] = "登记环保手续"
    paper_id: int
    paper: str
    number: str
    whom: str
    ends_on: str

    def what(self) -> str:
        """Say which, with whom, until when."""
        whom = f"，{self.whom}" if self.whom else ""
        until = f"，至{self.ends_on}" if self.ends_on else "，长期有效"
        return f"{self.paper}{self.number and f'（{self.number}）'}{whom}{until}"


@dataclass(frozen=True, kw_only=True)
class PaperEnded(OnFile):
    """A permit or agreement holds no longer."""

    kind: ClassVar[str] = "environment.paper_ended"
    verb: ClassVar[str] = "停用环保手续"
    paper_id: int
    paper: str
    number: str
    reason: str

    def what(self) -> str:
        """Say which and why."""
        return f"{self.paper}{self.number and f'（{self.number}）'}停用：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Monitored(OnFile):
    """A self-monitoring was registered."""

    kind: ClassVar[str] = "environment.monitored"
    verb: ClassVar[str] = "登记自行监测"
    done_on: str
    agency: str
    result: str

    def what(self) -> str:
        """Say when, by whom, with what result."""
        by = f"由{self.agency}" if self.agency else ""
        return f"{self.done_on}{by}自行监测，{self.result}"


@dataclass(frozen=True, kw_only=True)
class ReportSent(OnFile):
    """A 执行报告 was uploaded to the state's platform."""

    kind: ClassVar[str] = "environment.report_sent"
    verb: ClassVar[str] = "登记执行报告"
    period: str
    report: str
    sent_on: str
    number: str

    def what(self) -> str:
        """Say which and when."""
        return f"{self.report}已于{self.sent_on}上传{self.number and f'（{self.number}）'}"
