"""When a notice leaves the house: at once, after the night, or in the morning letter. Pure.

Source: domain §10; 三要(四)-1.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from qinqing.notices.words import Pace
from qinqing.workdays.rules.calendar import in_shanghai


def leaves_at(pace: Pace, at: datetime, *, quiet_from: time, quiet_to: time, digest_at: time) -> datetime:
    """Return when a notice told at this moment is sent outside the system.

    Urgent ones at once, at any hour; prompt ones at once, in the quiet hours when they end; all others with the next
    morning's letter.
    """
    here = in_shanghai(at)
    if pace is Pace.URGENT:
        return here
    if pace is Pace.PROMPT:
        return _next(here, quiet_to) if is_quiet(here.time(), quiet_from, quiet_to) else here
    return _next(here, digest_at)


def is_quiet(moment: time, quiet_from: time, quiet_to: time) -> bool:
    """Say whether a time of day lies in the quiet hours; they may run over midnight, and end with `quiet_to` itself."""
    if quiet_from <= quiet_to:
        return quiet_from <= moment < quiet_to
    return moment >= quiet_from or moment < quiet_to


def retry_after(tries: int) -> timedelta:
    """Return how long to wait after the n-th failure: 5 minutes, then 25."""
    return timedelta(minutes=5**tries)


def hears(account: int, deputies: Mapping[int, int]) -> int:
    """Return who hears in a person's stead: his deputy, or the deputy's where he is away too; himself where it goes round."""
    seen = {account}
    now = account
    while now in deputies:
        now = deputies[now]
        if now in seen:
            return account
        seen.add(now)
    return now


def _next(at: datetime, clock: time) -> datetime:
    today = at.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return today if at <= today else today + timedelta(days=1)
