"""`qinqing triage`: learn which topic a text is about, and say how good the suggestions were."""

from argparse import Namespace

from qinqing.kernel import clock
from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json
from qinqing.triage import actions, reads


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    parser = commands.add_parser("triage", help="甄别建议：学习、看命中率")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    learn = verbs.add_parser("learn", help="按方案和中转站历次决定重新学习，只用本机数据")
    learn.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    learn.add_argument("--json", action="store_true", help="输出 JSON")
    learn.set_defaults(run=_learn)
    rate = verbs.add_parser("rate", help="建议说中了多少")
    rate.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    rate.add_argument("--json", action="store_true", help="输出 JSON")
    rate.set_defaults(run=_rate)


def _learn(args: Namespace) -> int:
    by, at = console.operator(args.town), clock.now()
    judged = actions.judge(town_id=by.town_id, at=at)
    row = actions.learn(by=by, at=at)
    if args.json:
        say_json({"ok": True, "judged": judged, "from_plan": row.from_plan, "from_decisions": row.from_decisions})
    else:
        say(
            f"已学习：方案条目 {row.from_plan} 条，中转站的决定 {row.from_decisions} 件；此前的建议又核对了 {judged} 件。"
        )
    return 0


def _rate(args: Namespace) -> int:
    rate = reads.hit_rate(console.operator(args.town).town_id)
    if args.json:
        say_json({"ok": True, "judged": rate.judged, "first": rate.first, "among_three": rate.among_three})
    else:
        first, three = rate.percent(rate.first), rate.percent(rate.among_three)
        say(f"核对了 {rate.judged} 件：第一个建议就说中 {first}，前三个里有 {three}。")
    return 0
