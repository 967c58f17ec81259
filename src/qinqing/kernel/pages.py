"""Places in a list that is read newest first and whose rows are keyed by a UUID: a moment and the key, as one word of an address."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


def place_of(at: datetime, key: UUID) -> str:
    """Return the place of a row, to go on after it."""
    return f"{(at - _BEGAN) // timedelta(microseconds=1)}-{key.hex}"


def open_place(text: str) -> tuple[datetime, UUID] | None:
    """Return what a place says; None for one nobody made."""
    number, _, key = text.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= 17):
        return None
    try:
        return _BEGAN + timedelta(microseconds=int(number)), UUID(hex=key)
    except (ValueError, OverflowError):
        return None
