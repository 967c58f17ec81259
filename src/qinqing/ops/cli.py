"""The `qinqing` command: finds the noun's file in `ops/commands`, parses, runs, and turns a refusal into exit code 1.

A file `ops/commands/<noun>.py` has `register(commands)`; it adds its parsers and gives each `set_defaults(run=handler)`.
A handler takes the parsed arguments and returns the exit code. Django is set up before any of these files is imported.
Every parser takes `--json`; `args.json` is always there.
"""

import importlib
import os
import pkgutil
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

import django
from django.db import DatabaseError
from pydantic import ValidationError

from qinqing.kernel.errors import Refused
from qinqing.ops import commands as folder
from qinqing.ops.parser import Commands, Parser
from qinqing.ops.say import say_json, warn

USAGE = 2
REFUSED = 1
BROKEN = 3
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused or something is wrong, 2 wrong usage or settings, 3 fault."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
    if words[:1] != ["manage"] and {"-h", "--help"} & set(words):
        # Help is for reading, also where nothing is set up yet; argparse ends before anything is done.
        os.environ["QINQING_MODE"] = "test"
    try:
        django.setup()
    except ValidationError as mistakes:
        warn(_settings_mistakes(mistakes))
        return USAGE
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    args = _parser(words).parse_args(words)
    return _run(args.run, args)


def _run(handler: Callable[[Namespace], int], args: Namespace) -> int:
    try:
        return handler(args)
    except Refused as refusal:
        if args.json:
            say_json({"ok": False, "code": refusal.code, "message": refusal.sentence})
        warn(refusal.sentence)
        return REFUSED
    except DatabaseError as fault:
        warn(f"数据库不能用：{fault}\n如果是新装或刚升级，请先执行 qinqing upgrade；再用 qinqing doctor 查看哪里不对。")
        return BROKEN
    except BrokenPipeError:
        # The reader of our output has closed (`| head`): say nothing more, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _manage(words: Sequence[str]) -> int:
    """Pass the rest to Django's own management commands (`qinqing manage migrate`)."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  only this branch needs it

    execute_from_command_line(["qinqing manage", *words])
    return 0


def nouns() -> list[str]:
    """Return the names of all commands, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(folder.__path__))


def _parser(words: Sequence[str]) -> Parser:
    """Build the parser; when the noun is known, only its file is imported."""
    parser = Parser(prog="qinqing", description="亲清：镇企业联系服务机制。每条命令都可加 --json 与 --help。")
    parser.epilog = "另有 qinqing manage …：Django 自带的管理命令（migrate、check 等）。"
    commands: Commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    wanted = [noun for noun in nouns() if words[:1] == [noun]] or nouns()
    for noun in wanted:
        module: Any = importlib.import_module(f"{folder.__name__}.{noun}")
        module.register(commands)
    return parser


def _settings_mistakes(mistakes: ValidationError) -> str:
    lines = ["设置有误，没有启动："]
    for mistake in mistakes.errors():
        where = "".join(f"QINQING_{str(part).upper()}：" for part in mistake["loc"])
        lines.append(f"  · {where}{mistake['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)
