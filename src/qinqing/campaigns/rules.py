"""What a campaign may be, and how it stands. Pure."""

from datetime import date

from qinqing.campaigns.words import Stand
from qinqing.kernel.errors import Refused

LONGEST_DAYS = 366
MOST_FIRMS = 5000


def check_period(starts_on: date, ends_on: date, today: date) -> None:
    """Let pass only a period that can still be worked in.

    Raises:
        Refused: it ends before it begins, is over, or is longer than a year.
    """
    if ends_on < starts_on:
        raise Refused("ends_before_start", "结束日期不能早于开始日期。", field="ends_on")
    if ends_on < today:
        raise Refused("period_over", "结束日期已经过了，请改成今天或以后。", field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise Refused("period_too_long", "一次专项行动最长一年，请分期开展。", field="ends_on")


def stand_of(starts_on: date, ends_on: date, today: date, *, is_closed: bool) -> Stand:
    """Say how a campaign stands on a day."""
    if is_closed:
        return Stand.CLOSED
    if today < starts_on:
        return Stand.COMING
    return Stand.RUNNING if today <= ends_on else Stand.OVER
