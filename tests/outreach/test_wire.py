"""From the phone's wire to the office's page: what is handed in is there, its photos too, and who must hear has heard."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from qinqing.accidents.models import Accident
from qinqing.cases.models import Attachment, Case
from qinqing.notices.models import Notice
from qinqing.outreach.models import ContactNote, Meeting
from tests.field.phone import NOW_MS, Item, Phone
from tests.outreach.test_screens import browser

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


@pytest.fixture(autouse=True)
def _morning(clock: "Clock") -> None:
    clock.at("2026-11-23 09:00")


def send(phone: Phone, kind: str, data: dict[str, Any], firm: str | None = "lamp") -> None:
    """Finalize and sync to the receipt."""
    phone.sync(phone.finalize(kind, firm=firm, data=data))


def with_data(item: Item, data: dict[str, Any]) -> Item:
    """Return the same record frozen with this data, which may name its photos."""
    item.body = json.dumps(json.loads(item.body) | {"data": data}, ensure_ascii=False).encode()
    return item


@pytest.mark.clause("附2安-(6)a")
def test_an_accident_is_in_the_safety_offices_inbox_when_the_phone_hears_that_it_arrived(world: "World") -> None:
    phone = Phone(world, "officer")
    item = phone.finalize(
        "accident", data={"what": "fire", "happened_ms": NOW_MS, "casualties": "none", "called": True}
    )
    assert phone.put(item).status_code == 201
    assert Notice.objects.filter(kind="accident.reported", account_id=world.law.account_id or 0).count() == 1
    assert phone.put(item).status_code == 200
    assert Accident.objects.count() == 1
    assert Notice.objects.filter(kind="accident.reported", account_id=world.law.account_id or 0).count() == 1


@pytest.mark.clause("附1-(3)a")
def test_a_demands_photo_is_on_the_case_as_soon_as_its_last_piece_is_here(world: "World") -> None:
    phone = Phone(world, "officer")
    key = "11111111-1111-4111-8111-111111111111"
    item = phone.finalize("demand", 1, id=key, data={})
    photo = next(iter(item.photos))
    item = with_data(item, {"text": "路灯不亮", "told_ms": NOW_MS, "photos": [photo]})
    assert phone.put(item).status_code == 201
    attachment = Attachment.objects.get(case=Case.objects.get())
    clerk = browser(world, "clerk")
    here = reverse("cases_file", args=[attachment.pk])
    early = clerk.get(here)
    assert early.status_code == 404
    assert "没有传完" in early.content.decode()
    phone.sync(item)
    answer = clerk.get(here)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == item.photos[photo]  # type: ignore[attr-defined]


def test_meeting_and_contact_come_in_by_the_same_door(world: "World") -> None:
    phone = Phone(world, "officer")
    came = [{"enterprise": world.firms["lamp"], "attended": True, "name": "示老板"}]
    send(phone, "meeting", {"topic": "例会", "held_ms": NOW_MS, "attendance": came}, firm=None)
    send(phone, "contact", {"way": "phone", "text": "问补贴", "wants_demand": True})
    assert Meeting.objects.get().attendances.get().attended
    assert ContactNote.objects.get().case_id == Case.objects.get().pk
