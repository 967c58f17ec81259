"""What an upload really is: every fault answered in a sentence, nothing ends the process."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinqing.enterprises.imports import headings, tables
from qinqing.kernel.errors import Refused
from tests.enterprises.lists import SHARED, changed, csv, xlsx

ROW = ("演示甲厂", "91320411MA0FAKE01M", "示范一村", "演示厂长", "13800000000")


def first(filename: str, content: bytes) -> list[list[str]]:
    return tables.read(filename, content)[0].rows


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    def test_in_any_usual_encoding(self, encoding: str) -> None:
        assert first("名单.csv", csv(ROW, encoding=encoding))[1] == list(ROW)

    @pytest.mark.parametrize("comma", [",", "\t", ";", "|"])
    def test_with_any_usual_separator(self, comma: str) -> None:
        assert first("名单.csv", csv(ROW, comma=comma))[1] == list(ROW)

    def test_line_breaks_and_commas_inside_quotes(self) -> None:
        assert first("a.csv", csv(("甲,乙厂", "一\n二", "", "", '说"好"'.replace('"', '""'))))[1][:2] == [
            "甲,乙厂",
            "一\n二",
        ]

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "空的"),
            (b"\xef\xbb\xbf \r\n", "空的"),
            (b"\x00" * 100, "空的"),
            (b"<html><table><tr><td>x</td></tr></table></html>", "网页"),
            (b"\xef\xbb\xbf  <!DOCTYPE html>", "网页"),
            (b"<?xml version='1.0'?><Workbook/>", "网页"),
            (b"<svg onload=alert(1)>", "网页"),
            (b"%PDF-1.7", "PDF"),
            (b"\x89PNG\r\n\x1a\n", "图片"),
            (b"MZ\x90\x00", "程序"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧式 .xls"),
            (b"\x1f\x8b\x08", "压缩包"),
            (b"a,b\x00c\n1,2", "不是文本"),
            (b"\xff\xff\xff\xfe\x81", "编码"),
            ('企业名称,代码\n"甲厂,1\n'.encode(), "引号"),
            ('企业名称,代码\n甲厂,"a"b\n'.encode(), "第2行"),
            (b"\xff\xfe\x00", "损坏"),
        ],
    )
    def test_what_it_is_not(self, content: bytes, told: str) -> None:
        with pytest.raises(Refused, match=told) as refusal:
            tables.read("名单.csv", content)
        assert refusal.value.field == "file"

    def test_too_large_and_too_long(self) -> None:
        with pytest.raises(Refused, match="20MB"):
            tables.read("a.csv", b"a" * (21 * 1024 * 1024))
        with pytest.raises(Refused, match="最多导入20000行"):
            tables.read("a.csv", b"name,uscc\n" + b"x,1\n" * 20_100)
        with pytest.raises(Refused, match="十三万字"):
            tables.read("a.csv", b"name,uscc\n" + b"x" * 200_000 + b",1\n")


class TestWorkbook:
    def test_cells_as_text(self) -> None:
        content = xlsx(("甲厂", 913204116282071701, 13800000000, 320407000006814, 0.5))
        assert first("a.xlsx", content)[1] == ["甲厂", "9.132041162820717E+17", "13800000000", "320407000006814", "0.5"]

    def test_rows_keep_their_numbers_below_a_title(self) -> None:
        found = headings.locate(tables.read("a.xlsx", xlsx(ROW, above=[["孟河镇企业名单"], []])))
        assert found.row == 3

    def test_hidden_and_empty_sheets_are_passed_over(self) -> None:
        found = headings.locate(tables.read("a.xlsx", xlsx(ROW, hidden=True)))
        assert (found.table.name, found.row) == ("企业", 1)

    def test_a_wrong_suffix_is_said(self) -> None:
        assert "已按 .xlsx 读取" in tables.read("名单.csv", xlsx(ROW))[0].notes[0]
        assert "已按 .csv 读取" in tables.read("名单.xlsx", csv(ROW))[0].notes[0]
        assert tables.read("名单.XLSX", xlsx(ROW))[0].notes == []

    def test_a_cell_at_the_far_end_does_not_end_the_server(self) -> None:
        """The reader wants 500 GB for it in one piece, which kills a process without an exception."""
        content = changed(
            xlsx(ROW),
            "sheet1.xml",
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        )
        with pytest.raises(Refused, match="读不出来"):
            tables.read("a.xlsx", content)

    def test_a_bomb_that_says_so(self) -> None:
        out = io.BytesIO(xlsx(ROW))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            for number in range(11):
                package.writestr(f"xl/media/{number}.bin", b"\0" * (30 * 1024 * 1024))
        with pytest.raises(Refused, match="过大"):
            tables.read("a.xlsx", out.getvalue())

    def test_a_bomb_that_lies(self) -> None:
        """The list of contents claims 100 bytes, the sheet unpacks to more than a thousand million."""
        filler = b"<!--" + b"x" * (1 << 20)
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        packed = b"".join(packer.compress(filler) for _ in range(1200)) + packer.flush()
        honest = xlsx(ROW)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(honest)) as package, zipfile.ZipFile(out, "w") as other:
            for name in package.namelist():
                other.writestr(name, package.read(name) if not name.endswith("sheet1.xml") else packed)
        content = out.getvalue()
        # Say "deflated" in both headers of that part, and leave the small size in place.
        at = content.index(b"xl/worksheets/sheet1.xml")
        content = content[: at - 22] + struct.pack("<H", 8) + content[at - 20 :]
        last = content.rindex(b"xl/worksheets/sheet1.xml")
        content = content[: last - 36] + struct.pack("<H", 8) + content[last - 34 :]
        with pytest.raises(Refused):
            tables.read("a.xlsx", content)

    @pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"PK" + b"x" * 500])
    def test_damaged(self, content: bytes) -> None:
        with pytest.raises(Refused, match=r"损坏|不是 \.xlsx"):
            tables.read("a.xlsx", content)

    def test_other_office_documents(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr("word/document.xml", "<w/>")
        with pytest.raises(Refused, match=r"不是 \.xlsx"):
            tables.read("a.docx", out.getvalue())

    def test_twenty_thousand_rows_and_one(self) -> None:
        rows = [("甲厂", str(n)) for n in range(20_001)]
        with pytest.raises(Refused, match="最多导入20000行"):
            headings.locate(tables.read("a.xlsx", xlsx(*rows, headings=("企业名称", "代码"))))
        found = headings.locate(tables.read("a.xlsx", xlsx(*rows[:-1], headings=("企业名称", "代码"))))
        assert len(found.table.rows) == 20_001

    @settings(max_examples=15, deadline=None)
    @given(st.integers(0, 5000), st.integers(0, 255))
    def test_any_one_byte_changed(self, at: int, byte: int) -> None:
        content = bytearray(xlsx(ROW))
        content[at % len(content)] = byte
        try:
            tables.read("a.xlsx", bytes(content))
        except Refused as refusal:
            assert refusal.field == "file"  # noqa: PT017  a lucky byte changes nothing: both answers are right


class TestHeadings:
    @pytest.mark.parametrize(
        ("title", "field"),
        [
            ("企业名称*", "name"),
            ("企业名称（必填）", "name"),
            (" 统一社会 信用代码 ", "uscc"),
            ("USCC", "uscc"),
            ("占地面积(亩)", "land_mu"),
            ("村（社区）", "community"),
            ("城市", ""),
            ("city", ""),
            ("心情", None),
        ],
    )
    def test_in_many_spellings(self, title: str, field: str | None) -> None:
        assert headings.field_of(title) == field

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"a,b\n1,2\n", "没有找到表头"),
            (csv(headings=("企业名称", "代码")), "没有数据"),
            (csv(("", ""), headings=("企业名称", "代码")), "没有数据"),
            (csv(("甲", "1", "2"), headings=("企业名称", "代码", "信用代码")), "同一件事"),
        ],
    )
    def test_that_do_not_do(self, content: bytes, told: str) -> None:
        with pytest.raises(Refused, match=told):
            headings.locate(tables.read("a.csv", content))

    def test_columns_nobody_knows_are_named(self) -> None:
        content = csv(("甲", "1", "好"), headings=("企业名称", "代码", "心情"))
        assert headings.locate(tables.read("a.csv", content)).ignored == ["心情"]


@pytest.mark.skipif(not SHARED.exists(), reason="shared data is not beside this checkout")
class TestHostileFiles:
    def test_every_csv_is_read_or_refused(self) -> None:
        files = sorted((SHARED / "hostile" / "csv").rglob("*.csv"))
        assert len(files) > 20
        for file in files:
            try:
                headings.locate(tables.read(file.name, file.read_bytes()))
            except Refused as refusal:
                assert refusal.sentence  # noqa: PT017  most are refused for their headings, some have a name column
