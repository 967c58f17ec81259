"""Every clause named in code, plan data or tests exists in the plan's own list."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.repo import tree

IDS = {clause["id"] for clause in json.loads((tree.SOURCE / "plan/data/clauses.json").read_text(encoding="utf-8"))}
SHAPE = re.compile(
    r"(?:序|一|二\([一二三四]\)\d?|三[职要]\([一二三四五六]\)|附\d?[安环违房]?)"
    r"-(?:\(\d\)[a-d]?|\d+[a-d]?|[\u4e00-\u9fff]+(?:-[\u4e00-\u9fff]+)*(?:-\d+)?)"
)
LINE = re.compile(r"Source:(.*(?:\n\s+\S.*)*)")


def _named(text: str) -> Iterator[str]:
    for found in SHAPE.finditer(text):
        yield found[0]


def _python(path: Path) -> Iterator[str]:
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if SHAPE.fullmatch(node.value):
                yield node.value
            for source in LINE.findall(node.value):
                yield from _named(source)


def _unknown(path: Path, named: Iterator[str]) -> list[str]:
    return [f"{tree.name(path)}: {name}" for name in named if name not in IDS]


def test_the_shape_fits_every_clause() -> None:
    assert not [name for name in IDS if not SHAPE.fullmatch(name)]


def test_clauses_named_in_code_exist() -> None:
    assert not [line for path in tree.python_files() for line in _unknown(path, _python(path))]


def test_clauses_named_in_tests_exist() -> None:
    own = Path(__file__)
    files = [path for path in tree.python_files("tests") if path != own]
    assert not [line for path in files for line in _unknown(path, _python(path))]


def test_clauses_named_in_plans_exist() -> None:
    found = []
    for path in sorted((tree.ROOT / "plans").glob("*.toml")):
        named = re.findall(r'clause\s*=\s*"([^"]+)"', path.read_text(encoding="utf-8"))
        found += _unknown(path, iter(named))
    assert not found
