"""What else the phones bring: accidents and facts; and what they take along."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.accidents.models import Accident, Told
from qinqing.enterprises.models import Enterprise, Proposal
from qinqing.environment.models import Profile
from qinqing.kernel.errors import NotFound, Refused
from qinqing.outreach.actions import alerts, errands, publicity
from qinqing.outreach.reads import bundle_part
from qinqing.outreach.reads.targets import Target
from tests.cases.world import NOW
from tests.outreach.phone import codes, ms, record, tag, take_in

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.clause("附2安-(6)a", "附1-(3)b")
class TestAccident:
    def test_from_the_phone_goes_to_the_safety_office_at_once(self, world: "World") -> None:
        happened = NOW - timedelta(minutes=4)
        rec = record("accident", enterprise=world.firms["lamp"])
        data = {"what": "fire", "happened_ms": ms(happened), "casualties": "none", "called": True, "text": "配电箱冒烟"}
        for _ in range(2):
            assert take_in(world, rec, data) == []
        accident = Accident.objects.get()
        assert (accident.pk, accident.what_name, accident.happened_at, accident.called) == (
            rec.id,
            "火灾",
            happened,
            True,
        )
        assert Told.objects.filter(account_id=world.law.account_id or 0, why="safety").exists()

    def test_two_taps_are_enough_and_nothing_is_refused(self, world: "World") -> None:
        assert codes(take_in(world, record("accident"), {})) == ["place_missing"]
        odd = {"what": "volcano", "casualties": 7, "happened_ms": "now", "where": "老厂区"}
        flags = take_in(world, record("accident", enterprise=987_654), odd)
        assert codes(flags) == ["enterprise_unknown", "choice_unknown", "time_odd"]
        assert Accident.objects.count() == 2
        assert {one.what_name for one in Accident.objects.all()} == {"其他突发事件"}


@pytest.mark.clause("附1-(2)b")
class TestFacts:
    def send(self, world: "World", changes: dict[str, Any], **more: Any) -> list[str]:
        rec = record("facts", enterprise=world.firms["lamp"])
        return codes(take_in(world, rec, {"changes": changes, "reason": "走访核对"} | more))

    def firm(self, world: "World") -> Enterprise:
        return Enterprise.objects.get(pk=world.firms["lamp"])

    def test_what_his_hand_reaches_is_written_and_the_sensitive_waits(self, world: "World") -> None:
        flags = self.send(world, {"workers": "86", "name": "演示车灯科技有限公司"})
        assert flags == ["waits_for_hub"]
        assert (self.firm(world).workers, self.firm(world).name) == (86, "演示车灯有限公司")
        proposal = Proposal.objects.get()
        assert (list(proposal.changes), proposal.state) == (["name"], "waiting")

    def test_a_code_waits_for_the_hub(self, world: "World") -> None:
        self.send(world, {"uscc": "91320411MA0FAKE03L"})
        assert self.firm(world).uscc == "91320411MA0FAKE01M"

    def test_one_bad_field_does_not_keep_the_others_out(self, world: "World") -> None:
        flags = self.send(world, {"workers": "many", "landlord": "村集体", "colour": "red"})
        assert flags == ["fact_workers", "fact_colour"]
        assert self.firm(world).landlord == "村集体"

    def test_status_environment_and_verification_come_along(self, world: "World") -> None:
        flags = self.send(
            world, {"status": "halted", "environment.process": "注塑、装配", "verified": True, "landlord": ""}
        )
        assert flags == []
        firm = self.firm(world)
        assert (firm.status, firm.last_verified_at) == ("halted", NOW)
        assert Profile.objects.get().process == "注塑、装配"

    def test_a_firm_that_is_not_his_waits_for_a_person(self, world: "World") -> None:
        rec = record("facts", enterprise=world.firms["mould"])
        with pytest.raises(NotFound):
            take_in(world, rec, {"changes": {"workers": "3"}})
        with pytest.raises(Refused):
            take_in(world, record("facts"), {"changes": {}})


def test_the_bundle_holds_the_officers_part_and_nobody_elses(world: "World") -> None:
    tag(world, "emission_list")
    tag(world, "emission_list", firm="mould")
    alert = alerts.start_alert(level="red", measures="停产", starts_at=NOW, by=world.law, at=NOW)
    errand = errands.give_errand(title="排查", due_at=NOW + timedelta(days=1), by=world.law, at=NOW)
    material = publicity.add_material(title="须知", kind="leaflet", text="人走断电", by=world.law, at=NOW)
    batch = publicity.send_batch(material_ids=[material.pk], target=Target(), by=world.law, at=NOW)
    part = bundle_part(world.officer, NOW)
    assert json.loads(json.dumps(part)) == part
    assert [(one["id"], [firm["enterprise"] for firm in one["firms"]]) for one in part["alerts"]] == [
        (alert.pk, [world.firms["lamp"]])
    ]
    assert [one["id"] for one in part["tasks"]] == [errand.pk]
    assert [(one["id"], [firm["enterprise"] for firm in one["firms"]]) for one in part["batches"]] == [
        (batch.pk, [world.firms["lamp"]])
    ]
    assert [one["code"] for one in part["meeting_topics"]][:2] == ["situation", "priorities"]
    assert part["emergency"][0]["name"] == "镇安委办"
    alerts.lift_alert(alert_id=alert.pk, by=world.law, at=NOW)
    errands.cancel_errand(errand_id=errand.pk, reason="合并", by=world.law, at=NOW)
    publicity.close_batch(batch_id=batch.pk, by=world.law, at=NOW)
    later = bundle_part(world.officer, NOW)
    assert (later["alerts"], later["tasks"], later["batches"]) == ([], [], [])
