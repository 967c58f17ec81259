"""What the ledger is told of visits, duties, announced visits and references to 行政检查."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced, Fact


@dataclass(frozen=True, kw_only=True)
class RunFact:
    """One checklist of a visit, as the ledger keeps it."""

    title: str
    sha256: str
    ok: int
    bad: int
    na: int
    blank: int


@dataclass(frozen=True, kw_only=True)
class VisitTaken(Announced):
    """A visit's record was taken in. `flags` are codes; `fulfils` the duties it counts towards."""

    kind: ClassVar[str] = "visit.taken"
    verb: ClassVar[str] = "走访巡查"
    uid: str
    enterprise: str
    nature: str
    made_on: str
    officer: str
    offices: tuple[str, ...]
    runs: tuple[RunFact, ...]
    problems: int
    acknowledged: str
    fulfils: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say who went where, with which lists, what came of it, who acknowledged."""
        lists = "、".join(f"《{run.title}》" for run in self.runs)
        did = f"，对照{lists}" if lists else ""
        found = f"，发现{self.problems}项存在问题" if self.problems else "，未发现问题" if self.runs else ""
        met = f"；企业代表{self.acknowledged}" if self.acknowledged else ""
        odd = f"；有{len(self.flags)}处疑点待核看" if self.flags else ""
        where = "、".join(self.offices)
        return f"{where}{self.officer}于{self.made_on}到{self.enterprise}{self.nature}{did}{found}{met}{odd}。"


@dataclass(frozen=True, kw_only=True)
class VisitReviewed(Fact):
    """The office looked at what was questionable about a visit."""

    kind: ClassVar[str] = "visit.reviewed"
    verb: ClassVar[str] = "核看疑点"
    flags: tuple[str, ...]
    note: str

    def sentence(self) -> str:
        """Say how many, and what was thought of them."""
        return f"核看了{len(self.flags)}处疑点：{self.note}。"


@dataclass(frozen=True, kw_only=True)
class LateVisitDecided(Announced):
    """The community decided on a record that arrived long after its quarter."""

    kind: ClassVar[str] = "visit.late_decided"
    verb: ClassVar[str] = "认可迟到记录"
    accepted: bool
    made_on: str
    received_on: str
    note: str
    stands_in: bool = False

    def sentence(self) -> str:
        """Say how it was decided and why."""
        how = "予以认可，计入当期" if self.accepted else "不予认可，不计入当期"
        who = "（该村（社区）暂无负责人，由中转站代为核定）" if self.stands_in else ""
        return f"{self.made_on}的走访记录{self.received_on}才收到，{how}：{self.note}{who}。"


@dataclass(frozen=True, kw_only=True)
class VisitInCity(Fact):
    """Somebody entered a visit into the city's own system, by hand."""

    kind: ClassVar[str] = "visit.in_city"
    verb: ClassVar[str] = "已上报市系统"
    on: str
    number: str

    def sentence(self) -> str:
        """Say when, and under which number."""
        return f"已于{self.on}在常州市应急管理信息系统上报" + (f"，编号{self.number}" if self.number else "") + "。"


@dataclass(frozen=True, kw_only=True)
class VisitAmended(Fact):
    """Something was added to a visit afterwards; the record itself stays as it came."""

    kind: ClassVar[str] = "visit.amended"
    verb: ClassVar[str] = "更正"
    reason: str
    text: str

    def sentence(self) -> str:
        """Say what, and why."""
        return f"更正：{self.text}（原因：{self.reason}）。"


@dataclass(frozen=True, kw_only=True)
class DutiesLaidOut(Fact):
    """What is owed to the firms was brought up to date. Counts of duties."""

    kind: ClassVar[str] = "duties.laid_out"
    verb: ClassVar[str] = "排应查"
    opened: int
    excused: int
    resumed: int
    overdue: int

    def sentence(self) -> str:
        """Say how many of each."""
        said = (
            (self.opened, "新增应办{}项"),
            (self.excused, "免查{}项"),
            (self.resumed, "恢复{}项"),
            (self.overdue, "逾期未查{}项"),
        )
        return "按方案排出应查应办：" + "，".join(words.format(number) for number, words in said if number) + "。"


@dataclass(frozen=True, kw_only=True)
class DutyCounted(Fact):
    """Something other than a visit counted towards a duty: a meeting attended."""

    kind: ClassVar[str] = "duty.counted"
    verb: ClassVar[str] = "计入"
    duty: str
    period: str
    on: str
    note: str
    enterprises: tuple[int, ...]

    def sentence(self) -> str:
        """Say what counted towards what, for how many firms."""
        firms = f"，涉及企业{len(self.enterprises)}家" if len(self.enterprises) > 1 else ""
        return f"{self.on}{self.note}，计入{self.period}{self.duty}{firms}。"


@dataclass(frozen=True, kw_only=True)
class VisitPlanned(Announced):
    """An office announced a visit to a firm."""

    kind: ClassVar[str] = "planned_visit.announced"
    verb: ClassVar[str] = "走访告知"
    enterprise: str
    offices: tuple[str, ...]
    nature: str
    on: str
    hours: str
    purpose: str
    basis: str
    exception: str

    def sentence(self) -> str:
        """Say who comes, when, what for, on what ground."""
        why = f"，依据{self.basis}" if self.basis else ""
        quiet = f"（宁静日内，理由：{self.exception}）" if self.exception else ""
        when = f"{self.on}{self.hours}"
        return f"{'、'.join(self.offices)}拟于{when}到{self.enterprise}{self.nature}：{self.purpose}{why}{quiet}。"


@dataclass(frozen=True, kw_only=True)
class PlanMerged(Announced):
    """An office goes along on another office's announced visit: 综合查一次."""

    kind: ClassVar[str] = "planned_visit.merged"
    verb: ClassVar[str] = "合并走访"
    enterprise: str
    office: str
    host: str
    on: str
    checklists: tuple[str, ...]
    dropped: int = 0

    def sentence(self) -> str:
        """Say who joins whom, when."""
        saved = "，原定的另一次走访不再进行" if self.dropped else ""
        return f"{self.office}并入{self.host}{self.on}到{self.enterprise}的走访，一次完成{saved}。"


@dataclass(frozen=True, kw_only=True)
class PlanAnswered(Announced):
    """The firm answered the notice of a visit."""

    kind: ClassVar[str] = "planned_visit.answered"
    verb: ClassVar[str] = "企业答复"
    enterprise: str
    answer: str
    wanted_on: str
    note: str

    def sentence(self) -> str:
        """Say what the firm answered."""
        when = f"，希望改到{self.wanted_on}" if self.wanted_on else ""
        return f"{self.enterprise}{self.answer}{when}" + (f"：{self.note}" if self.note else "") + "。"


@dataclass(frozen=True, kw_only=True)
class PlanMoved(Announced):
    """The office set another day for an announced visit."""

    kind: ClassVar[str] = "planned_visit.moved"
    verb: ClassVar[str] = "走访改期"
    enterprise: str
    old_on: str
    new_on: str
    hours: str

    def sentence(self) -> str:
        """Give both days."""
        return f"到{self.enterprise}的走访由{self.old_on}改到{self.new_on}{self.hours}。"


@dataclass(frozen=True, kw_only=True)
class PlanCancelled(Announced):
    """The office will not come."""

    kind: ClassVar[str] = "planned_visit.cancelled"
    verb: ClassVar[str] = "取消走访"
    enterprise: str
    on: str
    reason: str

    def sentence(self) -> str:
        """Say which visit, and why."""
        return f"取消{self.on}到{self.enterprise}的走访：{self.reason}。"


@dataclass(frozen=True, kw_only=True)
class InspectionRegistered(Fact):
    """That an authority made an 行政检查 was noted: its number, nothing of its content."""

    kind: ClassVar[str] = "inspection.registered"
    verb: ClassVar[str] = "行政检查登记"
    enterprise: str
    authority: str
    item: str
    number: str
    on: str

    def sentence(self) -> str:
        """Say who checked what, when, under which number."""
        return f"登记：{self.authority}于{self.on}对{self.enterprise}开展行政检查（{self.item}），检查码或文书号{self.number}。"


@dataclass(frozen=True, kw_only=True)
class InspectionStruck(Fact):
    """A reference was entered by mistake."""

    kind: ClassVar[str] = "inspection.struck"
    verb: ClassVar[str] = "行政检查登记作废"
    number: str
    reason: str

    def sentence(self) -> str:
        """Say which, and why."""
        return f"{self.number}的行政检查登记作废：{self.reason}。"
