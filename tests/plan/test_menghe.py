"""The real town's plan: everything 三、职责分工 says, the limits of 二（四）, the topics and where they go."""

import csv

import pytest

from qinqing.plan import clauses, loader, rules
from qinqing.plan.spec import Plan
from qinqing.plan.words import COMMUNITY, DefaultRoute, LimitUnit
from tests.plan.files import MENGHE, SHARED


@pytest.fixture(scope="module")
def plan() -> Plan:
    return loader.read(MENGHE).plan


class TestOffices:
    def test_are_those_of_the_plan(self, plan: Plan) -> None:
        handling = [office for office in plan.offices if office.kind in {"hub", "department"}]
        assert [office.short for office in handling] == [
            "经科办",
            "建管办",
            "综执安监办",
            "自然资源服务站",
            "社会事务办",
        ]
        assert plan.hub.code == "jingke"
        assert [office.code for office in handling if office.is_outpost] == ["ziran"]
        assert {office.kind for office in plan.offices} >= {"leadership", "supervision", "administration"}

    def test_every_duty_lies_with_exactly_one_of_them(self, plan: Plan) -> None:
        held = [duty.clause for duty in plan.community_duties]
        held += [duty.clause for office in plan.offices for duty in office.duties]
        assert len(held) == len(set(held))
        assert {id_ for id_ in clauses.all_ids() if id_.startswith("三职")} <= set(held)

    def test_duties_of_one_section_lie_with_one_office(self, plan: Plan) -> None:
        sections = {"二": "jingke", "三": "jianguan", "四": "zhifa", "五": "ziran", "六": "shewu"}
        for office in plan.offices:
            found = {duty.clause[3] for duty in office.duties if duty.clause.startswith("三职")}
            assert all(sections[section] == office.code for section in found)
        assert {duty.clause[3] for duty in plan.community_duties} == {"一"}

    def test_duties_are_the_plans_own_words(self, plan: Plan) -> None:
        duties = [*plan.community_duties, *(duty for office in plan.offices for duty in office.duties)]
        duties += [duty for row in plan.officer_duties for duty in row.duties]
        assert not [duty.clause for duty in duties if duty.text not in clauses.quote(duty.clause)]

    def test_the_hub_has_the_duties_of_the_transfer_station_and_its_own(self, plan: Plan) -> None:
        held = {duty.clause for duty in plan.duties_of("jingke")}
        assert held >= {"二(二)0-1", "二(二)0-2", "二(二)0-3", "三职(二)-4"}

    def test_every_community_has_the_same_duties(self, plan: Plan) -> None:
        assert plan.duties_of("mengcheng") == plan.duties_of("tongjiang") == plan.community_duties
        assert plan.duties_of("nowhere") == ()


class TestCommunities:
    def test_are_eighteen_and_a_management_area(self, plan: Plan) -> None:
        assert len([one for one in plan.communities if not one.is_area]) == 18
        assert [one.short for one in plan.communities if one.is_area] == ["农业产业园"]
        assert plan.communities[0].short == "孟城社区"
        assert {"小黄山村", "固村巷村", "滕村"} <= {one.short for one in plan.communities}

    @pytest.mark.skipif(not (SHARED / "data").exists(), reason="the statistics list lies beside the checkout only")
    def test_are_those_of_the_statistics_list(self, plan: Plan) -> None:
        with (SHARED / "data/menghe_villages.csv").open(encoding="utf-8-sig") as file:
            assert [one.name for one in plan.communities] == [row["name"] for row in csv.DictReader(file)]

    def test_parks_of_the_plan(self, plan: Plan) -> None:
        assert [park.name for park in plan.parks] == ["通江工业园区", "富民工业园区", "其他小型工业园区"]
        assert all(park.communities == () for park in plan.parks), "not known, and not to be guessed"


class TestTopics:
    def test_are_enough_and_told_apart(self, plan: Plan) -> None:
        assert len(plan.topics) >= 30
        assert len({topic.name for topic in plan.topics}) == len(plan.topics)

    def test_have_those_people_speak_of(self, plan: Plan) -> None:
        names = " ".join(topic.name for topic in plan.topics)
        wanted = ["路灯", "市政道路", "绿化", "燃气", "危旧房屋", "环评手续", "标准化", "消防", "环境卫生"]
        wanted += ["用地指标", "土地审核", "用工招聘", "培训", "社会保险", "劳动投诉", "产业政策", "准入", "新改扩建"]
        assert not [word for word in wanted if word not in names]

    @pytest.mark.clause("三职(三)-4")
    @pytest.mark.parametrize("code", ["streetlight", "road", "greening"])
    def test_streetlights_roads_and_greening_go_to_construction(self, plan: Plan, code: str) -> None:
        topic = plan.topic(code)
        assert topic
        assert (topic.office, topic.clause, topic.route) == ("jianguan", "三职(三)-4", DefaultRoute.DEPARTMENT)

    @pytest.mark.clause("三职(五)-3")
    def test_land_quotas_go_to_the_land_station_and_upward(self, plan: Plan) -> None:
        topic = plan.topic("land_quota")
        assert topic
        assert (topic.office, topic.clause, topic.route) == ("ziran", "三职(五)-3", DefaultRoute.UPWARD)
        assert [body.name for body in plan.superiors_for("ziran")] == ["常州市自然资源和规划局新北分局"]

    @pytest.mark.clause("三职(六)-5")
    def test_social_insurance_goes_to_social_affairs(self, plan: Plan) -> None:
        topic = plan.topic("social_insurance")
        assert topic
        assert (topic.office, topic.clause) == ("shewu", "三职(六)-5")

    def test_a_duty_of_an_office_is_the_clause_of_its_topics_only(self, plan: Plan) -> None:
        holders = {duty.clause: office.code for office in plan.offices for duty in office.duties}
        holders |= {duty.clause: COMMUNITY for duty in plan.community_duties}
        misplaced = {
            topic.code: (topic.clause, topic.office)
            for topic in plan.topics
            if topic.clause in holders and topic.office != holders[topic.clause]
        }
        # 专项行动 stands among the communities' duties but is the working group's, which the hub runs.
        assert misplaced == {"joint_action": ("三职(一)-4", "jingke")}

    def test_complainants_are_protected_where_the_plan_takes_complaints(self, plan: Plan) -> None:
        assert [topic.code for topic in plan.topics if topic.is_restricted] == ["labour_complaint"]
        assert [line.code for line in plan.problem_categories if line.is_restricted] == ["labour"]

    def test_are_offered_for_one_kind_or_both(self, plan: Plan) -> None:
        demands = {topic.code for topic in plan.topics_for("demand")}
        problems = {topic.code for topic in plan.topics_for("problem")}
        assert "streetlight" in demands - problems
        assert "illegal_building" in problems - demands
        assert "fire_safety" in demands & problems

    def test_there_is_always_one_to_fall_back_on(self, plan: Plan) -> None:
        other = plan.topic("other")
        assert other
        assert other.kinds == ("demand", "problem")
        assert plan.topic("nothing_like_this") is None


class TestProblems:
    def test_have_their_competent_offices(self, plan: Plan) -> None:
        assert {line.name: line.office for line in plan.problem_categories} == {
            "安全": "zhifa",
            "消防": "zhifa",
            "环保": "zhifa",
            "两违": "zhifa",
            "房屋": "jianguan",
            "燃气": "jianguan",
            "劳动": "shewu",
            "其他": "jingke",
        }

    def test_only_illegal_building_is_looked_at_again_and_needs_pictures(self, plan: Plan) -> None:
        line = plan.problem_category("illegal_building")
        assert line
        assert line.rechecks
        assert line.needs_photo
        assert len([one for one in plan.problem_categories if one.rechecks or one.needs_photo]) == 1
        assert plan.problem_category("nothing_like_this") is None


class TestLimits:
    def test_are_the_plans_or_marked_provisional(self, plan: Plan) -> None:
        said = {key: (limit.value, limit.clause) for key, _, limit in rules.limits_of(plan)}
        assert said == {
            "demand_close": (5, "二(四)-4"),
            "demand_max": (10, "二(四)-5"),
            "problem_close": (5, "二(四)-2b"),
            "hub_accept_hours": (4, "二(二)0-3"),
            "hub_dispatch_hours": (4, "二(二)1-诉求-转办"),
            "sign": (1, "三要(二)-1"),
            "return_": (1, "三要(四)-4"),
            "upward_progress": (5, "二(二)1-诉求-上报"),
            "redo": (3, "二(四)-3"),
            "rate_days": (15, "三要(四)-5"),
            "supervise_reply": (3, "三要(三)-1"),
            "recheck_days": ((30, 90), "附2违-(2)"),
            "soon": (2, "二(二)1-诉求-跟进"),
        }
        assert [key for key, _, limit in rules.limits_of(plan) if limit.provisional] == ["problem_close"]
        assert [key for key, _, limit in rules.limits_of(plan) if not limit.editable] == ["demand_close", "demand_max"]

    def test_are_counted_in_their_units(self, plan: Plan) -> None:
        assert plan.limits.demand_close.unit == LimitUnit.WORKING_DAYS
        assert plan.limits.hub_accept_hours.unit == LimitUnit.WORKING_HOURS
        assert rules.said(plan.limits.recheck_days) == "30、90天"
        assert rules.said(plan.limits.demand_close) == "5个工作日"

    def test_office_hours_can_be_counted_with(self, plan: Plan) -> None:
        season = plan.hours.seasons[0]
        assert f"{season.opens:%H:%M} {season.closes:%H:%M}" == "08:30 17:30"
        assert plan.deadline_policy == "A"


class TestReasons:
    def test_to_return_a_matter(self, plan: Plan) -> None:
        reasons = {reason.code: reason for reason in plan.reasons.return_}
        assert list(reasons) == ["not_ours", "not_here", "upper_or_other_town", "duplicate", "needs_consultation"]
        assert [code for code, reason in reasons.items() if reason.needs_basis] == ["not_ours"]
        assert [code for code, reason in reasons.items() if reason.proposes_consultation] == ["needs_consultation"]

    def test_to_ask_more_time(self, plan: Plan) -> None:
        names = [reason.name for reason in plan.reasons.extension]
        assert names == [
            "需多部门会商",
            "需上级支持",
            "需专业鉴定或检测",
            "涉法涉诉",
            "需资金或用地指标",
            "其他特殊情形",
        ]

    def test_to_decline_say_where_to_go_instead(self, plan: Plan) -> None:
        assert all(reason.hint for reason in plan.reasons.decline)

    def test_that_make_a_matter_key(self, plan: Plan) -> None:
        assert {reason.code for reason in plan.reasons.key} >= {"major_project", "collective", "cross_town"}


class TestAnnex:
    @pytest.mark.clause("附-0")
    def test_holds_three_service_units_five_rows_and_every_item(self, plan: Plan) -> None:
        assert {row.office for row in plan.officer_duties} == {"jingke", "zhifa", "jianguan"}
        assert [row.clause for row in plan.officer_duties] == [
            "附1-内容-1",
            "附2安-内容",
            "附2环-内容",
            "附2违-内容",
            "附3房-内容",
        ]
        listed = {duty.clause for row in plan.officer_duties for duty in row.duties}
        assert listed == {id_ for id_ in clauses.all_ids() if id_.startswith("附") and "-(" in id_}
