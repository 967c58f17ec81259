"""Documents say what is: generated ones equal what they are printed from, numbers and names agree."""

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repo import tree

sys.path.insert(0, str(tree.ROOT / "tools"))
docs = importlib.import_module("docs")

ADR = tree.ROOT / "docs" / "adr"


@pytest.mark.parametrize("name", sorted(docs.pages()))
def test_generated_documents_are_current(name: str) -> None:
    assert name not in docs.outdated(), "run `make docs`"


class TestDecisions:
    def test_headings_carry_the_number_of_the_file(self) -> None:
        wrong = []
        for path in sorted(ADR.glob("[0-9]*.md")):
            named = re.fullmatch(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md", path.name)
            heading = path.read_text(encoding="utf-8").splitlines()[0]
            if not named or not heading.startswith(f"# {named[1]}. "):
                wrong.append(path.name)
        assert not wrong

    def test_no_number_twice_and_none_missing(self) -> None:
        numbers = sorted(int(path.name[:4]) for path in ADR.glob("[0-9]*.md"))
        assert numbers == list(range(1, len(numbers) + 1))

    def test_each_says_context_decision_and_consequences_on_one_page(self) -> None:
        for path in ADR.glob("[0-9]*.md"):
            text = path.read_text(encoding="utf-8")
            assert [line for line in text.splitlines() if line.startswith("## ")] == [
                "## Context",
                "## Decision",
                "## Consequences",
            ], path.name
            assert len(text.splitlines()) <= 60, path.name


def test_the_version_is_the_changelogs_first() -> None:
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first = re.search(
        r"^## \[(\d+\.\d+\.\d+)\]", (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert first
    assert project["version"] == first[1]


def test_every_dependency_says_why() -> None:
    lines = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [
        line for line in lines if re.match(r'^ {4}"[A-Za-z0-9._-]+(\[[a-z,]+\])?([<>=~].*)?",', line) and ">=" in line
    ]
    assert listed
    assert not [line for line in listed if "#" not in line]


def test_make_help_lists_at_most_twelve_commands() -> None:
    text = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE)
    described = re.findall(r"^([a-z][a-z-]*):.*## \S", text, re.MULTILINE)
    assert targets == described
    assert len(targets) <= 12


class TestNames:
    """Names and paths that documents mention exist."""

    PAGES = (*sorted((tree.ROOT / "docs").glob("*.md")), tree.ROOT / "README.md", tree.ROOT / "README.zh-CN.md")

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_names_exist(self, page: Path) -> None:
        named = re.findall(r"`(qinqing(?:\.\w+)+)`", page.read_text(encoding="utf-8"))
        assert not [name for name in named if not _resolves(name)]

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_paths_exist(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"`((?:src|docs|plans|tests|tools|bench|requirements)/[\w./-]*)`", text)
        named += [path.split("#")[0] for path in re.findall(r"\]\(([\w./-]+)\)", text)]
        places = {name: (page.parent / name).exists() or (tree.ROOT / name).exists() for name in named}
        made = (tree.ROOT / ".gitignore").read_text(encoding="utf-8").split()  # written by commands, never committed
        assert not [name for name, there in places.items() if not there and name not in made]


def _resolves(name: str) -> bool:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found is not None
    return False
