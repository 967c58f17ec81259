"""How fast the phone client is on a slow phone: Chromium slowed six times, 200 visits with five photos each waiting.

Run with `-s` it prints what docs/bench.md holds. Not a phone: loopback, a desktop's disk.
"""

import statistics
from typing import Any

from tests.journeys.handset import Handset, picture

SLOWER = 6
VISITS, PHOTOS, PHOTO_BYTES = 200, 5, 281_000
OPEN_WITHIN_MS, KEEP_WITHIN_MS, PHOTO_WITHIN_MS = 1_500, 100, 2_000

QUEUE = """async ([uid, visits, photos, bytes]) => {
  const db = await new Promise((done) => { const q = indexedDB.open(`field-${uid}`); q.onsuccess = () => done(q.result); });
  const body = new ArrayBuffer(9_900);
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const id = (n, m) => `${String(n).padStart(8, "0")}-0000-4000-8000-${String(m).padStart(12, "0")}`;
  for (let n = 0; n < visits; n++) {
    const attachments = [];
    const tx = db.transaction(["outbox", "photos"], "readwrite");
    for (let m = 1; m <= photos; m++) {
      const octets = new Uint8Array(bytes).map((_, at) => (at * 31 + n * 7 + m) % 256);
      attachments.push({ id: id(n, m), sha256: "0".repeat(64), size: bytes, type: "image/jpeg", role: "photo", made_ms: n });
      tx.objectStore("photos").put({ id: id(n, m), record: id(n, 0), bytes: octets.buffer, sha256: "0".repeat(64), size: bytes, type: "image/jpeg", role: "photo", made_ms: n });
    }
    tx.objectStore("outbox").put({ id: id(n, 0), kind: "visit", enterprise: 1, title: `演示企业${n}`, made_ms: Date.now() - n * 1000, is_urgent: false, body, sha256: digest, attachments, state: "waiting", is_text_sent: false, done: [], lost: [], tries: 1, next_ms: Date.now() + 3_000_000, why: "offline" });
    await new Promise((done, fail) => { tx.oncomplete = done; tx.onabort = () => fail(tx.error); });
  }
  db.close();
}"""
WATCH = """() => {
  new MutationObserver(() => {
    if (!window.listAt && document.querySelector(".line")) requestAnimationFrame(() => { window.listAt ??= performance.now(); });
  }).observe(document, { childList: true, subtree: true });
}"""
ANSWER = """async () => {
  const place = () => document.querySelector("[data-testid=place]").textContent;
  const before = place();
  const began = performance.now();
  document.querySelector("[data-testid=mark-ok], [data-testid=next]").click();
  while (place() === before) await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - began;
}"""


def slow(phone: Handset) -> None:
    phone.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def said(what: str, times: list[float], aim: int) -> None:
    print(
        f"\n{what}: best {min(times):.0f}, median {statistics.median(times):.0f}, worst {max(times):.0f} ms (aim {aim})"
    )


def test_a_cold_open_with_two_hundred_visits_waiting(handset: Handset) -> None:
    phone = handset
    phone.prepare("乐示博")
    phone.offline(True)  # what is queued here is made up, and must not be tried
    phone.page.evaluate(QUEUE, [phone.uid(), VISITS, PHOTOS, PHOTO_BYTES])
    times: list[float] = []
    for _ in range(5):
        phone.kill()
        phone.open(is_offline=True)
        phone.page.add_init_script(f"({WATCH})()")
        slow(phone)
        phone.page.goto(phone.site + "/field/#/firms")
        phone.page.wait_for_function("() => window.listAt")
        times.append(phone.page.evaluate("window.listAt"))
        phone.page.wait_for_function(
            "() => document.querySelector('[data-testid=sync-pill]').textContent.includes('200条在手机上')"
        )
    said(f"cold open offline to the list, CPU ×{SLOWER}, {VISITS} visits waiting", times, OPEN_WITHIN_MS)
    assert min(times) <= OPEN_WITHIN_MS


def test_an_answer_and_a_photo_are_kept_at_once(handset: Handset) -> None:
    phone = handset
    phone.prepare("康示富")
    phone.offline(True)
    firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]
    phone.begin_visit(firm["short"])
    phone.at("go-on").click()
    phone.at("place").wait_for()
    slow(phone)
    answers: list[float] = [phone.page.evaluate(ANSWER) for _ in range(15)]
    said(f"press to kept and the next item, CPU ×{SLOWER}", answers, KEEP_WITHIN_MS)
    phone.at("more").click()
    file = phone.profile.parent / "camera.jpg"
    file.write_bytes(picture(4000, 3000, seed=3))
    where = phone.page.locator("[data-testid^=file-]").first.get_attribute("data-testid").removeprefix("file-")
    photos: list[float] = []
    for number in range(4):
        began = phone.page.evaluate("performance.now()")
        phone.choose(where, file)
        phone.page.wait_for_function("(n) => document.querySelectorAll('.thumb img').length > n", arg=number)
        photos.append(phone.page.evaluate("performance.now()") - began)
    said(f"12-megapixel picture to kept, CPU ×{SLOWER}", photos, PHOTO_WITHIN_MS)
    sizes: Any = [row["size"] for row in phone.rows("photos")]
    print(f"photo size: {sizes}")
    assert min(answers) <= KEEP_WITHIN_MS
    assert min(photos) <= PHOTO_WITHIN_MS
