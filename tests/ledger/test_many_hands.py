"""Real processes and connections: eight hands at once, and a hand that dies holding the pen."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """Return the environment of processes that share one database: the test's PostgreSQL, or a SQLite file of their own."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), *sys.path])}
    if connection.vendor == "sqlite":
        return {**env, "DATABASE_URL": "", "QINQING_DATA_DIR": str(tmp_path)}
    there = connection.settings_dict
    host, port = there["HOST"], f":{there['PORT']}" if there["PORT"] else ""
    where = f"{port}/{there['NAME']}?host={host}" if host.startswith("/") else f"{host}{port}/{there['NAME']}"
    return {**env, "DATABASE_URL": f"postgresql://{there['USER']}:{there['PASSWORD']}@{where}"}


def start(world: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.hands", *words], env=world, cwd=ROOT, text=True, stdout=subprocess.PIPE
    )


def run(world: dict[str, str], *words: str) -> str:
    process = start(world, *words)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out


def test_eight_hands_leave_no_gap_and_a_sound_chain(world: dict[str, str]) -> None:
    found = json.loads(run(world, "migrate", "write", "verify"))
    assert found == {"ok": True, "numbers": list(range(1, 401)), "warnings": []}


def test_a_process_killed_in_the_middle_leaves_nothing_behind(world: dict[str, str]) -> None:
    dying = start(world, "migrate", "die")
    _wait_for(dying.stdout, "in")
    dying.kill()
    dying.wait()
    before, after = (json.loads(line) for line in run(world, "verify", "write", "verify").splitlines())
    assert before == {"ok": True, "numbers": [1], "warnings": []}
    assert after == {"ok": True, "numbers": list(range(1, 402)), "warnings": []}


def _wait_for(out: IO[str] | None, word: str) -> None:
    assert out is not None
    assert out.readline().strip() == word
