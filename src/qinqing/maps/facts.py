"""What the ledger is told of the map."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MapImported(Fact):
    """The outlines of the town's places were taken in."""

    kind: ClassVar[str] = "maps.imported"
    verb: ClassVar[str] = "导入地图"
    communities: int
    parks: int
    digest: str

    def sentence(self) -> str:
        """Say how many outlines it has."""
        return f"导入村（社区）边界{self.communities}个、园区边界{self.parks}个"
