"""The tree as the tests about it see it: files, their syntax trees, and small questions about them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "qinqing"


def name(path: Path) -> str:
    """Return a path as a person says it: relative to the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(folder: str = "src/qinqing") -> tuple[Path, ...]:
    """Return our Python files below a folder; migrations are written by a machine and do not count."""
    return tuple(sorted(path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts))


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names; calls and subscripts in between are left out: `X.objects.filter().update`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return "?"


def imports(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for: `{"ledger": "qinqing.ledger.actions"}`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update({(alias.asname or alias.name.split(".")[0]): alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            found.update({(alias.asname or alias.name): f"{node.module}.{alias.name}" for alias in node.names})
    return found


def module(path: Path) -> str:
    """Return the dotted name of one of our files: qinqing.cases.actions.forward."""
    parts = list(path.relative_to(ROOT / "src").with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
