"""Earlier imports to look up, and the sheets that go with importing: what to put right, an empty list to fill in."""

from datetime import datetime
from typing import IO

import xlsxwriter

from qinqing.enterprises import policy
from qinqing.enterprises.models import ImportRun
from qinqing.enterprises.words import Scale, Status
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.kernel.sheets import Column, write_sheet

_TEMPLATE = (
    ("企业名称", 30, "必填，以营业执照为准"),
    ("统一社会信用代码", 22, "18位；原15位注册号也填在这里；确实没有的留空"),
    ("属地村（社区）", 18, "如 通江村；不填的列入“待归属”"),
    ("生产经营地址", 34, ""),
    ("注册地址", 34, ""),
    ("园区", 18, "不在园区的留空"),
    ("状态", 10, "、".join(label for _, label in Status.choices())),
    ("行业代码", 12, "国民经济行业代码，如 3670"),
    ("规模", 12, "、".join(label for _, label in Scale.choices())),
    ("从业人数", 10, "整数"),
    ("法定代表人", 14, ""),
    ("联系人", 14, "企业联系人（主）"),
    ("联系电话", 18, "手机11位，或固定电话如 0519-83500000；只填一个"),
    ("备注", 24, ""),
)


def runs(by: Actor, size: int = 10) -> list[ImportRun]:
    """Return the town's latest imports, newest first.

    Raises:
        NotAllowed: not the hub.
    """
    policy.require_manage(by)
    return list(ImportRun.objects.filter(town_id=by.town_id).defer("upload", "report")[:size])


def run_for(by: Actor, run_id: int) -> ImportRun:
    """Return one import of the town.

    Raises:
        NotAllowed: not the hub.
        NotFound: no such import in his town.
    """
    policy.require_manage(by)
    found = ImportRun.objects.filter(pk=run_id, town_id=by.town_id).defer("upload").first()
    if found is None:
        raise NotFound("没有这次导入。")
    return found


def write_problems(out: IO[bytes], run: ImportRun, *, made_at: datetime) -> int:
    """Write the bad cells of an import to a workbook; return how many."""
    columns = [Column("行", 8, "number"), Column("列", 20), Column("内容", 34, "wrap"), Column("原因", 50, "wrap")]
    rows = ([row, column, value, reason] for row, column, reason, value in run.report["problems"])
    return write_sheet(
        out, f"《{run.filename}》待修正", columns, rows, maker="企业名单导入", made_at=made_at, filtered=True
    )


def write_template(out: IO[bytes]) -> None:
    """Write an empty list; its columns are text, so that a spreadsheet leaves codes and phone numbers whole."""
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "font_name": "宋体"})
        head = book.add_format({"bold": True, "bg_color": "#E8F3F2", "border": 1, "font_name": "宋体"})
        sheet = book.add_worksheet("企业名单")
        for at, (title, width, _) in enumerate(_TEMPLATE):
            sheet.set_column(at, at, width, text)
            sheet.write_string(0, at, title, head)
        sheet.freeze_panes(1, 1)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 20, text)
        notes.set_column(1, 1, 60, text)
        for at, (title, _, note) in enumerate(_TEMPLATE):
            notes.write_string(at, 0, title, text)
            notes.write_string(at, 1, note or "选填", text)
