"""The invented town: everything in it is marked, nobody real can be meant, and every role is there to try."""

from collections import Counter
from typing import Any

import pytest
from stdnum.cn import uscc

from qinqing.people.words import KINDS_OF_ROLE, Role
from qinqing.plan import loader
from qinqing.plan.demo_spec import STAFF_KINDS, DemoSpec
from qinqing.plan.loader import Reading
from tests.plan.files import DEMO, MENGHE, raw, refused, toml


@pytest.fixture(scope="module")
def reading() -> Reading:
    return loader.read(DEMO)


@pytest.fixture(scope="module")
def demo(reading: Reading) -> DemoSpec:
    assert reading.demo
    return reading.demo


class TestTown:
    def test_is_marked_and_has_no_real_community(self, reading: Reading) -> None:
        town = reading.plan.town
        assert (town.code, town.name, town.is_demo) == ("demo", "演示镇", True)
        real = {one.name for one in loader.read(MENGHE).plan.communities}
        assert len(reading.plan.communities) == 18
        assert not real & {one.name for one in reading.plan.communities}
        assert all(one.short.startswith(("示范", "演示")) for one in reading.plan.communities)

    def test_keeps_the_rules_of_the_real_plan(self, reading: Reading) -> None:
        real = loader.read(MENGHE).plan
        assert reading.plan.topics == real.topics
        assert reading.plan.limits == real.limits
        assert reading.plan.reasons == real.reasons

    def test_names_no_real_body_above_it(self, reading: Reading) -> None:
        names = [body.name for body in reading.plan.superiors] + [office.name for office in reading.plan.offices]
        assert not [name for name in names if "新北" in name or "常州" in name]

    def test_the_real_file_invents_nobody(self) -> None:
        assert loader.read(MENGHE).demo is None


class TestPeople:
    def test_fill_every_role(self, demo: DemoSpec) -> None:
        roles = Counter(person.role for person in demo.people)
        assert roles["hub_clerk"] == 2
        assert roles["leader"] == 3
        assert roles["contact"] == 12
        assert {"hub_head", "supervisor", "discipline", "system_admin", "security_admin", "auditor"} <= set(roles)

    def test_fill_every_office(self, reading: Reading, demo: DemoSpec) -> None:
        at = Counter((person.office, person.role) for person in demo.people)
        for office in reading.plan.offices:
            if office.kind == "department":
                assert (at[office.code, "office_head"], at[office.code, "handler"]) == (1, 2)
        for community in reading.plan.communities:
            assert at[community.code, "office_head"] == 1
            assert at[community.code, "grid_officer"] in {2, 3}

    def test_every_department_and_community_is_in_a_leaders_charge(self, reading: Reading, demo: DemoSpec) -> None:
        charged = Counter(code for person in demo.people for code in person.charge)
        handled = {
            office.code for office in reading.plan.all_offices if office.kind in {"hub", "department", "community"}
        }
        assert set(charged) == handled
        assert set(charged.values()) == {1}

    def test_can_be_nobody_real(self, demo: DemoSpec) -> None:
        assert all("示" in person.name for person in demo.people)
        assert all(person.phone.startswith("1000000") for person in demo.people)
        for names in ([person.name for person in demo.people], [person.phone for person in demo.people]):
            assert len(names) == len(set(names))

    def test_sit_where_the_people_say_they_may(self) -> None:
        assert {role: {kind.value for kind in kinds} for role, kinds in KINDS_OF_ROLE.items()} == {
            Role(role): kinds for role, kinds in STAFF_KINDS.items()
        }


class TestFirms:
    def test_can_be_nobody_real(self, demo: DemoSpec) -> None:
        assert len(demo.firms) == 40
        assert all(firm.name.startswith("演示") and "FAKE" in firm.uscc for firm in demo.firms)

    def test_have_numbers_with_a_right_check_digit(self, demo: DemoSpec) -> None:
        assert not [firm.uscc for firm in demo.firms if not uscc.is_valid(firm.uscc)]

    def test_stand_in_a_community_of_their_park(self, reading: Reading, demo: DemoSpec) -> None:
        parks = {park.code: park.communities for park in reading.plan.parks}
        assert not [firm.code for firm in demo.firms if firm.park and firm.community not in parks[firm.park]]
        assert {firm.park for firm in demo.firms} == {*parks, ""}


class TestMistakes:
    def _demo(self, **changes: Any) -> dict[str, Any]:
        person = {"username": "w1", "name": "赵示安", "phone": "10000000001", "role": "grid_officer"}
        firm = {
            "code": "f1",
            "name": "演示车灯有限公司",
            "short": "演示车灯",
            "uscc": "91320411MA0FAKE01M",
            "scale": "above",
        }
        firm |= {"industry": "3872", "workers": 9, "community": "mengcheng", "address": "示例路1号", "officer": "w1"}
        person |= {"office": "mengcheng", "grid": "第一网格", **changes.pop("person", {})}
        plan = raw()
        plan["town"]["is_demo"] = True
        plan["demo"] = {"people": [person], "firms": [{**firm, **changes.pop("firm", {})}], **changes}
        return plan

    def test_a_small_one_is_taken(self) -> None:
        assert loader.parse(toml(self._demo())).demo

    def test_it_is_no_part_of_the_digest(self) -> None:
        one, two = (loader.parse(toml(self._demo(person={"name": name}))) for name in ("赵示安", "钱示宁"))
        assert one.demo != two.demo
        assert one.digest == two.digest

    def test_a_real_town_may_not_have_it(self) -> None:
        plan = self._demo()
        plan["town"]["is_demo"] = False
        assert [mistake.key for mistake in refused(toml(plan))] == ["demo"]

    @pytest.mark.parametrize(
        ("changes", "key"),
        [
            ({"person": {"phone": "13800000000"}}, "demo.people[0].phone"),
            ({"person": {"office": "jingke"}}, "demo.people[0].office"),
            ({"person": {"role": "contact"}}, "demo.people[0].firm"),
            ({"person": {"grid": ""}}, "demo.people[0].grid"),
            ({"person": {"charge": ["zhifa"]}}, "demo.people[0].charge"),
            ({"person": {"office": ["a"], "role": []}}, "demo.people[0].role"),
            ({"firm": {"uscc": "91320411MA1N000001"}}, "demo.firms[0].uscc"),
            ({"firm": {"name": "某某车灯有限公司"}}, "demo.firms[0].name"),
            ({"firm": {"community": "wansui"}}, "demo.firms[0].officer"),
            ({"firm": {"community": "moon"}}, "demo.firms[0].community"),
            ({"firm": {"park": "moon"}}, "demo.firms[0].park"),
            ({"people": []}, "demo.people"),
            ({"people": 7}, "demo.people"),
        ],
    )
    def test_are_named(self, changes: dict[str, Any], key: str) -> None:
        assert key in [mistake.key for mistake in refused(toml(self._demo(**changes)))]

    def test_no_user_name_and_no_number_twice(self) -> None:
        plan = self._demo()
        plan["demo"]["people"] *= 2
        plan["demo"]["firms"].append({**plan["demo"]["firms"][0], "code": "f2"})
        assert {mistake.key.split(".")[-1] for mistake in refused(toml(plan))} == {"username", "uscc"}
