"""Until when a hazard is to be put right, and how that is said."""

from datetime import date, timedelta

from qinqing.findings.rules.sight import Sight
from qinqing.findings.words import SAFETY_ONLY, TO_FIX, Level, State
from qinqing.workdays.rules import Lamp
from qinqing.workdays.words import Tone

SOON_DAYS = 3
"""So many days before its deadline a finding turns yellow."""


def default_deadline(level: Level, found_on: date, days: int) -> date | None:
    """Return the deadline of a finding nobody gave one: `days` calendar days; none for 疑似重大, which goes up at once.

    Source: 附2安-(5)b; domain §1.15.
    """
    return None if level in SAFETY_ONLY else found_on + timedelta(days=days)


def lamp(sight: Sight, today: date) -> Lamp:
    """Return the lamp of a finding: colour and words."""
    if sight.state is State.PASSED:
        return Lamp(Tone.CALM, "已销号")
    if sight.state is State.CLAIMED:
        return Lamp(Tone.SOON, "等复查")
    if sight.state not in TO_FIX or sight.deadline is None:
        tone = Tone.LATE if sight.level in SAFETY_ONLY else Tone.SOON
        return Lamp(tone, "请即处置" if sight.level in SAFETY_ONLY else sight.state.label)
    left = (sight.deadline - today).days
    if left < 0:
        return Lamp(Tone.LATE, f"超期{-left}天")
    if left == 0:
        return Lamp(Tone.SOON, "今天到期")
    return Lamp(Tone.SOON if left <= SOON_DAYS else Tone.OK, f"剩{left}天")
