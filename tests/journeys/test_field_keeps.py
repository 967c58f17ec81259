"""What a phone has kept it keeps: battery pulled, camera, full disk, sign-in run out, another person, a wrong answer, a lost photo."""

from typing import Any

import pytest

from tests.journeys.handset import Handset, picture

RECEIVED = '[data-testid="outcome"][data-state="received"]'
ON_PHONE = '[data-testid="outcome"][data-state="on-phone"]'
ATTENTION = '[data-testid="outcome"][data-state="attention"]'


def demand(phone: Handset, firm: int, words: str, *, photos: int = 0) -> str:
    """Fill in a demand up to the last press and return its id."""
    phone.go(f"new/demand/{firm}")
    phone.at("text").fill(words)
    for seed in range(photos):
        phone.shoot("all", (f"{seed}.jpg", picture(seed=seed)))
        phone.page.locator(".thumb img").nth(seed).wait_for()
    phone.kept()
    return str(phone.page.url.split("/form/")[1])


def sync(phone: Handset) -> None:
    """Press 现在上传 and wait until the run is over."""
    phone.go("sync")
    phone.at("sync-now").click()
    phone.page.wait_for_function("() => document.querySelector('[data-testid=sync-now]')?.disabled === false")


class TestBatteryPulled:
    def test_every_answer_said_to_be_kept_is_there_after_a_kill(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("喻示博")
        phone.offline(True)
        visit = phone.begin_visit("演示喷涂")
        phone.at("go-on").click()
        for round_ in range(3):
            before = phone.at("place").inner_text()
            phone.at("mark-ok").click()
            phone.page.wait_for_function(
                "(before) => document.querySelector('[data-testid=place]')?.textContent !== before", arg=before
            )
            phone.kept()
            answered = len(phone.rows("drafts")[0]["data"]["answers"])
            phone.kill()
            phone.open("/field/", is_offline=True)
            draft = phone.rows("drafts")[0]
            assert draft["id"] == visit
            assert len(draft["data"]["answers"]) == answered == round_ + 1
            phone.at(f"draft-{visit}").click()  # 继续 comes back to the item one was at
            phone.at("mark-ok").wait_for()

    def test_a_photo_said_to_be_kept_is_there_bit_for_bit(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("水示正")
        phone.offline(True)
        demand(phone, 38, "厂门口积水", photos=2)
        before = {row["id"]: row["bytes"] for row in phone.rows("photos")}
        phone.kill()
        phone.open("/field/", is_offline=True)
        assert {row["id"]: row["bytes"] for row in phone.rows("photos")} == before
        assert all(row["bytes"]["sha256"] == row["sha256"] for row in phone.rows("photos"))
        assert [one["id"] for one in phone.rows("drafts")[0]["photos"]] == list(
            dict.fromkeys(one["id"] for one in phone.rows("drafts")[0]["photos"])
        )

    def test_a_finished_record_survives_a_kill_and_goes_out_without_a_press(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("窦示富")
        phone.offline(True)
        record = demand(phone, 15, "路面塌陷", photos=1)
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        phone.kill()
        phone.open()
        phone.sign_in("窦示富")  # the browser had not written its cookies down yet
        phone.page.goto(phone.site + f"/field/#/done/{record}")
        phone.page.locator(RECEIVED).wait_for()
        assert phone.rows("outbox") == phone.rows("photos") == []

    def test_the_camera_that_ends_the_page_brings_back_to_the_same_place(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("云示安")
        record = demand(phone, 14, "围墙开裂")
        for time in (1, 2):
            with phone.page.expect_file_chooser():
                phone.at("shoot-all").click()
            phone.kill()  # the system took the memory for its camera
            phone.open("/field/")
            phone.at("toast").wait_for()
            assert "已回到原处" in phone.at("toast").inner_text()
            assert f"/form/{record}" in phone.page.url
            assert phone.at("text").input_value() == "围墙开裂"
            assert phone.at("camera-here").count() == (
                1 if time == 2 else 0
            )  # after the second time another way is offered


class TestFull:
    def test_what_could_not_be_kept_is_said_in_red_and_can_be_kept_again(self, handset: Handset) -> None:
        """The store refuses as a full one does; the words stay on the screen and the next try keeps them."""
        phone = handset
        phone.prepare("苏示正")
        demand(phone, 16, "变压器超载")
        phone.page.evaluate(REFUSE)
        phone.at("contact").fill("余示安")
        phone.at("save-failed").wait_for()
        assert "满了" in phone.at("save-failed").inner_text()
        assert phone.at("kept").inner_text() == "没存上"
        assert phone.rows("drafts")[0]["data"]["contact_name"] == ""
        phone.page.evaluate("window.letGo()")
        phone.at("save-failed").get_by_role("button").click()
        phone.kept()
        assert phone.at("save-failed").count() == 0
        assert phone.rows("drafts")[0]["data"]["contact_name"] == "余示安"

    def test_a_photo_that_finds_no_room_takes_nothing_with_it(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("潘示富")
        phone.go("new/meeting")
        phone.at("topic").fill("安全例会")
        phone.kept()
        phone.page.evaluate(REFUSE)
        phone.choose("all", _file(phone, picture()))
        phone.at("save-failed").wait_for()
        assert phone.rows("photos") == phone.rows("thumbs") == []
        assert phone.rows("drafts")[0]["photos"] == []
        assert phone.rows("drafts")[0]["data"]["topic"] == "安全例会"


def _file(phone: Handset, octets: bytes) -> Any:
    path = phone.profile.parent / "photo.jpg"
    path.write_bytes(octets)
    return path


REFUSE = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (["drafts", "photos"].includes(this.name)) throw new DOMException("no room", "QuotaExceededError");
    return put.call(this, value, key);
  };
  window.letGo = () => { IDBObjectStore.prototype.put = put; };
}"""


class TestWhoseItIs:
    def test_a_sign_in_that_ran_out_pauses_and_goes_on_after_the_next(self, handset: Handset) -> None:
        phone = handset
        phone.sign_in("范示正")  # no credential of the phone: it lives on the sign-in alone
        phone.page.goto(phone.site + "/field/#/prepare")
        phone.at("download").click()
        phone.page.get_by_text("都在，可以出发").wait_for()
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        phone.browser.contexts[0].clear_cookies()
        record = demand(phone, firm, "电线杆倾斜", photos=1)
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        phone.go("")
        phone.at("sign-in").wait_for()
        assert "1条记录都在手机上" in phone.at("sign-in").inner_text()
        assert len(phone.rows("outbox")) == len(phone.rows("photos")) == 1
        phone.sign_in("范示正")
        phone.page.goto(phone.site + f"/field/#/done/{record}")
        phone.page.locator(RECEIVED).wait_for()

    def test_another_persons_queue_is_neither_sent_nor_shown(self, handset: Handset) -> None:
        phone = handset
        phone.sign_in("郎示博")
        phone.page.goto(phone.site + "/field/#/prepare")
        phone.at("download").click()
        phone.page.get_by_text("都在，可以出发").wait_for()
        first = phone.uid()
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        phone.offline(True)
        record = demand(phone, firm, "夜间噪声")
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        phone.offline(False)
        phone.browser.contexts[0].clear_cookies()
        phone.sign_in("鲁示安")
        phone.page.goto(phone.site + "/field/")
        phone.at("register-phone").wait_for()
        phone.go("sync")
        phone.at("sync-line").wait_for()
        second = phone.uid()
        assert second not in (0, first)
        assert "夜间噪声" not in phone.page.inner_text("body")
        assert phone.page.locator(f'[data-testid="parcel-{record}"]').count() == 0
        sync(phone)
        assert phone.call(f"records/demand/{record}")["ok"] is False
        assert [row["id"] for row in phone.rows("outbox", first)] == [record]
        phone.browser.contexts[0].clear_cookies()
        phone.sign_in("郎示博")
        phone.page.goto(phone.site + f"/field/#/done/{record}")
        phone.page.locator(RECEIVED).wait_for()
        assert phone.rows("outbox", first) == []

    def test_leaving_says_what_is_still_here_and_takes_nothing_away(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("史示正")
        uid = phone.uid()
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        phone.offline(True)
        demand(phone, firm, "门前修路")
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        phone.go("more")
        phone.at("leave").click()
        assert "还有1条没有传到镇里" in phone.page.inner_text("main")
        phone.at("leave-yes").click()
        phone.page.wait_for_timeout(500)
        phone.offline(False)
        phone.page.goto(phone.site + "/sign-out/")
        phone.page.get_by_role("button", name="退出", exact=True).first.click()
        phone.page.wait_for_load_state()
        phone.page.goto(phone.site + "/field/")
        phone.at("to-sign-in").wait_for()
        assert len(phone.rows("outbox", uid)) == 1
        phone.sign_in("史示正")
        with phone.page.expect_response("**/field/api/records/demand/*"):
            phone.page.goto(phone.site + "/field/#/sync")
        phone.page.wait_for_function(
            "() => document.querySelector('[data-testid=sync-line]')?.textContent === '全部已收'"
        )


class TestWrongAnswers:
    def test_a_200_of_some_wireless_is_no_receipt(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("马示博")
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        page = phone.browser.contexts[0]
        page.route(
            "**/field/api/records/**",
            lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>欢迎使用无线网</h1>"),
        )
        record = demand(phone, firm, "围挡占道", photos=1)
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        sync(phone)
        assert "无线网要先登录" in phone.at(f"parcel-{record}").inner_text()
        assert len(phone.rows("outbox")) == len(phone.rows("photos")) == 1
        page.unroute("**/field/api/records/**")
        phone.at(f"retry-{record}").click()
        phone.at(f"receipt-{record}").wait_for()

    def test_an_answer_lost_after_it_was_stored_is_asked_for_again(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("柳示博")
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        lost: list[str] = []

        def drop(route: Any) -> None:
            if len(lost) < 3:
                lost.append(route.request.url)
                route.fetch()
                route.abort()
            else:
                route.continue_()

        phone.browser.contexts[0].route("**/field/api/records/demand/*", drop)
        record = demand(phone, firm, "路口看不见", photos=1)
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        for _ in range(6):
            sync(phone)
            if phone.at(f"receipt-{record}").count():
                break
            phone.page.wait_for_timeout(300)
        assert len(lost) == 3
        assert phone.at(f"receipt-{record}").count() == 1
        assert phone.call(f"records/demand/{record}")["receipt"]["no"] == phone.rows("receipts")[-1]["no"]

    def test_other_bytes_under_the_same_id_need_a_person_and_stay(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("花示富")
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        record = demand(phone, firm, "排水不畅", photos=1)
        phone.page.evaluate(FOREIGN, record)
        phone.at("finish").click()
        phone.page.locator(ATTENTION).wait_for()
        assert "导出文件" in phone.page.inner_text("main")
        assert len(phone.rows("outbox")) == len(phone.rows("photos")) == 1
        assert phone.rows("receipts") == []

    def test_a_receipt_that_does_not_fit_deletes_nothing(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("岑示正")
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]

        def forge(route: Any) -> None:
            answer = route.fetch()
            told = answer.json()
            if told.get("receipt"):
                told["receipt"]["manifest_sha256"] = "0" * 64
            route.fulfill(response=answer, json=told)

        phone.browser.contexts[0].route("**/field/api/records/**", forge)
        demand(phone, firm, "通道堵了", photos=1)
        phone.at("finish").click()
        phone.page.locator(ATTENTION).wait_for()
        assert "对不上" in phone.page.inner_text("main")
        assert len(phone.rows("outbox")) == len(phone.rows("photos")) == 1
        assert phone.rows("receipts") == []

    def test_a_photo_that_is_gone_does_not_keep_its_sisters(self, handset: Handset) -> None:
        phone = handset
        phone.prepare("贺示安")
        firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
        phone.offline(True)
        record = demand(phone, firm, "货车乱停", photos=3)
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
        attachments = phone.rows("outbox")[0]["attachments"]
        phone.page.evaluate(FORGET, [phone.uid(), attachments[0]["id"]])
        phone.offline(False)
        phone.page.locator(ATTENTION).wait_for()
        states = [phone.call(f"attachments/{one['id']}")["state"] for one in attachments]
        assert states == ["expected", "complete", "complete"]
        parcel = phone.rows("outbox")[0]
        assert parcel["lost"] == [attachments[0]["id"]]
        assert parcel["why"] == "photo_lost"
        phone.go("sync")
        with phone.page.expect_download() as download:
            phone.at("export").click()
        assert record in _names(download.value.path())


FOREIGN = """async (id) => {
  const text = new TextEncoder().encode(JSON.stringify({ v: 1, kind: "demand", id, by: 1, device: "", app: "1", clock: {}, enterprise: null, place: null, attachments: [], data: { text: "别的内容" } }));
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", text))].map((b) => b.toString(16).padStart(2, "0")).join("");
  await fetch(`/field/api/records/demand/${id}`, { method: "POST", headers: { "X-Qinqing-Field": "1", "Content-Type": "application/json", "X-Content-SHA256": digest }, body: text });
}"""
FORGET = """async ([uid, id]) => {
  const db = await new Promise((done) => { const q = indexedDB.open(`field-${uid}`); q.onsuccess = () => done(q.result); });
  await new Promise((done) => { const tx = db.transaction("photos", "readwrite"); tx.objectStore("photos").delete(id); tx.oncomplete = done; });
  db.close();
}"""


def _names(path: Any) -> str:
    import zipfile

    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        return " ".join(file.namelist())


@pytest.mark.parametrize("tabs", [2])
def test_two_pages_open_send_once(handset: Handset, tabs: int) -> None:
    phone = handset
    phone.prepare("袁示富")
    firm = phone.rows("bundle")[0]["bundle"]["enterprises"][0]["id"]
    phone.offline(True)
    records = []
    for number in range(4):
        records.append(demand(phone, firm, f"第{number}件", photos=1))
        phone.at("finish").click()
        phone.page.locator(ON_PHONE).wait_for()
    context = phone.browser.contexts[0]
    others = [context.new_page() for _ in range(tabs - 1)]
    sent: list[str] = []
    context.on(
        "request",
        lambda request: (
            sent.append(request.url.rsplit("/", 1)[1])
            if request.method == "POST" and "/records/" in request.url
            else None
        ),
    )
    for other in others:
        other.goto(phone.site + "/field/#/sync")
    phone.offline(False)
    for page in (phone.page, *others):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.go("sync")
    phone.page.wait_for_function(
        "() => document.querySelector('[data-testid=sync-line]')?.textContent === '全部已收'", timeout=30_000
    )
    assert sorted(sent) == sorted(records)  # each once: the other page waited
    assert {row["id"] for row in phone.rows("receipts")} >= set(records)
