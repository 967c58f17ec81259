"""Migrations are named for what they do, and say how to go back."""

import re

from tests.repo import tree

NAMED = re.compile(r"\d{4}_[a-z][a-z0-9]*(_[a-z0-9]+)*\.py")


def test_names_say_what_they_do() -> None:
    files = sorted((tree.SOURCE).glob("*/migrations/0*.py"))
    assert files
    assert not [tree.name(file) for file in files if not NAMED.fullmatch(file.name) or "_auto_" in file.name]


def test_sql_and_python_steps_can_be_undone() -> None:
    found = []
    for file in tree.SOURCE.glob("*/migrations/0*.py"):
        for call in tree.calls(tree.parsed(file)):
            one_way = tree.dotted(call.func) in ("migrations.RunSQL", "migrations.RunPython") and len(call.args) < 2
            if one_way and not any(word.arg in ("reverse_sql", "reverse_code") for word in call.keywords):
                found.append(f"{tree.name(file)}:{call.lineno}")
    assert not found
