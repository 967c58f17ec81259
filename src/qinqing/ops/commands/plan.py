"""`qinqing plan`: checking a town's plan, putting it into force, showing what is in force."""

from argparse import Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from qinqing.checklists import actions as checklists
from qinqing.enterprises.actions.settling import settle
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, table, warn
from qinqing.people import reads as people
from qinqing.plan import loader, reads, rules
from qinqing.plan.loader import Reading
from qinqing.plan.mistakes import PlanRefused
from qinqing.plan.reads import VersionLine
from qinqing.plan.spec import Plan


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("plan", help="方案：核对、启用、查看")
    verbs = noun.add_subparsers(title="动作", metavar="动作", required=True)

    check = verbs.add_parser(
        "check",
        help="核对方案文件，有错全部列出",
        description="核对方案文件；有错时逐条列出文件、位置和应怎样写，退出码 1。",
    )
    check.add_argument("file", metavar="文件", type=Path)
    check.set_defaults(run=_check)

    load = verbs.add_parser(
        "load",
        help="启用方案的新一版",
        description="启用方案的新一版：没有这个镇就先建镇，单位、村（社区）和园区随之更新。内容没有变化时什么也不做。",
    )
    load.add_argument("file", metavar="文件", type=Path)
    load.add_argument("--town", required=True, metavar="镇代码", help="应与方案里的 town.code 相同")
    load.set_defaults(run=_load)

    show = verbs.add_parser("show", help="查看一个镇正在执行的方案")
    show.add_argument("--town", required=True, metavar="镇代码")
    show.set_defaults(run=_show)


def _check(args: Namespace) -> int:
    try:
        reading = loader.read(args.file)
    except PlanRefused as refused:
        if args.json:
            found = [asdict(mistake) for mistake in refused.mistakes]
            say_json({"ok": False, "file": str(args.file), "mistakes": found})
        else:
            for mistake in refused.mistakes:
                warn(str(mistake))
            warn(f"共{len(refused.mistakes)}处，改好再核对一次。")
        return 1
    if args.json:
        say_json({"ok": True, "file": str(args.file), **_told(reading.plan, reading.digest)})
        return 0
    say(f"{args.file}：可以启用。")
    _say_plan(reading.plan, reading.digest)
    return 0


def _load(args: Namespace) -> int:
    reading = loader.read(args.file)
    plan = reading.plan
    if plan.town.code != args.town:
        raise Refused(
            "plan_of_another_town", f"这份方案是写给{plan.town.name}（{plan.town.code}）的，不是 {args.town}。"
        )
    version, is_new = _put_into_force(reading)
    if args.json:
        say_json({"ok": True, "version": version.number, "is_new": is_new, **_told(plan, version.digest)})
    elif is_new:
        say(f"{plan.town.name}：已启用第{version.number}版，摘要 {version.digest[:12]}。")
        for change in version.changes:
            say(f"  · {change}")
    else:
        say(f"{plan.town.name}：与正在执行的第{version.number}版相同，没有变化。")
    return 0


def _put_into_force(reading: Reading) -> tuple[VersionLine, bool]:
    """Set up the town if need be, store the version, bring offices, parks and checklists in line; all of it or nothing.

    Returns the version and whether it is a new one.
    """
    book = reading.plan.town.code
    before = len(reads.versions(book))
    machine, now = console.machine(), clock.now()
    with transaction.atomic():
        town = settle(reading.plan, by=machine, at=now)
        checklists.settle(reading.plan, by=replace(machine, town_id=town.pk, book=book), at=now)
    versions = reads.versions(book)
    return versions[0], len(versions) > before


def _show(args: Namespace) -> int:
    town = people.town(args.town)
    lines = reads.versions(town.code)
    if not lines:
        raise NotFound(f"{town.name}还没有方案，请执行：qinqing plan load 方案文件 --town {town.code}", code="no_plan")
    plan = reads.version(lines[0].id)
    if args.json:
        versions = [
            {"number": line.number, "digest": line.digest, "loaded_at": line.loaded_at, "loaded_by": line.loaded_by}
            for line in lines
        ]
        say_json({"ok": True, **_told(plan, lines[0].digest), "versions": versions})
        return 0
    _say_plan(plan, lines[0].digest)
    say()
    table(
        [
            (
                f"第{line.number}版",
                f"{line.loaded_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
                line.loaded_by,
                line.digest[:12],
            )
            for line in lines
        ],
        head=("版次", "启用时间", "操作", "摘要"),
    )
    return 0


def _say_plan(plan: Plan, digest: str) -> None:
    say(f"《{plan.title}》 {plan.town.name}  摘要 {digest[:12]}")
    say(
        f"单位{len(plan.offices)}个，村（社区）{len(plan.communities)}个，园区{len(plan.parks)}个，事项类别{len(plan.topics)}个。"
    )
    say()
    table(
        [
            (
                topic.name,
                topic.group,
                rules.office_name(plan, topic.office),
                topic.route.label,
                topic.clause,
            )
            for topic in plan.topics
        ],
        head=("类别", "分组", "默认承办", "默认途径", "依据"),
    )
    say()
    table(
        [
            (name, rules.said(limit), "暂定" if limit.provisional else "", limit.clause)
            for _, name, limit in rules.limits_of(plan)
        ],
        head=("时限", "数", "", "依据"),
    )


def _told(plan: Plan, digest: str) -> dict[str, Any]:
    """Return what scripts are told of a plan."""
    return {
        "town": plan.town.code,
        "title": plan.title,
        "digest": digest,
        "offices": len(plan.offices),
        "communities": len(plan.communities),
        "parks": len(plan.parks),
        "topics": len(plan.topics),
        "provisional": [key.rstrip("_") for key, _, limit in rules.limits_of(plan) if limit.provisional],
    }
