"""What happened to grids and to the roster of officers."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.grids.facts.base import OnLists


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

    def officers_told(self) -> tuple[int, ...]:
        """Return the officer."""
        return (self.officer_id,)


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
