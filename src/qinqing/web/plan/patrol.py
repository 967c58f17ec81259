"""The field's part of the plan as an official reads it: how often, when more, when not, and what officers choose from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from qinqing.kernel import clock
from qinqing.plan.field_spec import QuietDays, SpecialPeriod
from qinqing.plan.spec import Plan


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A stretch of days in words."""

    name: str
    days: str
    also: str
    clause: str
    is_provisional: bool


def shown(plan: Plan) -> dict[str, Any]:
    """Return what the page shows besides the numbers."""
    today = clock.now().date()
    return {
        "periods": [_period(one, plan, today) for one in plan.special_periods],
        "quiet": [_quiet(one, plan, today) for one in plan.quiet_days],
        "natures": plan.visit_natures,
        "exceptions": plan.quiet_exceptions,
        "lists": [
            ("例会议题", plan.meeting_topics),
            ("事故种类", plan.accident_kinds),
            ("预警与管控", plan.alert_levels),
        ],
        "phones": plan.emergency_phones,
        "phrases": plan.advice_phrases,
        "monitoring_from": plan.patrol.self_monitoring_from,
    }


def _period(one: SpecialPeriod, plan: Plan, today: date) -> WindowLine:
    names = {row.code: row.name for row in plan.checklist_sets}
    who = "、".join(names[code] for code in one.sets) or "各类企业"
    return WindowLine(one.name, _days(one, today), f"{who}另加{one.extra}次", one.clause, one.provisional)


def _quiet(one: QuietDays, plan: Plan, today: date) -> WindowLine:
    days = f"每月{one.month_from}日至{one.month_to}日" if one.month_from else _days(one, today)
    parks = {park.code: park.name for park in plan.parks}
    return WindowLine(
        one.name, days, "、".join(parks[code] for code in one.parks) or "全镇", one.clause, one.provisional
    )


def _days(one: SpecialPeriod | QuietDays, today: date) -> str:
    """Return the stretch that is running or comes next, with its year, since many move from year to year."""
    for year in (today.year - 1, today.year, today.year + 1):
        found = one.window(year)
        if found and found[1] >= today:
            return f"{found[0]:%Y-%m-%d} 至 {found[1]:%m-%d}"
    return "近期没有"
