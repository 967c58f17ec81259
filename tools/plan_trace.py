"""docs/plan.md: every sentence of the plan, where code and plan data name it, and the tests that show it.

Code names a clause in a docstring's `Source:` or as a value (`clause="二(四)-4"`), tests by `@pytest.mark.clause`.
Files only, no lines: the page shall change when the trace changes, not with every edit.
"""

import ast
import re
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from qinqing.plan import clauses

ROOT = Path(__file__).resolve().parent.parent
# Longest first: 二(四)-2a must not be found as another clause's beginning.
NAMED = re.compile("|".join(re.escape(id_) for id_ in sorted(clauses.all_ids(), key=len, reverse=True)))


def page() -> str:
    """Return the page."""
    code, tests = named_in_code(), shown_by_tests()
    shown = sum(1 for id_ in clauses.all_ids() if tests[id_])
    lines = [
        "# 方案条款与实现",
        "",
        "本页由 `make docs` 生成，请勿手改。测试是否通过见 `make clauses`。",
        "编号里 `三职` 是“三、职责分工”，`三要` 是“三、有关要求”（方案有两个“三”）；`附` 是附件网格员职责清单。",
        "“类”是这一条要软件做什么：功能、数据、权限、时限、统计、原则。",
        "",
        f"共 {len(clauses.all_ids())} 条，{shown} 条有测试证明。",
    ]
    for place, group in groupby(clauses.every(), key=lambda clause: clause.place.split("（")[0].split(" 第")[0]):
        lines += ["", f"## {place}", "", "| 编号 | 原文 | 类 | 代码与数据 | 测试 |", "|---|---|---|---|---|"]
        lines += [
            f"| {clause.id} | {clause.quote} | {clause.kind_words} | {_files(code[clause.id])} | {_files(tests[clause.id])} |"
            for clause in group
        ]
    return "\n".join(lines) + "\n"


def _files(names: set[str]) -> str:
    return "<br>".join(f"`{name}`" for name in sorted(names)) or "—"


def named_in_code() -> dict[str, set[str]]:
    """Return the files below src and plans that name each clause."""
    found: dict[str, set[str]] = defaultdict(set)
    files = [*(ROOT / "src/qinqing").rglob("*.py"), ROOT / "plans/menghe.toml"]
    for path in files:
        if "migrations" in path.parts or path.name == "clauses.py":
            continue
        for named in NAMED.findall(path.read_text(encoding="utf-8")):
            found[named].add(path.relative_to(ROOT).as_posix().removeprefix("src/qinqing/"))
    return found


def shown_by_tests() -> dict[str, set[str]]:
    """Return the test files that mark each clause."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
                for word in node.args:
                    if isinstance(word, ast.Constant):
                        found[str(word.value)].add(path.relative_to(ROOT).as_posix())
    return found
