"""`qinqing demo`: the invented town to try the system with, and its told cases."""

from argparse import Namespace
from datetime import timedelta

from django.db import transaction

from qinqing.demo import campaigns, consultations, days, findings, maps, outreach, patrol, town
from qinqing.env import env
from qinqing.kernel import clock
from qinqing.kernel.errors import Refused
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, warn


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="演示镇：虚构的人员、企业和事项（正式环境不可用）")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    load = verbs.add_parser("load", help="装入演示镇；已有的保持不动")
    load.add_argument(
        "--size", choices=sorted(days.SIZES), default="small", help="small 几件；town 一个季度；district 更多"
    )
    load.add_argument("--json", action="store_true", help="输出 JSON")
    load.set_defaults(run=_load)
    story = verbs.add_parser("story", help="讲七件事：四条途径、三种发现方式，逐笔打印账目")
    story.add_argument("--json", action="store_true", help="输出 JSON")
    story.set_defaults(run=_story)


def _not_for_real_work() -> None:
    if env.mode == "production":
        raise Refused("demo_in_production", "正式环境不能装入演示数据。只想试用请设 QINQING_MODE=demo。")


def _load(args: Namespace) -> int:
    _not_for_real_work()
    at, extra, cases = clock.now(), days.SIZES[args.size], 0
    with transaction.atomic():  # half a town would look like a whole one
        made = town.load(at=at - timedelta(days=100))
        if made.is_new:
            if extra:
                cases += days.live(at=at, cases=extra, progress=lambda done: warn(f"　{done}/{extra}"))
            cases += len(days.tell(at=at)) + days.leave_open(at=at)
            patrol.walk(at=at)
            findings.tell(at=at)
            outreach.tell(at=at)
            consultations.meet(at=at)
            campaigns.tell(at=at)
            maps.draw(at=at)
    if args.json:
        say_json(
            {
                "ok": True,
                "town": made.book,
                "people": made.people,
                "firms": made.firms,
                "cases": cases,
                "is_new": made.is_new,
            }
        )
    elif made.is_new:
        say(f"演示镇已装好：{made.people}人、{made.firms}家企业、{cases}件事项，全部是虚构的。")
    else:
        say("演示镇已经在了，没有变化。")
    return 0


def _story(args: Namespace) -> int:
    _not_for_real_work()
    at = clock.now()
    town.load(at=at - timedelta(days=100))
    told = days.tell(at=at)
    if args.json:
        rows = [{"heading": t.heading, "number": t.number, "entries": [_entry(e) for e in t.entries]} for t in told]
        say_json({"ok": True, "cases": rows})
        return 0
    for one in told:
        say(f"── {one.heading}　{one.number} ──")
        for entry in one.entries:
            who = f"{entry.office_name}·{entry.actor_name}" if entry.office_name else entry.actor_name
            say(f"  {entry.subject_seq:>2}  {entry.at:%m-%d %H:%M}  {entry.verb}　{who}")
            say(f"      {entry.sentence}　〔{entry.clause}〕")
        say()
    return 0


def _entry(entry: object) -> dict[str, object]:
    names = ("subject_seq", "verb", "sentence", "clause", "actor_name", "office_name", "digest")
    return {name: getattr(entry, name) for name in names} | {"at": entry.at.isoformat()}  # type: ignore[attr-defined]
