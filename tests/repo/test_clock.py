"""Moments are passed in. One module reads the clock, and only the doors call it."""

import ast
from pathlib import Path

from tests.repo import tree

CLOCK = "src/qinqing/kernel/clock.py"
DOORS = ("src/qinqing/web/", "src/qinqing/api/", "src/qinqing/ops/", "src/qinqing/demo/")
READS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "django.utils.timezone.now",
}
ELAPSED = "time.monotonic and time.perf_counter measure how long something took; they are no moment"


def _reads(path: Path) -> list[str]:
    return [
        f"{tree.name(path)}:{call.lineno}" for call in tree.calls(tree.parsed(path)) if tree.dotted(call.func) in READS
    ]


def _asks(path: Path) -> list[str]:
    """Name the places that call `kernel.clock.now`, however it was imported."""
    module = tree.parsed(path)
    known = tree.imports(module)
    ways = {f"{name}.now" for name, what in known.items() if what == "qinqing.kernel.clock"}
    ways |= {name for name, what in known.items() if what == "qinqing.kernel.clock.now"}
    # Handing the function itself on (`default=clock.now`) is reading the clock as well.
    return [
        f"{tree.name(path)}:{node.lineno}"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute | ast.Name) and tree.dotted(node) in ways
    ]


def test_only_the_clock_reads_the_clock() -> None:
    found = [place for path in tree.python_files() if tree.name(path) != CLOCK for place in _reads(path)]
    assert not found


def test_only_the_doors_ask_for_the_time() -> None:
    found = [place for path in tree.python_files() if not tree.name(path).startswith(DOORS) for place in _asks(path)]
    assert not found, "take `at: datetime` as an argument"
