"""Three clients with one thing wrong each: if the suite lets one of them pass, it would let a real fault pass too."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.handset import Handset
from tests.chaos.invariants import violations
from tests.chaos.proxy import Proxy
from tests.chaos.test_storm import OFFICER, begin, finish
from tests.chaos.town import ROOT, Town

TRUST_ANY_200 = (
    "sync/send.ts",
    'if (answer.is !== "ok") return wait(store, parcel, answer);\n  if (!isStanding(answer.body, parcel))',
    (
        'if (answer.is === "later" && answer.why === "portal") { await settle(store, parcel, { no: 0, at_ms: 0, manifest_sha256: "" }); return "on"; }\n'
        '  if (answer.is !== "ok") return wait(store, parcel, answer);\n  if (!isStanding(answer.body, parcel))'
    ),
)
NEW_ID_EACH_TRY = (
    "sync/send.ts",
    "const path = `records/${parcel.kind}/${parcel.id}`;\n  const headers = ",
    (
        "const fresh = crypto.getRandomValues(new Uint8Array(16)).reduce((t, n) => t + n.toString(16).padStart(2, '0'), '').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');\n"
        "  const text = new TextDecoder().decode(parcel.body).split(parcel.id).join(fresh);\n"
        "  parcel = { ...parcel, body: new TextEncoder().encode(text).buffer as ArrayBuffer };\n"
        "  parcel.sha256 = await sha256(parcel.body);\n"
        "  const path = `records/${parcel.kind}/${fresh}`;\n  const headers = "
    ),
)
SKIP_A_MISSING_PHOTO = (
    "sync/send.ts",
    'if (!after.body.receipt && ended.parcel.lost.length > 0) return attention(store, ended.parcel, "photo_lost");',
    'if (!after.body.receipt && ended.parcel.lost.length > 0) { await settle(store, ended.parcel, { no: 0, at_ms: 0, manifest_sha256: "" }); return "on"; }',
)


def mutated(change: tuple[str, str, str], into: Path) -> dict[str, bytes]:
    """Build the client with one thing wrong; the text to change must be there exactly once, or the control controls nothing."""
    file, right, wrong = change
    copy = into / "client"
    shutil.copytree(ROOT / "client", copy)
    (into / "node_modules").symlink_to(ROOT / "node_modules")
    source = copy / "src" / file
    text = source.read_text()
    assert text.count(right) == 1, f"{file} has changed: mend this control"
    source.write_text(text.replace(right, wrong))
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    words = [
        node,
        str(ROOT / "node_modules/esbuild/bin/esbuild"),
        str(copy / "src/main.tsx"),
        "--bundle",
        "--format=esm",
        "--splitting",
    ]
    words += [
        "--jsx=automatic",
        "--jsx-import-source=preact",
        "--target=es2020,chrome78",
        "--charset=utf8",
        "--log-level=warning",
    ]
    subprocess.run([*words, "--chunk-names=[name]-[hash]", f"--outdir={into / 'built'}"], cwd=into, check=True)
    return {f"/static/build/field/{found.name}": found.read_bytes() for found in (into / "built").iterdir()}


@pytest.fixture
def wrong_phone(
    line: Proxy, handset: Callable[..., Handset], tmp_path: Path
) -> Callable[[tuple[str, str, str]], Handset]:
    def make(change: tuple[str, str, str]) -> Handset:
        for address, octets in mutated(change, tmp_path).items():
            line.line.files[address] = ("text/javascript; charset=utf-8", octets)
        line.line.missing = ("/field/sw.js",)  # the worker would bring the right client back
        phone = handset()
        begin(phone, OFFICER)
        return phone

    return make


def say(town: Town, phone: Handset, promised: dict[str, Any], before: frozenset[str]) -> list[str]:
    return violations(town, phone.ask("window.chaos.state()"), promised, strangers=before)


def test_a_client_that_trusts_any_200_is_caught(town: Town, line: Proxy, wrong_phone: Callable[..., Handset]) -> None:
    phone, promised, before = wrong_phone(TRUST_ANY_200), dict[str, Any](), frozenset(town.arrived())
    line.line.dice.seed(5)
    line.line.rate = 0.9
    for nth in range(4):
        finish(phone, promised, nth, 90_000 + nth)
    for _ in range(12):
        phone.sync()
        if any(found.startswith("I1") for found in say(town, phone, promised, before)):
            return
    pytest.fail("no record was lost: the control shows nothing")


def test_a_client_that_takes_a_new_id_each_try_is_caught(
    town: Town, line: Proxy, wrong_phone: Callable[..., Handset]
) -> None:
    phone, promised, before = wrong_phone(NEW_ID_EACH_TRY), dict[str, Any](), frozenset(town.arrived())
    finish(phone, promised, 0, 91_000)
    phone.sync()
    phone.sync()
    assert any(found.startswith("I2") for found in say(town, phone, promised, before))


def test_a_client_that_skips_a_missing_photo_is_caught_and_ours_asks_for_help(
    town: Town, line: Proxy, wrong_phone: Callable[..., Handset], handset: Callable[..., Handset]
) -> None:
    phone, promised, before = wrong_phone(SKIP_A_MISSING_PHOTO), dict[str, Any](), frozenset(town.arrived())
    line.line.is_down = True
    one = finish(phone, promised, 0, 92_000)
    assert one
    phone.ask(f"window.chaos.lose('{one['attachments'][0]['id']}')")
    line.line.is_down = False
    phone.sync()
    assert any(found.startswith("I4") for found in say(town, phone, promised, before))
    ours(town, line, handset, before | set(promised))


def ours(town: Town, line: Proxy, handset: Callable[..., Handset], before: frozenset[str]) -> None:
    """The same damage, the real client: the good photo arrives, the record waits for a person, nothing is let go."""
    for address in [name for name in line.line.files if name.startswith("/static/")]:
        del line.line.files[address]
    phone, promised = handset(), dict[str, Any]()
    begin(phone, OFFICER)
    line.line.is_down = True
    one = finish(phone, promised, 1, 93_000)
    assert one
    lost, good = one["attachments"][0]["id"], one["attachments"][1]["id"]
    promised[one["id"]]["hurt"] = [lost]
    phone.ask(f"window.chaos.lose('{lost}')")
    line.line.is_down = False
    phone.sync()
    held = phone.ask("window.chaos.state()")
    assert [row["state"] for row in held["outbox"]] == ["attention"]
    assert good in town.arrived()[one["id"]].photos
    assert violations(town, held, promised, strangers=before) == []
