"""The browser side's own logic, tested by node where there is one (`make setup` brings it)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JS = ROOT / "src/qinqing/web/static/js"


def test_logic_of_the_browser_side() -> None:
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if not node:
        pytest.skip("no node on this machine")
    tests = [str(path) for path in sorted((ROOT / "tests/js").glob("*.test.mjs"))]
    ran = subprocess.run([node, "--test", *tests], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


@pytest.mark.parametrize("module", sorted(JS.rglob("*.js")), ids=lambda path: path.name)
def test_modules_are_small_and_reach_nowhere(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert "eval(" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    assert "innerHTML = `" not in text
