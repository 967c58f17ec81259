"""Things happen because somebody calls them by name: no Django signals."""

import ast

from tests.repo import tree

# The only listener there may be, and why.
ALLOWED = {
    "src/qinqing/ledger/apps.py": "SQLite loses triggers when Django rebuilds a table; they are put back after every migrate",
}


def test_nobody_listens() -> None:
    found = []
    for path in tree.python_files():
        for node in ast.walk(tree.parsed(path)):
            modules = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            if isinstance(node, ast.ImportFrom):
                modules = {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
            if any(module.startswith("django.dispatch") or module.endswith(".signals") for module in modules):
                found.append(tree.name(path))
    assert set(found) <= set(ALLOWED), "call it by name in the action"


def test_allowances_are_still_needed() -> None:
    idle = [name for name in ALLOWED if "signals" not in (tree.ROOT / name).read_text(encoding="utf-8")]
    assert not idle
