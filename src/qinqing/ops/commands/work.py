"""`qinqing work`: the job worker. Reads the ledger and tells people, sends what is queued, does the daily chores."""

import signal
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from cronsim import CronSim
from django.core.management import call_command
from django.db import close_old_connections

from qinqing.field.actions.handling import give_up_waiting
from qinqing.findings import actions as findings
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.notices import actions as notices
from qinqing.notices import channels
from qinqing.ops.parser import Commands
from qinqing.patrol import actions as patrol
from qinqing.people import reads as people
from qinqing.people import signins
from qinqing.statistics import actions as statistics
from qinqing.supervision.actions import climb as supervision
from qinqing.triage import actions as triage
from qinqing.workdays import reads as workdays

log = structlog.get_logger()
IDLE_S = 1.0
_SUNDAY = 7


def _seal(at: datetime) -> str:
    seal = ledger.seal((at - timedelta(days=1)).date(), at=at)
    return f"封账 {seal.day}：{seal.digest[:12]}"


def _tidy(at: datetime) -> str:
    call_command("clearsessions")
    return f"清理过期的登录记录 {signins.tidy(at)} 条"


def _orphans(at: datetime) -> str:
    return f"等了五天没有对应隐患的跟进 {findings.orphan_held(at=at)} 条"


def _waiting(at: datetime) -> str:
    return f"等了五天的现场记录 {give_up_waiting(at=at)} 条"


def _duties(at: datetime) -> str:
    # Every hour: a firm that changed its class or standing, or a new plan, shows in what is owed before the day is over.
    return patrol.open_duties(at=at)


def _remind(at: datetime) -> str:
    return f"到期提醒 {supervision.remind(at=at)} 件" if _is_workday(at) else "今天不上班，不提醒"


def _climb(at: datetime) -> str:
    return supervision.climb(at=at) if _is_workday(at) else "今天不上班，不催办"


def _is_workday(at: datetime) -> bool:
    return workdays.calendar().is_workday(at.date())


def _triage(at: datetime) -> str:
    judged = 0
    for town in people.towns():
        judged += triage.judge(town_id=town.pk, at=at)
        if at.isoweekday() == _SUNDAY:
            triage.learn(by=Actor.system("甄别建议", town_id=town.pk, book=town.code), at=at)
    return f"核对甄别建议 {judged} 件"


CHORES: dict[str, tuple[str, Callable[[datetime], str]]] = {
    "seal": ("5 0 * * *", _seal),
    "tidy": ("35 3 * * *", _tidy),
    "duties": ("20 * * * *", _duties),
    "triage": ("40 2 * * *", _triage),
    "waiting": ("50 * * * *", _waiting),
    "remind": ("5 8 * * *", _remind),
    "ladder": ("15 8 * * *", _climb),
    "orphans": ("20 1 * * *", _orphans),
}
"""Jobs by the clock: name → (cron line in Asia/Shanghai, job returning what it did)."""


def register(commands: Commands) -> None:
    """Add the command."""
    parser: ArgumentParser = commands.add_parser("work", help="运行后台任务：告知、发送、每日封账")
    parser.add_argument("--once", action="store_true", help="把现有的做完就结束")
    parser.set_defaults(run=work)


def work(args: Namespace) -> int:
    """Work until told to stop; any number of workers may run beside each other."""
    stopping: list[int] = []
    if not args.once:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda number, _frame: stopping.append(number))
    while not stopping:
        busy = round_of_work(clock.now())
        if args.once and not busy:
            return 0
        if not busy:
            time.sleep(IDLE_S)
    return 0


def round_of_work(at: datetime) -> bool:
    """Do one round; say whether there was anything to do. A job that fails is logged and tried in the next round."""
    close_old_connections()
    done = 0
    for job in (_tell, _send, _follow, _count, _chores):
        try:
            done += job(at)
        except Exception:
            log.exception("job_failed", job=job.__name__)
            time.sleep(IDLE_S)
    return done > 0


def _tell(at: datetime) -> int:
    return notices.pump(at=at)


def _send(at: datetime) -> int:
    return notices.deliver(at=at, send=channels.send)


def _follow(at: datetime) -> int:
    return findings.follow(at=at) + findings.settle_reports(at=at)


def _count(at: datetime) -> int:
    return statistics.count(at=at)


def _chores(at: datetime) -> int:
    done = 0
    for name, (line, job) in CHORES.items():
        last = next(CronSim(line, at - timedelta(days=1)))
        slot = last.strftime("%Y-%m-%d %H:%M")
        if last > at or (chore := notices.claim(name, slot, at=at)) is None:
            continue
        notices.finish(chore, at=clock.now(), result=job(at))
        log.info("chore_done", chore=name, slot=slot)
        done += 1
    return done
