"""Renew the lock files: requirements/*.txt with hashes, package-lock.json, and never the address of a registry.

`make lock` keeps what is pinned and fills in what is new; `make lock NEWER=1` moves everything forward.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("requirements")
COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
# The file to write, what it is made from, and whose versions it has to follow.
LOCKS: list[tuple[str, list[str], list[str]]] = [
    ("run", ["pyproject.toml"], []),
    ("build", ["--group", "build"], ["run"]),
    ("node", ["--group", "node"], []),
    ("uv", ["--group", "uv"], []),
    ("dev", ["--group", "dev"], ["run", "build"]),
    ("browser", ["--group", "browser"], ["run", "dev"]),
    ("peers", ["--group", "peers"], []),
]


def main() -> int:
    """Write every lock file; stop at the first that cannot be resolved."""
    newer = ["--upgrade"] if os.environ.get("NEWER") else []
    uv = Path(sys.executable).parent / "uv"
    for name, source, follows in LOCKS:
        following = [word for other in follows for word in ("-c", str(FOLDER / f"{other}.txt"))]
        command = [str(uv), "pip", "compile", "-q", *COMMON, "--custom-compile-command", "make lock", *newer]
        command += [*source, *following, "-o", str(FOLDER / f"{name}.txt")]
        subprocess.run(command, cwd=ROOT, check=True)
    subprocess.run([_npm(), "install", "--package-lock-only", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    return 0


def _npm() -> str:
    beside = Path(sys.executable).parent / "npm"
    return str(beside) if beside.exists() else "npm"


if __name__ == "__main__":
    sys.exit(main())
