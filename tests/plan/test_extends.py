"""One town's file on top of another's."""

from pathlib import Path

import pytest

from qinqing.plan import loader
from tests.plan.files import MENGHE, only, refused_file


@pytest.fixture
def child(tmp_path: Path) -> "Child":
    (tmp_path / "base.toml").write_text(MENGHE.read_text(encoding="utf-8"), encoding="utf-8")
    return Child(tmp_path)


class Child:
    """A file that extends the town's plan."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "child.toml"
        self.base = folder / "base.toml"

    def says(self, text: str) -> Path:
        self.path.write_text('extends = "base.toml"\n' + text, encoding="utf-8")
        return self.path


class TestGoingTogether:
    def test_nothing_said_is_the_same_plan(self, child: Child) -> None:
        assert loader.read(child.says("")).digest == loader.read(MENGHE).digest

    def test_a_table_changes_key_by_key(self, child: Child) -> None:
        plan = loader.read(child.says("[limits.sign]\nvalue = 2")).plan
        assert (plan.limits.sign.value, plan.limits.sign.clause) == (2, "三要(二)-1")

    def test_a_row_changes_by_its_code_and_keeps_its_place(self, child: Child) -> None:
        plan = loader.read(child.says('[[topics]]\ncode = "road"\noffice = "zhifa"')).plan
        assert [topic.code for topic in plan.topics[:3]] == ["streetlight", "road", "greening"]
        assert (plan.topics[1].office, plan.topics[1].name) == ("zhifa", "市政道路")

    def test_a_new_code_is_added_at_the_end(self, child: Child) -> None:
        plan = loader.read(child.says('[[parks]]\ncode = "east_park"\nname = "东部园区"')).plan
        assert [park.code for park in plan.parks] == ["tongjiang_park", "fumin_park", "small_parks", "east_park"]

    def test_a_row_is_removed(self, child: Child) -> None:
        plan = loader.read(child.says('[[parks]]\ncode = "fumin_park"\nremove = true')).plan
        assert [park.code for park in plan.parks] == ["tongjiang_park", "small_parks"]

    def test_a_list_without_codes_is_replaced(self, child: Child) -> None:
        row = 'from = "01-01"\nopens = "09:00"\nnoon_from = "12:00"\nnoon_to = "13:00"\ncloses = "17:00"'
        plan = loader.read(child.says(f"[[office_hours]]\n{row}")).plan
        assert [f"{season.opens:%H:%M}" for season in plan.office_hours] == ["09:00"]

    def test_a_named_list_is_replaced_as_a_whole(self, child: Child) -> None:
        text = 'replace = ["parks", "reasons.key"]\n[[parks]]\ncode = "only"\nname = "唯一园区"\n'
        text += '[[reasons.key]]\ncode = "leader_named"\nname = "领导批示"\nclause = "三要(二)-2"\n'
        plan = loader.read(child.says(text)).plan
        assert [park.code for park in plan.parks] == ["only"]
        assert [reason.code for reason in plan.reasons.key] == ["leader_named"]

    def test_a_third_file_on_top(self, child: Child) -> None:
        child.says("[limits.sign]\nvalue = 2")
        top = child.path.with_name("top.toml")
        top.write_text('extends = "child.toml"\n[limits.redo]\nvalue = 4', encoding="utf-8")
        plan = loader.read(top).plan
        assert (plan.limits.sign.value, plan.limits.redo.value, plan.limits.soon.value) == (2, 4, 2)

    def test_it_makes_no_difference_how_it_is_written(self, child: Child) -> None:
        a = child.says("[limits.sign]\nvalue = 2\n[limits.redo]\nvalue = 4")
        one = loader.read(a).digest
        two = loader.read(child.says("limits = { redo = { value = 4 }, sign = { value = 2 } } # 注释")).digest
        assert one == two != loader.read(MENGHE).digest


class TestMistakes:
    def test_are_told_of_the_file_that_makes_them(self, child: Child) -> None:
        text = child.base.read_text(encoding="utf-8").replace('office = "ziran"', 'office = "ziram"', 1)
        child.base.write_text(text, encoding="utf-8")
        mistakes = refused_file(child.says("[limits.sign]\nvalue = 0"))
        assert {(Path(one.file).name, one.key) for one in mistakes} == {
            ("base.toml", "topics[19].office"),
            ("child.toml", "limits.sign.value"),
        }

    def test_a_row_changed_above_is_named_above(self, child: Child) -> None:
        mistake = only(refused_file(child.says('[[topics]]\ncode = "road"\noffice = "nobody"')))
        assert (Path(mistake.file).name, mistake.key, mistake.row) == ("child.toml", "topics[1].office", "road")

    def test_a_new_row_without_its_keys_is_named_above(self, child: Child) -> None:
        mistake = only(refused_file(child.says('[[parks]]\ncode = "east_park"')))
        assert (Path(mistake.file).name, mistake.key, mistake.expected) == ("child.toml", "parks[3].name", "缺这一项")

    def test_removing_what_is_not_there(self, child: Child) -> None:
        mistake = only(refused_file(child.says('[[parks]]\ncode = "moon"\nremove = true')))
        assert (mistake.key, mistake.row) == ("parks[0]", "moon")

    def test_remove_must_be_true(self, child: Child) -> None:
        mistakes = refused_file(child.says('[[parks]]\ncode = "fumin_park"\nremove = "yes"'))
        assert only(mistakes).key == "parks[1].remove"

    def test_replacing_what_is_not_given(self, child: Child) -> None:
        assert only(refused_file(child.says('replace = ["parks"]'))).key == "replace[0]"

    def test_replace_is_a_list_of_names(self, child: Child) -> None:
        assert only(refused_file(child.says("replace = 3"))).key == "replace"

    def test_a_code_twice_in_one_file_is_not_hidden(self, child: Child) -> None:
        row = '[[topics]]\ncode = "road"\n'
        mistake = only(refused_file(child.says(row + 'office = "zhifa"\n' + row + 'office = "ziran"')))
        assert (mistake.key, mistake.row) == ("topics[1].code", "road")

    def test_a_list_for_a_table_is_told(self, child: Child) -> None:
        assert {one.key for one in refused_file(child.says("limits = []"))} == {"limits"}

    @pytest.mark.parametrize("base", ["7", '""', '"none.toml"', '"child.toml"', '"."', '"a\\u0000b"'])
    def test_a_base_that_is_none(self, child: Child, base: str) -> None:
        child.path.write_text(f"extends = {base}", encoding="utf-8")
        mistake = only(refused_file(child.path))
        assert (Path(mistake.file).name, mistake.key) == ("child.toml", "extends")

    def test_a_ring_of_files(self, child: Child) -> None:
        child.base.write_text('extends = "child.toml"', encoding="utf-8")
        assert "圈" in only(refused_file(child.says(""))).expected
