"""`qinqing serve` as an administrator runs it: refuses an old database, serves, stops when told, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "qinqing"]


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """Give the environment of an installation of its own, in a folder of its own, on SQLite."""
    own = {
        "QINQING_MODE": "demo",
        "QINQING_HTTPS": "false",
        "QINQING_DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": "",
    }
    return {**os.environ, **own}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(url: str, within_s: float) -> int:
    until = time.monotonic() + within_s
    while True:
        try:
            return int(urllib.request.urlopen(url, timeout=20).status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_refuses_a_database_that_was_not_upgraded(place: dict[str, str]) -> None:
    Path(place["QINQING_DATA_DIR"]).mkdir()
    said = subprocess.run([*COMMAND, "serve"], env=place, capture_output=True, text=True, check=False, timeout=120)
    assert said.returncode == 1
    assert "qinqing upgrade" in said.stderr


def test_serves_and_works_and_stops_when_told(place: dict[str, str]) -> None:
    subprocess.run([*COMMAND, "upgrade", "--json"], env=place, check=True, capture_output=True, timeout=300)
    port = _free_port()
    words = [*COMMAND, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--with-worker"]
    system = subprocess.Popen(words, env=place, stderr=subprocess.DEVNULL)
    try:
        assert _status(f"http://127.0.0.1:{port}/sign-in/", within_s=120) == 200
        children = Path(f"/proc/{system.pid}/task/{system.pid}/children").read_text().split()
        assert len(children) == 2  # the web and the worker
    finally:
        system.send_signal(signal.SIGTERM)
    assert system.wait(timeout=90) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
