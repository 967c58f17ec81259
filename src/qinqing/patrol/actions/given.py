"""Text and days as people type them into the forms of the patrol, made fit to store."""

from datetime import date, timedelta

from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean

FURTHEST_AHEAD_DAYS = 366


def needed(raw: str, *, field: str, label: str, limit: int = 200) -> str:
    """Return text that must be there, on one line.

    Raises:
        Refused: nothing written, or too much.
    """
    words = optional(raw, field=field, label=label, limit=limit)
    if not words:
        raise Refused(f"{field}_missing", f"请写明{label}。", field=field)
    return words


def optional(raw: str, *, field: str, label: str, limit: int = 200) -> str:
    """Return text that may be missing, on one line.

    Raises:
        Refused: too long.
    """
    words = " ".join(clean(raw).split())
    if len(words) > limit:
        raise Refused(f"{field}_too_long", f"{label}最多{limit}个字，现有{len(words)}个字。", field=field)
    return words


def ahead(on: date, *, today: date, field: str = "on") -> date:
    """Return a day from today to a year ahead.

    Raises:
        Refused: it is past, or too far ahead.
    """
    if on < today:
        raise Refused("day_is_past", "日期已经过了，请选今天或以后的日期。", field=field)
    if on > today + timedelta(days=FURTHEST_AHEAD_DAYS):
        raise Refused("day_too_far", "日期最多提前一年，请核对年份。", field=field)
    return on


def not_ahead(on: date, *, today: date, field: str = "on") -> date:
    """Return a day up to today, no more than three years back.

    Raises:
        Refused: it is still to come, or long past.
    """
    if on > today:
        raise Refused("day_is_ahead", "日期还没有到，请核对。", field=field)
    if on < today - timedelta(days=3 * 366):
        raise Refused("day_too_old", "日期太早了，请核对年份。", field=field)
    return on
