"""`make clauses`: each clause of the plan, the tests that show it, and whether they pass now.

A test names the clauses it shows with `@pytest.mark.clause("二(四)-4")`. A clause no passing test names is open.
Words: `--json` for scripts, `--open` for the open ones only; the rest goes to pytest (`-k`, a folder).
"""

import contextlib
import io
import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CLAUSES = ROOT / "src/qinqing/plan/data/clauses.json"
PASSED, FAILED, OPEN = "通过", "失败", "未证明"
WIDE = 46


class Watcher:
    """A pytest plugin that notes which test names which clause, and how it came out."""

    def __init__(self) -> None:
        self.named: dict[str, list[str]] = defaultdict(list)
        self.outcome: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note the clauses of every marked test."""
        for item in items:
            for mark in item.iter_markers("clause"):
                for clause in mark.args:
                    self.named[clause].append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the outcome; a failure in any phase stays a failure, a skip proves nothing."""
        if report.failed or (report.skipped and self.outcome.get(report.nodeid) != FAILED):
            self.outcome[report.nodeid] = FAILED if report.failed else OPEN
        elif report.when == "call":
            self.outcome.setdefault(report.nodeid, PASSED)


def main() -> int:
    """Run the marked tests and print the table; 1 if one of them failed."""
    words = [word for word in sys.argv[1:] if word not in ("--json", "--open")]
    watcher, told = Watcher(), io.StringIO()
    with contextlib.redirect_stdout(told):
        code = pytest.main(["-m", "clause", "--ignore=tests/journeys", "--tb=short", *words], plugins=[watcher])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        print(told.getvalue())
        return int(code)
    rows = [_row(clause, watcher) for clause in json.loads(CLAUSES.read_text(encoding="utf-8"))]
    if "--json" in sys.argv:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        _print([row for row in rows if "--open" not in sys.argv or row["state"] != PASSED])
        counts = {state: sum(row["state"] == state for row in rows) for state in (PASSED, FAILED, OPEN)}
        print(f"\n{len(rows)} 条：" + "，".join(f"{state} {count}" for state, count in counts.items()))
    return 1 if any(row["state"] == FAILED for row in rows) else 0


def _row(clause: dict[str, str], watcher: Watcher) -> dict[str, object]:
    tests = sorted(set(watcher.named.get(clause["id"], [])))
    outcomes = {watcher.outcome.get(test, OPEN) for test in tests}
    state = FAILED if FAILED in outcomes else PASSED if PASSED in outcomes else OPEN
    return {"clause": clause["id"], "state": state, "quote": clause["quote"], "tests": tests}


def _print(rows: list[dict[str, object]]) -> None:
    for row in rows:
        quote = str(row["quote"])
        print(f"{row['state']}  {row['clause']}  {quote[:WIDE]}{'…' if len(quote) > WIDE else ''}")
        for test in row["tests"]:  # type: ignore[attr-defined]
            print(f"        {test}")


if __name__ == "__main__":
    sys.exit(main())
