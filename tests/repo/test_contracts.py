"""The import contracts bite: each forbidden arrow, drawn alone, is found."""

import importlib
import sys

import grimp
import pytest

from tests.repo import tree

sys.path.insert(0, str(tree.ROOT / "tools"))
OwnModels = importlib.import_module("own_models").OwnModels


def _foreign(*arrows: tuple[str, str]) -> list[tuple[str, str]]:
    graph = grimp.ImportGraph()
    for importer, imported in arrows:
        graph.add_module(importer)
        graph.add_module(imported)
        graph.add_import(importer=importer, imported=imported)
    contract = OwnModels(name="own", session_options={}, contract_options={"root": "qinqing"})
    found: list[tuple[str, str]] = contract.check(graph, verbose=False).metadata["foreign"]
    return found


class TestOwnModels:
    @pytest.mark.parametrize("importer", ["qinqing.web.cases.sheet", "qinqing.grids.reads", "qinqing.casesx.reads"])
    @pytest.mark.parametrize("imported", ["qinqing.cases.models", "qinqing.cases.models.task"])
    def test_another_folders_tables_are_foreign(self, importer: str, imported: str) -> None:
        assert _foreign((importer, imported)) == [(importer, imported)]

    def test_ones_own_are_not(self) -> None:
        assert not _foreign(
            ("qinqing.cases.reads.today", "qinqing.cases.models.task"),
            ("qinqing.cases.models.task", "qinqing.cases.models.case"),
            ("qinqing.web.cases.sheet", "qinqing.cases.reads.models_of"),
        )


def test_every_folder_has_a_place_among_the_layers() -> None:
    project = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = project.split("layers = [", 1)[1].split("]", 1)[0]
    folders = [path.name for path in tree.SOURCE.iterdir() if (path / "__init__.py").exists()]
    assert not [
        folder
        for folder in folders
        if f'"{folder}"' not in layers and f"{folder} |" not in layers and f"| {folder}" not in layers
    ]
    assert "exhaustive = true" in project
