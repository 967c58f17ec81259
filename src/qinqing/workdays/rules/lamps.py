"""The lamp: how much time is left, as colour and words."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.workdays.rules.calendar import Calendar, in_shanghai
from qinqing.workdays.words import Tone


@dataclass(frozen=True, slots=True)
class Lamp:
    """A colour and its words. Answered or closed matters get `Tone.CALM` and words of the caller's."""

    tone: Tone
    words: str


def is_late(at: datetime, due_at: datetime) -> bool:
    """Say whether a moment is past a due moment. Seconds decide: 17:30:00 is in time, 17:30:01 is late.

    In a query, where fractions are stored, the same is `at >= due_at + 1 second`.

    Source: 二(四)-4; 民法典 203.
    """
    return at.replace(microsecond=0) > due_at


def left(now: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Return how many working days are left: those in (today, due day]; negative: those since the due day.

    0 means the due day itself, or that only days off lie between; `is_late` says on which side.
    """
    today, last = in_shanghai(now).date(), in_shanghai(due_at).date()
    return calendar.count(today, last) if today <= last else -calendar.count(last, today)


def lamp(now: datetime, due_at: datetime, calendar: Calendar, soon: int = 2) -> Lamp:
    """Return the lamp of an open matter: 剩 n 个工作日 · 今天 17:30 · 已超期 · 超 n 个工作日.

    Amber from `soon` working days on, red once late.

    Raises:
        Refused, ValueError: a moment that cannot be computed, as `due`.

    Source: 二(四)-2a.
    """
    days = left(now, due_at, calendar)
    if is_late(now, due_at):
        return Lamp(Tone.LATE, f"超 {-days} 个工作日" if days < 0 else "已超期")
    last = in_shanghai(due_at)
    if last.date() == in_shanghai(now).date():
        return Lamp(Tone.SOON, f"今天 {last:%H:%M}")
    if days == 0:
        return Lamp(Tone.SOON, f"{last.month}月{last.day}日 {last:%H:%M}")
    return Lamp(Tone.SOON if days <= soon else Tone.OK, f"剩 {days} 个工作日")
