"""`qinqing enterprises import FILE --town CODE`: a list of firms, as the page takes it."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from qinqing.enterprises.actions import imports
from qinqing.enterprises.imports.checking import Cell
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.ops.console import operator
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, table, warn

_SHOWN = 50


def register(commands: Commands) -> None:
    """Add `enterprises import`."""
    noun = commands.add_parser("enterprises", help="企业：导入名单")
    verbs = noun.add_subparsers(title="命令", metavar="命令", required=True)
    verb = verbs.add_parser(
        "import",
        help="导入企业名单（.xlsx、.csv）",
        description="按统一社会信用代码（没有代码的按名称）新增或更新企业；没有属地的列入待归属；每个错格都报行、列、原因。",
    )
    verb.add_argument("file", metavar="文件", help=".xlsx 或 .csv（UTF-8、GB18030），第一行是列名")
    verb.add_argument("--town", required=True, metavar="镇代码", help="导入到哪个镇")
    verb.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    verb.add_argument("--all-or-nothing", action="store_true", help="有一行出错就一行也不导入")
    verb.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Import, or only look. Exit code 1 when nothing could be imported; single bad rows are in the report."""
    by, content = operator(args.town), _read(args.file)
    name = Path(args.file).name
    progress = _Progress("检查")
    if args.dry_run:
        result = imports.look(filename=name, content=content, by=by, progress=progress)
        _tell(result, args, carried_out=False)
        return 0
    prepared, seen = imports.prepare(filename=name, content=content, by=by, at=clock.now(), progress=progress)
    choice = imports.Choice.ALL if args.all_or_nothing else imports.Choice.GOOD
    try:
        _, result = imports.carry_out(
            run_id=prepared.pk, choice=str(choice), by=by, at=clock.now(), progress=_Progress("写入")
        )
    except Refused as refusal:
        imports.drop(run_id=prepared.pk, by=by, at=clock.now())
        _tell(seen, args, carried_out=False)
        if refusal.code == "nothing_to_import" and not seen.problems:
            return 0
        warn(refusal.sentence)
        return 1
    _tell(result, args, carried_out=True)
    return 0


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise Refused("file_unreadable", f"读不到文件 {path}：{fault.strerror or fault}") from fault


class _Progress:
    """Says on standard error how far it has come; a script that reads standard output is not disturbed."""

    def __init__(self, doing: str) -> None:
        self.doing = doing

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{self.doing} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
        else:
            warn(f"{self.doing} {done}/{total}")


def _tell(result: imports.Result, args: Namespace, *, carried_out: bool) -> None:
    counts = result.counts()
    if args.json:
        say_json(
            {
                "ok": not result.problems,
                "dry_run": args.dry_run,
                "imported": carried_out,
                **counts,
                "rejected": [_cell(cell) for cell in result.problems],
                "remarks": [_cell(cell) for cell in result.remarks],
                "ignored_columns": result.ignored,
                "notes": result.notes,
            }
        )
        return
    what = "导入完毕" if carried_out else "检查完毕，没有写入"
    say(
        f"{what}：读到{counts['read']}行，新增{counts['created']}户（其中待归属{counts['unassigned']}户），"
        f"更新{counts['updated']}户，无变化{counts['unchanged']}户，未导入{counts['rejected_rows']}行。"
    )
    if result.ignored:
        say(f"没有用到的列：{'、'.join(result.ignored)}")
    for heading, cells in (("未导入的格", result.problems), ("请留意", result.remarks)):
        if cells:
            say(f"\n{heading}（{len(cells)}处）：")
            table([(c.row, c.column, c.value, c.reason) for c in cells[:_SHOWN]], ("行", "列", "内容", "原因"))
            if len(cells) > _SHOWN:
                say(f"……还有{len(cells) - _SHOWN}处，加 --json 查看全部。")


def _cell(cell: Cell) -> dict[str, Any]:
    return {"row": cell.row, "column": cell.column, "reason": cell.reason, "value": cell.value}
