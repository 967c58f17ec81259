"""A year of the calendar: every day and how it counts, which notice says so, which limits wait for one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import redating
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.people.rights import Right, may
from qinqing.people.words import Role
from qinqing.plan import reads as plans
from qinqing.web import asked, forms, respond
from qinqing.web.gate import Request, screen
from qinqing.web.shell import WORKING
from qinqing.web.templatetags.parts import Tab
from qinqing.workdays import reads, rules
from qinqing.workdays.reads import Confirmation
from qinqing.workdays.words import Policy

READERS = WORKING | {Role.SYSTEM_ADMIN}
"""Everybody who works by the calendar, and who keeps the system."""
MOST_WAITING = 50


@dataclass(frozen=True)
class YearLine:
    """One year and what stands behind it."""

    year: int
    notice: Confirmation | None
    is_missing: bool
    is_here: bool

    @property
    def url(self) -> str:
        """Return the address of this year's page."""
        return f"{reverse('calendar')}?year={self.year}"


class DueForm(forms.Form):
    """What to count: for trying out, nothing is kept."""

    moment = forms.Moment("收到时间")
    days = forms.Whole("工作日数", low=1, high=rules.LONGEST_DAYS)


@screen(roles=READERS)
def calendar(request: Request) -> HttpResponse:
    """Show a year day by day; below it the open cases whose limit is 暂定, as far as the reader may see them."""
    by, now = request.actor, clock.now()
    notices = {one.year: one for one in reads.confirmations()}
    years = sorted({*notices, now.year, now.year + 1})
    year = asked.number(request, "year", now.year)
    year = year if year in years else now.year
    hours, policy = _terms(by.book)
    known = reads.calendar(hours)
    missing = rules.missing_years(notices, now.date())
    months = reads.months(year)
    waiting = redating.waiting(by, now, limit=MOST_WAITING + 1)
    form = DueForm(request.GET if "moment" in request.GET else None, initial={"moment": now, "days": 5})
    asked_for = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {
        "tabs": [Tab("方案", reverse("plan")), Tab("工作日历", reverse("calendar"), is_on=True)],
        "year": year,
        "lines": [YearLine(one, notices.get(one), one in missing, one == year) for one in reversed(years)],
        "notice": notices.get(year),
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "arrangements": rules.arrangements(known, year),
        "today": now.date(),
        "policy": policy,
        "seasons": hours.seasons,
        "waiting": waiting[:MOST_WAITING],
        "is_cut": len(waiting) > MOST_WAITING,
        "form": form,
        "due": respond.tried(form, lambda: rules.due(asked_for["moment"], asked_for["days"], known, policy)),
        "may_edit": may(by.post, Right.EDIT_CALENDAR),
    }
    return respond.screen(request, "calendar/year.html", context, status=200)


def _terms(book: str) -> tuple[rules.OfficeHours, Policy]:
    """Return the town's office hours and its reading of 收到; the usual ones where there is no plan yet."""
    try:
        plan = plans.current(book)
    except NotFound:
        return rules.DEFAULT_HOURS, Policy.A
    return rules.hours_from(plan.office_hours), Policy.of(plan.deadline_policy)
