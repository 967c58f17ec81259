"""Numbers of firms, against the standard and against python-stdnum where that agrees with the standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from qinqing.enterprises import uscc
from qinqing.enterprises.words import NumberKind
from tests.enterprises.text import wide

LETTERS = st.sampled_from(uscc.ALPHABET)
DIGITS = st.sampled_from("0123456789")


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Any code with a right check digit, letters in the first two places included."""
    first = draw(st.sampled_from(uscc.AUTHORITIES)) + draw(LETTERS)
    region = "".join(draw(DIGITS) for _ in range(6))
    seventeen = first + region + "".join(draw(LETTERS) for _ in range(9))
    return seventeen + uscc.check_digit(seventeen)


class TestCode:
    @pytest.mark.parametrize(
        "code",
        ["91320411MA0FAKE01M", "91320411MA0FAKE02Q", "92320411MA0FAKE0H4", "93320411MA0FAKE03M", "N2320411MF000000AE"],
    )
    def test_taken(self, code: str) -> None:
        found = uscc.read(code)
        assert (found.kind, found.text, found.problem) == (NumberKind.USCC, code, "")

    @pytest.mark.parametrize(
        "typed",
        [
            " 91320411ma0fake01m ",
            "9132 0411 MA0F AKE0 1M",
            wide("91320411MA0FAKE01M"),
            "91320411-MA0FAKE01-M",
        ],
    )
    def test_is_normalised(self, typed: str) -> None:
        assert uscc.read(typed).text == "91320411MA0FAKE01M"

    def test_letters_are_allowed_where_the_standard_allows_them(self) -> None:
        """The oracle refuses N2…, the standard's code of village collectives."""
        assert uscc.read("N2320411MF000000AE").kind is NumberKind.USCC
        assert not oracle.is_valid("N2320411MF000000AE")

    @given(codes())
    def test_agrees_with_the_oracle_where_both_speak(self, code: str) -> None:
        assert uscc.read(code).text == code
        if code[:2].isdigit():
            assert oracle.is_valid(code)

    @given(codes(), st.integers(0, 17), LETTERS)
    def test_one_wrong_letter_never_passes(self, code: str, place: int, letter: str) -> None:
        wrong = code[:place] + letter + code[place + 1 :]
        found = uscc.read(wrong)
        assert (found.problem == "") == (wrong == code)
        assert not found.problem or not found.text

    @given(codes(), st.integers(0, 16))
    def test_two_neighbours_swapped_never_pass(self, code: str, place: int) -> None:
        wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert bool(uscc.read(wrong).problem) == (wrong != code)

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("91320411MA0FAKEO1M", "O（是否为0）"),
            ("91320411MA0FAKE01", "现为17位"),
            ("91320411MA0FAKE01N", "末位应为M"),
            ("B1320411MA0FAKE01M", "第1位不会是B"),
            ("9132041AMA0FAKE01M", "行政区划"),
            ("9.13204116282072E+17", "科学计数"),
            ("没有", "现为2位"),
        ],
    )
    def test_says_what_is_wrong(self, typed: str, told: str) -> None:
        found = uscc.read(typed)
        assert told in found.problem
        assert found.kind is NumberKind.NONE

    def test_inner_code_only_warns(self) -> None:
        assert "组织机构代码" in uscc.read("91320411MA0FAKE01M").warnings[0]
        assert not uscc.read("913204116282071701").warnings

    def test_another_city_only_warns(self) -> None:
        assert "不在本市" in uscc.read("91320585720689053E", city="3204").warnings[0]
        assert not uscc.read("913204116282071701", city="3204").warnings

    @pytest.mark.parametrize("nothing", ["", " ", "无", "暂无", "N/A", "0"])
    def test_nothing_is_no_problem(self, nothing: str) -> None:
        assert uscc.read(nothing) == uscc.Number(NumberKind.NONE)

    @given(st.text(max_size=40))
    def test_never_falls_over(self, typed: str) -> None:
        found = uscc.read(typed)
        assert not (found.problem and found.text)


class TestOldNumber:
    def test_is_kept_as_such(self) -> None:
        assert uscc.read("320407000006814") == uscc.Number(NumberKind.OLD, "320407000006814")

    def test_wrong_check_digit_only_warns(self) -> None:
        found = uscc.read("320407000006815")
        assert found.text == "320407000006815"
        assert found.warnings
