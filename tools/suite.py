"""Run the tests on SQLite and on a PostgreSQL started for them, side by side; a DATABASE_URL given is used instead of both.

Words after `make test ARGS="…"` go to pytest. Journeys in the browser and the storm
have commands of their own, `make journeys` and `make chaos`.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgres


def main() -> int:
    """Return 0 when every run passed."""
    # Ended from outside: still stop the server and the second run on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return _told("the database given", _start(given, None))
    # One core each: both together take as long as the slower one. The second one's words wait until the first is done.
    with postgres.running() as url, tempfile.TemporaryDirectory() as folder:
        words = Path(folder, "postgresql.txt")
        with words.open("wb") as file:
            second = _start(url, file.fileno())
            try:
                first = _told("SQLite", _start("", None))
                code = second.wait()
            finally:
                second.terminate()
        print("== tests on PostgreSQL", flush=True)
        print(words.read_text(encoding="utf-8", errors="replace"), flush=True)
    return first or code


def _start(url: str, output: int | None) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "pytest", "--ignore=tests/journeys", "--ignore=tests/chaos", *sys.argv[1:]]
    return subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}, stdout=output, stderr=output)


def _told(name: str, run: "subprocess.Popen[bytes]") -> int:
    print(f"== tests on {name}", flush=True)
    began = time.monotonic()
    code = run.wait()
    print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
