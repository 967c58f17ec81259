"""Enumerations with 中文 labels, in plain Python so that rules may use them."""

from enum import Enum
from typing import Self


class Words(str, Enum):
    """A code value with its 中文 label: `OPEN = "open", "办理中"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Build a member whose value is the code and whose label is for people."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, 中文) pairs in order of definition, for models and forms."""
        return [(str(member.value), member.label) for member in cls]

    @classmethod
    def label_of(cls, value: str) -> str:
        """Return the 中文 of a stored code, or the code itself if it is no longer known."""
        try:
            return cls(value).label
        except ValueError:
            return value
