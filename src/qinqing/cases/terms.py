"""The terms a case runs under: its version of the plan and the calendar, turned into moments."""

from dataclasses import dataclass
from datetime import date, datetime

from qinqing.cases.words import Kind
from qinqing.plan import reads as plans
from qinqing.plan.spec import Plan, ProblemCategory, Topic
from qinqing.workdays import reads as workdays
from qinqing.workdays import rules as days


@dataclass(frozen=True)
class Terms:
    """A plan and a calendar. All moments are aware, Asia/Shanghai; all limits close at the end of office hours."""

    plan: Plan
    calendar: days.Calendar

    @property
    def policy(self) -> str:
        """Return the reading of 收到 in force, "A" or "B"."""
        return self.plan.deadline_policy

    def limit(self, kind: Kind) -> int:
        """Return the working days a new case has. Source: 二(四)-4, 二(四)-2b (暂定)."""
        limits = self.plan.limits
        return limits.demand_close.value if kind is Kind.DEMAND else limits.problem_close.value

    def matters(self, kind: Kind) -> tuple[Topic | ProblemCategory, ...]:
        """Return what a case of this kind may be about: topics of demands, lines of problems."""
        return self.plan.topics_for("demand") if kind is Kind.DEMAND else self.plan.problem_categories

    def matter(self, kind: Kind, code: str) -> Topic | ProblemCategory | None:
        """Return one of them by its code."""
        return next((matter for matter in self.matters(kind) if matter.code == code), None)

    def due(self, start: datetime, working_days: int) -> datetime:
        """Return the last moment of the n-th working day after `start`."""
        return days.due_at(start, working_days, self.calendar, self.policy)

    def is_provisional(self, start: datetime, due_at: datetime) -> bool:
        """Say whether a due moment is 暂定 because a year's notice is missing."""
        return days.is_provisional(start, due_at, self.calendar, self.policy)

    def last_due(self, start: datetime) -> datetime:
        """Return the last moment an extension may reach: the tenth working day in total. Source: 二(四)-5."""
        return self.due(start, self.plan.limits.demand_max.value)

    def explain(self, start: datetime, working_days: int) -> days.Due:
        """Return the due moment with its day-by-day explanation."""
        return days.due(start, working_days, self.calendar, self.policy)

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Return the working days used from `start` to `end`."""
        return days.elapsed(start, end, self.calendar, self.policy)

    def close_of(self, on: date) -> datetime:
        """Return when the office closes on a day (working day or not)."""
        return self.calendar.hours.closes_at(on)

    def extension_days(self, start: datetime, due_at: datetime) -> list[datetime]:
        """Return the moments an extension may choose from: each working day after `due_at` up to the tenth."""
        limits = self.plan.limits
        candidates = (self.due(start, n) for n in range(1, limits.demand_max.value + 1))
        return [moment for moment in candidates if moment > due_at]


def terms_of(plan_version_id: int) -> Terms:
    """Return the terms of a running case: the version it began under."""
    return _terms(plan_version_id, plans.version(plan_version_id))


def current_terms(book: str) -> tuple[int, Terms]:
    """Return (plan version id, terms) for a case that begins now."""
    version_id, plan = plans.current_version(book)
    return version_id, _terms(version_id, plan)


_MOST_KEPT = 200
_kept: dict[int, Terms] = {}
"""The terms of versions this process has met: a page of a hundred thousand lines asks a hundred thousand times."""


def _terms(version_id: int, plan: Plan) -> Terms:
    kept = _kept.get(version_id)
    hours = kept.calendar.hours if kept and kept.plan is plan else days.hours_from(plan.office_hours)
    calendar = workdays.calendar(hours)
    if kept is None or kept.plan is not plan or kept.calendar is not calendar:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = _kept[version_id] = Terms(plan, calendar)
    return kept
