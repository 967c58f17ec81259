"""What every test has: its own settings and data directory, no way out of the machine, a ledger that lets go between tests."""

import atexit
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

# Before anything reads the settings. DATABASE_URL stays if it was given: then the suite runs on that PostgreSQL.
_data_dir = tempfile.mkdtemp(prefix="qinqing-test-")
os.mkdir(os.path.join(_data_dir, "static"))  # noqa: PTH102, PTH118  where collectstatic would have put things
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ.update(QINQING_MODE="test", QINQING_DATA_DIR=_data_dir, QINQING_HTTPS="false", QINQING_EMAIL_URL="")
os.environ.setdefault("QINQING_REQUIRE_TOTP", "false")
os.environ.setdefault("DATABASE_URL", "")
os.environ["DJANGO_SETTINGS_MODULE"] = "qinqing.settings"

import socket  # noqa: E402
from datetime import datetime, timedelta  # noqa: E402
from typing import Any  # noqa: E402
from zoneinfo import ZoneInfo  # noqa: E402

import django  # noqa: E402
import pytest  # noqa: E402
import time_machine  # noqa: E402
from hypothesis import settings  # noqa: E402

django.setup()  # the settings are known only now, so pytest-django cannot have done it

# A busy machine is no counter-example.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> Iterator[None]:
    """Refuse connections to other machines: a test that needs one would only pass on some days."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise OSError(f"tests may not connect to {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1", "") or host.startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def _ledger_lets_go() -> Iterator[None]:
    """Lift the ledger's guards for the flush after a transactional test, and only for it.

    Such tests (races, live servers) really commit; Django then empties every table, which the triggers refuse.
    """
    if not find_spec("qinqing.ledger.guards"):
        yield
        return
    from django.apps import apps
    from django.test import TransactionTestCase

    from qinqing.ledger import guards

    flush = TransactionTestCase._fixture_teardown

    def flush_without_guards(self: TransactionTestCase) -> None:
        guards.remove()
        # Search tables without a model refer to tables with one: PostgreSQL empties those only with CASCADE,
        # which Django asks for when it believes that some apps are left out.
        self.available_apps = []
        try:
            flush(self)
        finally:
            self.available_apps = None
            guards.install()
        # The holidays came by migration; without them every later deadline would be provisional.
        import_module("qinqing.workdays.migrations.0002_seed_state_council_days").seed(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_guards)
        yield


@pytest.fixture(scope="session", autouse=True)
def _calendar_is_asked_beforehand() -> Iterator[None]:
    """Ask whether the calendar is stale before statements are counted, not while: once a second is no statement of a page.

    Otherwise a cap on statements would hold or not by the second on the clock and by what the test before had imported.
    """
    from django.test.utils import CaptureQueriesContext

    from qinqing.workdays import reads

    enter, leave = CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__

    def ask_then_count(self: CaptureQueriesContext) -> Any:
        reads._forget_if_stale()
        reads._kept.checked, reads._kept.watched_until = math.inf, 0.0
        return enter(self)

    def count_then_ask_again(self: CaptureQueriesContext, *error: Any) -> None:
        reads._kept.checked = 0.0
        leave(self, *error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "__enter__", ask_then_count)
        patch.setattr(CaptureQueriesContext, "__exit__", count_then_ask_again)
        yield


class Clock:
    """The time of a test: stands still unless told to move. Moments are Asia/Shanghai."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    def at(self, moment: str) -> datetime:
        """Set the time ("2026-11-23 09:00") and return it."""
        when = at(moment)
        self._traveller.move_to(when, tick=False)
        return when

    def move(self, **by: float) -> datetime:
        """Move the time on (`days=1, hours=2`) and return it."""
        self._traveller.shift(timedelta(**by))
        return self.now()

    def now(self) -> datetime:
        """Return the time the code under test sees."""
        return datetime.now(SHANGHAI)


def at(moment: str) -> datetime:
    """Return "2026-11-23 09:00" as an aware moment in Asia/Shanghai."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Stop the clock at Monday 2026-11-23 09:00, an ordinary working morning."""
    with time_machine.travel(at("2026-11-23 09:00"), tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def qinqing(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command: `code, out, err = qinqing("plan", "check", path)`."""
    from qinqing.ops.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
