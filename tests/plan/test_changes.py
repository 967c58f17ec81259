"""What is different between two versions, in words."""

from typing import Any

from qinqing.plan import loader, rules
from qinqing.plan.spec import Plan
from tests.plan.files import raw, toml

OLD = loader.parse(toml(raw())).plan


def _with(**changes: Any) -> Plan:
    return loader.parse(toml({**raw(), **changes})).plan


class TestChanges:
    def test_none(self) -> None:
        assert rules.changes(OLD, OLD) == []

    def test_of_wording_only(self) -> None:
        assert rules.changes(OLD, _with(campaign_title="另一个行动")) == ["文字有调整"]

    def test_of_counting_and_hours(self) -> None:
        season = {**raw()["office_hours"][0], "closes": "17:00"}
        assert rules.changes(OLD, _with(deadline_policy="B", office_hours=[season])) == [
            "起算规则由A改为B（下班后或休息日收到的，视为下一工作日收到）",
            "办公时间有调整",
        ]

    def test_of_lists(self) -> None:
        parks = raw()["parks"]
        parks[0]["name"] = "通江产业园"
        parks[1]["code"] = "new_park"
        assert rules.changes(OLD, _with(parks=parks)) == [
            "园区增加：富民工业园区",
            "园区取消：富民工业园区",
            "园区改名：通江工业园区→通江产业园",
        ]

    def test_of_many_rows_are_counted(self) -> None:
        said = rules.changes(OLD, _with(topics=raw()["topics"][:-7]))
        assert said == ["事项类别取消：劳动违法查处、园区日常管理、网格员对接、村企邻里协调、专项行动等7个"]

    def test_of_who_handles_a_topic(self) -> None:
        topics = raw()["topics"]
        topics[0]["office"] = "zhifa"
        assert rules.changes(OLD, _with(topics=topics)) == ["“路灯”的默认承办由建管办改为综执安监办"]


def test_every_limit_has_a_name() -> None:
    assert {key for key, _, _ in rules.limits_of(OLD)} == set(rules.LIMIT_NAMES)


def test_who_handles_in_words() -> None:
    assert rules.office_name(OLD, "community") == "属地村（社区）"
    assert rules.office_name(OLD, "jianguan") == "建管办"
    assert rules.office_name(OLD, "gone") == "gone"
