"""An officer's phone: a real Chromium with a profile of its own, killed without warning and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.chaos.town import ROOT

QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SHIFT = """(() => { const off = %d, Real = Date;
  class Wrong extends Real { constructor(...given) { if (given.length) super(...given); else super(Real.now() + off); } static now() { return Real.now() + off; } }
  window.Date = Wrong; })()"""


def built(source: Path, into: Path) -> str:
    """Bundle one TypeScript file with the same tool as the client."""
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    words = [node, str(ROOT / "node_modules/esbuild/bin/esbuild"), str(source), "--bundle", "--format=iife"]
    subprocess.run(
        [*words, "--target=es2020,chrome78", "--charset=utf8", "--log-level=warning", f"--outfile={into}"],
        cwd=ROOT,
        check=True,
    )
    return into.read_text()


class Handset:
    """A browser on a profile. `open` starts it, `kill` ends it as Android does."""

    def __init__(self, player: Any, base: str, harness: str, *, folder: str = "") -> None:
        self.player, self.base, self.harness = player, base, harness
        self.profile = folder or tempfile.mkdtemp(prefix="qinqing-handset-")
        self.context: Any = None
        self.tabs: list[Any] = []

    def open(self, tabs: int = 1, *, shift_ms: int = 0) -> None:
        for name in Path(self.profile).glob("Singleton*"):
            name.unlink()
        path = next(
            found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
        )
        flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        self.context = self.player.chromium.launch_persistent_context(
            self.profile,
            executable_path=path,
            args=flags,
            base_url=self.base,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 390, "height": 844},
        )
        self.context.add_init_script(self.harness)
        if shift_ms:
            self.context.add_init_script(SHIFT % shift_ms)
        self.tabs = [self.context.pages[0], *(self.context.new_page() for _ in range(tabs - 1))]

    def kill(self) -> None:
        """SIGKILL every process of this profile."""
        mark = f"--user-data-dir={self.profile}".encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with contextlib.suppress(OSError):
                    if mark in (entry / "cmdline").read_bytes():
                        os.kill(int(entry.name), signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()
        self.context, self.tabs = None, []

    def close(self) -> None:
        if self.context:
            with contextlib.suppress(Exception):
                self.context.close()
        self.context, self.tabs = None, []

    def forget(self) -> None:
        self.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def sign_in(self, name: str, tab: int = 0) -> None:
        page = self.tabs[tab]
        page.goto("/demo/")
        page.locator("button", has_text=name).first.click()
        page.wait_for_load_state()

    def show(self, tab: int = 0) -> None:
        """Open the client in a tab."""
        self.tabs[tab].goto("/field/")

    def follow(self, tab: int = 0) -> None:
        """Come to the client as somebody who has just signed in does: by a link of the page he is on."""
        page = self.tabs[tab]
        with page.expect_navigation(url="**/field/"):
            page.evaluate("location.href = '/field/'")

    def ask(self, code: str, tab: int = 0) -> Any:
        return self.tabs[tab].evaluate(code)

    def wait(self, code: str, seconds: float = 30, tab: int = 0) -> Any:
        """Wait until a question is answered with something true; a page that just now changes is asked again."""
        until = time.monotonic() + seconds
        while True:
            try:
                if found := self.ask(code, tab):
                    return found
            except Exception:
                if time.monotonic() > until:
                    raise
            if time.monotonic() > until:
                page = self.tabs[tab]
                raise TimeoutError(f"{code} at {page.url}, where it says:\n{page.inner_text('body')}")
            time.sleep(0.2)

    def sync(self, tab: int = 0) -> None:
        """Press the button of the sync centre: everything is tried at once, whatever its pause."""
        page, button = self.tabs[tab], '[data-testid="sync-now"]:not([disabled])'
        page.evaluate("location.hash = '#/sync'")
        try:
            page.wait_for_selector(button, timeout=60_000).click()
            page.wait_for_selector(button, timeout=90_000)
        except Exception as trouble:
            raise TimeoutError(
                f"no end of sending at {page.url}, where it says:\n{page.inner_text('body')}"
            ) from trouble
