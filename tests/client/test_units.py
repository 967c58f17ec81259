"""The client's pure parts, run by node: bundled with the packages the build uses, types and all."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "tests/client/units").glob("*.test.mjs"))


def node() -> str:
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if not found:
        pytest.skip("no node on this machine")
    return found


def test_pure_parts(tmp_path: Path) -> None:
    runner = node()
    esbuild = str(ROOT / "node_modules/esbuild/bin/esbuild")
    options = [
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--out-extension:.js=.mjs",
        "--log-level=warning",
        f"--outdir={tmp_path}",
    ]
    subprocess.run([runner, esbuild, *map(str, UNITS), *options], cwd=ROOT, check=True, timeout=60)
    built = [str(path) for path in sorted(tmp_path.glob("*.mjs"))]
    assert len(built) == len(UNITS)
    ran = subprocess.run([runner, "--test", *built], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
