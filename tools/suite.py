"""Run the tests on SQLite, then on a PostgreSQL started for them; a DATABASE_URL given is used instead of both.

Words after `make test ARGS="…"` go to pytest. Journeys in the browser have their own command, `make journeys`.
"""

import os
import subprocess
import sys

import postgres


def main() -> int:
    """Return 0 when every run passed."""
    words = sys.argv[1:]
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return _suite("the database given", given, words)
    on_sqlite = _suite("SQLite", "", words)
    with postgres.running() as url:
        on_postgres = _suite("PostgreSQL", url, words)
    return on_sqlite or on_postgres


def _suite(name: str, url: str, words: list[str]) -> int:
    print(f"== tests on {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "--ignore=tests/journeys", *words]
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
