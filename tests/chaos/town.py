"""A town of its own for the storm: the real server on a database of its own, killed and started again at will, asked in SQL."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 90


@dataclass(frozen=True)
class Arrived:
    """A record as the database has it: body digest as stored and as computed from the stored bytes, photos likewise."""

    id: str
    account: int
    sha256: str
    real_sha256: str
    made_at: str
    no: int | None
    manifest: str
    photos: dict[str, str]
    """Attachment id → digest of the bytes on disk, for complete ones."""
    expected: int
    taking: str


class Town:
    """The system under test.

    Args:
        like: a town that is not running now, whose data this one begins with; without one it is loaded anew.
    """

    def __init__(self, like: "Town | None" = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="qinqing-chaos-"))
        self.port = _free_port()
        self.env = {
            **os.environ,
            "QINQING_MODE": "demo",
            "QINQING_HTTPS": "false",
            "QINQING_REQUIRE_TOTP": "false",
            "QINQING_DATA_DIR": str(self.folder),
            "QINQING_LOG_LEVEL": "WARNING",
            "QINQING_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": "",
        }
        self._process: subprocess.Popen[bytes] | None = None
        if like is None:
            self._call("upgrade")
            self._call("demo", "load", "--size", "small")
        else:
            shutil.copytree(like.folder, self.folder, dirs_exist_ok=True)
        self._log = (self.folder / "log").open("ab")

    def start(self) -> None:
        words = [
            sys.executable,
            "-m",
            "qinqing",
            "serve",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "1",
            "--threads",
            "8",
        ]
        self._process = subprocess.Popen(
            words, cwd=ROOT, env=self.env, stdout=self._log, stderr=self._log, start_new_session=True
        )
        until = time.monotonic() + _PATIENCE_S
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(
                    "the town did not start:\n" + (self.folder / "log").read_text(errors="replace")[-3000:]
                )
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would, workers included; a worker busy with the disk dies a moment after its parent."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        until = time.monotonic() + _PATIENCE_S
        while _listens(self.port):
            if time.monotonic() > until:
                raise RuntimeError("the town was killed, and somebody still listens at its port")
            time.sleep(0.05)

    def stop(self) -> None:
        self.kill()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def office(self, code: str) -> str:
        """Run a few lines at the office's desk, in a process of their own; returns what they print."""
        start = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'qinqing.settings'\ndjango.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        book = sqlite3.connect(f"file:{self.folder / 'qinqing.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return book.execute(query, values).fetchall()
        finally:
            book.close()

    def arrived(self) -> dict[str, Arrived]:
        """Return every record of the field by id, its bytes and its photos' bytes hashed anew."""
        rows = self.sql(
            "SELECT r.id, r.account_id, r.sha256, r.body, r.made_at, r.expected, r.taking, c.no, c.manifest_sha256 "
            "FROM field_record r LEFT JOIN field_receipt c ON c.record_id = r.id WHERE r.kind = 'visit'"
        )
        photos: dict[str, dict[str, str]] = {}
        for key, record, sha, state in self.sql("SELECT id, record, sha256, state FROM evidence_attachment"):
            if state == "complete" and record:
                photos.setdefault(_dashed(record), {})[_dashed(key)] = self._digest(sha)
        return {
            _dashed(key): Arrived(
                _dashed(key),
                account,
                sha,
                hashlib.sha256(bytes(body)).hexdigest(),
                made_at,
                no,
                manifest or "",
                photos.get(_dashed(key), {}),
                expected,
                taking,
            )
            for key, account, sha, body, made_at, expected, taking, no, manifest in rows
        }

    def _digest(self, sha: str) -> str:
        files = [path for path in self.folder.rglob(f"*{sha}*") if path.is_file()]
        return hashlib.sha256(files[0].read_bytes()).hexdigest() if files else "the file is not there"

    def _call(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "qinqing", *words],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stdout[-1500:] + done.stderr[-1500:])


def manifest(sha256: str, attachments: list[dict[str, Any]]) -> str:
    """Return what a receipt must vouch for, by the protocol's formula."""
    text = sha256 + "".join(one["id"] + one["sha256"] for one in sorted(attachments, key=lambda one: one["id"]))
    return hashlib.sha256(text.encode()).hexdigest()


def _dashed(key: str) -> str:
    plain = key.replace("-", "")
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    """Say whether the town itself answers; an open port may belong to a process that is just dying."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("GET", "/health/live")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def plain(value: Any) -> str:
    """Return a value as it may stand inside a line of Python."""
    return json.dumps(value)
