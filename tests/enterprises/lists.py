"""Lists of firms as offices send them, made on the spot."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from qinqing.enterprises import uscc
from qinqing.enterprises.actions import imports
from qinqing.enterprises.actions.imports import Result
from tests.enterprises.town import Town, code
from tests.people.world import NOW

HEADINGS = ("企业名称", "统一社会信用代码", "属地村", "联系人", "联系电话")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Big optional data beside the checkout; tests that read it skip without it."""


def csv(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8", comma: str = ",") -> bytes:
    lines = [
        comma.join(f'"{cell}"' if any(x in cell for x in f'{comma}"\n') else cell for cell in row)
        for row in (headings, *rows)
    ]
    return "\r\n".join(lines).encode(encoding)


def xlsx(
    *rows: Sequence[Any], headings: Sequence[str] = HEADINGS, above: Sequence[Sequence[str]] = (), hidden: bool = False
) -> bytes:
    """Return a workbook; numbers stay numbers, as when somebody typed them into a spreadsheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        if hidden:
            book.add_worksheet("说明").write_row(0, 0, ["填写说明"])
            book.add_worksheet("字典").hide()
        sheet = book.add_worksheet("企业")
        for at, row in enumerate([*above, headings, *rows]):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with bytes exchanged in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other:
        for name in package.namelist():
            text = package.read(name)
            other.writestr(name, text.replace(old, new) if name.endswith(part) else text)
    return out.getvalue()


def messy(rows: int) -> bytes:
    """Return a register extract with the shape and the mess of a real one: the same columns, N/A, old numbers, odd addresses."""
    kinds = ("N/A", "个人独资企业", "有限责任公司", "个体工商户", "集体分支机构(非法人)")
    places = ("新北区孟河镇示范一村", "常州市新北区小河镇工业园", "示范二村88号", "溧城人民街16号")
    lines = ["name,uscc,registered_on,kind,capital,business_scope,city,address"]
    for at in range(rows):
        number = f"3204070{at:07d}" if at % 35 == 0 else code(at)
        if at % 35 == 0:
            number += uscc.old_digit(number)
        scope = '"汽车零部件、灯具、模具的制造,加工；销售。"' if at % 3 else "N/A"
        lines.append(
            f"演示第{at}汽车配件（常州）厂,{number},{1979 + at % 25}-0{1 + at % 9}-1{at % 9},{kinds[at % 5]},"
            f"{at % 900}.0000(万元人民币),{scope},常州,{places[at % 4]}"
        )
    return "\ufeff".encode() + "\n".join(lines).encode()


def look(town: Town, content: bytes, filename: str = "名单.csv") -> Result:
    return imports.look(filename=filename, content=content, by=town.clerk)


def take(town: Town, content: bytes, filename: str = "名单.csv", choice: str = "good") -> Result:
    run, _ = imports.prepare(filename=filename, content=content, by=town.clerk, at=NOW)
    return imports.carry_out(run_id=run.pk, choice=choice, by=town.clerk, at=NOW)[1]
