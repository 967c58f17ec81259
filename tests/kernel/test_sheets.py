"""What a sheet for people must be: readable back, printable on A4, and harmless when opened."""

import io
import tempfile
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from qinqing.kernel import sheets
from qinqing.kernel.sheets import Column, Sheet, write_book, write_sheet

MADE = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
COLUMNS = [Column("企业", 30, "wrap"), Column("户数", 8, "number"), Column("起", 12), Column("时间", 18)]


def written(rows, **more):
    out = io.BytesIO()
    count = write_sheet(out, "联系企业名单", COLUMNS, rows, [sheets.STAMP_LINE], maker="示范一村", made_at=MADE, **more)
    out.seek(0)
    return count, out


class TestSheet:
    def test_reads_back_as_written(self):
        moment = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
        count, out = written([("演示车灯有限公司", 3, date(2026, 1, 2), moment), ("样例模具厂", None, None, None)])
        sheet = openpyxl.load_workbook(out).active
        assert count == 2
        assert sheet["A1"].value == "联系企业名单"
        assert "制表单位：示范一村" in sheet["A2"].value
        assert "制表时间：2026-11-23 09:05" in sheet["A2"].value
        assert [c.value for c in sheet[3]] == ["企业", "户数", "起", "时间"]
        assert [c.value for c in sheet[4]] == [
            "演示车灯有限公司",
            3,
            datetime.fromisoformat("2026-01-02"),
            datetime.fromisoformat("2026-11-23T09:30"),
        ]
        assert [c.value for c in sheet[5]] == ["样例模具厂", None, None, None]
        assert "盖章" in sheet["A7"].value

    def test_prints_on_a4_with_the_headings_on_every_page(self):
        _, out = written([("甲", 1, None, None)], landscape=False)
        sheet = openpyxl.load_workbook(out).active
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "portrait"
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages down as it takes, one across

    @pytest.mark.parametrize(
        "typed", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example", "\t=1", "{=1}", "00012"]
    )
    def test_never_lets_a_cell_run(self, typed):
        _, out = written([(typed, 1, None, None)])
        cell = openpyxl.load_workbook(out).active["A4"]
        assert cell.data_type == "s"
        assert cell.value == typed.strip()
        assert cell.hyperlink is None
        assert b"<f>" not in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")

    @pytest.mark.parametrize("typed", ["\ud800坏", "a\x00b", "\u202e反向", "长" * 100_000, "😀" * 40_000, "<&>]]>"])
    def test_takes_any_text(self, typed):
        _, out = written([(typed, 1, None, None)])
        value = openpyxl.load_workbook(out).active["A4"].value
        assert len(value.encode("utf-16-le")) // 2 <= sheets.LONGEST_CELL
        assert "\u202e" not in value

    def test_two_lists_in_one_book(self):
        out = io.BytesIO()
        pages = [
            Sheet("网格员[名单]", COLUMNS[:1], [("甲",)], "村", MADE),
            Sheet("联系企业名单", COLUMNS[:1], [], "村", MADE),
        ]
        assert write_book(out, pages) == [1, 0]
        assert openpyxl.load_workbook(out).sheetnames == ["网格员－名单－", "联系企业名单"]

    def test_streams_in_constant_memory(self):
        rows = (("演示企业" * 5, n, None, None) for n in range(20_000))
        with tempfile.TemporaryFile() as nowhere:
            tracemalloc.start()
            count = write_sheet(nowhere, "台账", COLUMNS, rows, maker="中转站", made_at=MADE)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert count == 20_000
        assert peak < 8_000_000
