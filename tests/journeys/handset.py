"""An officer's phone: a Chromium of its own with a profile that outlives it, which can be killed like a phone whose battery is pulled."""

import io
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from PIL import Image

QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SCREEN = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
STARTS_WITHIN_S = 40


class Handset:
    """One phone. `page` is its one page; `kill` ends everything at once, `open` starts again from what the disk holds."""

    def __init__(self, kind: Any, site: str, profile: Path, *, flags: tuple[str, ...] = ()) -> None:
        """Take playwright's kind of browser, where the system is, and where the phone keeps what it keeps."""
        self.kind, self.site, self.profile, self.flags = kind, site, profile, flags
        self.chromium = next(
            found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
        )
        self.faults: list[str] = []
        self.process: subprocess.Popen[bytes] | None = None
        self.browser: Any = None
        self.page: Any = None

    def open(self, address: str = "", *, is_offline: bool = False) -> Any:
        """Start the browser, and with an address open the page."""
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()  # of a browser that was killed
        (self.profile / "DevToolsActivePort").unlink(missing_ok=True)
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        words = [
            self.chromium,
            *QUIET,
            *root,
            *self.flags,
            "--headless=new",
            "--remote-debugging-port=0",
            "--lang=zh-CN",
            f"--user-data-dir={self.profile}",
            "about:blank",
        ]
        self.process = subprocess.Popen(
            words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "Asia/Shanghai"},
            start_new_session=True,
        )
        self.browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{self._port()}")
        context = self.browser.contexts[0]
        context.set_default_timeout(15_000)
        self.page = context.pages[0] if context.pages else context.new_page()
        self.session = context.new_cdp_session(self.page)
        self.session.send("Emulation.setDeviceMetricsOverride", SCREEN)
        self.session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        if is_offline:
            self.offline(True)
        if address:
            self.page.goto(self.site + address)
        return self.page

    def offline(self, is_offline: bool) -> None:
        """Take the line away or give it back; the worker's requests are cut off as well."""
        self.browser.contexts[0].set_offline(is_offline)

    def kill(self) -> None:
        """End every process of the browser at once: nothing gets a chance to be written any more."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)
        self.process = None
        time.sleep(0.3)

    def close(self) -> None:
        """Put the phone away for good."""
        self.kill()
        shutil.rmtree(self.profile, ignore_errors=True)

    def sign_in(self, name: str) -> None:
        """Sign in as somebody of the demonstration town."""
        self.page.goto(self.site + "/demo/")
        self.page.locator("button", has_text=name).first.click()
        self.page.wait_for_load_state()

    def prepare(self, name: str) -> None:
        """Sign in, make the phone known, download the day: what an officer does before going out."""
        self.sign_in(name)
        self.page.goto(self.site + "/field/")
        self.at("register-phone").click()
        self.at("register-phone").wait_for(state="detached")
        self.page.goto(self.site + "/field/#/prepare")
        self.at("download").click()
        self.page.get_by_text("都在，可以出发").wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.go("")

    def at(self, name: str) -> Any:
        """Return what bears this test id."""
        return self.page.get_by_test_id(name)

    def go(self, to: str) -> None:
        """Go to a screen of the client without loading anything."""
        self.page.evaluate("(to) => { location.hash = '/' + to }", to)

    def kept(self) -> None:
        """Wait until the page says that the last step is on the phone."""
        self.page.locator('[data-testid="kept"][data-state="kept"]').wait_for()

    def shoot(self, where: str, *files: tuple[str, bytes]) -> None:
        """Press the camera and choose these pictures."""
        with self.page.expect_file_chooser() as chooser:
            self.at(f"shoot-{where}").click()
        chooser.value.set_files([{"name": name, "mimeType": "image/jpeg", "buffer": octets} for name, octets in files])

    def choose(self, where: str, path: Path) -> None:
        """Give a file on disk to the picker as the system would; large ones do not go through the debugger's line."""
        found = self.session.send(
            "Runtime.evaluate", {"expression": f"document.querySelector('[data-testid=\"file-{where}\"]')"}
        )
        self.session.send("DOM.setFileInputFiles", {"files": [str(path)], "objectId": found["result"]["objectId"]})

    def begin_visit(self, firm: str, *, nature: str = "routine") -> str:
        """Begin a visit from the firm's card and return the draft's id."""
        self.go("firms")
        self.page.locator(".line", has_text=firm).first.click()
        self.at("begin-visit").click()
        self.at(f"nature-{nature}").click()
        self.at("begin").click()
        self.at("go-on").wait_for()
        return str(self.page.url.split("/visit/")[1].split("/")[0])

    def rows(self, store: str, uid: int | None = None) -> list[dict[str, Any]]:
        """Return the rows of one of the client's stores, bytes given as their length and digest."""
        return json.loads(self.page.evaluate(ROWS, [f"field-{uid or self.uid()}", store]))

    def uid(self) -> int:
        """Return whose database the phone shows."""
        return int(self.page.evaluate(HERE))

    def call(self, path: str) -> dict[str, Any]:
        """Ask the server what it has, as the phone would."""
        return self.page.evaluate(
            "(path) => fetch('/field/api/' + path, {headers: {'X-Qinqing-Field': '1'}}).then((r) => r.json())", path
        )

    def _port(self) -> int:
        until = time.monotonic() + STARTS_WITHIN_S
        port = self.profile / "DevToolsActivePort"
        while time.monotonic() < until:
            if port.exists() and (lines := port.read_text().splitlines()):
                return int(lines[0])
            time.sleep(0.1)
        raise TimeoutError("Chromium did not start")


ROWS = """async ([name, store]) => {
  const db = await new Promise((done, fail) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => fail(opening.error);
  });
  try {
    if (!db.objectStoreNames.contains(store)) return "[]";
    const rows = await new Promise((done, fail) => {
      const asked = db.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    const digest = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
    for (const row of rows) {
      for (const key of Object.keys(row)) {
        if (row[key] instanceof ArrayBuffer) {
          if (key === "body") row.said = JSON.parse(new TextDecoder().decode(row[key]));
          row[key] = { length: row[key].byteLength, sha256: await digest(row[key]) };
        }
      }
    }
    return JSON.stringify(rows);
  } finally {
    db.close();
  }
}"""
"""Reads a store beside the client, with a connection of its own."""

HERE = """async () => {
  const db = await new Promise((done) => { const q = indexedDB.open("field-here"); q.onsuccess = () => done(q.result); });
  const who = await new Promise((done) => { const q = db.transaction("here").objectStore("here").get("who"); q.onsuccess = () => done(q.result); });
  db.close();
  return who ? who.uid : 0;
}"""


def picture(width: int = 1600, height: int = 1200, *, orientation: int = 1, seed: int = 0) -> bytes:
    """Return a photo as a camera makes one: a JPEG that says which way it was held; the upper left corner is red."""
    field = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    field.paste((200, 20 + seed % 200, 20), (0, 0, width // 4, height // 4))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    field.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()
