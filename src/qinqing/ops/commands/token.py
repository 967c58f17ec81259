"""`qinqing token`: tokens with which another system speaks for a post."""

from argparse import Namespace

from qinqing.api import actions
from qinqing.kernel import clock
from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("token", help="接口令牌：让另一个系统以某个岗位办事")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    issue = verbs.add_parser("issue", help="发放令牌，只显示这一次")
    issue.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    issue.add_argument("--username", required=True, metavar="用户名", help="以谁的岗位办事")
    issue.add_argument("--name", required=True, metavar="用途", help="如：区级平台对接")
    issue.add_argument("--json", action="store_true", help="输出 JSON")
    issue.set_defaults(run=_issue)
    revoke = verbs.add_parser("revoke", help="作废令牌")
    revoke.add_argument("--town", required=True, metavar="镇代码", help="哪个镇")
    revoke.add_argument("--name", required=True, metavar="用途", help="发放时写的用途")
    revoke.add_argument("--json", action="store_true", help="输出 JSON")
    revoke.set_defaults(run=_revoke)


def _issue(args: Namespace) -> int:
    by = console.operator(args.town)
    token = actions.issue(username=args.username, name=args.name, by=by, at=clock.now())
    if args.json:
        say_json({"ok": True, "token": token})
    else:
        say(token)
    return 0


def _revoke(args: Namespace) -> int:
    count = actions.revoke(name=args.name, by=console.operator(args.town), at=clock.now())
    if args.json:
        say_json({"ok": count > 0, "revoked": count})
    else:
        say(f"已作废{count}个令牌。" if count else "没有这个用途的有效令牌。")
    return 0 if count else 1
