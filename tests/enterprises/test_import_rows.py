"""What an import makes of each row: every bad cell by row, column and reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from qinqing.enterprises.imports import checking, tables
from qinqing.enterprises.imports import headings as reading
from qinqing.enterprises.imports.checking import Cell, Checked
from qinqing.enterprises.words import Decision
from tests.enterprises.lists import HEADINGS, SHARED, csv, look, xlsx
from tests.enterprises.town import Town, code


def one(town: Town, *cells: Any, headings: tuple[str, ...] = HEADINGS) -> Checked:
    return look(town, xlsx(cells, headings=headings), "名单.xlsx").rows[0]


class TestGoodRows:
    def test_with_a_village_is_created(self, town: Town) -> None:
        row = one(town, "演示甲厂", code(1), "示范一村", "演示厂长", 13800000000)
        assert (row.decision, row.values["community_id"], row.contact) == (
            Decision.CREATE,
            town.office("v1"),
            ("演示厂长", "13800000000"),
        )
        assert row.problems == row.remarks == []

    @pytest.mark.parametrize("village", ["", "无", "严桥村"])
    def test_without_one_waits(self, town: Town, village: str) -> None:
        row = one(town, "演示甲厂", code(1), village)
        assert (row.decision, row.values["community_id"], row.values["is_unassigned"]) == (
            Decision.UNASSIGNED,
            None,
            True,
        )

    def test_an_address_suggests_and_does_not_decide(self, town: Town) -> None:
        row = one(town, "演示甲厂", code(1), "孟河镇示范二村88号", headings=("企业名称", "信用代码", "地址"))
        assert (row.decision, row.suggested) == (Decision.UNASSIGNED, "示范二村")

    def test_a_firm_that_is_gone_does_not_wait(self, town: Town) -> None:
        row = one(town, "演示甲厂", code(1), "注销", headings=("企业名称", "信用代码", "状态"))
        assert row.decision == Decision.CREATE

    def test_without_a_code_it_goes_by_its_name(self, town: Town) -> None:
        row = one(town, "演示甲厂", "", "示范一村")
        assert row.values["number_kind"] == "none"
        assert "没有代码" in row.remarks[0].reason

    def test_every_known_column(self, town: Town) -> None:
        given = {
            "企业名称": "演示甲厂", "统一社会信用代码": code(1), "简称": "甲", "企业类型": "有限责任公司", "状态": "在业",
            "成立日期": "2001年7月27日", "注册资本": "50万", "经营范围": "灯具", "注册地址": "演示路1号", "生产经营地址": "演示路2号",
            "属地": "示范一村", "行业代码": "C3670", "规模": "规模以上", "规模认定年度": 2026, "标签": "喷涂、粉尘涉爆",
            "重点企业": "是", "从业人数": "50人", "占地面积（亩）": 12.5, "建筑面积": "3,000平方米", "厂房性质": "租赁",
            "房东": "演示村集体",
            "法定代表人": "演示乙", "联系人": "演示厂长", "手机号码": "13800000000", "备注": "好",
        }  # fmt: skip
        row = one(town, *given.values(), headings=tuple(given))
        assert (row.problems, row.remarks, row.decision) == ([], [], Decision.CREATE)
        wanted = {
            "legal_form": "有限责任公司",
            "scale": "above",
            "tags": ["dust", "painting"],
            "is_key": True,
            "ownership": "rented",
        }
        assert wanted.items() <= row.values.items()


class TestBadCells:
    @pytest.mark.parametrize(
        ("cells", "column", "told"),
        [
            (("", code(1)), "企业名称", "没有企业名称"),
            (("=cmd|' /C calc'!A0", code(1)), "企业名称", "像公式"),
            (("<script>alert(1)</script>", code(1)), "企业名称", "不该出现的符号"),
            (("长" * 121, code(1)), "企业名称", "最多120字"),
            (("演示甲厂", "91320411MA0FAKE01N"), "统一社会信用代码", "末位应为M"),
            (("演示甲厂", 913204116282071701), "统一社会信用代码", "科学计数"),
            (("演示甲厂", "9.13204E+17"), "统一社会信用代码", "科学计数"),
            (("演示甲厂", code(1), "示范一村", "演示", 1380000000), "联系电话", "现为10位"),
            (("演示甲厂", code(1), "示范一村", "演示", "1.38E+10"), "联系电话", "科学计数"),
        ],
    )
    def test_turn_the_row_away(self, town: Town, cells: tuple[Any, ...], column: str, told: str) -> None:
        row = one(town, *cells)
        assert row.decision == Decision.REJECT
        assert [(cell.row, cell.column) for cell in row.problems] == [(2, column)]
        assert told in row.problems[0].reason

    def test_each_of_several_is_named(self, town: Town) -> None:
        headings = ("企业名称", "信用代码", "成立日期", "从业人数", "行业代码", "规模")
        row = one(town, "演示甲厂", "123", "昨天", "很多", "9999", "巨大", headings=headings)
        assert [cell.column for cell in row.problems] == ["信用代码", "成立日期", "从业人数", "行业代码", "规模"]

    def test_a_wrong_phone_is_not_shown_in_full(self, town: Town) -> None:
        assert one(town, "演示甲厂", code(1), "", "演示", "138123456789").problems[0].value == "138****6789"

    def test_the_same_firm_twice_in_the_list(self, town: Town) -> None:
        rows = look(
            town, csv(("甲厂", code(1)), ("乙厂", code(1)), ("丙厂", ""), ("丙 厂", "")),
        ).rows  # fmt: skip
        assert [row.decision for row in rows] == [
            Decision.UNASSIGNED, Decision.REJECT, Decision.UNASSIGNED, Decision.REJECT,
        ]  # fmt: skip
        assert "与第2行是同一家" in rows[1].problems[0].reason
        assert "与第4行是同一家" in rows[3].problems[0].reason

    def test_more_cells_than_headings(self, town: Town) -> None:
        row = look(town, "企业名称,信用代码\n演示甲厂,,经营,范围\n".encode()).rows[0]
        assert row.problems == [Cell(2, "整行", "这一行比表头（2列）多出内容，可能是某格里的分隔符没有加引号", "经营")]

    def test_row_numbers_are_the_sheets(self, town: Town) -> None:
        content = xlsx(("演示甲厂", "1"), ("", ""), ("演示乙厂", "2"), above=[["孟河镇企业名单"], []])
        assert [cell.row for cell in look(town, content, "a.xlsx").problems] == [4, 6]

    @pytest.mark.skipif(not SHARED.exists(), reason="shared data is not beside this checkout")
    def test_naughty_strings_in_every_column(self, town: Town) -> None:
        folder = SHARED / "hostile" / "strings"
        texts: list[str] = json.loads((folder / "blns.json").read_text(encoding="utf-8"))
        for file in ("csv_injection_payloadbox.txt", "xss-sample.txt", "fuzzdb_unicode_naughty-unicode.txt"):
            texts += Path(folder / file).read_text(encoding="utf-8", errors="replace").splitlines()[:300]
        texts = [text.replace("\x00", "") for text in texts if text.strip()]
        headings = (*HEADINGS, "经营范围", "地址", "备注", "状态", "规模", "标签")
        for text in texts:
            for column in range(len(headings)):
                cells = ["演示甲厂", code(1), *[""] * 9]
                cells[column] = text[:500]
                row = _judged(cells, headings)
                assert bool(row.problems) == (row.decision == Decision.REJECT)
                assert row.decision in (Decision.UNASSIGNED, Decision.CREATE, Decision.REJECT)


def _judged(cells: list[str], headings: tuple[str, ...]) -> Checked:
    """Judge one row without making a file of it."""
    found = reading.locate([tables.Table("", [list(headings), cells])])
    return checking.check(found, checking.Known({}, {}, {}, [], {}, {}))[0]
