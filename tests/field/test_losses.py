"""I9: what was on a phone and is gone without a receipt is noticed by the first report after, and seen by the office."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qinqing.field.models import Device, Loss
from qinqing.ledger.models import Entry
from tests.field.phone import NOW_MS, Phone

if TYPE_CHECKING:
    from tests.conftest import Clock


def test_a_cleared_store_is_noticed_by_the_next_report(phone: Phone, probe: str) -> None:
    items = [phone.finalize(probe) for _ in range(3)]
    assert phone.beat()["lost"] == []
    assert Device.objects.get().pending_count == 3
    phone.sync(items[0])
    phone.outbox.clear()
    told = phone.beat()
    assert {one["id"] for one in told["lost"]} == {items[1].id, items[2].id}
    assert told["lost"][0]["kind"] == probe
    assert len(told["notices"]) == 2
    assert {str(row.record) for row in Loss.objects.all()} == {items[1].id, items[2].id}
    entry = Entry.objects.get(kind="field.lost")
    assert "2条" in entry.sentence
    assert phone.beat()["lost"] == told["lost"], "told until it is handled"
    assert Entry.objects.filter(kind="field.lost").count() == 1


def test_what_has_a_receipt_is_not_lost(phone: Phone, probe: str) -> None:
    item = phone.finalize(probe, photos=1)
    phone.beat()
    phone.sync(item)
    assert phone.beat()["lost"] == []
    assert Device.objects.get().pending_count == 0


def test_a_record_whose_photos_are_gone_is_lost_though_its_text_is_here(phone: Phone, probe: str) -> None:
    item = phone.finalize(probe, photos=1)
    phone.beat()
    phone.put(item)
    phone.outbox.clear()
    assert [one["id"] for one in phone.beat()["lost"]] == [item.id]
    assert Loss.objects.get().body_is_here


def test_a_phone_that_forgot_who_it_was_comes_as_a_new_one_and_is_still_asked(
    phone: Phone, probe: str, phone_of: Callable[..., Phone], clock: "Clock"
) -> None:
    item = phone.finalize(probe)
    phone.beat()
    clock.move(minutes=5)
    emptied = phone_of("officer")
    assert emptied.device != phone.device
    assert [one["id"] for one in emptied.beat()["lost"]] == [item.id]
    assert Device.objects.get(pk=phone.device).pending_count == 0


def test_if_it_was_another_phone_after_all_what_it_holds_is_found_again(
    phone: Phone, probe: str, phone_of: Callable[..., Phone], clock: "Clock"
) -> None:
    phone.finalize(probe)
    phone.beat()
    clock.move(minutes=5)
    second = phone_of("officer")
    assert len(second.beat()["lost"]) == 1
    phone.beat()
    assert Loss.objects.get().found_at is not None
    assert second.beat()["lost"] == []


def test_another_make_of_browser_is_another_phone(
    phone: Phone, probe: str, phone_of: Callable[..., Phone], clock: "Clock"
) -> None:
    phone.finalize(probe)
    phone.beat()
    clock.move(minutes=5)
    wechat = phone_of("officer", agent="Mozilla/5.0 (Linux; Android 12) MicroMessenger/8")
    told = wechat.beat()
    assert told["lost"] == []
    assert told["others"] == [{"name": "安卓手机 · Chrome 内核浏览器", "pending": 1}]


def test_what_still_arrives_is_found(phone: Phone, probe: str) -> None:
    item = phone.finalize(probe, photos=1)
    phone.beat()
    phone.outbox.clear()
    phone.beat()
    phone.outbox[item.id] = item
    phone.sync(item)
    assert Loss.objects.get().found_at is not None
    assert phone.beat()["lost"] == []


def test_gone_found_and_gone_again_is_told_again(phone: Phone, probe: str) -> None:
    item = phone.finalize(probe)
    phone.beat()
    phone.outbox.clear()
    phone.beat()
    phone.outbox[item.id] = item
    phone.beat()
    phone.outbox.clear()
    assert [one["id"] for one in phone.beat()["lost"]] == [item.id]
    assert Loss.objects.count() == 1


def test_another_persons_losses_are_not_told(phone: Phone, probe: str, phone_of: Callable[..., Phone]) -> None:
    phone.finalize(probe)
    phone.beat()
    other = phone_of("officer2")
    assert other.beat() | {"server_time": 0, "ok": True} == {
        "ok": True, "server_time": 0, "lost": [], "others": [], "revoked": False, "wipe": False, "notices": [],
    }  # fmt: skip


def test_what_a_phone_says_of_itself_is_kept_and_never_trusted(phone: Phone) -> None:
    phone.beat(
        clock={"wall_ms": NOW_MS + 3_600_000},
        storage={"usage": 10, "quota": "viel", "persisted": True},
        self_test={"at_ms": NOW_MS, "results": {"worker": {"ok": True, "note": "<b>" + "x" * 500}, "a": 1}},
        pending="nonsense",
    )
    row = Device.objects.get()
    assert row.skew_ms == 3_600_000
    assert row.storage == {"usage": 10, "quota": None, "persisted": True}
    assert row.self_test == {"worker": {"ok": True, "note": "<b>" + "x" * 97}}
    assert phone.beat(self_test=[1], storage=5, clock="x", epoch=7, app=None)["ok"]
    for pending in ([1, None, {"id": 5}, {"id": "x"}], {"a": 1}, [{"id": phone.device, "kind": 5, "made_ms": -1}]):
        phone.beat(pending=pending)
    assert Device.objects.get().pending_count == 1
