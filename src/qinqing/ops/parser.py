"""argparse speaking Chinese, with `--json` on every command."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

Commands = Any
"""What `add_subparsers` gives: argparse keeps that class to itself. It has `add_parser(name, help=…)`."""

_MISTAKES = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少：\1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"不认识：\1"),
    (re.compile(r"argument (.*): expected one argument"), r"\1 后面要跟一个值"),
    (re.compile(r"argument (.*): expected at least one argument"), r"\1 后面至少要跟一个值"),
    (re.compile(r"argument (.*): invalid choice: (.*) \(choose from (.*)\)"), r"\1 不能是 \2，可选：\3"),
    (re.compile(r"argument (.*): invalid (?:\S+) value: (.*)"), r"\1 的值 \2 不对"),
    (re.compile(r"argument (.*): not allowed with argument (.*)"), r"\1 不能与 \2 同时使用"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"\1 不明确，可能是 \2"),
)


class _Layout(argparse.HelpFormatter):
    """The usual layout under a Chinese heading, wide enough for a table of settings."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=110)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Verbs(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Sub-commands whose one line in the list is also the first line of their own help."""

    def add_parser(self, name: str, **options: Any) -> Any:
        """Add a sub-command; `help` is its description too, unless it has one."""
        options.setdefault("description", options.get("help"))
        return super().add_parser(name, **options)


class Parser(argparse.ArgumentParser):
    """A parser that has `--help` and `--json`, and tells mistakes in Chinese with exit code 2."""

    def __init__(self, *args: Any, **options: Any) -> None:
        # "resolve": a command may describe its own --json more precisely.
        super().__init__(
            *args, **{"formatter_class": _Layout, "conflict_handler": "resolve", **options, "add_help": False}
        )
        self.register("action", "parsers", _Verbs)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")
        # SUPPRESS, or the default of an inner parser would overwrite a --json given before the verb.
        self.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="输出 JSON，供脚本使用")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse as usual, `json` always present in the result."""
        found = super().parse_args(args, namespace)
        if not hasattr(found, "json"):
            found.json = False
        return found

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the words typed, and stop with exit code 2."""
        for pattern, chinese in _MISTAKES:
            message = pattern.sub(chinese, message)
        self.exit(2, f"{self.format_usage()}{self.prog}：{message}\n")
