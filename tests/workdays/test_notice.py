"""Reading a notice: what is taken, and every way a row can be wrong."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.kernel.errors import Refused
from qinqing.workdays import rules
from qinqing.workdays.words import Mark

PAPER = "国办发明电〔2026〕0号（演示）"


def day(on: str, name: Any = "元旦", *, off: Any = True) -> dict[str, Any]:
    return {"name": name, "date": on, "isOffDay": off}


def text(days: list[Any], *, year: Any = 2027, papers: Any = (PAPER,)) -> str:
    """Return a notice in the holiday-cn form."""
    return json.dumps({"year": year, "papers": papers, "days": days}, ensure_ascii=False)


class TestJson:
    def test_is_read_as_written(self) -> None:
        found = rules.read_notice(text([day("2027-02-13", "春节", off=False), day("2027-01-01")]))
        assert (found.year, found.papers) == (2027, (PAPER,))
        assert found.days == (
            rules.NoticeDay(date(2027, 1, 1), Mark.REST, "元旦"),
            rules.NoticeDay(date(2027, 2, 13), Mark.WORK, "春节"),
        )

    def test_days_off_on_weekends_may_be_listed_or_not(self) -> None:
        days = rules.read_notice(text([day("2027-01-01"), day("2027-01-02"), day("2027-01-03")])).days
        assert len(days) == 3

    def test_december_before_and_january_after_belong_to_it(self) -> None:
        days = rules.read_notice(text([day("2026-12-31"), day("2027-01-01"), day("2028-01-01")])).days
        assert [one.on.year for one in days] == [2026, 2027, 2028]

    def test_the_source_given_beside_it_is_kept_too(self) -> None:
        assert rules.read_notice(text([day("2027-01-01")]), source=" 通知 ").papers == (PAPER, "通知")

    @pytest.mark.parametrize(
        ("raw", "code", "says"),
        [
            ("", "notice_empty", "没有内容"),
            (" \n\t\ufeff", "notice_empty", "没有内容"),
            ("x" * 100_001, "notice_too_long", "超过100000字"),
            ("{", "notice_not_json", "第1行第2列"),
            ("[" * 50_000, "notice_not_json", "无法读取"),
            ("[]", "notice_not_json", "year 和 days"),
            ('{"year": 2027}', "notice_not_json", "year 和 days"),
            ('{"year": 2027, "days": {}}', "notice_not_json", "year 和 days"),
            (text([day("2027-01-01")], year="2027"), "notice_bad_year", "年份数字"),
            (text([day("2027-01-01")], year=True), "notice_bad_year", "年份数字"),
            (text([day("2027-01-01")], year=None), "notice_bad_year", "年份数字"),
            (text([day("2027-01-01")], year=1999), "notice_bad_year", "2008年至2099年"),
            (text([day("2027-01-01")], year=10**30), "notice_bad_year", "2008年至2099年"),
            ('{"year": ' + "9" * 5000 + ', "days": []}', "notice_not_json", "无法读取"),
            (text([day("2027-01-01")], papers="文号"), "notice_not_json", "papers"),
            # The shell that is published before the notice is.
            (text([]), "notice_without_days", "2027年的文件里没有任何日期"),
            (text([day(f"2027-{m:02}-{d:02}") for m in range(1, 7) for d in range(1, 29)]), "notice_too_long", "120"),
        ],
    )  # fmt: skip
    def test_what_is_no_notice_is_refused(self, raw: str, code: str, says: str) -> None:
        with pytest.raises(Refused) as refusal:
            rules.read_notice(raw)
        assert (refusal.value.code, refusal.value.field) == (code, "text")
        assert says in refusal.value.sentence

    @pytest.mark.parametrize(
        ("bad", "says"),
        [
            ("2027-01-02", "第2条：应是含 name、date、isOffDay 的一项"),
            (day("2027-01-02", off="true"), "第2条：isOffDay 应为"),
            (day("2027-01-02", off=1), "第2条：isOffDay 应为"),
            ({"name": "元旦", "date": "2027-01-02"}, "第2条：isOffDay 应为"),
            (day("2027-02-30"), "第2条：日期“2027-02-30”不对"),
            (day("27-01-02"), "第2条：日期“27-01-02”不对"),
            (day("2027-01-02T10:00"), "不对"),
            ({"name": "元旦", "date": 20270102, "isOffDay": True}, "第2条：日期“20270102”不对"),
            ({"name": "元旦", "isOffDay": True}, "第2条：日期“None”不对"),
            (day("2027-01-02", "\u200b "), "第2条：缺少节日名称"),
            (day("2027-01-02", ["元旦"]), "第2条：缺少节日名称"),
            (day("2026-11-30"), "第2条（2026-11-30 元旦）：不在2027年（或相邻的上年12月、次年1月）内"),
            (day("2028-02-01"), "第2条（2028-02-01 元旦）：不在2027年"),
            (day("2027-01-01"), "第2条（2027-01-01 元旦）：与第1条是同一天"),
            (day("2027-01-01", off=False), "第2条（2027-01-01 元旦）：与第1条是同一天"),
            (day("2027-02-12", "春节", off=False), "第2条（2027-02-12 春节）：本来就是工作日"),
            (day("2027-02-06", "春节", off=False), "第2条（2027-02-06 春节）：是法定节日春节，不能调为上班"),
        ],
    )  # fmt: skip
    def test_a_row_that_cannot_be_right_is_named(self, bad: Any, says: str) -> None:
        with pytest.raises(Refused) as refusal:
            rules.read_notice(text([day("2027-01-01"), bad]))
        assert refusal.value.code == "notice_bad_row"
        assert says in refusal.value.sentence
        assert refusal.value.sentence.endswith("整份未导入。")

    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["year", "papers", "days", "name", "date", "isOffDay"]), inner),
    ))  # fmt: skip
    def test_any_json_is_read_or_refused_never_a_fault(self, value: Any) -> None:
        with suppress(Refused):
            rules.read_notice(json.dumps(value))

    @given(st.text(max_size=200))
    def test_any_text_is_read_or_refused_never_a_fault(self, raw: str) -> None:
        with suppress(Refused):
            rules.read_notice(raw)


class TestRows:
    @pytest.mark.parametrize(
        "raw",
        [
            "日期,节日,类型\n2027-01-01,元旦,放假\n2027-02-13,春节,上班\n",
            "2027-01-01,元旦,放假\r\n\r\n2027-02-13,春节,上班",
            "2027/1/1\t放假\t元旦\n2027.2.13\t调休上班\t春节",
            "２０２７年１月１日，元旦，休\n2027年2月13日，春节，班",
            "\ufeffdate,name,isOffDay\n2027-01-01 00:00:00,元旦,True\n2027-02-13 0:00,春节,FALSE",
            '"2027-01-01","元旦","off"\n"2027-02-13","春节","work"',
        ],
    )
    def test_are_read_in_the_ways_people_write_them(self, raw: str) -> None:
        found = rules.read_notice(raw, source=PAPER)
        assert (found.year, found.papers) == (2027, (PAPER,))
        assert found.days == (
            rules.NoticeDay(date(2027, 1, 1), Mark.REST, "元旦"),
            rules.NoticeDay(date(2027, 2, 13), Mark.WORK, "春节"),
        )

    def test_the_year_is_the_one_most_rows_are_in_unless_given(self) -> None:
        raw = "2026-12-31,元旦,放假\n2027-01-01,元旦,放假\n2027-02-05,春节,放假"
        assert rules.read_notice(raw).year == 2027
        with pytest.raises(Refused, match="不在2026年"):
            rules.read_notice(raw, year=2026)

    @pytest.mark.parametrize(
        ("raw", "says"),
        [
            ("日期,节日,类型\n2027-13-01,元旦,放假", "第2行：日期“2027-13-01”不对"),
            ("2027-01-01,元旦,放假\n明天,元旦,放假", "第2行：日期“明天”不对"),
            ("2027-01-01,元旦", "第1行：没有写明“放假”还是“上班”"),
            ("2027-01-01", "第1行：没有写明“放假”还是“上班”"),
            ("2027-01-01,元旦,也许", "第1行：没有写明“放假”还是“上班”"),
            ("2027-01-01,,放假", "第1行：缺少节日名称"),
            ("2027-01-01,元旦,放假\n2027-01-01,元旦,放假", "第2行（2027-01-01 元旦）：与第1行是同一天"),
            ("2027-02-13,春节,上班\n2027-02-10,春节,上班", "第2行（2027-02-10 春节）：本来就是工作日"),
            ("<html><body>2027</body></html>", "第1行：日期“<html><body>2027</bo”不对"),
            ("=cmd|'/c calc'!A1,x,放假", "第1行：日期“=cmd|'/c calc'!A1”不对"),
        ],
    )
    def test_a_row_that_cannot_be_right_is_named(self, raw: str, says: str) -> None:
        with pytest.raises(Refused) as refusal:
            rules.read_notice(raw)
        assert refusal.value.code == "notice_bad_row"
        assert says in refusal.value.sentence

    def test_headings_alone_are_no_notice(self) -> None:
        with pytest.raises(Refused, match="没有读到任何日期"):
            rules.read_notice("日期,节日,类型")

    def test_an_open_quote_is_refused(self) -> None:
        with pytest.raises(Refused):
            rules.read_notice('2027-01-01,"元旦,放假\n2027-01-02,元旦,放假')


class TestWarnings:
    def test_statutory_days_that_are_not_listed_are_asked_about(self) -> None:
        warnings = rules.read_notice(text([day("2027-01-01")], papers=[])).warnings
        assert "没有列出国庆节（10月1日）。法定节日仍按放假计算，但请核对内容是否完整。" in warnings
        assert "没有列出春节（2月5日、2月8日）。" in "".join(warnings)
        assert "元旦" not in "".join(warnings)
        assert "没有写明通知的文号或网址，日后难以核对。" in warnings
