"""`qinqing upgrade`: bring database and static files to this version; for the first installation and after every new one."""

from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from qinqing.env import env
from qinqing.ops.parser import Commands
from qinqing.ops.say import say, say_json


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("upgrade", help="首次安装与每次升级后执行：数据库结构、缓存表、网页文件；可重复执行")
    parser.set_defaults(run=upgrade)


def upgrade(args: Namespace) -> int:
    """Migrate (which puts the ledger's triggers back), make the cache table, collect static files in production."""
    quiet = 0 if args.json else 1
    for folder in (settings.DATA, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=quiet)
    call_command("createcachetable", verbosity=quiet)
    if env.mode == "production":
        call_command("collectstatic", interactive=False, verbosity=quiet)
    if args.json:
        say_json({"ok": True})
    else:
        say("已升级。请用 qinqing doctor 检查。")
    return 0
