"""What can be wrong with an installation: each check says how it is and, if not well, what to do about it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from qinqing.env import env
from qinqing.kernel import secrets
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import Refused
from qinqing.ledger import guards
from qinqing.people import reads as people
from qinqing.people.words import Role
from qinqing.plan import reads as plans
from qinqing.workdays import reads as workdays

ROOM_MB = 500
LETTERS = 10
"""A secret with fewer different characters was typed, not generated."""


class State(Words):
    """How a check came out."""

    WELL = "well", "正常"
    NOTE = "note", "提醒"
    WRONG = "wrong", "有误"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: what was looked at, how it is, and what to do if it is not well."""

    about: str
    state: State
    says: str
    remedy: str = ""


Check = Callable[[datetime], Iterator[Finding]]


def examine(at: datetime) -> list[Finding]:
    """Run every check; a fault in one is a finding of its own and does not stop the others."""
    found: list[Finding] = []
    for about, check in CHECKS:
        try:
            found += check(at)
        except Exception as fault:  # whatever it is, the administrator shall read it here and not as a crash
            remedy = (
                "请先让数据库可用。" if isinstance(fault, DatabaseError) else "这是程序的问题，请把这一行报告给维护者。"
            )
            found.append(Finding(about, State.WRONG, f"查不了：{fault}".strip(), remedy))
    return found


def _database(_at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)
    yield Finding("数据库", State.WELL, f"{name} {version}，可以连接")


def waiting() -> str:
    """Return what `qinqing upgrade` has still to do to the database, in a few words; "" when it is up to date."""
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        names = "、".join(f"{step.app_label}.{step.name}" for step, _ in steps[:3])
        return f"有 {len(steps)} 步升级还没有执行：{names}"
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        return "缺少缓存表"
    return ""


def _migrations(_at: datetime) -> Iterator[Finding]:
    says = waiting()
    state = State.WRONG if says else State.WELL
    yield Finding("数据库结构", state, says or "已是最新", "请执行 qinqing upgrade。" if says else "")


def _guards(_at: datetime) -> Iterator[Finding]:
    gone = guards.missing()
    if gone:
        remedy = "请执行 qinqing upgrade 恢复，再用 qinqing ledger verify 校验全部账目，并查明是谁动过数据库。"
        yield Finding("账目保护", State.WRONG, "缺少触发器：" + "、".join(gone), remedy)
    else:
        yield Finding("账目保护", State.WELL, "账目只增不改，触发器齐全")


def _calendar(at: datetime) -> Iterator[Finding]:
    about, known = "放假日历", workdays.confirmed_years()
    if at.year not in known:
        remedy = "请在“设置·日历”页面或用 qinqing workdays import 导入国务院办公厅通知。"
        yield Finding(about, State.WRONG, f"{at.year} 年的放假通知没有导入，期限都是暂定", remedy)
    elif at.year + 1 not in known:
        remedy = "通知一般在十一月前后发布，发布后请导入；在此之前跨年期限标为“暂定”。"
        yield Finding(about, State.NOTE, f"{at.year + 1} 年的放假通知还没有导入", remedy)
    else:
        yield Finding(about, State.WELL, f"{at.year}、{at.year + 1} 年已按通知确认")


def _towns(at: datetime) -> Iterator[Finding]:
    towns = people.towns()
    if not towns:
        yield Finding("镇与方案", State.WRONG, "还没有任何镇", "请用 qinqing plan load 文件 --town 代码 装入方案。")
    for town in towns:
        yield from _town(town.pk, town.code, town.name, at.date())


def _town(town_id: int, code: str, name: str, on: date) -> Iterator[Finding]:
    about = f"{name}（{code}）"
    try:
        title = plans.current(code).title
    except Refused as refusal:
        yield Finding(about, State.WRONG, refusal.sentence, f"请用 qinqing plan load 文件 --town {code} 装入方案。")
        return
    clerks = people.holders(town_id, [Role.HUB_CLERK], on)
    if clerks:
        yield Finding(about, State.WELL, f"方案《{title}》；中转站专人 {len(clerks)} 人")
    else:
        remedy = "请安全管理员授予岗位，或用 qinqing user add 建立账号；没有专人，企业提交的事项无人接办。"
        yield Finding(about, State.WRONG, "没有在岗的中转站专人", remedy)


def _data_dir(_at: datetime) -> Iterator[Finding]:
    about, folder = "数据目录", Path(settings.DATA)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
    except OSError as fault:
        remedy = "请检查目录的所有者、权限与磁盘空间（QINQING_DATA_DIR）。"
        yield Finding(about, State.WRONG, f"{folder} 不能写：{fault.strerror}", remedy)
        return
    free = shutil.disk_usage(folder).free // 2**20
    if free < ROOM_MB:
        yield Finding(about, State.NOTE, f"{folder} 只剩 {free} MB", "请清理磁盘或扩容，写满后将不能提交。")
    else:
        yield Finding(about, State.WELL, f"{folder} 可写，剩余 {free // 1024} GB")


def _keys(_at: datetime) -> Iterator[Finding]:
    about = "密钥"
    if env.mode != "production":
        says = f"当前是{'演示' if env.is_demo else '测试'}模式，密钥是公开的"
        yield Finding(about, State.NOTE, says, "正式使用请设 QINQING_MODE=production，并生成自己的密钥。")
        return
    if len(set(env.secret_key)) < LETTERS:
        yield Finding(about, State.WRONG, "QINQING_SECRET_KEY 太简单", "请换成随机生成的密钥，至少50个字符。")
        return
    try:
        secrets.unseal(secrets.seal("试", "doctor"), "doctor")
    except ValueError as fault:
        yield Finding(about, State.WRONG, f"QINQING_FIELD_KEYS 不能用：{fault}", "请按 docs/settings.md 的格式设置。")
        return
    yield Finding(about, State.WELL, "签名密钥与字段密钥可用")


def _assets(_at: datetime) -> Iterator[Finding]:
    about, wanted = "网页文件", "build/app.js"
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    built = collected.exists() if env.mode == "production" else finders.find(wanted) is not None
    if built:
        yield Finding(about, State.WELL, "已生成")
    else:
        yield Finding(
            about, State.WRONG, "没有生成，页面将没有样式", "请执行 qinqing upgrade（从源码安装的先执行 make setup）。"
        )


def _email(_at: datetime) -> Iterator[Finding]:
    about = "邮件"
    if not env.email_url:
        yield Finding(
            about,
            State.NOTE,
            "没有设置，通知只在系统内显示",
            "需要发邮件请设 QINQING_EMAIL_URL 与 QINQING_EMAIL_FROM。",
        )
        return
    url = urlparse(env.email_url)
    if url.scheme not in ("smtp", "smtps") or not url.hostname:
        yield Finding(about, State.WRONG, "QINQING_EMAIL_URL 的格式不对", "形如 smtp://用户:密码@主机:端口。")
    elif "@" not in env.email_from:
        yield Finding(about, State.WRONG, "缺少发件人地址", "请设 QINQING_EMAIL_FROM。")
    else:
        yield Finding(about, State.WELL, f"经 {url.hostname} 发出，发件人 {env.email_from}")


def _django(_at: datetime) -> Iterator[Finding]:
    about, deploying = "运行检查", env.mode == "production"
    serious = [one for one in run_checks(include_deployment_checks=deploying) if not one.is_silenced()]
    for one in serious:
        yield Finding(about, State.WRONG, f"{one.id}：{one.msg}", str(one.hint or ""))
    if not serious:
        yield Finding(about, State.WELL, "框架自检通过")


CHECKS: tuple[tuple[str, Check], ...] = (
    ("数据库", _database),
    ("数据库结构", _migrations),
    ("账目保护", _guards),
    ("放假日历", _calendar),
    ("镇与方案", _towns),
    ("数据目录", _data_dir),
    ("密钥", _keys),
    ("网页文件", _assets),
    ("邮件", _email),
    ("运行检查", _django),
)
