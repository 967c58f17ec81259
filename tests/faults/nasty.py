"""Strings meant to do harm, and a look at whether one of them became markup or a formula."""

import json
import zipfile
from collections.abc import Iterable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

STRINGS = Path(__file__).parents[3] / "shared" / "data" / "hostile" / "strings"
BUILT_IN = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}}{% debug %}", "' OR '1'='1", "=1+1", "+cmd|' /C calc'!A0",
    "@SUM(A1)", "-2+3", "\u202eRTL\u202c", "😀👨‍👩‍👧‍👦", "\x00nul", "a\x00b", "%00", "\r\nSet-Cookie: x=1", "../../etc/passwd", "\ufeff",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "𠀀𠮷", "\u0301" * 200, "\uff19" * 50, "字" * 100_000,
    "\t=HYPERLINK(\"http://x.invalid\",\"点这里\")", "%s%n%d{0}", "javascript:alert(1)", "]]>", "\u2028\u2029",
]  # fmt: skip
HALF = "半个字\ud800"
"""Half a character: no form can send it, but a machine's JSON can."""
LISTS = {
    "xss-sample.txt": 40, "sql_auth_bypass.txt": 40, "fuzzdb_unicode_right-to-left.txt": 40, "csv_injection_payloadbox.txt": 3,
    "fuzzdb_html_js_fuzz_HTML5sec_Injections.txt": 25, "fuzzdb_format-strings_format-strings.txt": 20, "fuzzdb_http-protocol_crlf-injection.txt": 9,
    "fuzzdb_control-chars_terminal-escape-codes.txt": 9, "fuzzdb_unicode_corrupted.txt": 9, "fuzzdb_unicode_naughty-unicode.txt": 9,
    "fuzzdb_file-upload_invalid-filenames-linux.txt": 9, "fuzzdb_xss_XSSPolyglot.txt": 9, "fuzzdb_integer-overflow_integer-overflows.txt": 20,
}  # fmt: skip
"""The well-known lists and of each every how manieth line: all of them take minutes and say no more."""


def strings() -> list[str]:
    """Return hostile strings: our own, and of the well-known lists where they are."""
    found = list(BUILT_IN)
    if STRINGS.exists():
        found += json.loads((STRINGS / "blns.json").read_text(encoding="utf-8"))[::25]
        for name, every in LISTS.items():
            found += (STRINGS / name).read_text(encoding="utf-8", errors="replace").splitlines()[::every]
    return found


class _Finder(HTMLParser):
    """Finds what no page of ours holds: a handler, a script of its own, a frame, an address that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("iframe", "object", "embed", "base", "applet", "marquee", "math", "xml"):
            self.found.append(f"<{tag}>")
        if (
            tag == "script"
            and not given.get("src", "").startswith("/static/")
            and given.get("type") != "application/json"
        ):
            self.found.append(f"<script {given}>")
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            if given.get(name, "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append(f"<{tag} {name}={given[name][:40]}>")


def foreign(html: str) -> list[str]:
    """Return what on a page is not ours."""
    finder = _Finder()
    finder.feed(html)
    return finder.found


def formulas(book: bytes) -> list[str]:
    """Return the cells of an .xlsx that would run, and parts of it that no sheet of ours has."""
    with zipfile.ZipFile(BytesIO(book)) as packed:
        names = packed.namelist()
        running = [name for name in names if "<f>" in packed.read(name).decode("utf-8", "replace")]
        linked = [name for name in names if "externalLink" in name or "vba" in name.lower()]
    sheets = load_workbook(BytesIO(book)).worksheets
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [*running, *linked, *cells]


def cells(book: bytes) -> set[str]:
    """Return every text that stands in an .xlsx."""
    sheets = load_workbook(BytesIO(book)).worksheets
    return {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None}


def short(typed: Iterable[str], limit: int) -> list[str]:
    """Return those short enough for a field and not empty once cleaned."""
    from qinqing.kernel.text import clean

    return [one for one in typed if clean(one) and len(one) <= limit]
