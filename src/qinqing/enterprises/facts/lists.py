"""What came in many at once: lists of firms, the plan's parks."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ImportPrepared(Fact):
    """A list of firms was uploaded and judged; nothing was written."""

    kind: ClassVar[str] = "enterprise.import_prepared"
    verb: ClassVar[str] = "预检名单"
    filename: str
    digest: str
    read: int
    created: int
    updated: int
    unchanged: int
    unassigned: int
    rejected_rows: int

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return (
            f"上传企业名单《{self.filename}》{self.read}行待确认：可新增{self.created}户、更新{self.updated}户，"
            f"有错{self.rejected_rows}行。"
        )


@dataclass(frozen=True, kw_only=True)
class ImportDropped(Fact):
    """An uploaded list was let go; nothing was written and the upload was deleted."""

    kind: ClassVar[str] = "enterprise.import_dropped"
    verb: ClassVar[str] = "放弃导入"
    filename: str
    digest: str

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"放弃导入企业名单《{self.filename}》，上传的文件已删除。"


@dataclass(frozen=True, kw_only=True)
class Imported(Fact):
    """A list of firms was imported: one entry for the whole list, with every number it created or changed."""

    kind: ClassVar[str] = "enterprise.imported"
    verb: ClassVar[str] = "导入企业"
    filename: str
    digest: str
    choice: str
    read: int
    created: int
    updated: int
    unassigned: int
    rejected: int
    created_numbers: tuple[str, ...]
    updated_numbers: tuple[str, ...]

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return (
            f"导入企业名单《{self.filename}》{self.read}行：新增{self.created}户（其中待归属{self.unassigned}户），"
            f"更新{self.updated}户，未导入{self.rejected}行。"
        )


@dataclass(frozen=True, kw_only=True)
class ParksInstalled(Fact):
    """The plan's parks were put in."""

    kind: ClassVar[str] = "enterprise.parks_installed"
    verb: ClassVar[str] = "登记园区"
    names: tuple[str, ...]

    def sentence(self) -> str:
        """See `Fact.sentence`."""
        return f"登记园区：{'、'.join(self.names)}。"
