"""`make run`: bring the database up to date, load the plan and the fictional town once, serve, and say where.

The mode is set by the Makefile (demo). What is there already is kept; a second start only looks and serves.
"""

import argparse
import os
import socket
import sys
import threading
import time

from qinqing.ops import cli

HOST = "127.0.0.1"
TOWN_SIZE = "small"
PATIENCE_S = 60


def main() -> int:
    """Prepare and serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", default="8")
    args = parser.parse_args()
    if _answers(args.port):
        sys.exit(f"端口 {args.port} 已被占用。可换一个：make run PORT=8001")
    os.environ.setdefault("QINQING_BASE_URL", f"http://{HOST}:{args.port}")
    code = _prepare()
    if code:
        return code
    threading.Thread(target=_announce, args=(args.port,), daemon=True).start()
    words = ["serve", "--bind", f"{HOST}:{args.port}", "--workers", "1", "--threads", args.threads]
    return cli.main([*words, "--with-worker"] if "work" in cli.nouns() else words)


def _prepare() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
    django.setup()
    from qinqing.ops.checkup import waiting

    if waiting():
        print("正在建立数据库……", flush=True)
        code = cli.main(["upgrade", "--json"])
        if code:
            return code
    from qinqing.people import reads as people

    if "demo" in cli.nouns() and not people.towns():
        print("正在装入方案与演示镇……", flush=True)
        return cli.main(["demo", "load", "--size", TOWN_SIZE])
    return 0


def _announce(port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if _answers(port):
            print(
                f"\n  亲清已启动：http://{HOST}:{port}/   （演示，数据都是虚构的；按 Ctrl-C 停止，数据保留在 var/）\n",
                flush=True,
            )
            return
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
