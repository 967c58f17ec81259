"""Facts of the work at an office: 签收 定人 进展 退回 上报 延期 挂账 整改 复查."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.cases.facts.base import CaseFact, day


@dataclass(frozen=True, kw_only=True)
class Signed(CaseFact):
    """The office signed for its task and named who handles it."""

    kind: ClassVar[str] = "case.signed"
    verb: ClassVar[str] = "签收"
    public: ClassVar[bool] = True
    office: str
    handler: str
    late: bool

    def sentence(self) -> str:
        """Say who signed and who handles."""
        return f"{self.office}签收，定人：{self.handler}{'（超过签收时限）' if self.late else ''}"


@dataclass(frozen=True, kw_only=True)
class HandlerNamed(CaseFact):
    """Another person of the office handles it from now on."""

    kind: ClassVar[str] = "case.handler_named"
    verb: ClassVar[str] = "定人"
    office: str
    handler: str
    before: str

    def sentence(self) -> str:
        """Say who follows whom."""
        return f"{self.office}改由{self.handler}经办（原经办人：{self.before or '未定'}）"


@dataclass(frozen=True, kw_only=True)
class Progressed(CaseFact):
    """The handler noted progress."""

    kind: ClassVar[str] = "case.progressed"
    verb: ClassVar[str] = "进展"
    office: str
    told_enterprise: bool

    def sentence(self) -> str:
        """Say where it stands."""
        return f"{self.office}记进展{'（企业可见）' if self.told_enterprise else ''}"


@dataclass(frozen=True, kw_only=True)
class Returned(CaseFact):
    """The office returned its task to the hub."""

    kind: ClassVar[str] = "case.returned"
    verb: ClassVar[str] = "退回"
    office: str
    reason: str
    basis: str

    def sentence(self) -> str:
        """Say why, and on what basis."""
        return f"{self.office}退回中转站：{self.reason}，依据：{self.basis}"


@dataclass(frozen=True, kw_only=True)
class ReturnAccepted(CaseFact):
    """The hub accepted the return."""

    kind: ClassVar[str] = "case.return_accepted"
    verb: ClassVar[str] = "认可退回"
    office: str
    proposes_consultation: bool

    def sentence(self) -> str:
        """Say so, and whether a consultation is proposed."""
        tail = "；已有两家单位退回，建议会商" if self.proposes_consultation else ""
        return f"中转站认可{self.office}的退回，重新交办{tail}"


@dataclass(frozen=True, kw_only=True)
class ReturnOverruled(CaseFact):
    """The hub overruled the return: the office keeps the task, and it counts."""

    kind: ClassVar[str] = "case.return_overruled"
    verb: ClassVar[str] = "驳回退回"
    office: str

    def sentence(self) -> str:
        """Say so."""
        return f"中转站驳回{self.office}的退回，请继续办理"


@dataclass(frozen=True, kw_only=True)
class SubmittedUpward(CaseFact):
    """The department submitted it to its superior line."""

    kind: ClassVar[str] = "case.submitted_upward"
    verb: ClassVar[str] = "上报上级"
    public: ClassVar[bool] = True
    office: str
    superior: str
    document_no: str
    sent_on: str
    expected_on: str

    def sentence(self) -> str:
        """Say to whom, under which number, and when an answer is expected."""
        number = f"（{self.document_no}）" if self.document_no else ""
        return f"{self.office}上报{self.superior}{number}，预计{day(self.expected_on)}答复"


@dataclass(frozen=True, kw_only=True)
class UpwardProgressed(CaseFact):
    """Where the superior stands."""

    kind: ClassVar[str] = "case.upward_progressed"
    verb: ClassVar[str] = "上报进展"
    superior: str

    def sentence(self) -> str:
        """Say so."""
        return f"{self.superior}办理进展"


@dataclass(frozen=True, kw_only=True)
class UpwardAnswered(CaseFact):
    """The superior answered."""

    kind: ClassVar[str] = "case.upward_answered"
    verb: ClassVar[str] = "上级答复"
    superior: str
    answer: str
    by_link: bool

    def sentence(self) -> str:
        """Say what was answered."""
        return f"{self.superior}答复{'（经答复链接）' if self.by_link else ''}：{self.answer}"


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(CaseFact):
    """The handler asked for more time."""

    kind: ClassVar[str] = "case.extension_asked"
    verb: ClassVar[str] = "申请延期"
    office: str
    reason: str
    new_due_at: str

    def sentence(self) -> str:
        """Say to when and why."""
        return f"{self.office}申请延期至{day(self.new_due_at)}，原因：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(CaseFact):
    """The hub head granted it; the first date stays on record."""

    kind: ClassVar[str] = "case.extension_granted"
    verb: ClassVar[str] = "同意延期"
    public: ClassVar[bool] = True
    old_due_at: str
    new_due_at: str
    reason: str

    def sentence(self) -> str:
        """Say the new date."""
        return f"同意延期（{self.reason}），由{day(self.old_due_at)}延至{day(self.new_due_at)}"


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(CaseFact):
    """The hub head refused it."""

    kind: ClassVar[str] = "case.extension_refused"
    verb: ClassVar[str] = "不同意延期"
    due_at: str

    def sentence(self) -> str:
        """Say that the date stands."""
        return f"不同意延期，期限仍为{day(self.due_at)}"


@dataclass(frozen=True, kw_only=True)
class SuspensionAsked(CaseFact):
    """The handler asked a leader for 长期挂账."""

    kind: ClassVar[str] = "case.suspension_asked"
    verb: ClassVar[str] = "申请长期挂账"
    office: str
    reason: str
    scheme: str
    next_reply_on: str

    def sentence(self) -> str:
        """Say why and how it shall go on."""
        return f"{self.office}申请长期挂账（{self.reason}）：{self.scheme}；{day(self.next_reply_on)}前阶段答复"


@dataclass(frozen=True, kw_only=True)
class Suspended(CaseFact):
    """A leader approved 长期挂账."""

    kind: ClassVar[str] = "case.suspended"
    verb: ClassVar[str] = "长期挂账"
    public: ClassVar[bool] = True
    next_reply_on: str
    reason: str

    def sentence(self) -> str:
        """Say by when the enterprise hears next."""
        return f"经领导审批长期挂账（{self.reason}），{day(self.next_reply_on)}前给企业阶段性答复"


@dataclass(frozen=True, kw_only=True)
class SuspensionRefused(CaseFact):
    """A leader refused it."""

    kind: ClassVar[str] = "case.suspension_refused"
    verb: ClassVar[str] = "不同意长期挂账"

    def sentence(self) -> str:
        """Say so."""
        return "不同意长期挂账，请按期办理"


@dataclass(frozen=True, kw_only=True)
class StageReplied(CaseFact):
    """A staged reply to the enterprise while suspended."""

    kind: ClassVar[str] = "case.stage_replied"
    verb: ClassVar[str] = "阶段性答复"
    public: ClassVar[bool] = True
    office: str
    reply: str
    next_reply_on: str

    def sentence(self) -> str:
        """Say what the enterprise was told."""
        return f"{self.office}阶段性答复：{self.reply}（下次答复：{day(self.next_reply_on)}前）"


@dataclass(frozen=True, kw_only=True)
class Resumed(CaseFact):
    """Work goes on."""

    kind: ClassVar[str] = "case.resumed"
    verb: ClassVar[str] = "恢复办理"
    public: ClassVar[bool] = True
    due_at: str

    def sentence(self) -> str:
        """Say so."""
        return f"恢复办理，期限{day(self.due_at)}"


@dataclass(frozen=True, kw_only=True)
class Published(CaseFact):
    """The enterprise was told of the problem in these words."""

    kind: ClassVar[str] = "case.published"
    verb: ClassVar[str] = "告知企业"
    public: ClassVar[bool] = True
    notice: str

    def sentence(self) -> str:
        """Say what it was told."""
        return f"告知企业：{self.notice}"


@dataclass(frozen=True, kw_only=True)
class Rectified(CaseFact):
    """Something was put right."""

    kind: ClassVar[str] = "case.rectified"
    verb: ClassVar[str] = "整改"
    office: str

    def sentence(self) -> str:
        """Say so."""
        return f"{self.office}登记整改情况，待复查"


@dataclass(frozen=True, kw_only=True)
class Rechecked(CaseFact):
    """It was rechecked."""

    kind: ClassVar[str] = "case.rechecked"
    verb: ClassVar[str] = "复查"
    office: str
    passed: bool

    def sentence(self) -> str:
        """Say the result."""
        return f"{self.office}复查{'合格' if self.passed else '不合格，继续整改'}"


@dataclass(frozen=True, kw_only=True)
class LookedBack(CaseFact):
    """回头看 after write-off; a failed one reopens the case."""

    kind: ClassVar[str] = "case.looked_back"
    verb: ClassVar[str] = "回头看"
    office: str
    passed: bool
    due_on: str

    def sentence(self) -> str:
        """Say the result."""
        return f"{self.office}回头看（应查日{day(self.due_on)}）：{'整改到位' if self.passed else '出现反弹，重新挂账办理'}"
