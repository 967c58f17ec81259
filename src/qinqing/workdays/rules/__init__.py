"""The law's arithmetic of days, pure: callers write `from qinqing.workdays import rules` and `rules.due(…)`."""

from qinqing.workdays.rules.arrangements import Arrangement, arrangements
from qinqing.workdays.rules.calendar import LONGEST_DAYS, Calendar, add_hours
from qinqing.workdays.rules.deadlines import Day, Due, due, due_at, elapsed, is_provisional, keep_promise
from qinqing.workdays.rules.explain import weekday
from qinqing.workdays.rules.hours import DEFAULT_HOURS, OfficeHours, Season, hours_from
from qinqing.workdays.rules.lamps import Lamp, is_late, lamp, left
from qinqing.workdays.rules.notice import (
    BIGGEST_FILE,
    LONGEST_TEXT,
    Change,
    Notice,
    NoticeDay,
    decode,
    missing_years,
    read_notice,
)
from qinqing.workdays.rules.statutory import knows_lunar_days, statutory_days

__all__ = [
    "BIGGEST_FILE",
    "DEFAULT_HOURS",
    "LONGEST_DAYS",
    "LONGEST_TEXT",
    "Arrangement",
    "Calendar",
    "Change",
    "Day",
    "Due",
    "Lamp",
    "Notice",
    "NoticeDay",
    "OfficeHours",
    "Season",
    "add_hours",
    "arrangements",
    "decode",
    "due",
    "due_at",
    "elapsed",
    "hours_from",
    "is_late",
    "is_provisional",
    "keep_promise",
    "knows_lunar_days",
    "lamp",
    "left",
    "missing_years",
    "read_notice",
    "statutory_days",
    "weekday",
]
