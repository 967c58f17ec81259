"""What the ledger is told about checklists."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class _OnVersion(Fact):
    """Something happened to one version; its digest proves later what it said."""

    code: str
    title: str
    number: int
    is_draft_text: bool
    sha256: str

    def named(self) -> str:
        """Return list and version in words, 草案 where it is one."""
        mark = "（草案）" if self.is_draft_text else ""
        return f"清单 {self.code}《{self.title}》{mark}第{self.number}版"


@dataclass(frozen=True, kw_only=True)
class VersionPrepared(_OnVersion):
    """A version was taken in and waits to be published; an earlier one that waited is gone."""

    kind: ClassVar[str] = "checklist.prepared"
    verb: ClassVar[str] = "导入清单"
    items: int
    source: str
    changes: str
    replaced: bool = False

    def sentence(self) -> str:
        """Say which, how many items, and what is different from the version in use."""
        where = f"，来源：{self.source}" if self.source else ""
        said = f"，与使用中的版本相比：{self.changes}" if self.changes else ""
        before = "，替换原来待发布的" if self.replaced else ""
        return f"导入{self.named()}，共{self.items}项{where}{said}{before}，待发布。"


@dataclass(frozen=True, kw_only=True)
class VersionPublished(_OnVersion):
    """A version came into use; the one before it is retired in the same press."""

    kind: ClassVar[str] = "checklist.published"
    verb: ClassVar[str] = "发布清单"
    items: int
    effective_from: str
    retires: int = 0

    def sentence(self) -> str:
        """Say which, since when, and what it replaces."""
        after = f"，第{self.retires}版停用" if self.retires else ""
        return f"发布{self.named()}，共{self.items}项，自{self.effective_from}起使用{after}。"


@dataclass(frozen=True, kw_only=True)
class VersionRetired(_OnVersion):
    """A version is no longer used and none takes its place."""

    kind: ClassVar[str] = "checklist.retired"
    verb: ClassVar[str] = "停用清单"
    effective_to: str
    reason: str

    def sentence(self) -> str:
        """Say which, since when, why."""
        return f"停用{self.named()}，自{self.effective_to}起不再使用：{self.reason}。"


@dataclass(frozen=True, kw_only=True)
class DraftDropped(_OnVersion):
    """A version that waited to be published was thrown away."""

    kind: ClassVar[str] = "checklist.dropped"
    verb: ClassVar[str] = "放弃导入"

    def sentence(self) -> str:
        """Say which."""
        return f"放弃待发布的{self.named()}。"


@dataclass(frozen=True, kw_only=True)
class ListsSettled(Fact):
    """The lists of the plan were set up; those without a text of the town's own got the system's draft."""

    kind: ClassVar[str] = "checklist.settled"
    verb: ClassVar[str] = "装入清单草案"
    codes: tuple[str, ...]
    sha256s: tuple[str, ...]

    def sentence(self) -> str:
        """Name them."""
        return f"装入巡查清单草案：{'、'.join(self.codes)}，待镇里正式文本替换。"
