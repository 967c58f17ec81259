"""The form of a fact: what an action tells the ledger."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that happened, past tense. Subclasses add the typed facts and the 中文 sentence kept with the entry.

    `kind` is stable for ever ("case.forwarded"); a retired kind stays listed with a comment.
    `verb` is the plan's own word for it (转办), shown as the entry's heading.
    """

    kind: ClassVar[str]
    verb: ClassVar[str]

    def sentence(self) -> str:
        """Return the 中文 sentence stored with the entry, complete without looking anything up later."""
        raise NotImplementedError  # every fact says it in its own words; tests/repo checks

    def payload(self) -> dict[str, Any]:
        """Return the facts as plain JSON values, keys as in the class."""
        return asdict(self)
