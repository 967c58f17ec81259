"""`qinqing plan …`: what the administrator types and reads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qinqing.enterprises.models import Park
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.plan import reads
from tests.plan.files import DEMO, MENGHE, raw, toml

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    plan = raw()
    plan["topics"][0]["office"] = "nobody"
    del plan["limits"]["sign"]["clause"]
    file = tmp_path / "wrong.toml"
    file.write_text(toml(plan), encoding="utf-8")
    return file


class TestCheck:
    def test_a_good_file(self, qinqing: Run) -> None:
        code, out, err = qinqing("plan", "check", MENGHE)
        assert (code, err) == (0, "")
        assert "可以启用" in out
        assert "路灯" in out

    def test_as_json(self, qinqing: Run) -> None:
        code, out, _ = qinqing("plan", "check", MENGHE, "--json")
        told = json.loads(out)
        assert code == 0
        assert (told["ok"], told["town"], told["communities"], told["provisional"]) == (
            True,
            "menghe",
            19,
            ["problem_close"],
        )
        assert told["topics"] >= 30

    def test_a_bad_file_with_every_mistake(self, qinqing: Run, wrong: Path) -> None:
        code, out, err = qinqing("plan", "check", wrong)
        assert (code, out) == (1, "")
        assert f"{wrong}：topics[0].office（streetlight）：应为中转站或职能部门的代码" in err
        assert f"{wrong}：limits.sign.clause：缺这一项" in err
        assert "共2处" in err

    def test_a_bad_file_as_json(self, qinqing: Run, wrong: Path) -> None:
        code, out, _ = qinqing("plan", "check", wrong, "--json")
        told = json.loads(out)
        assert (code, told["ok"]) == (1, False)
        assert {mistake["key"] for mistake in told["mistakes"]} == {"topics[0].office", "limits.sign.clause"}
        assert all(set(mistake) == {"file", "key", "row", "expected"} for mistake in told["mistakes"])

    def test_no_such_file(self, qinqing: Run, tmp_path: Path) -> None:
        code, _, err = qinqing("plan", "check", tmp_path / "none.toml")
        assert code == 1
        assert "没有这个文件" in err

    @pytest.mark.parametrize("verb", ["check", "load", "show"])
    def test_help(self, qinqing: Run, verb: str) -> None:
        code, out, _ = qinqing("plan", verb, "--help")
        assert code == 0
        assert "用法：qinqing plan" in out


@pytest.mark.django_db
class TestLoad:
    def test_sets_up_the_town(self, qinqing: Run) -> None:
        code, out, err = qinqing("plan", "load", MENGHE, "--town", "menghe")
        assert (code, err) == (0, "")
        assert "孟河镇：已启用第1版" in out
        town = people.town("menghe")
        assert (town.name, town.is_demo) == ("孟河镇", False)
        offices = {office.code: office for office in people.offices(town.pk)}
        assert len(offices) == 9 + 19
        assert (offices["ziran"].is_outpost, offices["mengcheng"].kind) == (True, "community")
        assert reads.current("menghe").town.code == "menghe"
        kinds = [entry.kind for entry in ledger.after("menghe", 0, 100)]
        assert {"plan.loaded", "enterprise.parks_installed"} <= set(kinds)
        assert list(Park.objects.values_list("name", flat=True)) == ["通江工业园区", "富民工业园区", "其他小型工业园区"]

    def test_the_demo_town_is_marked(self, qinqing: Run) -> None:
        assert qinqing("plan", "load", DEMO, "--town", "demo")[0] == 0
        assert people.town("demo").is_demo

    def test_twice_changes_nothing(self, qinqing: Run) -> None:
        qinqing("plan", "load", MENGHE, "--town", "menghe")
        before = list(ledger.after("menghe", 0, 100))
        code, out, _ = qinqing("plan", "load", MENGHE, "--town", "menghe")
        assert (code, out) == (0, "孟河镇：与正在执行的第1版相同，没有变化。\n")
        assert list(ledger.after("menghe", 0, 100)) == before

    def test_a_new_version_says_what_is_new(self, qinqing: Run, tmp_path: Path) -> None:
        qinqing("plan", "load", MENGHE, "--town", "menghe")
        new = tmp_path / "new.toml"
        new.write_text(toml({**raw(), "deadline_policy": "B"}), encoding="utf-8")
        code, out, _ = qinqing("plan", "load", new, "--town", "menghe")
        assert code == 0
        assert "已启用第2版" in out
        assert "起算规则由A改为B" in out
        code, out, _ = qinqing("plan", "load", new, "--town", "menghe", "--json")
        told = json.loads(out)
        assert (told["version"], told["is_new"]) == (2, False)

    def test_a_wrong_file_sets_up_nothing(self, qinqing: Run, wrong: Path) -> None:
        code, _, err = qinqing("plan", "load", wrong, "--town", "menghe")
        assert code == 1
        assert "方案有2处不对" in err
        assert people.towns() == []

    def test_another_towns_file_sets_up_nothing(self, qinqing: Run) -> None:
        code, _, err = qinqing("plan", "load", DEMO, "--town", "menghe")
        assert code == 1
        assert "写给演示镇（demo）的" in err
        assert people.towns() == []

    def test_without_a_town_is_wrong_usage(self, qinqing: Run) -> None:
        assert qinqing("plan", "load", MENGHE)[0] == 2


@pytest.mark.django_db
class TestShow:
    def test_what_is_in_force(self, qinqing: Run) -> None:
        qinqing("plan", "load", MENGHE, "--town", "menghe")
        code, out, _ = qinqing("plan", "show", "--town", "menghe")
        assert code == 0
        assert "孟河镇" in out
        assert "第1版" in out
        told = json.loads(qinqing("plan", "show", "--town", "menghe", "--json")[1])
        assert [version["number"] for version in told["versions"]] == [1]

    def test_no_such_town(self, qinqing: Run) -> None:
        code, _, err = qinqing("plan", "show", "--town", "menghe")
        assert code == 1
        assert "menghe" in err
