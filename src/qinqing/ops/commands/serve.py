"""`qinqing serve`: the production web process, with `--with-worker` the job worker beside it."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from qinqing.env import env
from qinqing.kernel.errors import Refused
from qinqing.ops.checkup import waiting
from qinqing.ops.parser import Commands
from qinqing.ops.supervisor import Child, take_over

MEMORY_DIR = Path("/dev/shm")  # noqa: S108  heartbeats of processes, not data; a disk may stall for seconds


def register(commands: Commands) -> None:
    """Add the command."""
    parser: ArgumentParser = commands.add_parser("serve", help="运行网站（gunicorn）")
    parser.add_argument(
        "--bind", default="127.0.0.1:8000", metavar="地址", help="监听地址，默认 127.0.0.1:8000；或 unix:/路径"
    )
    parser.add_argument("--workers", type=int, default=2, metavar="个", help="进程数，默认 2；一般为处理器核数")
    parser.add_argument("--threads", type=int, default=4, metavar="个", help="每个进程的线程数，默认 4")
    parser.add_argument(
        "--with-worker", action="store_true", help="同时运行一个后台任务进程（qinqing work），一起启动一起停止"
    )
    parser.set_defaults(run=serve)


def serve(args: Namespace) -> int:
    """Serve until told to stop (SIGTERM, Ctrl-C); requests under way are finished first.

    Raises:
        Refused: the database has not been brought to this version.
    """
    _require_migrated()
    if not args.with_worker:
        _Web(_options(args)).run()
        return 0
    here = [sys.executable, "-m", "qinqing"]
    web = [*here, "serve", "--bind", args.bind, "--workers", str(args.workers), "--threads", str(args.threads)]
    # The web process decides when it is over; a worker that dies is started again.
    take_over(main=Child("网站", web), helper=Child("后台任务", [*here, "work"]))
    return 0


def _require_migrated() -> None:
    says = waiting()
    # Processes are forked from this one; a connection must not be shared between them.
    connections.close_all()
    close_pool = getattr(connection, "close_pool", None)  # PostgreSQL only
    if close_pool:
        close_pool()
    if says:
        raise Refused("not_migrated", f"数据库不是最新：{says}。请先执行 qinqing upgrade。")


def _options(args: Namespace) -> dict[str, Any]:
    return {
        "bind": args.bind,
        "worker_class": "gthread",
        "workers": args.workers,
        "threads": args.threads,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "worker_tmp_dir": str(MEMORY_DIR) if os.access(MEMORY_DIR, os.W_OK) else None,
        "loglevel": env.log_level.lower(),
        "logconfig_dict": settings.LOGGING,
        "proc_name": "qinqing",
        # gunicorn's own remote control: one more door nobody asked for, and the same one for every installation.
        "control_socket_disable": True,
        # Who the visitor is and whether he came by HTTPS is read from the proxy's headers by the settings, not here.
        "forwarded_allow_ips": "127.0.0.1",
    }


class _Web(BaseApplication):
    """gunicorn with our options instead of a configuration file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give gunicorn the application, all pages loaded: a fault in one shows at the start and not to a visitor."""
        application = get_wsgi_application()
        _ = get_resolver().url_patterns
        return application
