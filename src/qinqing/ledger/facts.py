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


ANNOUNCED: dict[str, type["Announced"]] = {}


@dataclass(frozen=True, kw_only=True)
class Announced(Fact):
    """A fact that people are told of, of a noun other than the case: it says itself whom it concerns.

    Attributes:
        about: what a press on the notice opens, kind and key: "alert:12", "accident:<uuid>". "" opens nothing.
        title: the notice's heading goes on with it.
        office_ids, account_ids, enterprise_ids: whom it concerns; who of them is told is the routes' business.
        to_enterprise: what the firms themselves are told instead of the sentence, where that names other firms or speaks
            of inner matters.
    """

    about: str = ""
    title: str = ""
    office_ids: tuple[int, ...] = ()
    account_ids: tuple[int, ...] = ()
    enterprise_ids: tuple[int, ...] = ()
    to_enterprise: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class in the catalogue of kinds; two facts of one kind are a mistake."""
        super().__init_subclass__(**kwargs)
        if "kind" not in cls.__dict__:
            return  # a form that several facts share
        if cls.kind in ANNOUNCED and ANNOUNCED[cls.kind].__qualname__ != cls.__qualname__:
            raise TypeError(f"two facts of kind {cls.kind}")
        ANNOUNCED[cls.kind] = cls
