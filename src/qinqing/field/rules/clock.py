"""A phone's clock: what it said, what that means on ours, and what is odd about it. Raw values are never overwritten."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qinqing.field.words import Mark

MARGIN = timedelta(minutes=10)
"""How far a phone's clock may be off, or have been turned back, before it is said."""
_SLACK = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_MS = 253_402_300_000_000  # year 9999


@dataclass(frozen=True, slots=True)
class Reading:
    """When a record was made.

    Attributes:
        made_at: on our clock, as near as the samples allow; never after it was received.
        wall_at: what the phone's clock said; None where it said nothing of use.
        offset_ms: phone minus ours, None where the phone never had a sample.
        marks: what is odd.
    """

    made_at: datetime
    wall_at: datetime | None
    offset_ms: int | None
    marks: tuple[Mark, ...] = ()


def moment(ms: object) -> datetime | None:
    """Return milliseconds since 1970 as an aware moment; None for what is no such number."""
    if isinstance(ms, bool) or not isinstance(ms, int | float) or not 0 <= ms < _MOST_MS:
        return None
    return _EPOCH + timedelta(milliseconds=int(ms))


def whole(value: object, most: int = 10**15) -> int | None:
    """Return a JSON number as an int within [-most, most]; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        return None
    return int(value)


def read(wall_ms: object, mono_ms: object, offset_ms: object, *, received_at: datetime) -> Reading:
    """Say when a record was made, from what its body says of the phone's clock.

    Args:
        wall_ms: the phone's clock when it was finalized.
        mono_ms: the moment the page opened plus what has elapsed since; a phone asleep lets it fall behind, nothing but a
            clock turned back lets it run ahead.
        offset_ms: phone minus ours at the nearest sample; None if there never was one.
        received_at: by our clock.
    """
    wall = moment(wall_ms)
    if wall is None:
        return Reading(received_at, None, None, (Mark.UNSET,))
    marks: list[Mark] = []
    mono = moment(mono_ms)
    if mono is not None and mono - wall > MARGIN and mono.year > 2000:
        marks.append(Mark.MOVED)
    offset = whole(offset_ms)
    if offset is None:
        marks.append(Mark.UNSET)
        if wall - received_at > _SLACK:
            marks.append(Mark.AHEAD)
        return Reading(min(wall, received_at), wall, None, tuple(marks))
    if abs(timedelta(milliseconds=offset)) > MARGIN:
        marks.append(Mark.SKEW)
    made = wall - timedelta(milliseconds=offset)
    if made - received_at > _SLACK:
        marks.append(Mark.AHEAD)
    return Reading(min(made, received_at), wall, offset, tuple(marks))
