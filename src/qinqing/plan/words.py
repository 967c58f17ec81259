"""Words of the plan: the ways a topic usually goes, the units of its limits, how the day of receipt counts."""

from qinqing.kernel.choices import Words


class DefaultRoute(Words):
    """The way a topic usually takes; the hub may choose another for a single case."""

    COMMUNITY = "community", "交办村（社区）"
    DEPARTMENT = "department", "转办部门"
    CONSULTATION = "consultation", "协调会商"
    UPWARD = "upward", "转办部门后上报上级"


class LimitUnit(Words):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days", "个工作日"
    WORKING_HOURS = "working_hours", "个工作小时"
    CALENDAR_DAYS = "calendar_days", "天"
    HOURS = "hours", "小时"
    TIMES = "times", "次"


class Period(Words):
    """The stretch of the calendar within which something falls due."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"


class DeadlinePolicy(Words):
    """How a matter received out of hours counts."""

    A = "A", "收到当日不计入，下一个工作日为第1日"
    B = "B", "下班后或休息日收到的，视为下一工作日收到"


COMMUNITY = "community"
"""A topic with this instead of an office's code belongs to the community where the enterprise stands (属地)."""
