"""Plans to test with: the real file as plain data, a way to write data as TOML, and a way to ask for the mistakes."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from qinqing.plan import loader
from qinqing.plan.loader import Reading
from qinqing.plan.mistakes import PlanMistake, PlanRefused

PLANS = Path(__file__).resolve().parents[2] / "plans"
MENGHE = PLANS / "menghe.toml"
DEMO = PLANS / "demo.toml"
SHARED = PLANS.parents[1] / "shared"


def raw() -> dict[str, Any]:
    """Return the town's plan as plain data, free to be spoilt."""
    return tomllib.loads(MENGHE.read_text(encoding="utf-8"))


def toml(value: Any) -> str:
    """Write data as TOML: one line for each key of the file."""
    return "".join(f"{json.dumps(key, ensure_ascii=False)} = {_inline(part)}\n" for key, part in value.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_inline(part)}" for key, part in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(part) for part in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def outcome(source: str | Path) -> Reading | PlanRefused:
    """Return the plan of a text or file, or the refusal; anything else is a fault."""
    try:
        return loader.read(source) if isinstance(source, Path) else loader.parse(source)
    except PlanRefused as refusal:
        return refusal


def refused(text: str) -> list[PlanMistake]:
    """Return what is wrong with a text; fail if nothing is."""
    with pytest.raises(PlanRefused) as refusal:
        loader.parse(text, name="plan.toml")
    assert refusal.value.mistakes
    return list(refusal.value.mistakes)


def refused_file(path: Path) -> list[PlanMistake]:
    """Return what is wrong with a file; fail if nothing is."""
    with pytest.raises(PlanRefused) as refusal:
        loader.read(path)
    assert refusal.value.mistakes
    return list(refusal.value.mistakes)


def only(mistakes: list[PlanMistake]) -> PlanMistake:
    """Return the one mistake there is."""
    assert len(mistakes) == 1, [str(mistake) for mistake in mistakes]
    return mistakes[0]
