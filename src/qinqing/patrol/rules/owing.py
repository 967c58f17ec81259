"""What is owed to a firm on a day, read off the plan: lists by class and trait, more in special periods, meetings.

Self-monitoring and 执行报告 are kept with the environment, look-backs of 两违 with the cases: they are shown, not doubled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qinqing.checklists.rules.needed import sources
from qinqing.patrol.rules.periods import Span, quarter_of, span_of, year_of
from qinqing.patrol.words import DutyKind

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan

MEETING_TITLE = "企业例会"


@dataclass(frozen=True, slots=True)
class Firm:
    """What the plan asks about a firm."""

    id: int
    scale: str
    is_key: bool
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """One duty that the plan lays down for one firm."""

    kind: DutyKind
    code: str
    title: str
    clause: str
    span: Span
    need: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what tells it from the firm's other duties."""
        return (self.kind.value, self.code, self.span.code)


def wanted(firm: Firm, plan: "Plan", day: date) -> list[Want]:
    """Return every duty of the stretches of time a day lies in, and of the special periods of its quarter.

    Source: 附2安-(3)a, 附2安-(3)b, 附2安-(3)c, 附2安-(3)d, 附2安-(4)a, 附2违-(1)a, 附3房-(1).
    """
    found = [*_lists(firm, plan, day), *_more(firm, plan, day), *_meetings(plan, day)]
    return list({want.key: want for want in found}.values())


def _lists(firm: Firm, plan: "Plan", day: date) -> Iterable[Want]:
    for row in sources(plan, scale=firm.scale, is_key=firm.is_key, traits=firm.traits):
        span = span_of(row.period, day)
        for code in row.checklists:
            yield Want(DutyKind.CHECKLIST, code, _title(plan, code), row.frequency_clause, span, row.times)


def _more(firm: Firm, plan: "Plan", day: date) -> Iterable[Want]:
    quarter = quarter_of(day)
    for period, first, last in plan.special_periods_between(quarter.starts_on, quarter.due_on):
        span = Span(f"{period.code}-{first.isoformat()}", period.name, first, last)
        for one in plan.checklist_sets:
            if one.fits(firm.scale, firm.is_key) and (not period.sets or one.code in period.sets):
                for code in one.checklists:
                    yield Want(DutyKind.PERIOD, code, _title(plan, code), period.clause, span, period.extra)


def _meetings(plan: "Plan", day: date) -> Iterable[Want]:
    meetings = plan.patrol.meetings_per_year
    if meetings.value:
        yield Want(DutyKind.MEETING, "", MEETING_TITLE, meetings.clause, year_of(day), meetings.value)


def _title(plan: "Plan", code: str) -> str:
    found = plan.checklist(code)
    return found.short if found else code
