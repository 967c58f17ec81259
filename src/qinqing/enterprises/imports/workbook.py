"""Reads one .xlsx in a process of its own: a hostile workbook may cost that process its life, never the server's.

A workbook of 2 KB can claim a cell at XFD1048576, and the reader then asks for 500 GB in one piece, which ends a process
without an exception. Run as a plain script: bytes on standard input, JSON on standard output, nothing of ours imported.
"""

import contextlib
import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

MEMORY = 1 << 30
SECONDS = 20


def main() -> None:
    """Print {"sheets": [{"name", "rows": [[text, …], …]}, …]} for the visible sheets, at most `most` rows of each."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not on every system; the time limit of the parent still holds there

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415  after the limits, on purpose

    most = int(sys.argv[1])
    book = CalamineWorkbook.from_object(io.BytesIO(sys.stdin.buffer.read()))
    names = [about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
    sheets = [{"name": name, "rows": _rows(book.get_sheet_by_name(name), most)} for name in names]
    json.dump({"sheets": sheets}, sys.stdout)


def _rows(sheet: Any, most: int) -> list[list[str]]:
    """Return rows as text; rows above and left of the first filled cell are kept, so that row numbers are the sheet's."""
    if sheet.start is None:
        return []
    above, left = sheet.start
    rows: list[list[str]] = [[] for _ in range(min(above, most))]
    for cells in sheet.iter_rows():
        if len(rows) > most:
            break
        rows.append([""] * min(left, 200) + [_text(cell) for cell in cells[:200]])
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        # From 10^15 on a spreadsheet has lost digits; scientific notation tells the checks so.
        return f"{cell:.15E}" if abs(cell) >= 1e15 else f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


if __name__ == "__main__":
    main()
