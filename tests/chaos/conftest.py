"""A town, a bad line and a phone for each.

With QINQING_JOURNEYS=required (`make journeys`, `make chaos`, CI) a missing browser is a failure, else a skip.
QINQING_CHAOS_SEEDS says how many storms are raised, one by default.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.chaos.handset import Handset, built
from tests.chaos.proxy import Proxy
from tests.chaos.town import ROOT, Town

SEEDS = int(os.environ.get("QINQING_CHAOS_SEEDS", "1"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1, SEEDS + 1))


@pytest.fixture(scope="session")
def player() -> Iterator[Any]:
    required = os.environ.get("QINQING_JOURNEYS") == "required"
    has_browser = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    if not has_browser and not required:
        pytest.skip("no Chromium on this machine")
    playwright = __import__("playwright.sync_api").sync_api if required else pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def made_town(player: Any) -> Iterator[Town]:
    """Made once and never started: each town that runs begins as its copy."""
    made = Town()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def quiet_town(made_town: Town) -> Iterator[Town]:
    """One for the tests of a file that leave the town as it was."""
    yield from _running(made_town)


@pytest.fixture
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """The town; a storm, which retires checklists and hands firms over, gets one of its own."""
    if "seed" in request.fixturenames:
        yield from _running(request.getfixturevalue("made_town"))
    else:
        yield request.getfixturevalue("quiet_town")


def _running(made: Town) -> Iterator[Town]:
    running = Town(like=made)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built(ROOT / "tests/chaos/harness.ts", tmp_path_factory.mktemp("harness") / "chaos.js")


@pytest.fixture
def line(town: Town, request: pytest.FixtureRequest) -> Iterator[Proxy]:
    seed = request.node.callspec.params.get("seed", 1) if hasattr(request.node, "callspec") else 1
    proxy = Proxy(town.port, seed)
    yield proxy
    proxy.stop()


@pytest.fixture
def handset(player: Any, line: Proxy, harness: str) -> Iterator[Callable[..., Handset]]:
    made: list[Handset] = []

    def make(**more: Any) -> Handset:
        made.append(Handset(player, f"http://127.0.0.1:{line.port}", harness, **more))
        return made[-1]

    yield make
    for one in made:
        one.forget()
