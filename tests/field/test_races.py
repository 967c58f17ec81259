"""Many hands at once on real connections: one row an id, one receipt a record, nobody waits for ever."""

import random
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from qinqing.evidence.models import Attachment
from qinqing.field.models import Conflict, Receipt, Record
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify
from tests.field.phone import Item, Phone
from tests.field.probe import traces

if TYPE_CHECKING:
    from tests.cases.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, clock: object) -> "World":
    from tests.cases.world import make_world

    return make_world()


def at_once(works: list[Callable[[], Any]], hands: int) -> list[Any]:
    """Have so many threads do the works in a mixed order; SQLite in memory takes one writer, there they follow each other."""
    order = list(range(len(works)))
    random.Random(3).shuffle(order)
    results: list[Any] = [None] * len(works)
    if connection.vendor == "sqlite":
        for number in order:
            results[number] = works[number]()
        return results
    barrier, lock = threading.Barrier(hands), threading.Lock()

    def run() -> None:
        try:
            barrier.wait(30)
            while True:
                with lock:
                    if not order:
                        return
                    number = order.pop()
                results[number] = works[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def twin(phone: Phone) -> Phone:
    """Return the same browser's second tab: the test client is no thing to share between threads."""
    other = object.__new__(Phone)
    other.__dict__ |= phone.__dict__
    other.client = type(phone.client)(HTTP_USER_AGENT=phone.agent)
    other.client.cookies["qinqing-field"] = phone.client.cookies["qinqing-field"].value
    return other


def test_forty_ids_posted_eight_times_at_once_are_forty_rows(phone: Phone, probe: str) -> None:
    items = [phone.finalize(probe) for _ in range(40)]
    works = [lambda item=item: twin(phone).put(item) for item in items for _ in range(8)]
    answers = at_once(works, 8)
    codes = [answer.status_code for answer in answers]
    assert (codes.count(201), codes.count(200)) == (40, 280)
    assert (Record.objects.count(), Receipt.objects.count(), traces()) == (40, 40, 40)
    for number, item in enumerate(items):
        told = {str(answer.json()["receipt"]) for answer in answers[number * 8 : number * 8 + 8]}
        assert len(told) == 1, "every sender of one record hears of the same receipt"
        assert item.manifest() in told.pop()
    assert sorted(Receipt.objects.values_list("no", flat=True)) == list(range(1, 41))
    assert Entry.objects.filter(kind="field.received").count() == 40
    assert verify(book=phone.world.town.code).ok


def test_two_bodies_under_one_id_at_once_one_is_first_and_both_are_kept(phone: Phone, probe: str) -> None:
    first = phone.finalize(probe, data={"text": "甲"})
    second = phone.finalize(probe, id=first.id, data={"text": "乙"})
    answers = at_once([lambda item=item: twin(phone).put(item) for item in (first, second) for _ in range(4)], 8)
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200] * 3 + [201] + [409] * 4
    assert {bytes(Record.objects.get().body), bytes(Conflict.objects.get().body)} == {first.body, second.body}


def test_tabs_that_send_the_same_photos_store_each_piece_once(phone: Phone, probe: str) -> None:
    items = [phone.finalize(probe, photos=2) for _ in range(4)]

    def send(item: Item) -> None:
        tab = twin(phone)
        told = tab.put(item).json()
        for one in told["missing"]:
            octets, offset, turns = item.photos[one["id"]], one["offset"], 0
            while offset < len(octets) and turns < 100:
                answer = tab.patch(one["id"], offset, octets[offset : offset + 700])
                assert answer.status_code in (200, 409, 423), answer.content
                offset, turns = answer.json().get("offset", offset), turns + 1

    at_once([lambda item=item: send(item) for item in items for _ in range(3)], 6)
    assert Attachment.objects.exclude(state="complete").count() == 0
    assert Receipt.objects.count() == 4
    for item in items:
        assert Receipt.objects.get(pk=item.id).manifest_sha256 == item.manifest()


def test_two_last_photos_at_once_give_one_receipt(phone: Phone, probe: str) -> None:
    items = [phone.finalize(probe, photos=2) for _ in range(6)]
    for item in items:
        phone.put(item)
    works = [
        lambda item=item, key=key: twin(phone).patch(key, 0, item.photos[key]) for item in items for key in item.photos
    ]
    answers = at_once(works, 4)
    assert all(answer.status_code == 200 for answer in answers)
    assert Receipt.objects.count() == 6
    assert Entry.objects.filter(kind="field.received").count() == 6


def test_records_reports_and_photos_of_many_phones_never_wait_for_each_other_in_a_circle(
    phone: Phone, probe: str, world: "World"
) -> None:
    other = Phone(world, "officer2")
    works: list[Callable[[], Any]] = []
    for owner, firm in ((phone, "lamp"), (other, "mould")):
        for number in range(6):
            item = owner.finalize(probe, photos=number % 3, firm=firm)
            waits = owner.finalize(probe, data={"do": "wait", "for": item.id}, firm=firm)

            def everything(owner: Phone = owner, item: Item = item) -> int:
                tab = twin(owner)
                told = tab.put(item).json()
                for one in told["missing"]:
                    tab.patch(one["id"], 0, item.photos[one["id"]])
                return tab.status(item).status_code

            works += [everything, lambda owner=owner, waits=waits: twin(owner).put(waits).status_code]
            works.append(lambda owner=owner: len(twin(owner).beat()))
    answers = at_once(works, 8)
    assert all(answer in (200, 201, 7) for answer in answers), answers
    assert Receipt.objects.count() == 24
    assert verify(book=world.town.code).ok
