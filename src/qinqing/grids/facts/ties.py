"""What happened between officers and enterprises, and to the lists as a whole."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.grids.facts.base import OnLists


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

    def officers_told(self) -> tuple[int, ...]:
        """Return the new officer."""
        return (self.officer_id,)

    def firms_told(self) -> tuple[int, ...]:
        """Return the enterprise."""
        return (self.enterprise_id,)

    def to_firm(self) -> str:
        """Name the officer and the day."""
        return f"自{self.starts_on}起，{self.officer}担任贵企业的{self.rank_label}网格员。"


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

    def officers_told(self) -> tuple[int, ...]:
        """Return the new officer."""
        return (self.officer_id,)

    def firms_told(self) -> tuple[int, ...]:
        """Return the enterprises."""
        return tuple(pk for pk, _, _ in self.enterprises)

    def to_firm(self) -> str:
        """Name the officer and the day."""
        return f"自{self.starts_on}起，{self.officer}担任贵企业的主责网格员。"


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

    def officers_told(self) -> tuple[int, ...]:
        """Return who takes over, then who gives."""
        return tuple(dict.fromkeys((self.to_officer_id, *(firm.from_officer_id for firm in self.enterprises))))

    def firms_told(self) -> tuple[int, ...]:
        """Return the enterprises."""
        return tuple(firm.enterprise_id for firm in self.enterprises)

    def to_firm(self) -> str:
        """Name the new officer and the day."""
        return f"自{self.effective_on}起，贵企业的主责网格员改为{self.to_officer}。"


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

    def officers_told(self) -> tuple[int, ...]:
        """Return the officer."""
        return (self.officer_id,)

    def firms_told(self) -> tuple[int, ...]:
        """Return the enterprise."""
        return (self.enterprise_id,)

    def to_firm(self) -> str:
        """Name the officer and the day."""
        return f"自{self.effective_on}起，{self.officer}不再担任贵企业的{self.rank_label}网格员。"


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
