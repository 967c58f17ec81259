"""Facts of the two registers."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.findings.facts.findings import day
from qinqing.ledger.facts import Announced


@dataclass(frozen=True, kw_only=True)
class OnRegister(Announced):
    """A fact about a building or a 两违 on its register."""

    enterprise: str
    what: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class BuildingRegistered(OnRegister):
    """A building came on the register."""

    kind: ClassVar[str] = "building.registered"
    verb: ClassVar[str] = "登记房屋"
    owner: str
    user: str
    is_listed: bool

    def sentence(self) -> str:
        """Say which, whose, and what is the matter."""
        listed = "，登记在册危房" if self.is_listed else ""
        return (
            f"{self.enterprise}{self.what}列入房屋登记册{listed}（产权人{self.owner}，使用人{self.user}）：{self.text}"
        )


@dataclass(frozen=True, kw_only=True)
class BuildingEdited(OnRegister):
    """What the register says of a building was put right."""

    kind: ClassVar[str] = "building.edited"
    verb: ClassVar[str] = "更正房屋登记"
    changed: tuple[str, ...]

    def sentence(self) -> str:
        """Name the fields."""
        return f"更正{self.what}的登记：{'、'.join(self.changed)}"


@dataclass(frozen=True, kw_only=True)
class BuildingTold(OnRegister):
    """Owner and user were told."""

    kind: ClassVar[str] = "building.told"
    verb: ClassVar[str] = "告知产权人、使用人"
    told: tuple[str, ...]

    def sentence(self) -> str:
        """Say who was told."""
        return f"已告知{'、'.join(self.told)}{self.what}存在安全隐患：{self.text}"


@dataclass(frozen=True, kw_only=True)
class BuildingAppraised(OnRegister):
    """An appraisal's result, or why none is needed."""

    kind: ClassVar[str] = "building.appraised"
    verb: ClassVar[str] = "鉴定"
    grade: str
    appraiser: str
    report_no: str
    remedy_due_on: str

    def sentence(self) -> str:
        """Say grade, by whom, and until when it must be made safe."""
        if not self.grade:
            return f"{self.what}经研究不需鉴定：{self.text}"
        until = f"，{day(self.remedy_due_on)}前整治" if self.remedy_due_on else ""
        return f"{self.what}鉴定为{self.grade}（{self.appraiser}，{self.report_no}）{until}"


@dataclass(frozen=True, kw_only=True)
class BuildingRemedied(OnRegister):
    """A building was made safe."""

    kind: ClassVar[str] = "building.remedied"
    verb: ClassVar[str] = "整治"
    remedy: str

    def sentence(self) -> str:
        """Say how."""
        return f"{self.what}已{self.remedy}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class BuildingClosed(OnRegister):
    """A building is off the list of open ones."""

    kind: ClassVar[str] = "building.closed"
    verb: ClassVar[str] = "房屋销号"

    def sentence(self) -> str:
        """Say so."""
        return f"{self.what}销号：{self.text}"


@dataclass(frozen=True, kw_only=True)
class BuildingReopened(OnRegister):
    """A closed building is unsafe again."""

    kind: ClassVar[str] = "building.reopened"
    verb: ClassVar[str] = "重新登记房屋隐患"

    def sentence(self) -> str:
        """Say why."""
        return f"{self.what}重新列入：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalRegistered(OnRegister):
    """A suspected 两违 came on the register."""

    kind: ClassVar[str] = "illegal.registered"
    verb: ClassVar[str] = "登记两违"
    source: str
    photos: int
    case_number: str

    def sentence(self) -> str:
        """Say what, where, how known, with how many pictures, under which number."""
        case = f"，企业问题 {self.case_number}" if self.case_number else ""
        return f"{self.enterprise}{self.what}（{self.source}，影像{self.photos}张{case}）：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalEdited(OnRegister):
    """What the register says of it was put right."""

    kind: ClassVar[str] = "illegal.edited"
    verb: ClassVar[str] = "更正两违登记"
    changed: tuple[str, ...]

    def sentence(self) -> str:
        """Name the fields."""
        return f"更正{self.what}的登记：{'、'.join(self.changed)}"


@dataclass(frozen=True, kw_only=True)
class IllegalStopped(OnRegister):
    """The firm was told to stop."""

    kind: ClassVar[str] = "illegal.stopped"
    verb: ClassVar[str] = "告知停止"

    def sentence(self) -> str:
        """Say so."""
        return f"已告知停止{self.what}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalTransferred(OnRegister):
    """Handed to the competent office."""

    kind: ClassVar[str] = "illegal.transferred"
    verb: ClassVar[str] = "移送主管部门"
    to_office: str
    transfer_no: str

    def sentence(self) -> str:
        """Say to whom, under which number."""
        number = f"（{self.transfer_no}）" if self.transfer_no else ""
        return f"{self.what}移送{self.to_office}{number}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalAssisted(OnRegister):
    """The officers helped the competent office to have it taken down."""

    kind: ClassVar[str] = "illegal.assisted"
    verb: ClassVar[str] = "配合拆除"

    def sentence(self) -> str:
        """Say what was done."""
        return f"配合主管部门拆除{self.what}：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalCleared(OnRegister):
    """Taken down, or put right."""

    kind: ClassVar[str] = "illegal.cleared"
    verb: ClassVar[str] = "拆除整改到位"

    def sentence(self) -> str:
        """Say so."""
        return f"{self.what}已拆除或整改到位：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalClosed(OnRegister):
    """Closed; looks back are owed."""

    kind: ClassVar[str] = "illegal.closed"
    verb: ClassVar[str] = "两违销号"
    look_backs: tuple[str, ...]

    def sentence(self) -> str:
        """Say when to look back."""
        return f"{self.what}销号，{'、'.join(day(on) for on in self.look_backs)}回头看：{self.text}"


@dataclass(frozen=True, kw_only=True)
class IllegalLookedBack(OnRegister):
    """A look back at a closed one."""

    kind: ClassVar[str] = "illegal.looked_back"
    verb: ClassVar[str] = "回头看"
    passed: bool

    def sentence(self) -> str:
        """Say what was found, and that a failed one is open again."""
        found = "未反弹" if self.passed else "发现反弹，重新列入"
        return f"{self.what}回头看{found}：{self.text}"
