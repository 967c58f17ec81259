"""宣传: a batch goes to a fixed set of firms, each of which answers once."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.enterprises.actions import files
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.outreach.actions import publicity
from qinqing.outreach.actions.publicity import Answer
from qinqing.outreach.models import Batch, Material, Receipt
from qinqing.outreach.reads import publicity as reads
from qinqing.outreach.reads.targets import Target
from qinqing.outreach.rules.publicity import coverage, replaces
from tests.cases.world import NOW
from tests.outreach.phone import codes, record, take_in

if TYPE_CHECKING:
    from tests.cases.world import World


def put_in(world: "World", by: str = "law", **more: Any) -> Material:
    given: dict[str, Any] = {"title": "冬季消防安全须知", "kind": "leaflet", "text": "人走断电。"}
    return publicity.add_material(**(given | more), by=world.who[by], at=NOW)


def send(world: "World", by: str = "law", target: Target | None = None, **more: Any) -> Batch:
    material = put_in(world, by=by)
    return publicity.send_batch(material_ids=[material.pk], target=target or Target(), by=world.who[by], at=NOW, **more)


def answer(world: "World", batch: Batch, by: str, way: str = "signed", firm: str = "lamp") -> list[int]:
    return publicity.take_receipts(
        batch_id=batch.pk, answers=[Answer(world.firms[firm], way, "示老板")], by=world.who[by], at=NOW
    )


def ways(batch: Batch) -> list[str]:
    return list(Receipt.objects.filter(batch=batch).order_by("enterprise_id").values_list("way", flat=True))


@pytest.mark.clause("附2安-(1)")
class TestBatch:
    def test_to_twenty_firms_waits_for_twenty_receipts_and_shows_how_far_it_came(self, world: "World") -> None:
        for number in range(18):
            files.create(
                raw={"name": f"演示第{number}厂", "no_code_reason": "正在办理"},
                community_id=world.office("cun01"),
                by=world.clerk,
                at=NOW,
            )
        batch = send(world, due_on=date(2026, 12, 10))
        found = reads.batch(world.law, batch.pk).coverage
        assert (found.total, found.waiting, found.percent) == (20, 20, 0)
        answer(world, batch, "officer", "handed")
        answer(world, batch, "officer2", "refused", firm="mould")
        found = reads.batch(world.law, batch.pk).coverage
        assert (found.received, found.refused, found.waiting, found.percent) == (1, 1, 18, 5)
        assert [entry.verb for entry in ledger.entries_of("batch", batch.pk)] == ["发放宣传", "宣传回执", "宣传回执"]

    def test_goes_to_the_filtered_firms_only_and_the_set_stays(self, world: "World") -> None:
        files.update(enterprise_id=world.firms["mould"], raw={"is_key": True}, by=world.clerk, at=NOW)
        batch = send(world, target=Target(only_key=True))
        assert list(Receipt.objects.values_list("enterprise_id", flat=True)) == [world.firms["mould"]]
        assert batch.whom == "重点行业领域企业"
        files.update(enterprise_id=world.firms["mould"], raw={"is_key": False}, by=world.clerk, at=NOW)
        assert Receipt.objects.count() == 1
        village = send(world, target=Target(community_id=world.office("cun01")))
        assert village.whom == "示范一村企业"
        assert [row.enterprise_id for row in Receipt.objects.filter(batch=village)] == [world.firms["lamp"]]

    def test_firm_and_officer_are_told_each_his_own_words(self, world: "World") -> None:
        send(world)
        notices.pump(at=NOW)
        own = inbox.inbox(world.owner)[0]
        assert (own.heading, own.action) == ("发放宣传", True)
        assert own.sentence == "镇里给您发来“冬季消防安全须知”，请阅读并确认。"
        assert inbox.inbox(world.officer)[0].heading == "发放宣传 · 冬季消防安全须知"

    def test_an_officer_hands_out_to_his_own_firms(self, world: "World") -> None:
        batch = send(world, by="officer")
        assert [row.enterprise_id for row in Receipt.objects.filter(batch=batch)] == [world.firms["lamp"]]


@pytest.mark.clause("附2环-(2)")
def test_publicity_on_the_environment_is_its_own_line(world: "World") -> None:
    material = put_in(world, by="officer", line="environment", kind="law", title="排污许可管理条例")
    batch = publicity.send_batch(material_ids=[material.pk], target=Target(), by=world.officer, at=NOW)
    answer(world, batch, "officer", "read")
    assert batch.line == "environment"
    assert {entry.clause for entry in ledger.entries_of("batch", batch.pk)} == {"附2环-(2)"}
    assert [line.title for line in reads.batches(world.law)] == ["排污许可管理条例"]


class TestReceipt:
    def test_the_owner_confirms_reading_and_nothing_else(self, world: "World") -> None:
        batch = send(world)
        with pytest.raises(NotAllowed):
            answer(world, batch, "owner", "signed")
        with pytest.raises(NotAllowed):
            answer(world, batch, "owner", "read", firm="mould")
        answer(world, batch, "owner", "read")
        assert ways(batch) == ["read", ""]
        assert [one.label for one in reads.sent_to(world.owner)] == ["已阅"]

    def test_one_given_stays_and_only_a_refusal_is_overtaken(self, world: "World") -> None:
        batch = send(world)
        answer(world, batch, "officer", "refused")
        answer(world, batch, "officer", "signed")
        with pytest.raises(Refused, match="已经登记过"):
            answer(world, batch, "officer", "refused")
        assert ways(batch) == ["signed", ""]
        assert replaces("refused", "read")
        assert not replaces("signed", "read")

    def test_of_another_village_is_not_in_reach(self, world: "World") -> None:
        batch = send(world)
        for who in ("officer2", "village2"):
            with pytest.raises(Refused):
                answer(world, batch, who)
        assert ways(batch) == ["", ""]

    def test_from_the_phone_what_was_answered_before_is_flagged_and_kept(self, world: "World") -> None:
        batch = send(world)
        lamp, mould = world.firms["lamp"], world.firms["mould"]
        data = {
            "batch": batch.pk,
            "receipts": [
                {"enterprise": lamp, "way": "signed", "name": "示老板"},
                {"enterprise": mould, "way": "signed"},
                {"enterprise": lamp, "way": "eaten"},
            ],
        }
        made = NOW - timedelta(hours=3)
        rec = record("publicity", made_at=made)
        assert codes(take_in(world, rec, data)) == ["choice_unknown", "receipt_odd", "receipt_there"]
        assert ways(batch) == ["signed", ""]
        assert Receipt.objects.get(enterprise_id=lamp).at == made
        assert codes(take_in(world, rec, data)) == ["choice_unknown", "receipt_odd", "receipt_there"]
        with pytest.raises(Refused):
            take_in(world, record("publicity"), {"batch": 987, "receipts": [{"enterprise": lamp, "way": "signed"}]})


class TestRefusals:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"title": ""}, "missing"),
            ({"text": ""}, "nothing_in_it"),
            ({"kind": "x"}, "unknown_choice"),
            ({"line": "x"}, "unknown_choice"),
        ],
    )
    def test_a_material_needs_something_to_read(self, world: "World", wrong: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refusal:
            put_in(world, **wrong)
        assert refusal.value.code == code
        assert not Material.objects.exists()

    def test_a_batch_needs_material_and_firms_and_time(self, world: "World") -> None:
        material = put_in(world)
        wrong: list[tuple[list[int], Target, dict[str, Any]]] = [
            ([], Target(), {}),
            ([987], Target(), {}),
            ([material.pk, 987], Target(), {}),
            ([material.pk], Target(tag="dust"), {}),
            ([material.pk], Target(), {"due_on": date(2026, 11, 22)}),
        ]
        for ids, target, more in wrong:
            with pytest.raises(Refused):
                publicity.send_batch(material_ids=ids, target=target, by=world.law, at=NOW, **more)
        assert not Batch.objects.exists()

    def test_a_withdrawn_material_is_sent_no_more(self, world: "World") -> None:
        material = put_in(world)
        with pytest.raises(NotAllowed):
            publicity.withdraw_material(material_id=material.pk, by=world.build, at=NOW)
        publicity.withdraw_material(material_id=material.pk, by=world.law, at=NOW)
        with pytest.raises(Refused):
            publicity.send_batch(material_ids=[material.pk], target=Target(), by=world.law, at=NOW)
        assert reads.materials(world.law) == []

    def test_only_the_sender_closes(self, world: "World") -> None:
        batch = send(world)
        with pytest.raises(NotAllowed):
            publicity.close_batch(batch_id=batch.pk, by=world.clerk, at=NOW)
        publicity.close_batch(batch_id=batch.pk, by=world.law, at=NOW)
        with pytest.raises(Refused, match="已经结束"):
            publicity.close_batch(batch_id=batch.pk, by=world.law, at=NOW)


class TestWho:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("officer", 1),
            ("village", 1),
            ("clerk", 2),
            ("law", 2),
            ("supervisor", 2),
            ("leader", 1),
            ("owner", 1),
            ("build", 0),
            ("discipline", 0),
        ],
    )
    def test_each_reads_the_receipts_of_his_firms(self, world: "World", who: str, seen: int) -> None:
        batch = send(world)
        assert len(reads.receipts(world.who[who], batch.pk)) == seen
        assert bool(reads.batches(world.who[who])) == bool(seen)

    def test_a_firm_reads_the_materials_sent_to_it_and_no_others(self, world: "World") -> None:
        batch = send(world, target=Target(community_id=world.office("cun01")))
        material = batch.materials.get()
        assert reads.material(world.owner, material.pk).text == "人走断电。"
        with pytest.raises(NotFound):
            reads.material(world.owner2, material.pk)


def test_coverage_counts_a_refusal_as_answered_but_not_as_received() -> None:
    found = coverage(["signed", "read", "handed", "refused", ""])
    assert (found.total, found.received, found.refused, found.waiting, found.percent) == (5, 3, 1, 1, 60)
    assert coverage([]).percent == 0
