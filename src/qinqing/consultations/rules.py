"""The sittings as pure decisions: which moments clash."""

from datetime import datetime, timedelta

LASTS = timedelta(hours=2)
"""A sitting is taken to last this long where it is held against other appointments; nobody enters an end beforehand."""


def clash(one: datetime, other: datetime) -> bool:
    """Say whether two sittings begin so near to each other that nobody can sit through both."""
    return abs(one - other) < LASTS
