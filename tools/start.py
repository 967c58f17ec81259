"""`make run`: bring the database up to date, load the plan and the fictional town once, serve, and say where.

The mode is set by the Makefile (demo). What is there already is kept. What was done is remembered in the data directory by
a digest of everything it was made from, so a second start goes straight to serving.
"""

import argparse
import contextlib
import hashlib
import io
import os
import socket
import sys
import threading
import time
from pathlib import Path

from qinqing.ops.supervisor import Child, keep_running

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
TOWN_SIZE = "small"
PATIENCE_S = 60


def main() -> int:
    """Prepare and serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args()
    if _answers(args.port):
        sys.exit(f"端口 {args.port} 已被占用。可换一个：make run PORT=8001")
    os.environ.setdefault("QINQING_LOG_LEVEL", "WARNING")
    os.environ.setdefault("QINQING_BASE_URL", f"http://{HOST}:{args.port}")
    data = Path(os.environ.get("QINQING_DATA_DIR", "var")).resolve()
    stamp, now = data / ".prepared", _digest()
    if not stamp.exists() or stamp.read_text() != now:
        code = _prepare(data)
        if code:
            return code
        stamp.write_text(now)
    threading.Thread(target=_announce, args=(args.port, data), daemon=True).start()
    here = [sys.executable, "-m", "qinqing"]
    web = Child("网站", [*here, "serve", "--bind", f"{HOST}:{args.port}", "--workers", "1", "--threads", "8"])
    return keep_running(main=web, helper=Child("后台任务", [*here, "work"]))


def _digest() -> str:
    """Return a digest of what the database is made from: migrations, plans, versions, and which database it is."""
    made_from = [*ROOT.glob("src/qinqing/*/migrations/*.py"), *ROOT.glob("plans/*.toml"), ROOT / "requirements/run.txt"]
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in sorted(made_from):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _prepare(data: Path) -> int:
    """Migrate, and load the fictional town where there is no town yet. Django is needed for this, not for serving."""
    data.mkdir(parents=True, exist_ok=True)
    from qinqing.ops import cli

    print("正在准备数据库……", flush=True)
    with contextlib.redirect_stdout(io.StringIO()):
        code = cli.main(["upgrade", "--json"])
    if code:
        return code
    from qinqing.people import reads as people

    if people.towns():
        return 0
    print("正在装入方案与演示镇……", flush=True)
    return cli.main(["demo", "load", "--size", TOWN_SIZE])


def _announce(port: int, data: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if _answers(port):
            print(f"\n  亲清已启动：http://{HOST}:{port}/   一键登录：http://{HOST}:{port}/demo/", flush=True)
            print(f"  这是演示，数据都是虚构的，保存在 {data}；按 Ctrl-C 停止。\n", flush=True)
            return
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
