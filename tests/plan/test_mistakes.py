"""A wrong plan is refused with every mistake named: file, key, row, what is expected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qinqing.kernel.errors import Refused
from qinqing.plan import loader
from qinqing.plan.mistakes import PlanMistake, PlanRefused
from tests.plan.files import MENGHE, only, raw, refused, refused_file, toml

Spoil = Callable[[dict[str, Any]], Any]


def _set(*path: Any, to: Any) -> Spoil:
    def spoil(plan: dict[str, Any]) -> None:
        here: Any = plan
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = to

    return spoil


def _drop(*path: Any) -> Spoil:
    def spoil(plan: dict[str, Any]) -> None:
        here: Any = plan
        for part in path[:-1]:
            here = here[part]
        del here[path[-1]]

    return spoil


CASES: list[tuple[str, Spoil, str, str, str]] = [
    ("nothing said", _drop("topics", 0, "clause"), "topics[0].clause", "streetlight", "缺这一项"),
    ("a part left out", _drop("limits"), "limits", "", "缺这一项"),
    ("misspelt limit", _set("limits", "sign", "provisonal", to=True), "limits.sign.provisonal", "", "是不是 provisional？"),
    ("misspelt", _set("topics", 0, "keyword", to=["灯"]), "topics[0].keyword", "streetlight", "是不是 keywords？"),
    ("unknown", _set("weather", to="fine"), "weather", "", "没有这一项，请删去或改名"),
    ("text for a number", _set("limits", "sign", "value", to="1"), "limits.sign.value", "", "应为整数，不加引号"),
    ("half a day", _set("limits", "sign", "value", to=0.5), "limits.sign.value", "", "应为整数"),
    ("text for yes or no", _set("limits", "sign", "editable", to="yes"), "limits.sign.editable", "", "true 或 false"),
    ("number for text", _set("town", "name", to=7), "town.name", "", "应为加引号的文字，现在写的是“7”"),
    ("text for a list", _set("topics", 0, "keywords", to="灯"), "topics[0].keywords", "streetlight", "清单"),
    ("empty name", _set("town", "name", to=""), "town.name", "", "不能空着"),
    ("long name", _set("town", "short", to="长" * 21), "town.short", "", "最多20个字"),
    ("space at the edge", _set("town", "name", to="孟河镇 "), "town.name", "", "不要有首尾空格"),
    ("control character", _set("town", "name", to="孟河\x00镇"), "town.name", "", "看不见的控制字符"),
    ("code in Chinese", _set("parks", 0, "code", to="通江"), "parks[0].code", "通江", "代码只用小写字母"),
    ("empty list", _set("reasons", "decline", to=[]), "reasons.decline", "", "至少要有1条"),
    ("other office", _set("topics", 0, "office", to="jianguang"), "topics[0].office", "streetlight", "现在写的是“jianguang”"),
    ("leaders handle nothing", _set("topics", 0, "office", to="lingdao"), "topics[0].office", "streetlight", "jianguan"),
    ("unknown way", _set("topics", 0, "route", to="mail"), "topics[0].route", "streetlight", "community、department"),
    ("way and office differ", _set("topics", 0, "route", to="community"), "topics[0].route", "streetlight", "要一致"),
    ("clause that is none", _set("topics", 0, "clause", to="三(三)-4"), "topics[0].clause", "streetlight", "方案里有的条款编号"),
    ("same kind twice", _set("topics", 0, "kinds", to=["demand"] * 2), "topics[0].kinds", "streetlight", "写了两次"),
    ("village of nowhere", _set("parks", 0, "communities", to=["nowhere"]), "parks[0].communities[0]", "tongjiang_park", "“nowhere”"),
    ("superior of nobody", _set("superiors", 0, "offices", 0, to="x"), "superiors[0].offices[0]", "district_economy", "“x”"),
    ("total below usual", _set("limits", "demand_max", "value", to=4), "limits.demand_max.value", "", "不能短于一般时限（5个工作日）"),
    ("a year to answer", _set("limits", "demand_close", "value", to=31), "limits.demand_close.value", "", "1到30之间"),
    ("hours for days", _set("limits", "sign", "unit", to="working_hours"), "limits.sign.unit", "", "应为 working_days"),
    ("rechecks backwards", _set("limits", "recheck_days", "value", to=[90, 30]), "limits.recheck_days.value", "", "从小到大"),
    ("time without quotes", _set("office_hours", 0, "opens", to="8:30"), "office_hours[0].opens", "", "例如 \"08:30\""),
    ("day that is none", _set("office_hours", 0, "from", to="02-30"), "office_hours[0].from", "", "例如 \"06-01\""),
    ("closes before noon", _set("office_hours", 0, "closes", to="11:00"), "office_hours[0]", "", "noon_to 早于 closes"),
    ("no rule of counting", _set("deadline_policy", to="C"), "deadline_policy", "", "只能是：A、B"),
    ("same duty", _set("offices", 1, "duties", 0, "clause", to="三职(四)-2"), "offices[2].duties[1].clause", "三职(四)-2", "写在 jianguan"),
    ("community as a code", _set("communities", 0, "code", to="community"), "communities[0].code", "community", "有专门的意思"),
    ("one name for two", _set("communities", 1, "name", to="孟城社区居委会"), "communities[1].name", "wansui", "不能相同"),
    ("one code for two", _set("communities", 1, "code", to="mengcheng"), "communities[1].code", "mengcheng", "写了两次"),
    ("code of an office", _set("communities", 1, "code", to="zhifa"), "communities[1].code", "zhifa", "已经用于 offices（zhifa）"),
    ("replace without extends", _set("replace", to=["parks"]), "replace", "", "只有写了 extends"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "key", "row", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_names_its_place_and_what_is_expected(spoil: Spoil, key: str, row: str, says: str) -> None:
    plan = raw()
    spoil(plan)
    found = [mistake for mistake in refused(toml(plan)) if mistake.key == key]
    assert found, [str(mistake) for mistake in refused(toml(plan))]
    assert (found[0].file, found[0].row) == ("plan.toml", row)
    assert says in found[0].expected


class TestSeveral:
    def test_all_are_told_at_once(self) -> None:
        plan = raw()
        del plan["topics"][0]["clause"]
        plan["topics"][3]["office"] = "nobody"
        plan["limits"]["demand_max"]["value"] = 3
        plan["town"]["nam"] = "x"
        assert {mistake.key for mistake in refused(toml(plan))} == {
            "topics[0].clause",
            "topics[3].office",
            "limits.demand_max.value",
            "town.nam",
        }

    def test_two_hubs_or_none(self) -> None:
        plan = raw()
        plan["offices"][1]["kind"] = "hub"
        assert "有且只有一个，现在有2个" in only(refused(toml(plan))).expected
        plan["offices"][0]["kind"] = plan["offices"][1]["kind"] = "department"
        assert "现在有0个" in only(refused(toml(plan))).expected

    def test_a_town_needs_leaders_and_supervision(self) -> None:
        plan = raw()
        plan["offices"] = [office for office in plan["offices"] if office["kind"] in {"hub", "department"}]
        assert [mistake.expected[:8] for mistake in refused(toml(plan))] == [
            "至少要有一个镇领",
            "至少要有一个督查",
            "至少要有一个系统",
        ]

    def test_a_missing_list_is_one_mistake_not_fifty(self) -> None:
        plan = raw()
        del plan["offices"]
        assert only(refused(toml(plan))).key == "offices"

    def test_seasons_out_of_order(self) -> None:
        plan = raw()
        plan["office_hours"] = [{**plan["office_hours"][0], "from": day} for day in ("06-01", "03-01")]
        assert only(refused(toml(plan))).key == "office_hours[1].from"

    def test_the_refusal_reads_as_a_list(self) -> None:
        refusal = PlanRefused(
            [PlanMistake("a.toml", "topics[0].office", "streetlight", "缺这一项"), PlanMistake("a.toml", "", "", "空")]
        )
        assert isinstance(refusal, Refused)
        assert refusal.sentence == (
            "方案有2处不对：\n  · a.toml：topics[0].office（streetlight）：缺这一项\n  · a.toml：空"
        )


class TestUnreadable:
    def test_what_has_no_end(self) -> None:
        assert "读不了" in only(refused_file(Path("/dev/zero"))).expected

    def test_no_such_file(self, tmp_path: Path) -> None:
        assert only(refused_file(tmp_path / "none.toml")).expected == "没有这个文件"

    def test_a_folder(self, tmp_path: Path) -> None:
        assert "读不了" in only(refused_file(tmp_path)).expected

    def test_not_utf_8(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_bytes('title = "方案"'.encode("gb18030"))
        assert "UTF-8" in only(refused_file(tmp_path / "a.toml")).expected

    def test_a_name_no_file_can_have(self) -> None:
        assert "读不了" in only(refused_file(Path("a\0b"))).expected

    def test_far_too_large(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_bytes(b"#" * 2_000_001)
        assert "太大" in only(refused_file(tmp_path / "a.toml")).expected

    def test_a_bom_and_windows_lines_do_no_harm(self, tmp_path: Path) -> None:
        text = MENGHE.read_text(encoding="utf-8").replace("\n", "\r\n")
        (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert loader.read(tmp_path / "a.toml").digest == loader.read(MENGHE).digest

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("title = 方案", "第1行第9列附近写法不对"),
            ('title = "方案', "写法不对"),
            ('title = "a"\ntitle = "b"', "同一项写了两次"),
            ("a = " + "[" * 5000, "套得太深"),
            ("a = [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]", "套得太深"),
            ("a" + ".a" * 2000 + " = 1", "套得太深"),
            ("day = 2026-11-23", "日期要加引号"),
            ("time = 08:30:00", '例如 "08:30"'),
            ("days = inf", "应为整数"),
            ('extends = "menghe.toml"', "请改用文件"),
            ("", "缺这一项"),
        ],
    )
    def test_no_plan_at_all(self, text: str, says: str) -> None:
        assert says in refused(text)[0].expected
