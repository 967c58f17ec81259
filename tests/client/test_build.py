"""What the phone loads stays small, speaks only to our own host, and holds to what old browsers understand."""

import gzip
import re
from pathlib import Path

import pytest

from tests.web.test_looks import TOO_NEW

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client"
BUILT = ROOT / "src/qinqing/web/static/build/field"
SHEETS = sorted((CLIENT / "style").glob("*.css"))
MODULES = sorted([*CLIENT.rglob("*.ts"), *CLIENT.rglob("*.tsx")])
FIRST_LOAD = 60 * 1024
WITH_ALL = 90 * 1024


def packed(*files: Path) -> int:
    assert files, "run `make setup` first: it builds the client"
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_first_load_is_small() -> None:
    first = [BUILT / "main.js", BUILT / "main.css", *BUILT.glob("chunk-*.js")]
    assert packed(*first) <= FIRST_LOAD


def test_with_signature_and_everything_else_it_is_still_small() -> None:
    assert packed(*(file for file in BUILT.iterdir() if file.name != "sw.js")) <= WITH_ALL


def test_the_signing_surface_is_loaded_only_when_it_is_used() -> None:
    main = (BUILT / "main.js").read_text(encoding="utf-8")
    pads = list(BUILT.glob("pad-*.js"))
    assert len(pads) == 1
    assert f'import("./{pads[0].name}")' in main
    assert f'from"./{pads[0].name}"' not in main


def test_the_worker_is_sixty_lines() -> None:
    code = [line for line in (CLIENT / "src/sw.ts").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(code) <= 66


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_modules_are_short_and_reach_nowhere(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert not re.search(r"\beval\(|new Function|innerHTML|dangerouslySet|https?://", text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
class TestSheets:
    def test_use_nothing_too_new(self, sheet: Path) -> None:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert {name for name, pattern in TOO_NEW.items() if re.search(pattern, text)} == set()

    def test_space_flex_rows_by_margins(self, sheet: Path) -> None:
        rules = re.findall(r"{([^{}]*)}", sheet.read_text(encoding="utf-8"))
        assert [
            rule
            for rule in rules
            if re.search(r"display\s*:\s*(inline-)?flex", rule) and re.search(r"(?<!-)gap\s*:", rule)
        ] == []

    def test_text_can_be_read_in_sunlight(self, sheet: Path) -> None:
        """16px and more: 1rem is 17px here."""
        small = [
            found
            for found in re.findall(r"font(?:-size)?\s*:[^;]*?([\d.]+)(px|rem)", sheet.read_text(encoding="utf-8"))
            if float(found[0]) * (17 if found[1] == "rem" else 1) < 16
        ]
        assert small == []
