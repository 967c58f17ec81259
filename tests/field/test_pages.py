"""The office's view of phones and records: who sees what, the next step of each, and the presses."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qinqing.field.models import Conflict, Device, Loss, Record
from qinqing.ledger.models import Entry
from qinqing.people.models import Account
from tests.field.phone import Phone
from tests.field.probe import take_in, traces

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

SEEING = ("clerk", "supervisor", "village")


@pytest.fixture
def desk(world: "World") -> Callable[[str], Client]:
    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=world.who[who].account_id))
        return client

    return sign_in


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


class TestDevices:
    def test_the_village_sees_its_peoples_phones_and_no_others(
        self, phone: Phone, phone_of: Callable[..., Phone], desk: Callable[[str], Client], probe: str
    ) -> None:
        phone.finalize(probe)
        phone.beat()
        phone_of("officer2")
        page = text(desk("village"), "field_devices")
        assert "示officer" in page
        assert "1条未传" in page
        assert "示officer2" not in page
        for who in ("clerk", "supervisor"):
            assert "示officer2" in text(desk(who), "field_devices")
        assert "示officer2" not in text(desk("officer"), "field_devices")

    def test_a_silent_phone_with_something_on_it_is_late(
        self, phone: Phone, desk: Callable[[str], Client], probe: str, clock: "Clock"
    ) -> None:
        phone.finalize(probe)
        phone.beat(clock={"wall_ms": 1})
        clock.move(days=4)
        page = text(desk("village"), "field_devices")
        assert "久未联系" in page
        assert "手机时钟慢" in page

    def test_one_shows_what_is_on_it_and_is_ended_there(
        self, phone: Phone, desk: Callable[[str], Client], world: "World"
    ) -> None:
        phone.finalize("visit")
        phone.beat(self_test={"results": {"database": {"ok": False, "note": "存不进去"}}})
        client = desk("village")
        page = text(client, "field_device", phone.device)
        for words in ("走访巡查", "不宜离线使用", "存不进去", "启用设备"):
            assert words in page
        address = reverse("field_device", args=[phone.device])
        wrong = client.post(address, {"reason": ""})
        assert wrong.status_code == 422
        assert "请填写停用原因" in wrong.content.decode()
        done = client.post(address, {"reason": "手机遗失", "wipe": "on"}, follow=True)
        assert "已停用，待清除" in done.content.decode()
        assert (Device.objects.get().state, Device.objects.get().wipe) == ("revoked", True)

    def test_an_officer_ends_his_own(self, phone: Phone, desk: Callable[[str], Client]) -> None:
        desk("officer").post(reverse("field_device", args=[phone.device]), {"reason": "换了手机"})
        assert Device.objects.get().state == "revoked"

    def test_anothers_is_not_there(self, phone: Phone, desk: Callable[[str], Client]) -> None:
        for who, status in (("village2", 404), ("officer2", 404), ("owner", 403), ("leader", 403)):
            client = desk(who)
            address = reverse("field_device", args=[phone.device])
            assert client.get(address).status_code == status, who
            assert client.post(address, {"reason": "x"}).status_code == status
        assert desk("supervisor").post(reverse("field_device", args=[phone.device]), {"reason": "x"}).status_code == 403
        assert Device.objects.get().state == "active"


class TestRecords:
    def test_each_list_holds_what_belongs_there_with_its_next_step(
        self, phone: Phone, phone_of: Callable[..., Phone], desk: Callable[[str], Client], probe: str, clock: "Clock"
    ) -> None:
        refused = phone.finalize(probe, data={"do": "refuse"})
        phone.put(refused)
        half = phone.finalize(probe, photos=2)
        phone.put(half)
        phone.send_photo(half, next(iter(half.photos)))
        phone.put(phone.finalize(probe, id=refused.id, data={"other": 1}))
        phone.finalize(probe)
        phone.beat()
        phone.outbox.clear()
        phone.beat()
        clock.move(minutes=20)
        for who in SEEING:
            client = desk(who)
            page = text(client, "field_records")
            assert "企业已注销。" in page
            assert "按标出的原因改好相关资料后补登" in page
            assert "还缺1个附件：请示officer在原来的手机上打开现场端继续上传。" in text(
                client, "field_records", query="?show=incomplete"
            )
            assert "对照两份" in text(client, "field_records", query="?show=conflicts")
            assert "安卓手机" in text(client, "field_records", query="?show=losses")
            assert text(client, "field_records", query="?show=all").count("<tr>") >= 2
        for who in ("village2", "officer2", "build_head"):
            page = text(desk(who), "field_records")
            assert "没有存疑的记录" in page
            for show in ("incomplete", "conflicts", "losses", "all"):
                assert "示officer" not in text(desk(who), "field_records", query=f"?show={show}").split("<main")[1]

    def test_photos_that_may_still_be_on_their_way_bother_nobody(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        phone.put(phone.finalize(probe, photos=1))
        assert "附件都收齐了" in text(desk("village"), "field_records", query="?show=incomplete")

    def test_ticked_ones_are_dealt_with_by_one_press(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        items = [phone.finalize(probe, data={"do": "flag"}) for _ in range(3)]
        for item in items:
            phone.put(item)
        client, address = desk("village"), reverse("field_handle")
        empty = client.post(address, {"show": "needs", "note": "已核实"})
        assert (empty.status_code, "请先勾选" in empty.content.decode()) == (422, True)
        silent = client.post(address, {"show": "needs", "records": [items[0].id], "note": " "})
        assert "请写明怎么处理的" in silent.content.decode()
        assert "checked" in silent.content.decode(), "what was ticked stays ticked"
        client.post(address, {"show": "needs", "records": [items[0].id, items[1].id, "x"], "note": "已核实"})
        assert Record.objects.filter(handled_at__isnull=False).count() == 2
        assert "处理存疑的现场记录2条：已核实。" in Entry.objects.get(kind="field.handled").sentence
        assert "没有存疑" not in text(client, "field_records")

    def test_losses_are_dealt_with_the_same_way(self, phone: Phone, desk: Callable[[str], Client], probe: str) -> None:
        phone.finalize(probe)
        phone.beat()
        phone.outbox.clear()
        phone.beat()
        lost = str(Loss.objects.get().pk)
        for who, status in (("officer", 403), ("supervisor", 403), ("village2", 422)):
            answer = desk(who).post(reverse("field_handle"), {"show": "losses", "records": [lost], "note": "x"})
            assert answer.status_code == status, who
            assert Loss.objects.get().handled_at is None
        desk("village").post(reverse("field_handle"), {"show": "losses", "records": [lost], "note": "已补报"})
        assert Loss.objects.get().handled_note == "已补报"
        assert phone.beat()["lost"] == []

    def test_the_lists_are_read_by_key_and_cost_the_same_however_long(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        client = desk("clerk")

        def cost(query: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                text(client, "field_records", query=query)
            return len(queries)

        phone.put(phone.finalize(probe, photos=1, data={"do": "flag"}))
        text(client, "field_records")
        few = {show: cost(f"?show={show}") for show in ("needs", "incomplete", "all")}
        for _ in range(60):
            phone.put(phone.finalize(probe, photos=1, data={"do": "flag"}))
        assert all(cost(f"?show={show}") <= few[show] + 1 for show in few), "one statement may be a cache that ran out"
        assert max(few.values()) <= 30
        first = text(client, "field_records", query="?show=all")
        older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = client.get(older).content.decode()
        shown = [one for page in (first, second) for one in page.split("/field/records/")[1:]]
        keys = {one[:36] for one in shown if one[:36].count("-") == 4}
        assert len(keys) == 61

    @pytest.mark.parametrize(
        "query", ["?show=x", "?before=x", "?before=9-9", "?before=99999999999999999999-x", "?show=all&before=-"]
    )
    def test_odd_addresses_do_no_harm(self, desk: Callable[[str], Client], query: str) -> None:
        text(desk("clerk"), "field_records", query=query)
        text(desk("clerk"), "field_devices", query=query)
        text(desk("clerk"), "field_receipts", query=query + "&no=%F0%9F%98%80" * 9)


class TestOne:
    def test_shows_the_record_as_it_came(
        self, phone: Phone, desk: Callable[[str], Client], probe: str, world: "World"
    ) -> None:
        item = phone.finalize(probe, photos=2, data={"text": "<b>车间</b>"})
        phone.put(item)
        phone.send_photo(item, next(iter(item.photos)))
        page = text(desk("village"), "field_record", item.id)
        for words in ("演示车灯有限公司", "&lt;b&gt;车间", "已收 <span", item.sha256):
            assert words in page, words
        for who in ("village2", "officer2", "build", "owner", "sysadmin"):
            assert desk(who).get(reverse("field_record", args=[item.id])).status_code in (403, 404)

    def test_what_was_kept_aside_is_entered_by_a_press_in_the_officers_name(
        self, phone: Phone, desk: Callable[[str], Client], probe: str, monkeypatch: pytest.MonkeyPatch, world: "World"
    ) -> None:
        from qinqing.field.actions import handlers

        monkeypatch.delitem(handlers.HANDLERS, probe)
        item = phone.finalize(probe)
        phone.put(item)
        assert Record.objects.get().taking == "unknown"
        monkeypatch.setitem(handlers.HANDLERS, probe, take_in)
        address = reverse("field_take_in", args=[item.id])
        for who, status in (("officer", 403), ("supervisor", 403), ("village2", 404)):
            assert desk(who).post(address).status_code == status
        assert traces() == 0
        done = desk("village").post(address, follow=True)
        assert "已补登。" in done.content.decode()
        row = Record.objects.get()
        assert (row.taking, row.needs, row.flags, traces()) == ("taken", False, [], 1)
        from qinqing.evidence.models import Blob

        assert Blob.objects.get(type=f"probe {item.id}").size == world.officer.account_id
        assert desk("village").post(address).status_code == 409
        assert traces() == 1

    def test_what_still_cannot_be_entered_says_why_and_stays(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        item = phone.finalize(probe, data={"do": "refuse"})
        phone.put(item)
        done = desk("village").post(reverse("field_take_in", args=[item.id]), follow=True)
        assert "还是没能登记：未能登记。企业已注销。" in done.content.decode()
        assert (Record.objects.get().taking, Record.objects.get().needs) == ("refused", True)

    def test_of_two_copies_the_office_says_which_counts_and_both_stay(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        item = phone.finalize(probe, data={"text": "先到"})
        phone.put(item)
        phone.put(phone.finalize(probe, id=item.id, data={"text": "后到"}))
        client, address = desk("village"), reverse("field_settle", args=[item.id])
        page = text(client, "field_record", item.id)
        assert "先到" in page
        assert "后到" in page
        kept = str(Conflict.objects.get().pk)
        assert client.post(address, {"conflict": kept, "note": ""}).status_code == 422
        assert desk("village2").post(address, {"conflict": kept, "note": "x"}).status_code == 404
        client.post(address, {"conflict": kept, "note": "以先到的为准"})
        assert Conflict.objects.get().handled_note == "以先到的为准"
        assert "没有内容不同" in text(client, "field_records", query="?show=conflicts")

    def test_is_found_by_the_number_of_its_receipt(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        item = phone.finalize(probe)
        number = phone.sync(item)["no"]
        for typed in (f"{number:06d}", f"№ {number:06d}", str(number)):
            page = text(desk("village"), "field_receipts", query=f"?no={typed}")
            assert f"/field/records/{item.id}/" in page
        for who, typed in (("village2", number), ("village", 99), ("village", "x")):
            assert "没有这个收条" in text(desk(who), "field_receipts", query=f"?no={typed}")


class TestAttachments:
    def test_are_served_through_the_scope_check_only(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        item = phone.finalize(probe, photos=1)
        key = next(iter(item.photos))
        address = reverse("field_attachment", args=[key])
        phone.put(item)
        assert desk("village").get(address).status_code == 404, "not all of it is here"
        phone.send_photo(item, key)
        for who in ("officer", "village", "clerk", "supervisor", "build"):
            answer = desk(who).get(address)
            assert b"".join(answer.streaming_content) == item.photos[key]  # type: ignore[attr-defined]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]
            small = desk(who).get(f"{address}?small=1")
            assert small["Content-Type"] == "image/jpeg"
        for who in ("officer2", "village2", "owner", "owner2", "sysadmin", "discipline"):
            assert desk(who).get(address).status_code == 404, who
        assert Client().get(address).status_code in (302, 303)

    def test_what_is_no_picture_is_handed_over_as_a_file(
        self, phone: Phone, desk: Callable[[str], Client], probe: str
    ) -> None:
        import hashlib

        from tests.field.phone import fresh

        key, octets = fresh(), b"<html><script>alert(1)</script>"
        listed = [
            {
                "id": key,
                "sha256": hashlib.sha256(octets).hexdigest(),
                "size": len(octets),
                "type": "text/html",
                "role": "file",
            }
        ]
        item = phone.finalize(probe, attachments=listed)
        item.photos[key] = octets
        phone.sync(item)
        answer = desk("village").get(reverse("field_attachment", args=[key]))
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
