"""Telling from the text of a function whether it changes rows, and whether it tells the ledger."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.repo import tree

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "create", "_raw_delete"}
CHANGING_SQL = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\w|DELETE\s+FROM|TRUNCATE)\b", re.IGNORECASE)


def is_write(call: ast.Call, known: dict[str, str]) -> bool:
    """Say whether a call looks like Django's ORM (or SQL) changing rows.

    `image.save(file, "JPEG")`, `digest.update(data)` and `cache.delete(key)` have positional arguments; the ORM's have none.
    """
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, said = call.func.attr, tree.dotted(call.func)
    if known.get(said.split(".")[0], "").startswith("qinqing.") and said.count(".") == 1 and said[0].islower():
        return False  # a function of another module of ours, judged there
    if known.get(said.split(".")[0], "").startswith("django.contrib.sessions"):
        return False  # who is signed in where is no row of the mechanism
    if verb in ALWAYS:
        return True
    if verb in ("execute", "executemany"):
        return any(CHANGING_SQL.search(text) for text in _texts(call))
    if call.args:
        return False
    return verb in ("save", "delete") or (verb == "update" and bool(call.keywords))


def _texts(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_action_file(path: Path) -> bool:
    """Say whether a file belongs to a noun's actions: `cases/actions.py`, `cases/actions/forward.py`."""
    return "actions" in path.relative_to(tree.SOURCE).with_suffix("").parts


def writes_in(path: Path) -> list[int]:
    """Return the lines of a file where rows are changed."""
    module = tree.parsed(path)
    known = tree.imports(module)
    return [call.lineno for call in tree.calls(module) if is_write(call, known)]


@dataclass
class Function:
    """One function of a noun's actions, and what it calls."""

    noun: str
    name: str
    path: Path
    node: ast.FunctionDef
    is_public: bool
    opens: bool = False
    writes: bool = False
    records: bool = False
    calls: set[tuple[str, str]] = field(default_factory=set)

    @property
    def title(self) -> str:
        """Return cases.forward."""
        return f"{self.noun}.{self.name}"

    @property
    def asked_by_keyword(self) -> set[str]:
        """Return the names that have to be given by keyword."""
        return {argument.arg for argument in self.node.args.kwonlyargs}


@cache
def action_functions() -> dict[tuple[str, str], list[Function]]:
    """Return every function and method in the nouns' actions, by noun and name."""
    found: dict[tuple[str, str], list[Function]] = {}
    for path in tree.python_files():
        if is_action_file(path):
            for function in _functions(path):
                found.setdefault((function.noun, function.name), []).append(function)
    return found


def _functions(path: Path) -> Iterator[Function]:
    module = tree.parsed(path)
    noun, known = path.relative_to(tree.SOURCE).parts[0], tree.imports(module)
    top = {node for node in module.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            public = node in top and not node.name.startswith("_")
            function = Function(noun, node.name, path, node, public)
            for call in tree.calls(node):
                _note(function, call, known)
            yield function


def _note(function: Function, call: ast.Call, known: dict[str, str]) -> None:
    said = tree.dotted(call.func)
    first, last = said.split(".")[0], said.split(".")[-1]
    source = known.get(first, "")
    function.writes |= is_write(call, known)
    function.opens |= last == "atomic"
    function.records |= last == "record" and source.startswith("qinqing.ledger.actions")
    bare = source.split(".")[-1] if said == first and source else last
    function.calls.add(_target(said, known) or (function.noun, bare))


def _target(said: str, known: dict[str, str]) -> tuple[str, str] | None:
    """Return (noun, function) when what is called belongs to some noun's actions, as the imports tell."""
    first, last = said.split(".", maxsplit=1)[0], said.rsplit(".", maxsplit=1)[-1]
    source = known.get(first, "")
    other = re.match(r"qinqing\.(\w+)\.actions", source)
    return (other[1], source.split(".")[-1] if said == first else last) if other else None


@cache
def called_from_elsewhere() -> frozenset[tuple[str, str]]:
    """Return (noun, function) of everything in actions that other folders call."""
    found = set()
    for path in tree.python_files():
        module = tree.parsed(path)
        known, noun = tree.imports(module), path.relative_to(tree.SOURCE).parts[0]
        targets = (_target(tree.dotted(call.func), known) for call in tree.calls(module))
        found |= {target for target in targets if target and target[0] != noun}
    return frozenset(found)


def actions() -> list[Function]:
    """Return the actions: what changes rows and is called by another folder, or opens a transaction for an actor.

    The rest of those files are steps of actions; they run inside the transaction of the one who calls them.
    """
    every = [one for group in action_functions().values() for one in group if one.is_public]
    elsewhere = called_from_elsewhere()
    doors = [one for one in every if (one.noun, one.name) in elsewhere or (one.opens and "by" in one.asked_by_keyword)]
    return [one for one in doors if reaches(one, "writes")]


def reaches(start: Function, wanted: str) -> bool:
    """Say whether a function, or anything it calls in the nouns' actions, `writes` or `records`."""
    everything = action_functions()
    seen: set[int] = set()
    todo = [start]
    while todo:
        function = todo.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        if getattr(function, wanted):
            return True
        todo += [one for call in function.calls for one in everything.get(call, [])]
    return False
