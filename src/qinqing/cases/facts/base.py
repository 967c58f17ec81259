"""The common form of facts about cases."""

from dataclasses import dataclass
from typing import Any, ClassVar

from qinqing.ledger.facts import Fact

KINDS: dict[str, type["CaseFact"]] = {}


@dataclass(frozen=True, kw_only=True)
class CaseFact(Fact):
    """A fact about a case.

    Class attributes:
        public: whether the enterprise sees the sentence (never the note) in its own story of the case.

    Attributes:
        note: inner text people wrote with it, shown to staff under the sentence.
        office_ids: offices it concerns, for those who are told.
        account_ids: people it concerns, for those who are told.
    """

    public: ClassVar[bool] = False
    note: str = ""
    office_ids: tuple[int, ...] = ()
    account_ids: tuple[int, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class in the catalogue of kinds; two facts of one kind are a mistake."""
        super().__init_subclass__(**kwargs)
        if cls.kind in KINDS and KINDS[cls.kind].__qualname__ != cls.__qualname__:
            raise TypeError(f"two facts of kind {cls.kind}")
        KINDS[cls.kind] = cls


def day(stamp: str) -> str:
    """Return an ISO moment or date as people say it: 11月30日 17:30, or 11月30日."""
    text = f"{int(stamp[5:7])}月{int(stamp[8:10])}日"
    return f"{text} {stamp[11:16]}" if len(stamp) > 10 else text
