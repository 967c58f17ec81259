"""From an uploaded file to rows of text: what kind of file it really is, its encoding, its separators.

Content decides, never the file name. Whatever cannot be read is refused with the way out in the sentence.
"""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from qinqing.enterprises.imports import workbook
from qinqing.kernel.errors import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_UNPACKED = 300 * 1024 * 1024
_ROOM_FOR_HEADINGS = 50
_SEPARATORS = ",\t;|"
_MARKUP = re.compile(rb"^\s*<(!doctype|html|head|body|table|\?xml|script|svg|meta)", re.IGNORECASE)
_OTHER_FILES = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"GIF8": "图片",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "文档",
}
SAVE_AS = "请在 WPS 或 Excel 里打开，另存为 .xlsx（或“CSV UTF-8”）后再上传"


@dataclass(frozen=True)
class Table:
    """One sheet as text. Row 1 is the sheet's first row; `notes` say what the reader had to guess."""

    name: str
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)


def read(filename: str, content: bytes, *, what: str = "企业名单") -> list[Table]:
    """Return the sheets of an upload: one for a .csv, each visible one for an .xlsx. `what` it should be, for refusals.

    Raises:
        Refused: empty, too large, not a list at all, damaged, or a trap; the sentence says what to do.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("empty_file", "文件是空的，请重新选择。", field="file")
    if len(content) > MOST_BYTES:
        raise Refused("file_too_large", f"文件超过{MOST_BYTES // 1024 // 1024}MB，请分成几份上传。", field="file")
    suffix = PurePath(filename).suffix.lower()
    if content.startswith(b"PK"):
        tables = _xlsx(content, what)
        note = "" if suffix == ".xlsx" else f"文件名后缀是“{suffix or '无'}”，内容是 .xlsx，已按 .xlsx 读取"
    else:
        _require_text(content, what)
        tables = _csv(content)
        note = (
            "" if suffix in (".csv", ".txt", ".tsv") else f"文件名后缀是“{suffix or '无'}”，内容是文本，已按 .csv 读取"
        )
    if note:
        tables = [Table(table.name, table.rows, [note, *table.notes]) for table in tables]
    return tables


def _require_text(content: bytes, expected: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_or_locked", f"这是旧式 .xls 或加了打开密码的文件。{SAVE_AS}，不要加密。", field="file")
    if _MARKUP.match(content[:200].removeprefix(b"\xef\xbb\xbf")):
        raise Refused("web_page", f"这其实是网页（有的系统导出的“.xls”就是网页）。{SAVE_AS}。", field="file")
    for magic, what in _OTHER_FILES.items():
        if content.startswith(magic):
            raise Refused("wrong_type", f"这是{what}文件，不是{expected}。{SAVE_AS}。", field="file")


def _csv(content: bytes) -> list[Table]:
    text, encoding = _decode(content)
    if "\x00" in text:
        raise Refused("wrong_type", f"这不是文本表格。{SAVE_AS}。", field="file")
    separator = _separator(text)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            rows.append(cells[: MOST_COLUMNS + 1])
            if len(rows) > MOST_ROWS + _ROOM_FOR_HEADINGS:
                raise _too_many()
    except csv.Error as fault:
        raise Refused(
            "broken_csv", f"第{len(rows) + 1}行读不下去（{_csv_fault(fault)}），请修正后再上传。", field="file"
        ) from fault
    return [Table("", rows, [f"文本编码 {encoding}"] if encoding != "UTF-8" else [])]


def _csv_fault(fault: csv.Error) -> str:
    said = str(fault)
    if "field larger" in said:
        return "有一格超过十三万字，可能少了一个引号"
    if "unexpected end" in said:
        return "有引号没有配对，到文件末尾也没有结束"
    return "引号没有配对，或引号后多了字"


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if content.startswith(mark):
            try:
                return content.decode("utf-8-sig" if encoding == "UTF-8" else "utf-16"), encoding
            except UnicodeDecodeError as fault:
                raise Refused("broken_text", f"文件内有损坏的文字。{SAVE_AS}。", field="file") from fault
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding.upper()
        except UnicodeDecodeError:
            continue
    raise Refused("unknown_encoding", f"文件既不是 UTF-8 也不是 GB18030 编码。{SAVE_AS}。", field="file")


def _separator(text: str) -> str:
    """Return the separator that stands most often in the first lines, outside quotes; a comma if none does."""
    head = re.sub(r'"[^"]*"', "", text[:4000])
    lines = [line for line in head.splitlines() if line.strip()][:5]
    return max(_SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))


def _xlsx(content: bytes, what: str) -> list[Table]:
    _require_honest_zip(content, what)
    try:
        done = subprocess.run(  # noqa: S603  our own script, no shell, nothing of the upload in the arguments
            [sys.executable, "-I", str(Path(workbook.__file__)), str(MOST_ROWS + _ROOM_FOR_HEADINGS)],
            input=content,
            capture_output=True,
            timeout=workbook.SECONDS + 10,
            check=False,
        )
        sheets: Sequence[dict[str, Any]] = json.loads(done.stdout)["sheets"] if done.returncode == 0 else []
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise _damaged() from fault
    if done.returncode != 0:
        raise _damaged()
    for sheet in sheets:
        if len(sheet["rows"]) > MOST_ROWS + _ROOM_FOR_HEADINGS:
            raise _too_many()
    return [Table(sheet["name"], sheet["rows"]) for sheet in sheets if sheet["rows"]]


def _require_honest_zip(content: bytes, what: str) -> None:
    """Let pass only what claims to be a workbook of sensible size; the reader's own process holds against liars."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise _damaged() from fault
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
        raise Refused("wrong_type", f"这是压缩包或别的文档，不是 .xlsx 表格。{SAVE_AS}。", field="file")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("old_or_locked", f"文件加了密码。{SAVE_AS}，不要加密。", field="file")
    if len(parts) > 2000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("file_too_large", f"文件解压后过大，不能读取。请只保留{what}一张表后再上传。", field="file")


def _damaged() -> Refused:
    return Refused("broken_file", f"表格已损坏，或展开后过大，读不出来。{SAVE_AS}。", field="file")


def _too_many() -> Refused:
    return Refused("too_many_rows", f"一次最多导入{MOST_ROWS}行，请分成几份上传。", field="file")
