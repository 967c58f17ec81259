"""How papers write moments, limits and people."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from qinqing.kernel.clock import SHANGHAI

if TYPE_CHECKING:
    from qinqing.cases.models import Task
    from qinqing.cases.reads.sheet import Sheet


def day(moment: datetime) -> str:
    """Return 2026年11月23日: Arabic numbers, no leading zeros. Source: GB/T 9704-2012 7.3.5.4."""
    here = moment.astimezone(SHANGHAI)
    return f"{here.year}年{here.month}月{here.day}日"


def date_of(on: date | None) -> str:
    """Return a date as `day` does, "" for none."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def moment(at: datetime | None) -> str:
    """Return 2026年11月23日 17:30, "" for none."""
    return f"{day(at)} {at.astimezone(SHANGHAI):%H:%M}" if at else ""


def limit(sheet: "Sheet") -> str:
    """Return the limit in force as working days and date, and whether it is 暂定."""
    case = sheet.case
    days = sheet.terms.elapsed(case.clock_at, case.due_at)
    mark = "（暂定）" if case.due_provisional else ""
    return f"{days}个工作日，{moment(case.due_at)}前反馈企业{mark}"


def used(sheet: "Sheet") -> str:
    """Return how many working days the answer took."""
    case = sheet.case
    if case.answered_at is None:
        return ""
    late = "，超期" if case.answered_at > case.due_at else "，按时"
    return f"{sheet.terms.elapsed(case.clock_at, case.answered_at)}个工作日{late}"


def overdue(sheet: "Sheet", at: datetime) -> str:
    """Say how a case stood against its limit at a moment."""
    case = sheet.case
    if at <= case.due_at:
        return f"{moment(case.due_at)}到期"
    return f"已超期{max(sheet.terms.elapsed(case.due_at, at), 1)}个工作日"


def signed(task: "Task") -> str:
    """Return who signed for a task, "" while nobody has."""
    return str(task.handler.name) if task.signed_at and task.handler else ""
