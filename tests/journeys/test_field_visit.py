"""A whole visit on a phone without signal: download, walk, find, sign, finish; then the line comes back and the town has it."""

import hashlib
import json
from typing import Any

import pytest

from tests.journeys.handset import Handset, picture

FIRM = "演示车灯"


def walk(phone: Handset, answers: int) -> None:
    """Answer so many items, whatever they ask."""
    for _ in range(answers):
        place = phone.at("place").inner_text()
        if phone.at("mark-na").count():
            phone.at("mark-na" if int(place.split(" /")[0]) % 3 else "mark-ok").click()
        else:
            phone.at("next").click()
        phone.page.wait_for_function(
            "(before) => document.querySelector('[data-testid=place]')?.textContent !== before", arg=place
        )


def sign(phone: Handset) -> None:
    """Have the firm's person sign on the whole screen."""
    phone.at("how-signature").click()
    phone.at("rep").fill("余示安")
    phone.at("open-pad").click()
    box = phone.at("pad").bounding_box()
    mouse = phone.page.mouse
    mouse.move(box["x"] + 150, box["y"] + 120)
    mouse.down()
    for step in range(24):
        mouse.move(box["x"] + 150 + (step % 5) * 12, box["y"] + 120 + step * 14)
    mouse.up()
    phone.at("pad-done").click()
    phone.at("sign-done").click()


@pytest.mark.clause("附2安-(3)a", "附2安-(5)a")
def test_a_visit_without_signal_arrives_whole_when_the_line_is_back(handset: Handset) -> None:
    phone = handset
    phone.prepare("严示富")
    phone.offline(True)
    assert phone.page.evaluate("fetch('/field/api/session').then(() => 'reached', () => 'cut')") == "cut"

    visit = phone.begin_visit(FIRM)
    phone.at("go-on").click()
    assert "草案" in phone.page.locator(".where").inner_text()
    assert phone.page.locator(".mark[aria-pressed=true]").count() == 0  # nothing is chosen beforehand
    walk(phone, 3)
    phone.at("mark-bad").click()
    phone.at("text").fill("东侧安全出口堆放纸箱")
    phone.at("level-minor").click()
    finding = phone.page.url.rsplit("/", 1)[1]
    phone.shoot(finding, ("a.jpg", picture(seed=1)), ("b.jpg", picture(seed=2)))
    phone.page.locator(".thumb img").nth(1).wait_for()
    phone.kept()
    phone.at("problem-done").click()
    phone.go(f"visit/{visit}/finish")
    assert "企业代表" in phone.at("lacks").inner_text()
    phone.at("to-sign").click()
    sign(phone)
    phone.at("status-operating").click()
    phone.kept()
    phone.at("finish").click()
    phone.at("finish").click()

    phone.page.locator('[data-testid="outcome"][data-state="on-phone"]').wait_for()
    assert "已存在手机上" in phone.page.inner_text("main")
    assert "镇里已收" not in phone.page.inner_text("main")
    frozen = phone.rows("outbox")
    assert [row["id"] for row in frozen] == [visit]
    assert phone.rows("drafts") == []
    body = frozen[0]["said"]
    assert frozen[0]["sha256"] == frozen[0]["body"]["sha256"]
    assert [one["text"] for one in body["data"]["findings"]] == ["东侧安全出口堆放纸箱"]
    assert body["data"]["findings"][0]["photos"] == [one["id"] for one in body["attachments"] if one["role"] == "photo"]
    held = {row["id"]: row["bytes"]["sha256"] for row in phone.rows("photos")}
    assert held == {one["id"]: one["sha256"] for one in body["attachments"]}
    assert len(held) == 3

    phone.offline(False)
    phone.page.locator('[data-testid="outcome"][data-state="received"]').wait_for()
    told = phone.call(f"records/visit/{visit}")
    digest = frozen[0]["sha256"] + "".join(
        one["id"] + one["sha256"] for one in sorted(body["attachments"], key=lambda one: one["id"])
    )
    assert told["receipt"]["manifest_sha256"] == hashlib.sha256(digest.encode()).hexdigest()
    assert told["missing"] == []
    assert [row["no"] for row in phone.rows("receipts") if row["id"] == visit] == [told["receipt"]["no"]]
    assert phone.rows("outbox") == []
    assert phone.rows("photos") == []  # nothing is kept longer than it is needed
    assert f"№{told['receipt']['no']:06}" in phone.page.inner_text("main")


def test_a_photo_is_small_upright_and_whole(handset: Handset) -> None:
    """A camera held upright writes a lying picture with a note; what arrives stands."""
    phone = handset
    phone.prepare("华示博")
    phone.go("new/demand")
    phone.at("firm-search").fill("后视镜")
    phone.page.get_by_test_id("pick-4").click()
    phone.at("text").fill("北门路灯坏了")
    phone.shoot("all", ("upright.jpg", picture(4000, 3000, orientation=6)))
    phone.page.locator(".thumb img").wait_for()
    kept = phone.rows("photos")[0]
    seen = phone.page.evaluate(LOOK, kept["id"])
    assert (seen["width"], seen["height"]) == (1200, 1600)
    # The stored upper left corner is the upper right one when the phone was held upright.
    assert seen["right"][0] > 150 > seen["right"][2]
    assert kept["size"] < 450_000
    assert kept["sha256"] == kept["bytes"]["sha256"]
    assert seen["has_place"] is False


LOOK = """async (id) => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => /^field-\\d+$/.test(one));
  const db = await new Promise((done) => { const q = indexedDB.open(name); q.onsuccess = () => done(q.result); });
  const row = await new Promise((done) => { const q = db.transaction("photos").objectStore("photos").get(id); q.onsuccess = () => done(q.result); });
  db.close();
  const text = new TextDecoder("latin1").decode(row.bytes.slice(0, 4096));
  const bitmap = await createImageBitmap(new Blob([row.bytes]));
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width; canvas.height = bitmap.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  return { width: bitmap.width, height: bitmap.height, right: [...pen.getImageData(bitmap.width - 20, 20, 1, 1).data], has_place: text.includes("Exif") };
}"""


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"x" * 2000, "HEIC"),
        (b"\xff\xd8\xff\xe0" + b"x" * 5000, "打不开"),
        (picture()[:150], "打不开"),
        (b"", "空的"),
        (b"\xff\xd8" + b"x" * (41 * 1024 * 1024), "40MB"),
    ],
    ids=["heic", "no picture", "cut short", "empty", "too large"],
)
def test_a_picture_that_is_none_is_said_and_nothing_is_lost(handset: Handset, octets: bytes, said: str) -> None:
    phone = handset
    phone.prepare("金示安")
    phone.go("new/demand")
    phone.at("text").fill("宿舍停水")
    phone.kept()
    file = phone.profile.parent / "bad.jpg"
    file.write_bytes(octets)
    phone.choose("all", file)
    phone.at("toast").wait_for()
    assert said in phone.at("toast").inner_text()
    draft = phone.rows("drafts")[0]
    assert draft["data"]["text"] == "宿舍停水"
    assert draft["photos"] == []
    assert phone.rows("photos") == []
    assert phone.rows("pending_capture") == []


@pytest.mark.clause("附2安-(6)a")
def test_an_accident_is_two_presses_and_never_said_to_be_reported_before_it_is(handset: Handset) -> None:
    phone = handset
    phone.prepare("陶示富")
    phone.offline(True)
    phone.at("tab-accident").click()
    phone.page.locator("a[href^='tel:']").first.wait_for()  # the telephone comes first
    assert "请打电话" in phone.page.inner_text("main")
    phone.at("what-fire").click()
    phone.at("finish").click()
    phone.at("not-delivered").wait_for()
    words = phone.page.inner_text("main")
    assert "未送达，请打电话" in words
    assert "已上报" not in words
    assert "镇里已收" not in words
    assert phone.at("sms").get_attribute("href").startswith("sms:")
    phone.offline(False)
    phone.page.locator('[data-testid="outcome"][data-state="received"]').wait_for()
    assert phone.at("not-delivered").count() == 0


def test_every_answer_is_a_record_the_office_can_read(handset: Handset) -> None:
    """The smaller records, each sent and received with what was filled in."""
    phone = handset
    phone.prepare("姜示博")
    sent: dict[str, Any] = {}

    def finish(kind: str) -> None:
        phone.kept()
        phone.at("finish").click()
        phone.page.locator('[data-testid="outcome"][data-state="received"]').wait_for()
        sent[kind] = json.loads(json.dumps(phone.rows("receipts")))[-1]

    phone.go("new/contact/5")
    phone.at("way-phone").click()
    phone.at("text").fill("问了环评到期的事")
    finish("contact")
    phone.go("new/meeting")
    phone.at("topic").fill("四季度安全例会")
    phone.at("topics-situation").click()
    phone.at("came-5").check()
    finish("meeting")
    phone.go("new/facts/5")
    phone.at("workers").fill("86")
    finish("facts")
    assert {row["kind"] for row in phone.rows("receipts")} == {"contact", "meeting", "facts"}
    for row in phone.rows("receipts"):
        assert phone.call(f"records/{row['kind']}/{row['id']}")["flags"] == []
