"""`qinqing workdays`: when something is due and why; taking in a year's notice."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from qinqing.cases.actions import calendar as cases
from qinqing.cases.actions.calendar import Moved
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ops import console
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, table, warn
from qinqing.people import reads as people
from qinqing.plan import reads as plans
from qinqing.workdays import actions, reads, rules
from qinqing.workdays.actions import Imported
from qinqing.workdays.rules import Calendar, Due


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("workdays", help="工作日：期限怎么算、录入放假通知")
    verbs = noun.add_subparsers(title="动作", metavar="动作", required=True)

    due = verbs.add_parser(
        "due",
        help="算出截止时间并逐日说明",
        description="算出截止时间并逐日说明。不带参数时，从标准输入逐行读“时间 天数 [口径]”，每行回答一行 JSON。",
    )
    due.add_argument("moment", nargs="?", metavar="时间", help="收到时间，如 2026-02-13T16:00（不写时区按北京时间）")
    due.add_argument("days", nargs="?", metavar="天数", help="工作日数，如 5")
    due.add_argument(
        "--policy", choices=("A", "B"), help="收到日口径：A 提交当天；B 下班后或休息日视为下一工作日。不写则按镇的方案"
    )
    due.set_defaults(run=_due)

    take = verbs.add_parser(
        "import",
        help="录入一年的放假通知",
        description="录入一年的放假通知：holiday-cn 格式的 JSON，或“日期,节日,放假/上班”的 CSV。列出期限有变化的事项。",
    )
    take.add_argument("file", metavar="文件", type=Path)
    take.add_argument("--year", type=int, metavar="年", help="CSV 的年份；不写则取多数日期所在的年份")
    take.add_argument("--source", default="", metavar="依据", help="通知的标题、文号或网址")
    take.add_argument("--dry-run", action="store_true", help="只看会改变什么，不录入")
    take.set_defaults(run=_import)


def _due(args: Namespace) -> int:
    known, policy = _calendar()
    policy = args.policy or policy
    if args.moment is None:
        return _answer_lines(known, policy)
    if args.days is None:
        raise Refused("bad_days", "还要写工作日数，例如：qinqing workdays due 2026-02-13T16:00 5")
    found = rules.due(_moment(args.moment), _days(args.days), known, policy)
    if args.json:
        say_json(_told(found))
        return 0
    say(
        f"{found.at:%Y-%m-%d} {rules.weekday(found.at.date())} {found.at:%H:%M}{'（暂定）' if found.provisional else ''}"
    )
    for sentence in found.explain():
        say(sentence)
    return 0


def _answer_lines(known: Calendar, policy: str) -> int:
    """Answer every line of standard input; a bad line is answered too, and the exit code tells of it."""
    if sys.stdin.isatty():
        warn("逐行输入“时间 天数 [口径]”，例如：2026-02-13T16:00 5 A。按 Ctrl-D 结束。")
    bad = 0
    for line in _lines():
        try:
            say_json(_told(_answer(line, known, policy)))
        except Refused as refusal:
            bad += 1
            say_json({"line": line[:200], "error": refusal.sentence, "code": refusal.code})
    return 1 if bad else 0


def _lines() -> Iterator[str]:
    # A byte that is no text must spoil its own line only.
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    yield from (line.strip() for line in sys.stdin if line.strip())


def _answer(line: str, known: Calendar, policy: str) -> Due:
    words = line.split()
    if words[-1].upper() in ("A", "B"):
        policy = words.pop().upper()
    if len(words) not in (2, 3):
        raise Refused("bad_line", "每行应为“时间 天数 [口径]”，例如：2026-02-13T16:00 5 A。")
    # A moment may be written with a space between day and time.
    return rules.due(_moment(" ".join(words[:-1])), _days(words[-1]), known, policy)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("bad_moment", f"时间“{text[:40]}”不对，应如 2026-02-13T16:00。", field="moment") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refused("bad_days", f"工作日数“{text[:20]}”不对，应为1至{rules.LONGEST_DAYS}的整数。", field="days")
    return int(text)


def _told(due: Due) -> dict[str, Any]:
    return {
        "received": due.received.isoformat(),
        "days": due.count,
        "policy": due.policy.value,
        "due": due.at.isoformat(),
        "provisional": due.provisional,
        "explanation": due.explain(),
        "each_day": [
            {"on": day.on.isoformat(), "number": day.number, "kind": day.kind.value, "label": day.label}
            for day in due.days
        ],
    }


def _calendar() -> tuple[Calendar, str]:
    """Return the calendar with the office hours, and the policy, of the installation's first town; else the usual ones."""
    for town in sorted(people.towns(), key=lambda town: town.is_demo):
        try:
            plan = plans.current(town.code)
        except NotFound:
            continue
        return reads.calendar(rules.hours_from(plan.office_hours)), str(plan.deadline_policy)
    return reads.calendar(), "A"


def _import(args: Namespace) -> int:
    text = _text(args.file)
    moved: list[Moved] = []
    if args.dry_run:
        outcome = actions.preview_notice(text=text, year=args.year, source=args.source)
    else:
        outcome, moved = cases.take_in_notice(
            text=text, year=args.year, source=args.source, by=console.machine(), at=clock.now()
        )
    told = [_case(case) for case in moved]
    if args.json:
        say_json(_imported(outcome, told, dry_run=args.dry_run))
    else:
        _say_imported(outcome, told, dry_run=args.dry_run)
    return 0


def _case(case: Moved) -> dict[str, Any]:
    return {
        "number": case.number,
        "was_due": _shanghai(case.old_due_at),
        "due": _shanghai(case.new_due_at),
        "moved": case.old_due_at != case.new_due_at,
    }


def _shanghai(moment: datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="minutes")


def _plain(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return rules.decode(opened.read(rules.BIGGEST_FILE + 1))
    except OSError as fault:
        raise Refused("no_file", f"打不开文件 {file}：{fault.strerror}。", field="file") from None


def _imported(outcome: Imported, moved: list[dict[str, Any]], *, dry_run: bool) -> dict[str, Any]:
    return {
        "ok": True,
        "dry_run": dry_run,
        "year": outcome.year,
        "papers": list(outcome.papers),
        "days": outcome.days,
        "newly_confirmed": outcome.is_newly_confirmed,
        "unchanged": outcome.is_unchanged,
        "changes": [{"on": c.on.isoformat(), "before": c.before, "after": c.after} for c in outcome.changes],
        "warnings": list(outcome.warnings),
        "cases": moved,
    }


def _say_imported(outcome: Imported, moved: list[dict[str, Any]], *, dry_run: bool) -> None:
    if outcome.is_unchanged:
        say(f"{outcome.year}年的这份通知已经录入过，日历没有变化。")
    else:
        say(f"{'将录入' if dry_run else '已录入'}{outcome.year}年放假安排，共{outcome.days}天。")
    _say_rows(outcome.changes)
    for warning in outcome.warnings:
        warn(f"请核对：{warning}")
    if moved:
        say(f"以下{len(moved)}件事项的期限已重新核定：")
        rows = [(m["number"], _plain(m["was_due"]), _plain(m["due"]), "顺延" if m["moved"] else "不变") for m in moved]
        table(rows, head=("编号", "原期限", "现期限", ""))
    elif not dry_run:
        say("没有事项的期限因此改变。")


def _say_rows(changes: Iterable[rules.Change]) -> None:
    rows = [(change.on, rules.weekday(change.on), change.before, "→", change.after) for change in changes]
    if rows:
        say("日历变化：")
        table(rows)
