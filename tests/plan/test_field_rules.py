"""The field's part of the plan: what the town's file says, the days of its periods, and how a wrong one is told."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qinqing.plan import loader, rules
from qinqing.plan.field_spec import HOUSE, QuietDays, SpecialPeriod
from qinqing.plan.spec import Plan
from qinqing.plan.words import LimitUnit
from tests.plan.files import DEMO, MENGHE, raw, refused, toml


@pytest.fixture(scope="module")
def plan() -> Plan:
    return loader.read(MENGHE).plan


class TestNumbers:
    @pytest.mark.clause("附2安-(4)a")
    def test_are_the_plans_or_provisional(self, plan: Plan) -> None:
        said = {key: (limit.value, limit.unit, limit.clause) for key, _, limit in rules.patrol_of(plan)}
        days, times = LimitUnit.CALENDAR_DAYS, LimitUnit.TIMES
        assert said == {
            "late_alert": (15, days, "附2安-(3)b"),
            "late_received": (5, days, "附2安-(3)b"),
            "minor_deadline": (15, days, "附2安-(5)b"),
            "building_remedy": (30, days, "附3房-(2)"),
            "meetings_per_year": (4, times, "附2安-(4)a"),
            "visits_per_month": (2, times, "三要(四)-3"),
            "visits_per_year": (12, times, "三要(四)-3"),
            "joint_window": (10, LimitUnit.WORKING_DAYS, "三要(四)-3"),
            "emission_reply": (2, LimitUnit.HOURS, "附2环-(5)"),
            "self_monitoring": (1, times, "附2环-(6)a"),
        }
        own = {key for key, _, limit in rules.patrol_of(plan) if not limit.editable}
        assert own == {"meetings_per_year"}, "the one number the plan itself gives"
        assert plan.patrol.self_monitoring_from == "10-01"

    def test_of_a_plan_that_says_nothing_are_the_houses(self, plan: Plan) -> None:
        before = raw()
        for key in ("patrol", "checklists", "checklist_sets", "checklist_addons", "special_periods", "quiet_days"):
            del before[key]
        older = loader.parse(toml(before)).plan
        assert older.patrol == HOUSE
        same = {key: limit.value for key, _, limit in rules.patrol_of(plan)}
        assert {key: limit.value for key, _, limit in rules.patrol_of(older)} == same
        assert older.checklist_sets == ()
        assert older.special_periods_between(date(2026, 1, 1), date(2026, 12, 31)) == []


class TestSpecialPeriods:
    def test_of_a_year_in_order(self, plan: Plan) -> None:
        found = plan.special_periods_between(date(2027, 1, 1), date(2027, 12, 31))
        assert [(one.name, first.isoformat(), last.isoformat()) for one, first, last in found] == [
            ("春节前后", "2027-01-22", "2027-02-20"),
            ("全国两会", "2027-03-01", "2027-03-15"),
            ("汛期", "2027-06-10", "2027-07-20"),
            ("高温", "2027-07-21", "2027-08-31"),
            ("国庆前后", "2027-09-20", "2027-10-10"),
        ]

    def test_where_no_year_is_given_the_day_of_the_year_holds(self, plan: Plan) -> None:
        spring = plan.special_periods[0]
        assert spring.window(2026) == (date(2026, 2, 2), date(2026, 3, 3))
        assert spring.window(2035) == (date(2035, 1, 20), date(2035, 2, 25))

    def test_that_touch_the_days_asked_for(self, plan: Plan) -> None:
        codes = [one.code for one, _, _ in plan.special_periods_between(date(2026, 7, 20), date(2026, 7, 21))]
        assert codes == ["flood", "heat"]
        assert plan.special_periods_between(date(2026, 4, 1), date(2026, 5, 1)) == []

    def test_over_new_year(self) -> None:
        winter = SpecialPeriod.model_validate(
            {"code": "w", "name": "冬季", "from": "12-15", "to": "01-20", "clause": "附2安-(3)b"}
        )
        assert winter.window(2026) == (date(2026, 12, 15), date(2027, 1, 20))
        assert [winter.holds(date(2027, 1, day)) for day in (1, 20, 21)] == [True, True, False]
        assert list(winter.between(date(2027, 1, 1), date(2027, 12, 31))) == [
            (date(2026, 12, 15), date(2027, 1, 20)),
            (date(2027, 12, 15), date(2028, 1, 20)),
        ]


class TestQuietDays:
    @pytest.mark.parametrize(("day", "is_quiet"), [(1, True), (3, True), (4, False), (30, False)])
    def test_of_each_month(self, plan: Plan, day: int, is_quiet: bool) -> None:
        assert (plan.quiet_on(date(2026, 11, day)) is not None) == is_quiet

    def test_of_one_park(self, plan: Plan) -> None:
        only_there = QuietDays(
            code="q", name="试", month_from=5, month_to=6, parks=("fumin_park",), clause="三要(四)-3"
        )
        more = plan.model_copy(update={"quiet_days": (only_there,)})
        assert more.quiet_on(date(2026, 11, 5), "fumin_park") == only_there
        assert more.quiet_on(date(2026, 11, 5), "tongjiang_park") is None
        assert more.quiet_on(date(2026, 11, 5)) is None

    def test_what_the_enterprise_asks_for_is_never_kept_out(self, plan: Plan) -> None:
        nature = plan.visit_nature("invited")
        assert nature
        assert not nature.guarded
        assert "invited" in {reason.code for reason in plan.quiet_exceptions}


def test_the_demonstration_town_rings_nobody() -> None:
    phones = {one.code: one.phone for one in loader.read(DEMO).plan.emergency_phones}
    assert phones["safety_office"] == "10000000000"


def test_the_real_town_has_not_told_its_number_yet(plan: Plan) -> None:
    assert {one.code: one.phone for one in plan.emergency_phones}["safety_office"] == ""


def test_a_change_is_told() -> None:
    old, changed = loader.read(MENGHE).plan, raw()
    changed["patrol"]["late_alert"]["value"] = 20
    changed["checklist_sets"][2]["period"] = "half_year"
    changed["special_periods"] = changed["special_periods"][1:]
    said = rules.changes(old, loader.parse(toml(changed)).plan)
    assert "期末提醒由15天改为20天" in said
    assert "“非重点规下企业”的清单由F6、F7每季度1次改为F6、F7每半年1次" in said
    assert "特殊时段取消：春节前后" in said


Spoil = Callable[[dict[str, Any]], Any]


def put(*path: Any, to: Any) -> Spoil:
    def spoil(plan: dict[str, Any]) -> None:
        here: Any = plan
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = to

    return spoil


@pytest.mark.parametrize(
    ("spoil", "key", "says"),
    [
        (put("checklist_sets", 0, "checklists", to=["F4", "F9"]), "checklist_sets[0].checklists[1]", "现在写的是“F9”"),
        (put("checklist_sets", 0, "checklists", to=["F4", "F4"]), "checklist_sets[0].checklists[1]", "F4 写了两次"),
        (put("checklist_sets", 0, "checklists", to=["f4"]), "checklist_sets[0].checklists[0]", "大写字母和数字"),
        (put("checklist_sets", 0, "scales", to=["above"]), "checklist_sets[0].scales", "不论规模"),
        (put("checklist_sets", 1, "scales", to=[]), "checklist_sets[1].scales", "要写明用于哪些规模"),
        (put("checklist_sets", 2, "scales", to=["above"]), "checklist_sets[2].scales", "已经归 above"),
        (put("checklist_sets", 0, "period", to="week"), "checklist_sets[0].period", "只能是：month、quarter"),
        (put("checklist_sets", 0, "times", to=0), "checklist_sets[0].times", "不能小于1"),
        (put("checklist_addons", 0, "frequency_clause", to="附9"), "checklist_addons[0].frequency_clause", "条款编号"),
        (put("checklists", 0, "category", to="weather"), "checklists[0].category", "problem_categories 里有的代码"),
        (put("special_periods", 1, "sets", to=["keys"]), "special_periods[1].sets[0]", "checklist_sets 里有的代码"),
        (put("special_periods", 1, "from", to="02-30"), "special_periods[1].from", "加引号的月-日"),
        (put("special_periods", 0, "dates", 0, "to", to="2026-01-01"), "special_periods[0].dates[0].to", "不能早于"),
        (put("special_periods", 0, "dates", 1, "from", to="2026-01-22"), "special_periods[0].dates[1].from", "2026年写了两次"),
        (put("special_periods", 0, "dates", 0, "to", to="2026-3-3"), "special_periods[0].dates[0].to", "加引号的日期"),
        (put("quiet_days", 0, "month_from", to=5), "quiet_days[0].month_from", "从早到晚"),
        (put("quiet_days", 0, "parks", to=["nowhere"]), "quiet_days[0].parks[0]", "parks 里有的代码"),
        (put("patrol", "late_alert", "unit", to="times"), "patrol.late_alert.unit", "应为 calendar_days"),
        (put("patrol", "late_alert", "value", to=90), "patrol.late_alert.value", "应在1到60之间"),
        (put("patrol", "visits_per_year", "value", to=1), "patrol.visits_per_year.value", "不能少于一个月的（2次）"),
        (put("patrol", "self_monitoring_from", to="10月1日"), "patrol.self_monitoring_from", "加引号的月-日"),
        (put("emergency_phones", 1, "phone", to="火警"), "emergency_phones[1].phone", ""),
        (put("visit_natures", 0, "fulfill", to=True), "visit_natures[0].fulfill", "是不是 fulfils？"),
        (put("meeting_topics", 0, "needs_basis", to=True), "meeting_topics[0].needs_basis", "用不到这一项"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(spoil: Spoil, key: str, says: str) -> None:
    plan = raw()
    spoil(plan)
    mistakes = refused(toml(plan))
    found = [mistake.expected for mistake in mistakes if mistake.key == key]
    assert [expected for expected in found if says in expected], [str(mistake) for mistake in mistakes]
