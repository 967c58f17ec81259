"""`qinqing standings`: hold every red and black list against the ledger it was made from."""

from argparse import Namespace

from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json
from qinqing.standings.reads import checking, lists


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    parser = commands.add_parser("standings", help="红黑榜：从账目逐笔重算核对")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    recount = verbs.add_parser("recount", help="每一期都按当时的账目重算，与榜上的得分、名次和快照核对")
    recount.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    recount.add_argument("--json", action="store_true", help="输出 JSON")
    recount.set_defaults(run=_recount)


def _recount(args: Namespace) -> int:
    by = console.operator(args.town)
    found = {
        f"{lists.period_of(row).title}（第{row.pk}份）": checking.differences(row) for row in lists.every(by.town_id)
    }
    wrong = sum(map(len, found.values()))
    if args.json:
        say_json({"ok": not wrong, "lists": [{"title": title, "differences": said} for title, said in found.items()]})
        return 1 if wrong else 0
    for title, said in found.items():
        say(f"{title}：{'与账目重算一致' if not said else '；'.join(said)}")
    if not found:
        say("还没有计算过红黑榜。")
    return 1 if wrong else 0
