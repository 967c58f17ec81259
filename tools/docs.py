"""Write the generated documents, or with `--check` say which are out of date.

Each is printed from what the code runs on, so it cannot lie: settings from `Env`, and so on. A test does the same check.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import django
from pydantic.fields import FieldInfo

from qinqing.env import Env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
django.setup()

import lifecycle  # noqa: E402  facts and routes can be read once Django is set up
import plan_trace  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def settings_page() -> str:
    """Return docs/settings.md: every setting with its default and meaning."""
    lines = [
        "# 设置",
        "",
        "本页由 `make docs` 从 `src/qinqing/env.py` 生成，请勿手改。",
        "设置取自环境变量，或工作目录下的 `.env` 文件（样例见 `.env.example`）；启动时一次列出全部错误。",
        "",
        "| 变量 | 默认 | 说明 |",
        "|---|---|---|",
    ]
    for name, field in Env.model_fields.items():
        default = f"`{_default(field)}`" if _default(field) else "（空）"
        lines.append(f"| `{_variable(name, field)}` | {default} | {_meaning(field)} |")
    return "\n".join(lines) + "\n"


def settings_example() -> str:
    """Return .env.example: the same as a file to copy, everything commented out."""
    lines = ["# 复制为 .env 后修改。去掉行首的 # 即生效；各项说明另见 docs/settings.md。", ""]
    for name, field in Env.model_fields.items():
        lines += [f"# {_meaning(field)}", f"#{_variable(name, field)}={_default(field)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _variable(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or f"QINQING_{name.upper()}")


def _default(field: FieldInfo) -> str:
    value = field.default
    return str(value).lower() if isinstance(value, bool) else str(value)


def _meaning(field: FieldInfo) -> str:
    return str(field.description or "").replace("|", "\\|")


def decisions_page() -> str:
    """Return docs/adr/README.md: the index of decisions, by number."""
    lines = [
        "# Decisions",
        "",
        "What could reasonably have gone otherwise, and why it went this way. One file each, at most a page, named for the",
        "decision; numbers are given in order and never reused. This index is printed by `make docs`.",
        "",
    ]
    for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"- [{title}]({path.name})")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, Callable[[], str]]:
    """Return every generated file and what prints it."""
    return {
        "docs/settings.md": settings_page,
        ".env.example": settings_example,
        "docs/adr/README.md": decisions_page,
        "docs/lifecycle.md": lifecycle.lifecycle_page,
        "docs/plan.md": plan_trace.page,
    }


def outdated() -> list[str]:
    """Return the names of generated files that differ from what would be written now."""
    return [name for name, page in pages().items() if _now(name) != page()]


def _now(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write or check, and return 1 if a check found something."""
    old = outdated()
    if "--check" in sys.argv:
        for name in old:
            print(f"{name} is out of date: run `make docs`")
        return 1 if old else 0
    for name in old:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(pages()[name](), encoding="utf-8")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
