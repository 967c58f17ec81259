"""`qinqing statistics`: count on, hold the sums against the entries, make them anew."""

from argparse import Namespace

from qinqing.kernel import clock
from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json
from qinqing.people import reads as people
from qinqing.statistics import actions
from qinqing.statistics.reads import counting


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    parser = commands.add_parser("statistics", help="统计：续数、逐笔重数核对、重建")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    recount = verbs.add_parser("recount", help="从账目逐笔重数，与保存的统计数核对")
    recount.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    recount.add_argument("--repair", action="store_true", help="不符时按账目重建统计数")
    recount.add_argument("--json", action="store_true", help="输出 JSON")
    recount.set_defaults(run=_recount)


def _recount(args: Namespace) -> int:
    by, at = console.operator(args.town), clock.now()
    town = people.town_of(by.town_id)
    while actions.count_town(town, at=at):
        pass
    wrong = counting.differences(by.town_id)
    if wrong and args.repair:
        actions.rebuild(town_id=by.town_id, at=at)
    left = counting.differences(by.town_id) if wrong and args.repair else wrong
    if args.json:
        say_json({"ok": not left, "differences": [str(one) for one in wrong], "repaired": bool(wrong) and not left})
        return 1 if left else 0
    for one in wrong[:50]:
        say(str(one))
    if not wrong:
        say("逐笔重数与统计数完全一致。")
    else:
        say(f"有 {len(wrong)} 处不符。" + ("已按账目重建，现在一致。" if not left else "加 --repair 按账目重建。"))
    return 1 if left else 0
