"""Whatever is removed from the town's plan or spoilt in it: an error naming the place, never a fault."""

import copy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qinqing.plan import loader
from qinqing.plan.field_spec import FieldRules
from qinqing.plan.mistakes import PlanRefused, key_of
from tests.plan.files import outcome, raw, refused, toml

WHOLE = raw()
OPTIONAL = {"is_outpost", "is_area", "is_restricted", "rechecks", "needs_photo", "needs_basis", "proposes_consultation"}
OPTIONAL |= {"hint", "note", "provisional", "superiors", "officer_duties"}
OPTIONAL |= {"is_key", "traits", "sets", "dates", "extra", "period", "times", "fulfils", "guarded", "photo_wanted"}
OPTIONAL |= {"ladder", "telling", "standings", "automatic", "outposts_ranked", "cap", "every"}
OPTIONAL |= set(FieldRules.model_fields)
TOGETHER = {
    "from": "要一起写",
    "to": "要一起写",
    "month_from": "要一起写",
    "month_to": "要一起写",
    "is_key": "要写明用于哪些规模",
    "scales": "要写明用于哪些规模",
    "checklists": "应为 checklists 里有的代码",
    "checklist_sets": "应为 checklist_sets 里有的代码",
}
"""Keys that may be missing, but not alone."""
WRONG: dict[type, list[Any]] = {
    str: [7, True, [], {"x": 1}],
    int: ["5", True, [[]], 1.5, {"x": 1}, -1, 10**30],
    bool: ["true", 1, [], {"x": 1}],
    list: ["x", 5, {"x": 1}, False],
    dict: ["x", [], 3, True],
}


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, part in inside:
        found += _paths(part, (*path, key))
    return found


PATHS = _paths(WHOLE)
KEYS = [path for path in PATHS if isinstance(path[-1], str)]


def _at(plan: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        plan = plan[part]
    return plan


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from(KEYS))
def test_a_key_left_out(path: tuple[str | int, ...]) -> None:
    plan = copy.deepcopy(WHOLE)
    del _at(plan, path[:-1])[path[-1]]
    found = outcome(toml(plan))
    if isinstance(found, PlanRefused):
        named = [mistake.expected for mistake in found.mistakes if mistake.key == key_of(path)]
        assert named == ["缺这一项"] or TOGETHER.get(str(path[-1]), "?") in str(found), str(found)
    else:
        # A park's communities, an office's duties, a park's and the scheme's clause may be unknown.
        assert path[-1] in OPTIONAL or path[0] in {"parks", "offices", "standings"}


@settings(max_examples=120, deadline=None)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_a_value_of_the_wrong_kind(path: tuple[str | int, ...], data: st.DataObject) -> None:
    plan = copy.deepcopy(WHOLE)
    wrong = data.draw(st.sampled_from(WRONG[type(_at(plan, path))]))
    _at(plan, path[:-1])[path[-1]] = wrong
    mistakes = refused(toml(plan))
    assert [mistake for mistake in mistakes if mistake.key.startswith(key_of(path))], [str(one) for one in mistakes]


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from([path for path in PATHS if isinstance(_at(WHOLE, path), str)]), text=st.text(max_size=80))
def test_any_other_text_is_taken_or_refused(path: tuple[str | int, ...], text: str) -> None:
    plan = copy.deepcopy(WHOLE)
    text = text.encode("utf-8", "replace").decode()
    _at(plan, path[:-1])[path[-1]] = text
    found = outcome(toml(plan))
    if isinstance(found, PlanRefused):
        assert all(mistake.file and mistake.expected for mistake in found.mistakes)
    else:
        assert loader.stored(found.body) == found.plan
        assert loader.digest_of(found.body) == found.digest


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all(text: str) -> None:
    refused(text)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_file_at_all(tmp_path_factory: Any, content: bytes) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    assert isinstance(outcome(path), PlanRefused)
