"""What the ledger is told about grids, officers and ties. All of it stands under the community's two lists."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OnLists(Fact):
    """A change of one community's lists. `stands_in`: the hub acted because the community has no head."""

    community: str
    stands_in: bool = False

    def sentence(self) -> str:
        """Say what changed, and that the hub stood in where it did."""
        return self.what() + ("（该村（社区）暂无负责人，由中转站代办）" if self.stands_in else "") + "。"

    def what(self) -> str:
        """Return the change as a 中文 clause without a full stop."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class GridAdded(OnLists):
    """A grid was set up."""

    kind: ClassVar[str] = "grid.added"
    verb: ClassVar[str] = "设网格"
    grid_id: int
    grid: str

    def what(self) -> str:
        """Name the grid."""
        return f"{self.community}设立网格“{self.grid}”"


@dataclass(frozen=True, kw_only=True)
class GridRenamed(OnLists):
    """A grid has a new name."""

    kind: ClassVar[str] = "grid.renamed"
    verb: ClassVar[str] = "网格更名"
    grid_id: int
    grid: str
    old_name: str

    def what(self) -> str:
        """Give both names."""
        return f"{self.community}网格“{self.old_name}”更名为“{self.grid}”"


@dataclass(frozen=True, kw_only=True)
class GridClosed(OnLists):
    """A grid is no longer used; its history stays."""

    kind: ClassVar[str] = "grid.closed"
    verb: ClassVar[str] = "撤网格"
    grid_id: int
    grid: str
    reason: str

    def what(self) -> str:
        """Name the grid and why."""
        return f"{self.community}撤销网格“{self.grid}”：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class _OnOfficer(OnLists):
    officer_id: int
    officer: str


@dataclass(frozen=True, kw_only=True)
class OfficerNamed(_OnOfficer):
    """Somebody was put on the roster of officers. Never carries the phone number."""

    kind: ClassVar[str] = "officer.named"
    verb: ClassVar[str] = "定网格员"
    title: str
    is_full_time: bool
    grids: tuple[str, ...]
    starts_on: str

    def what(self) -> str:
        """Say who, how, where, since when."""
        how = "专职" if self.is_full_time else "兼职"
        where = f"，负责{'、'.join(self.grids)}" if self.grids else ""
        return f"{self.community}明确{self.officer}为{how}网格员{where}，自{self.starts_on}起"


@dataclass(frozen=True, kw_only=True)
class OfficerEdited(_OnOfficer):
    """What the roster says of an officer was changed; `changed` names the fields, never the phone numbers."""

    kind: ClassVar[str] = "officer.edited"
    verb: ClassVar[str] = "改名册"
    changed: tuple[str, ...]

    def what(self) -> str:
        """Say whose, and which fields."""
        return f"{self.community}更新网格员{self.officer}的{'、'.join(self.changed)}"


@dataclass(frozen=True, kw_only=True)
class OfficerPlaced(_OnOfficer):
    """An officer serves another grid from a day on."""

    kind: ClassVar[str] = "officer.placed"
    verb: ClassVar[str] = "编入网格"
    grid_id: int
    grid: str
    starts_on: str

    def what(self) -> str:
        """Say who, where, since when."""
        return f"{self.community}网格员{self.officer}自{self.starts_on}起负责网格“{self.grid}”"


@dataclass(frozen=True, kw_only=True)
class OfficerTakenOut(_OnOfficer):
    """An officer no longer serves a grid."""

    kind: ClassVar[str] = "officer.taken_out"
    verb: ClassVar[str] = "移出网格"
    grid_id: int
    grid: str
    ends_on: str

    def what(self) -> str:
        """Say who, where, until when."""
        return f"{self.community}网格员{self.officer}负责网格“{self.grid}”至{self.ends_on}"


@dataclass(frozen=True, kw_only=True)
class OfficerEnded(_OnOfficer):
    """An officer leaves the roster."""

    kind: ClassVar[str] = "officer.ended"
    verb: ClassVar[str] = "网格员离任"
    ends_on: str
    reason: str

    def what(self) -> str:
        """Say who, until when, why."""
        return f"{self.community}网格员{self.officer}任至{self.ends_on}：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class PhonesRevealed(OnLists):
    """Somebody was shown full phone numbers of officers."""

    kind: ClassVar[str] = "officer.phones_revealed"
    verb: ClassVar[str] = "查看完整电话"
    officers: tuple[str, ...]
    purpose: str

    def what(self) -> str:
        """Say whose and what for."""
        return f"查看{self.community}网格员{'、'.join(self.officers)}的完整电话：{self.purpose}"


@dataclass(frozen=True, kw_only=True)
class Tied(OnLists):
    """An enterprise got an officer in a rank it had none in."""

    kind: ClassVar[str] = "liaison.tied"
    verb: ClassVar[str] = "定联系人"
    enterprise_id: int
    enterprise: str
    officer_id: int
    officer: str
    rank: str
    rank_label: str
    grid: str
    starts_on: str
    reason: str = ""

    def what(self) -> str:
        """Say which enterprise, who, in which rank and grid, since when."""
        why = f"：{self.reason}" if self.reason else ""
        return f"{self.enterprise}由{self.officer}（{self.grid}）担任{self.rank_label}网格员，自{self.starts_on}起{why}"


@dataclass(frozen=True, kw_only=True)
class ManyTied(OnLists):
    """Enterprises without a lead got one, all the same; `enterprises` holds (id, name, grid) of each."""

    kind: ClassVar[str] = "liaison.many_tied"
    verb: ClassVar[str] = "定联系人"
    officer_id: int
    officer: str
    starts_on: str
    enterprises: tuple[tuple[int, str, str], ...]

    def what(self) -> str:
        """Say how many, who, since when; name up to three."""
        named = "、".join(name for _, name, _ in self.enterprises[:3])
        which = named if len(self.enterprises) <= 3 else f"{named}等{len(self.enterprises)}家企业"
        return f"{which}由{self.officer}担任主责网格员，自{self.starts_on}起"


@dataclass(frozen=True, kw_only=True)
class HandedOver(OnLists):
    """Enterprises go to another lead officer from a day on; `enterprises` holds one line for each."""

    kind: ClassVar[str] = "liaison.handed_over"
    verb: ClassVar[str] = "交接"
    to_officer_id: int
    to_officer: str
    effective_on: str
    reason: str
    enterprises: tuple["EnterpriseHandedOver", ...]
    no_longer_deputy_of: tuple[int, ...] = ()

    def what(self) -> str:
        """Say how many, from whom, to whom, from when, why; name up to three."""
        named = "、".join(firm.enterprise for firm in self.enterprises[:3])
        firms = named if len(self.enterprises) <= 3 else f"{named}等{len(self.enterprises)}家企业"
        givers = "、".join(dict.fromkeys(firm.from_officer for firm in self.enterprises))
        return f"{firms}自{self.effective_on}起由{givers}交接给{self.to_officer}联系：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class EnterpriseHandedOver:
    """One enterprise of a hand-over. `planned_before`: a later change that no longer comes into force."""

    enterprise_id: int
    enterprise: str
    from_officer_id: int
    from_officer: str
    grid: str
    planned_before: str = ""


@dataclass(frozen=True, kw_only=True)
class Released(OnLists):
    """An enterprise has no officer of a rank from a day on."""

    kind: ClassVar[str] = "liaison.released"
    verb: ClassVar[str] = "解除联系"
    enterprise_id: int
    enterprise: str
    officer_id: int
    officer: str
    rank: str
    rank_label: str
    effective_on: str
    reason: str

    def what(self) -> str:
        """Say which enterprise, who, from when, why."""
        return f"{self.officer}自{self.effective_on}起不再担任{self.enterprise}的{self.rank_label}网格员：{self.reason}"


@dataclass(frozen=True, kw_only=True)
class ListsConfirmed(OnLists):
    """The community declared both lists right; the counts are those of that moment."""

    kind: ClassVar[str] = "lists.confirmed"
    verb: ClassVar[str] = "名单确认"
    year: int
    officers: int
    enterprises: int
    gaps: int

    def what(self) -> str:
        """Give year and counts."""
        left = f"，尚有{self.gaps}处缺口" if self.gaps else "，无缺口"
        return f"{self.community}确认{self.year}年两张名单：网格员{self.officers}名、企业{self.enterprises}家{left}"
