"""Words of the calendar: how a day counts, how late a matter is."""

from typing import NoReturn

from qinqing.kernel.choices import Words


def _no_policy(code: str) -> NoReturn:
    raise ValueError(f"没有“{code}”这种计算口径，只有 A 和 B")


class Policy(Words):
    """What is the day of receipt when something arrives outside office hours."""

    A = "A", "提交当天为收到日，不论几点、是否上班"
    B = "B", "休息日或下班后提交的，视为下一工作日收到"

    @classmethod
    def of(cls, code: str) -> "Policy":
        """Return the policy with this code.

        Raises:
            ValueError: there is no such policy.
        """
        return {member.value: member for member in cls}.get(code) or _no_policy(code)


class Mark(Words):
    """What a State Council notice says of a day."""

    REST = "rest", "放假"
    WORK = "work", "上班"


class DayKind(Words):
    """How one day counts."""

    WORK = "work", "工作日"
    MAKEUP = "makeup", "调休上班"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "放假"

    @property
    def is_work(self) -> bool:
        """Say whether the day counts."""
        return self in (DayKind.WORK, DayKind.MAKEUP)


class Tone(Words):
    """The colour of a lamp; it never stands without its words."""

    OK = "ok", "正常"
    SOON = "soon", "将到期"
    LATE = "late", "超期"
    CALM = "calm", "无需赶"
