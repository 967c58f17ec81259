"""`qinqing maps import FILE --town CODE`: outlines of communities and parks for the cockpit."""

from argparse import Namespace
from pathlib import Path

from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.maps import actions
from qinqing.ops.console import operator
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json


def register(commands: Commands) -> None:
    """Add `maps import`."""
    noun = commands.add_parser("maps", help="地图：导入村（社区）和园区的边界")
    verbs = noun.add_subparsers(title="命令", metavar="命令", required=True)
    verb = verbs.add_parser("import", help="导入 GeoJSON，替换原有的地图")
    verb.add_argument("file", metavar="文件", help=".geojson，每个地块的 name 是村（社区）或园区的名称、代码")
    verb.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    verb.add_argument("--json", action="store_true", help="输出 JSON")
    verb.set_defaults(run=_import)


def _import(args: Namespace) -> int:
    by = operator(args.town)
    try:
        content = Path(args.file).read_bytes()
    except OSError as fault:
        raise Refused("file_unreadable", f"读不到文件 {args.file}：{fault.strerror or fault}") from fault
    row = actions.import_map(content=content, by=by, at=clock.now())
    if args.json:
        say_json({"ok": True, "outlines": len(row.outlines), "digest": row.digest})
    else:
        say(f"地图已导入，共{len(row.outlines)}块。")
    return 0
