"""One fact before and after."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact before and after, in words."""

    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}由“{self.old or '空'}”改为“{self.new or '空'}”"
