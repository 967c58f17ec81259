"""`qinqing ledger`: is the ledger still what was written; close a day."""

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import actions, reads
from qinqing.ledger.verify import Verdict, same_as_printed, verify
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json, table, warn

WRONG = 1


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("ledger", help="一本账：校验、封账")
    verbs = noun.add_subparsers(title="动作", metavar="动作", required=True)

    check = verbs.add_parser(
        "verify",
        help="校验账目是否完好",
        description="逐笔校验账目：任何修改、删除、插入、调换次序都会指出第一笔。不完好时退出码为 1。",
    )
    check.add_argument("--case", metavar="编号", help="只校验一件事项，如 诉〔2026〕0001号")
    check.add_argument("--town", metavar="镇代码", help="只校验一个镇的账册")
    check.add_argument(
        "--printed",
        metavar="日期=核对码",
        type=_printed,
        help="再与打印的封账单核对，如 2026-11-23=3fa9…（核对码至少前 16 位）",
    )
    check.set_defaults(run=_verify)

    close = verbs.add_parser(
        "seal",
        help="封账：把过完的一天合上",
        description="封账：把过完的一天合上，生成封账单。不写日期则封到昨天；漏封的日子会一并补上，已封的不会重复。",
    )
    close.add_argument("--day", metavar="日期", type=_day, help="如 2026-11-23；不写则为昨天")
    close.set_defaults(run=_seal)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f"“{word}”不是日期，请写成 2026-11-23 的样子") from None


def _printed(word: str) -> tuple[date, str]:
    day, equals, code = word.partition("=")
    if not equals or not code:
        raise ArgumentTypeError(f"“{word}”请写成 日期=核对码")
    return _day(day), code


def _verify(args: Namespace) -> int:
    book, subject = args.town, None
    if args.case:
        book, subject = _subject(args.case, args.town or "")
    elif args.town and args.town not in reads.books():
        raise NotFound(f"没有镇代码为 {args.town} 的账册。")
    verdict = verify(book, subject, _progress(quiet=args.json))
    paper = same_as_printed(*args.printed) if args.printed else None
    if args.json:
        say_json(_told(verdict, paper))
    else:
        _say(verdict, paper, args.printed)
    return 0 if verdict.ok and paper is not False else WRONG


def _subject(number: str, town: str) -> tuple[str, tuple[str, int]]:
    """Return book and subject of the matter with this number.

    Raises:
        NotFound: no entry bears it.
        Refused: several towns have a matter of this number.
    """
    found = reads.subjects_of(number.strip(), book=town)
    if not found:
        raise NotFound(f"账上没有编号为 {number} 的事项。", code="no_such_case")
    if len(found) > 1:
        towns = "、".join(book for book, _, _ in found)
        raise Refused("several_towns", f"几个镇都有 {number}：{towns}。请加 --town 镇代码。", field="town")
    book, kind, subject_id = found[0]
    return book, (kind, subject_id)


def _progress(*, quiet: bool) -> Callable[[int], None] | None:
    """Return what shows the progress on a terminal, every 100 000 entries; nothing for scripts."""
    if quiet or not sys.stderr.isatty():
        return None
    told = 0

    def tell(checked: int) -> None:
        nonlocal told
        if checked // 100_000 > told:
            told = checked // 100_000
            print(f"\r已校验 {checked} 笔 …", end="\r", file=sys.stderr, flush=True)

    return tell


def _say(verdict: Verdict, paper: bool | None, printed: tuple[date, str] | None) -> None:
    say(verdict.sentence())
    for bad in verdict.bad[1:]:
        say(f"　　　　{bad.sentence()}")
    for warning in verdict.warnings:
        warn(f"提醒：{warning}")
    if printed and paper is not None:
        say(f"与打印的 {printed[0]} 封账单{'一致' if paper else '不一致：封账之后账目被整体改写，或核对码抄错'}。")


def _told(verdict: Verdict, paper: bool | None) -> dict[str, Any]:
    """Return the verdict for scripts."""
    bad = [
        {"book": bad.book, "seq": bad.seq, "label": bad.label, "at": bad.stamp, "reason": bad.reason}
        for bad in verdict.bad
    ]
    answer: dict[str, Any] = {
        "ok": verdict.ok,
        "checked": verdict.checked,
        "seconds": round(verdict.seconds, 3),
        "first_bad": bad[0] if bad else None,
        "bad": bad,
        "warnings": list(verdict.warnings),
    }
    return answer if paper is None else {**answer, "same_as_printed": paper}


def _seal(args: Namespace) -> int:
    now = clock.now()
    day = args.day or now.date() - timedelta(days=1)
    actions.seal(day, at=now)
    sheet = reads.seal_sheet(day)
    assert sheet is not None  # noqa: S101  sealed a line above
    if args.json:
        say_json(
            {
                "ok": True,
                "day": sheet.day,
                "number": sheet.number,
                "entries": sheet.entries,
                "digest": sheet.digest,
                "algorithm": sheet.algorithm,
                "sealed_at": sheet.sealed_at.isoformat(),
                "books": [vars(line) for line in sheet.lines],
            }
        )
        return 0
    say(f"{sheet.day} 已封账：第 {sheet.number} 张，{sheet.entries} 笔。")
    table(
        [(line.book, line.seq, line.entries, line.digest) for line in sheet.lines], ("账册", "到第几笔", "当日", "摘要")
    )
    say(f"封账摘要（{sheet.algorithm}）：{sheet.digest}")
    return 0
