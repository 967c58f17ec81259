"""Single facts as people and spreadsheets write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.enterprises import rules, values
from qinqing.enterprises.words import Scale
from qinqing.kernel.errors import Refused
from tests.enterprises.text import wide


class TestPhone:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("13800000000", "13800000000"),
            ("138 0000 0000", "13800000000"),
            ("138-0000-0000", "13800000000"),
            ("+8613800000000", "13800000000"),
            (wide("13800000000"), "13800000000"),
            ("13800000000.0", "13800000000"),
            ("0519-83500000", "0519-83500000"),
            ("051983500000", "0519-83500000"),
            ("(0519)83500000-801", "0519-83500000-801"),
            ("83500000转801", "83500000-801"),
            ("4008001234", "400-800-1234"),
            ("无", ""),
            ("", ""),
        ],
    )
    def test_taken(self, typed: str, stored: str) -> None:
        assert values.phone("phone", typed) == stored

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("1.38E+10", "科学计数"),
            ("1380000000", "现为10位"),
            ("13800000000、13900000000", "只能填一个"),
            ("电话", "不是手机号"),
            ("12345", "现为5位"),
        ],
    )
    def test_refused_with_the_reason(self, typed: str, told: str) -> None:
        with pytest.raises(Refused, match=told) as refusal:
            values.phone("phone", typed)
        assert refusal.value.field == "phone"


class TestDay:
    @pytest.mark.parametrize(
        "typed",
        [
            "2001-07-27",
            "2001/7/27",
            "2001.7.27",
            "2001年7月27日",
            "20010727",
            "37099",
            "37099.0",
            "2001-07-27 00:00:00",
        ],
    )
    def test_taken(self, typed: str) -> None:
        assert values.day("registered_on", typed) == date(2001, 7, 27)

    @pytest.mark.parametrize("typed", ["2001-13-01", "2001-02-30", "昨天", "12", "0001-01-01", "99999999", "1e5"])
    def test_refused(self, typed: str) -> None:
        with pytest.raises(Refused, match="不是日期"):
            values.day("registered_on", typed)


class TestName:
    @pytest.mark.parametrize(
        "typed",
        [
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            wide("=1+1"),
            "<script>alert(1)</script>",
            "a",
            "，，",
            "a\\b",
        ],
    )
    def test_formulas_and_markup_are_no_names(self, typed: str) -> None:
        with pytest.raises(Refused):
            values.name("name", typed)

    def test_width_and_case_do_not_make_another_name(self) -> None:
        assert values.name_key("常州（演示）ABC 厂") == values.name_key("常州(演示)abc厂")

    def test_hidden_letters_go(self) -> None:
        assert values.name("name", "\u202e演示\u200b厂\x00") == "演示厂"

    def test_is_never_longer_than_its_column(self) -> None:
        with pytest.raises(Refused, match="最多120字"):
            values.name("name", "长" * 121)


class TestOthers:
    def test_numbers_with_units(self) -> None:
        assert values.whole("workers", "1,250人", 200_000, "人") == 1250
        assert values.measure("land_mu", "12.345亩", 99_999, "亩") == Decimal("12.34")

    @pytest.mark.parametrize("typed", ["-1", "约50", "1e9", "NaN", "9" * 30])
    def test_bad_numbers(self, typed: str) -> None:
        with pytest.raises(Refused):
            values.whole("workers", typed, 200_000)
        with pytest.raises(Refused):
            values.measure("land_mu", typed.replace("1e9", "1e99"), 99_999)

    def test_industry_with_section_letter_and_name(self) -> None:
        assert values.industry("industry", "C3670") == "3670"
        assert values.industry("industry", "3670 汽车零部件及配件制造") == "3670"
        with pytest.raises(Refused, match="GB/T 4754"):
            values.industry("industry", "9999")

    def test_tags_in_words(self) -> None:
        assert values.tags("tags", "喷涂、粉尘涉爆") == ["dust", "painting"]
        with pytest.raises(Refused, match="可选范围"):
            values.tags("tags", "爆炸")

    def test_choice_by_code_label_or_alias(self) -> None:
        for typed in ("above", "规上", "规模以上"):
            assert values.choice("scale", typed, Scale, rules.SCALE_ALIASES) == "above"

    @given(st.sampled_from(sorted(rules.FIELDS)), st.text(max_size=60))
    def test_whatever_is_typed_is_stored_or_refused(self, name: str, typed: str) -> None:
        refusal = None
        try:
            rules.FIELDS[name].read(name, typed)
        except Refused as fault:
            refusal = fault
        assert refusal is None or (refusal.field == name and refusal.sentence)
