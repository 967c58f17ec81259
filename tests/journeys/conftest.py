"""Journeys: the whole system as `make run` starts it, and a real Chromium on a phone and on an office PC.

One system for all journeys, on a database of its own; a journey begins with a one-click sign-in of the demonstration town and
makes its own matters. With QINQING_JOURNEYS=required (`make journeys`, CI) a missing browser is a failure; else a skip.
While one writes a journey, QINQING_SITE names a demonstration that runs already and QINQING_PICTURES a folder for pictures.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journeys.in_time import TownInTime

# Playwright runs a loop in the tests' thread, which Django would take for asynchronous code and refuse its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STARTS_WITHIN_S = 120
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
OFFICE_PC = {"viewport": {"width": 1366, "height": 768}}
# Without these Chromium looks for its maker's servers at every start.
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def _missing(what: str) -> None:
    if os.environ.get("QINQING_JOURNEYS") == "required":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Start the whole system with the demonstration town and give its address."""
    if running := os.environ.get("QINQING_SITE", ""):
        yield running
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="qinqing-journeys-")
    demo = {
        "QINQING_MODE": "demo",
        "QINQING_HTTPS": "false",
        "QINQING_REQUIRE_TOTP": "false",
        "QINQING_DATA_DIR": folder,
    }
    words = [sys.executable, str(ROOT / "tools" / "start.py"), "--port", str(port)]
    log = Path(folder, "log").open("wb")  # noqa: SIM115  open as long as the system runs
    system = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **demo}, stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + STARTS_WITHIN_S
        while not _answers(port):
            if system.poll() is not None or time.monotonic() > until:
                pytest.fail("the system did not start:\n" + Path(folder, "log").read_text(errors="replace")[-4000:])
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        system.send_signal(signal.SIGTERM)
        system.wait(timeout=60)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the machine's Chromium."""
    playwright = (
        pytest.importorskip("playwright.sync_api") if not _required() else __import__("playwright.sync_api").sync_api
    )
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if not path:
        _missing("no Chromium on this machine")
    with playwright.sync_playwright() as player:
        # Chromium's own sandbox does not work for root, which is what CI is.
        flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = player.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def _required() -> bool:
    return os.environ.get("QINQING_JOURNEYS") == "required"


@pytest.fixture
def window(chromium: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Open windows: `page = window(PHONE, javascript=False)`; each has cookies of its own. A script fault fails the test."""
    contexts, faults = [], []

    def open_window(device: dict[str, Any] | None = None, *, javascript: bool = True) -> Any:
        context = chromium.new_context(
            base_url=site,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
            **(device or OFFICE_PC),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda fault: faults.append(f"{page.url}: {fault}"))
        page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if line.type == "error" else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not [fault for fault in faults if "status of 4" not in fault]  # a refusal (422) is an answer


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests' SQLite in a file here: in memory, the test and the server it visits would share one connection."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("town") / "test.sqlite3")


@pytest.fixture
def town(live_server: Any, chromium: Any, clock: Any) -> Iterator["TownInTime"]:
    """Give a small town of its own whose clock can be put on (`in_time.py`); it begins on Monday 2026-11-23 at 09:00."""
    from tests.cases.world import make_world
    from tests.journeys.in_time import TownInTime

    found = TownInTime(make_world(), clock, live_server.url, chromium)
    yield found
    found.close()


@pytest.fixture
def phone(window: Callable[..., Any]) -> Any:
    """Give a phone-sized page."""
    return window(PHONE)


@pytest.fixture
def office_pc(window: Callable[..., Any]) -> Any:
    """Give an office-PC-sized page."""
    return window(OFFICE_PC)


@pytest.fixture
def handset(chromium: Any, site: str, tmp_path: Path) -> Iterator[Any]:
    """Give an officer's phone that can be killed and started again. A script fault fails the test."""
    from tests.journeys.handset import Handset

    phone = Handset(chromium.browser_type, site, tmp_path / "profile")
    phone.open()
    yield phone
    phone.close()
    assert not phone.faults


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    """Check the page shown now with axe: `accessible(page)` fails on serious violations. Needs JavaScript on."""

    def check(page: Any) -> None:
        # Our pages forbid foreign scripts; evaluate() is the debugger's door, which that rule does not close.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        serious = [
            f"{one['id']}: {one['help']} ({'; '.join(str(node['target']) for node in one['nodes'][:3])})"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert not serious, page.url

    return check
