"""Every kind of record, sent by a phone, becomes what it was sent for: entered in the officer's name, with its photos, once."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from qinqing.accidents.models import Accident
from qinqing.cases.models import Case
from qinqing.checklists import actions as checklists
from qinqing.evidence import reads as evidence
from qinqing.field.models import Record
from qinqing.field.words import Kind
from qinqing.findings.models import Finding, FindingEvent
from qinqing.ledger.verify import verify
from qinqing.outreach.actions import alerts, errands, publicity
from qinqing.outreach.models import AlertReply, ContactNote, Meeting, Share
from qinqing.outreach.models import Receipt as PaperReceipt
from qinqing.outreach.reads.targets import Target
from qinqing.patrol.models import Visit
from qinqing.people.models import Account
from qinqing.plan import reads as plans
from tests.cases.world import NOW
from tests.field.phone import NOW_MS, Phone, fresh
from tests.findings.sent import finding
from tests.outreach.phone import tag
from tests.patrol.world import Rounds

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


@pytest.fixture
def town(world: "World") -> Rounds:
    checklists.settle(plans.current(world.town.code), by=world.root, at=NOW)
    return Rounds(world)


def sent(phone: Phone, kind: str, data: dict[str, Any], photos: int = 0, **more: Any) -> Record:
    """Finalize, send to the receipt, and return what the server made of it."""
    item = phone.finalize(kind, photos, data=data, **more)
    if photos and "photos" in data:
        body = json.loads(item.body)
        body["data"]["photos"] = list(item.photos)
        item.body = json.dumps(body, ensure_ascii=False).encode()
    phone.sync(item)
    return Record.objects.get(pk=item.id)


@pytest.mark.clause("附2安-(2)a", "附2安-(4)a")
def test_a_visit_with_its_finding_and_photos_and_what_follows(town: Rounds, phone: Phone, clock: "Clock") -> None:
    found = finding(text="疏散通道堆放纸箱，疑似影响疏散。")
    item = phone.finalize("visit", photos=2)
    body = json.loads(item.body)
    body["data"] = town.body(NOW, "F6", "F7", findings=[found | {"photos": list(item.photos)[:1]}])
    item.body = json.dumps(body, ensure_ascii=False).encode()
    phone.sync(item)
    visit, row = Visit.objects.get(), Finding.objects.get()
    assert (str(visit.uid), visit.enterprise_id) == (item.id, town.world.firms["lamp"])
    assert (str(row.uid), row.photos) == (found["id"], list(item.photos)[:1])
    assert all(photo.is_here for photo in evidence.photos(row.photos))
    assert Record.objects.get().taking == "taken"
    clock.move(days=3)
    event = {"id": fresh(), "finding": found["id"], "base_version": row.version, "kind": "recheck_pass",
             "text": "通道已清空。", "photos": [], "until": None, "made_ms": NOW_MS + 250_000_000}  # fmt: skip
    followed = sent(phone, "finding_event", event)
    assert followed.taking == "taken", followed.flags
    assert FindingEvent.objects.filter(finding=row, kind="recheck_pass").count() == 1
    assert verify(book=town.world.town.code).ok


def test_an_event_that_outruns_its_visit_waits_for_it(town: Rounds, phone: Phone) -> None:
    found = finding()
    item = phone.finalize("visit")
    body = json.loads(item.body)
    body["data"] = town.body(NOW, "F6", findings=[found])
    item.body = json.dumps(body, ensure_ascii=False).encode()
    event = {"id": fresh(), "finding": found["id"], "base_version": 1, "kind": "advised", "text": "当面劝导。",
             "photos": [], "until": None, "made_ms": NOW_MS}  # fmt: skip
    early = phone.finalize("finding_event", data=event)
    assert phone.put(early).json()["receipt"] is not None
    assert not FindingEvent.objects.exists()
    phone.sync(item)
    assert FindingEvent.objects.filter(kind="advised", finding__uid=found["id"]).count() == 1


@pytest.mark.parametrize(
    ("kind", "data", "became"),
    [
        ("demand", {"title": "路灯不亮", "text": "东门外三盏路灯不亮，夜班不安全。", "topic": "streetlight",
                    "told_ms": NOW_MS - 600_000, "contact_name": "演示厂长", "photos": []}, Case),
        ("contact", {"way": "in_person", "text": "送防汛提醒。", "with_name": "演示厂长", "wants_demand": False}, ContactNote),
        ("accident", {"what": "fire", "happened_ms": NOW_MS - 60_000, "where": "配电间", "casualties": "none",
                      "text": "冒烟已断电", "called": True, "photos": []}, Accident),
    ],
)  # fmt: skip
def test_what_is_about_one_firm(
    world: "World", phone: Phone, kind: str, data: dict[str, Any], became: type[Any]
) -> None:
    row = sent(phone, kind, data, photos=1)
    assert (row.taking, row.flags) == ("taken", [])
    assert became.objects.count() == 1
    again = phone.finalize(kind, id=str(row.pk))
    again.body, again.photos = bytes(row.body), {}
    assert phone.put(again).status_code == 200
    assert became.objects.count() == 1


@pytest.mark.clause("附1-(2)b")
def test_facts_of_a_firm_are_written_or_wait_for_the_hub(world: "World", phone: Phone) -> None:
    row = sent(phone, "facts", {"changes": {"workers": "77"}, "reason": "走访核对"})
    assert (row.taking, row.flags) == ("taken", [])


def test_a_meeting_of_the_firms_there(world: "World", phone: Phone) -> None:
    data = {"topic": "节前安全", "topics": [], "held_ms": NOW_MS - 7_200_000, "where": "村委会", "text": "通报火灾案例。",
            "attendance": [{"enterprise": world.firms["lamp"], "attended": True, "name": "演示厂长"}], "photos": []}  # fmt: skip
    row = sent(phone, "meeting", data, photos=1, firm=None)
    assert row.taking == "taken", row.flags
    assert Meeting.objects.count() == 1


def test_what_the_bundle_asked_for_is_answered(world: "World", phone: Phone) -> None:
    lamp = world.firms["lamp"]
    tag(world, "emission", "emission_list")
    alerts.start_alert(level="orange", measures="停用喷涂", starts_at=NOW, by=world.clerk, at=NOW)
    paper = publicity.add_material(title="节前安全提示", kind="leaflet", text="断电关气。", by=world.clerk, at=NOW)
    publicity.send_batch(material_ids=[paper.pk], target=Target(), by=world.clerk, at=NOW)
    errands.give_errand(title="节前走访", due_at=NOW + timedelta(days=3), external="常州应急", by=world.clerk, at=NOW)
    told = phone.get("bundle").json()
    alert, batch, task = told["alerts"][0], told["batches"][0], told["tasks"][0]
    assert [one["id"] for one in alert["enterprises"]] == [one["id"] for one in batch["enterprises"]] == [lamp]
    assert (task["is_external"], task["due"]) == (True, "2026-11-26")
    reply = {"enterprise": lamp, "state": "told", "note": "已停", "at_ms": NOW_MS, "photos": []}
    received = {"enterprise": lamp, "way": "signed", "name": "演示厂长", "photos": []}
    for kind, data in (
        ("alert", {"alert": alert["id"], "replies": [reply]}),
        ("publicity", {"batch": batch["id"], "receipts": [received]}),
        ("task", {"task": task["id"], "note": "已走访", "photos": [], "external_done": True}),
    ):
        row = sent(phone, kind, data, firm=None)
        assert (row.taking, row.flags) == ("taken", []), kind
    assert AlertReply.objects.get().state == "told"
    assert PaperReceipt.objects.get(enterprise_id=lamp).way == "signed"
    assert Share.objects.get(account_id=phone.account).external_done
    told = phone.get("bundle").json()
    assert told["tasks"] == []
    assert told["batches"][0]["enterprises"][0]["done"] is True


def test_every_kind_of_the_protocol_has_its_folder() -> None:
    from qinqing.field.actions.handlers import HANDLERS

    assert set(HANDLERS) == set(Kind)


def test_the_record_page_leads_to_what_it_became(
    town: Rounds, phone: Phone, phone_of: Callable[..., Phone], world: "World"
) -> None:
    item = phone.finalize("visit", data=town.body(NOW, "F6"))
    phone.sync(item)
    client = Client()
    client.force_login(Account.objects.get(pk=world.village.account_id))
    page = client.get(reverse("field_record", args=[item.id])).content.decode()
    assert reverse("patrol_visit", args=[item.id]) in page
