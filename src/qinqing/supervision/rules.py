"""The ladder as pure decisions: who is to be reminded, which rung a matter has reached.

Source: domain §3.5; 三要(三)-1; numbers from the plan's `ladder`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qinqing.cases.words import Ground, UrgeLevel


@dataclass(frozen=True)
class Reached:
    """A rung a matter stands on, why, and that in words."""

    level: UrgeLevel
    ground: Ground
    detail: str


def reminder(days_left: int, thresholds: Sequence[int], *, late: bool) -> int | None:
    """Return the threshold a limit has reached, None for none yet or when it is past: later rungs follow then.

    Args:
        days_left: whole working days left, 0 on the due day.
        thresholds: days left at which the plan reminds; the smallest that holds counts, so that a short limit is told of once.

    Source: 二(二)1-诉求-跟进.
    """
    if late:
        return None
    return min((threshold for threshold in thresholds if days_left <= threshold), default=None)


def overdue(days_late: int, *, urge_from: int, supervise_from: int) -> list[Reached]:
    """Return the rungs an unanswered matter has reached by being late, in working days since the due day."""
    found = []
    if days_late >= urge_from:
        found.append(Reached(UrgeLevel.URGE, Ground.OVERDUE, f"已超期{days_late}个工作日"))
    if days_late >= supervise_from:
        found.append(Reached(UrgeLevel.SUPERVISE, Ground.OVERDUE, f"已超期{days_late}个工作日"))
    return found


def dissatisfied(times: int, *, supervise_from: int) -> list[Reached]:
    """Return the rung a matter has reached by leaving the enterprise dissatisfied again and again."""
    if times < supervise_from:
        return []
    return [Reached(UrgeLevel.SUPERVISE, Ground.DISSATISFIED, f"企业第{times}次不满意")]


def after_level_one(days_since: int, *, again_after: int) -> list[Reached]:
    """Return the rung a matter has reached by staying open long after 督办一级."""
    if days_since <= again_after:
        return []
    detail = f"督办一级发出后{days_since}个工作日仍未办结"
    return [Reached(UrgeLevel.SUPERVISE_AGAIN, Ground.STILL_OPEN, detail)]
