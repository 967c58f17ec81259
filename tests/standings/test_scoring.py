"""The plan's scheme in numbers: the worked fixture, ranks, samples, vetoes; a scheme that does not add up is refused."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from qinqing.plan.standings_spec import HOUSE_STANDINGS
from qinqing.standings.rules.ranking import Runner, places
from qinqing.standings.rules.scoring import points_of
from qinqing.standings.rules.texts import tells_who
from qinqing.standings.rules.yearly import Quarter, year_of_quarters
from qinqing.standings.words import Group, Side
from tests.cases.world import reading

PLANS = Path(__file__).parents[2] / "plans"
WORKED = {
    "dispatched": 20, "signed": 19, "due": 18, "in_time": 17, "visited": 10, "solved": 7, "partly": 2,
    "rated": 8, "satisfied": 7, "reopened": 1,
}  # fmt: skip


@pytest.mark.clause("三要(三)-2")
def test_the_worked_example_gives_87_21() -> None:
    points = points_of(WORKED, reading().plan.standings)
    assert points.total == Decimal("87.21")
    assert {line.part: f"{float(line.points):.2f}" for line in points.lines} == {
        "signed": "19.00", "in_time": "28.33", "solved": "20.00", "satisfied": "21.88", "late": "-1.00", "reopened": "-1.00",
    }  # fmt: skip


def test_the_plan_file_says_what_holds_without_it() -> None:
    assert reading().plan.standings == HOUSE_STANDINGS


def test_what_nobody_was_asked_counts_neither_for_nor_against() -> None:
    unrated = {key: value for key, value in WORKED.items() if key not in ("rated", "satisfied", "visited", "solved")}
    assert points_of(unrated | {"in_time": 18, "signed": 20, "reopened": 0}, HOUSE_STANDINGS).total == 100


def test_caps_hold_and_nothing_falls_below_nought() -> None:
    good = {"due": 40, "in_time": 20, "typical": 5, "helped": 9}
    lines = {line.part: line.points for line in points_of(good, HOUSE_STANDINGS).lines}
    assert (lines["late"], lines["typical"], lines["helped"]) == (-10, 4, 2)
    assert points_of({"due": 5, "overruled": 300}, HOUSE_STANDINGS).total == 0


def test_the_hub_is_measured_by_taking_in() -> None:
    tally = {"due": 5, "in_time": 5, "taken": 10, "taken_in_time": 5, "dispatched": 4, "signed": 4}
    lines = {line.part: line for line in points_of(tally, HOUSE_STANDINGS, is_hub=True).lines}
    assert lines["signed"].measures == ("taken_in_time", "taken")
    assert lines["signed"].how.startswith("5 ÷ 10")


def runner(key: int, total: str, group: Group = Group.DEPARTMENTS, **tally: int) -> Runner:
    return Runner(key, group, Decimal(total), {"due": 9} | tally)


@pytest.mark.clause("三要(三)-2")
def test_groups_are_ranked_apart_equal_points_are_equal_and_few_matters_are_no_sample() -> None:
    found = places(
        [
            runner(1, "97"), runner(2, "97"), runner(3, "96"), runner(4, "95.5"), runner(5, "99", due=4),
            runner(6, "96", Group.COMMUNITIES), runner(7, "99", Group.OUTPOSTS), runner(8, "74.99", Group.COMMUNITIES),
        ],
        HOUSE_STANDINGS,
    )  # fmt: skip
    assert [found[key].rank for key in range(1, 9)] == [1, 1, 3, 4, None, 1, None, 2]
    assert [found[key].side for key in range(1, 9)] == [
        Side.RED, Side.RED, Side.RED, Side.NEITHER, Side.FEW, Side.RED, Side.TOLD, Side.BLACK,
    ]  # fmt: skip


def test_a_veto_keeps_off_the_red_list_and_a_grave_order_brings_on_the_black() -> None:
    vetoed = Runner(1, Group.DEPARTMENTS, Decimal(99), {"due": 9}, "廉洁问题查实")
    found = places([vetoed, runner(2, "98", supervised_again=1), runner(3, "98", false_finish=1)], HOUSE_STANDINGS)
    assert found[1].side is Side.NEITHER
    assert "廉洁问题查实" in found[1].why
    assert (found[2].side, found[3].side) == (Side.BLACK, Side.BLACK)


def test_a_year_is_the_mean_of_its_quarters_by_volume() -> None:
    tally, points = year_of_quarters(
        [
            Quarter("一", Decimal(90), {"due": 10}),
            Quarter("二", Decimal(60), {"due": 30}),
            Quarter("三", Decimal(0), {}),
        ]
    )
    assert (points.total, tally["due"], len(points.lines)) == (Decimal("67.50"), 40, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ rate = "signed", points = 20 }', '{ rate = "signed", points = 25 }', "合计要正好是100分，现在是25、30、25、25，合计105分"),
        ('{ rate = "signed", points = 20 }', '{ rate = "in_time", points = 20 }', "一项只能写一次"),
        ("black_below = 75", "black_below = 96", "黑榜线不能高于红榜线（95分）"),
        ('{ rate = "signed", points = 20 }', '{ rate = "visits", points = 20 }', "standings"),
    ],
)  # fmt: skip
def test_a_scheme_that_does_not_add_up_is_refused(
    qinqing: Callable[..., tuple[int, str, str]], tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = (PLANS / "menghe.toml").read_text()
    assert old in text
    path = tmp_path / "menghe.toml"
    path.write_text(text.replace(old, new))
    code, out, err = qinqing("plan", "check", path)
    assert code != 0
    assert said in out + err


def test_a_typical_case_tells_nobody() -> None:
    names = ("演示车灯有限公司", "")
    assert tells_who("演示车灯有限公司门口的灯", names) == "演示车灯有限公司"
    assert tells_who("电话10000000001", names) == "10000000001"
    assert tells_who("某企业门口三盏路灯，当天到场、三日修好", names) == ""
