"""临时任务: given to officers with a last moment, done with a note, ticked where another system wants it as well."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.outreach.actions import errands
from qinqing.outreach.models import Errand, Share
from qinqing.outreach.reads import errands as reads
from tests.cases.world import NOW
from tests.outreach.phone import codes, record, take_in

if TYPE_CHECKING:
    from tests.cases.world import World

DUE = NOW + timedelta(days=3)


def give(world: "World", by: str = "law", **more: Any) -> Errand:
    given: dict[str, Any] = {"title": "清点有限空间企业", "text": "逐家核对台账", "due_at": DUE}
    return errands.give_errand(**(given | more), by=world.who[by], at=NOW)


@pytest.mark.clause("附2安-(7)")
class TestErrand:
    def test_from_the_safety_office_reaches_every_officer_with_its_last_moment(self, world: "World") -> None:
        errand = give(world)
        notices.pump(at=NOW)
        for name in ("officer", "officer2"):
            first = inbox.inbox(world.who[name])[0]
            assert (first.heading, first.action) == ("临时任务 · 清点有限空间企业", True)
            assert [one.id for one in reads.open_for(world.who[name])] == [errand.pk]

    def test_is_done_with_a_note_and_the_office_sees_who_and_when(self, world: "World") -> None:
        errand = give(world)
        errands.do_share(errand_id=errand.pk, note="名下1家，已核对", by=world.officer, at=NOW + timedelta(days=1))
        errands.do_share(errand_id=errand.pk, note="2家", by=world.officer2, at=DUE + timedelta(hours=1))
        sheet = reads.sheet(world.law, errand.pk)
        assert [(one.officer, one.note, one.is_late) for one in sheet.shares] == [
            ("示officer", "名下1家，已核对", False),
            ("示officer2", "2家", True),
        ]
        entries = list(ledger.entries_of("errand", errand.pk))
        assert [entry.verb for entry in entries] == ["临时任务", "完成任务", "完成任务"]
        assert {entry.clause for entry in entries} == {"附2安-(7)"}
        notices.pump(at=NOW)
        assert inbox.inbox(world.law)[0].heading == "完成任务 · 清点有限空间企业"

    def test_to_some_villages_or_some_officers(self, world: "World") -> None:
        give(world, whom="communities", community_ids=[world.office("cun02")])
        assert [share.account_id for share in Share.objects.all()] == [world.officer2.account_id]
        give(world, whom="officers", officer_ids=[world.officer.account_id])
        assert Share.objects.count() == 2


@pytest.mark.clause("附3房-(3)")
class TestExternal:
    def test_a_housing_check_asks_for_the_tick_of_the_other_app(self, world: "World") -> None:
        errand = give(world, by="build", line="building", title="高层建筑消防专项排查", external="房屋安全排查APP")
        with pytest.raises(Refused, match="房屋安全排查APP") as refusal:
            errands.do_share(errand_id=errand.pk, by=world.officer, at=NOW)
        assert refusal.value.field == "external_done"
        assert Share.objects.filter(done_at__isnull=False).count() == 0
        errands.do_share(errand_id=errand.pk, external_done=True, by=world.officer, at=NOW)
        line = reads.listing(world.build)[0]
        assert (line.shares, line.done, line.external_done) == (2, 1, 1)
        assert ledger.entries_of("errand", errand.pk).last().clause == "附3房-(3)"  # type: ignore[union-attr]

    def test_without_the_tick_a_reason_will_do(self, world: "World") -> None:
        errand = give(world, external="市应急管理信息系统")
        errands.do_share(errand_id=errand.pk, note="系统升级，明天补", by=world.officer, at=NOW)
        share = Share.objects.get(account_id=world.officer.account_id or 0)
        assert (share.external_done, share.note) == (False, "系统升级，明天补")


class TestRefusals:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"title": ""}, "missing"),
            ({"due_at": NOW}, "due_is_past"),
            ({"whom": "everybody"}, "unknown_choice"),
            ({"line": "sea"}, "unknown_choice"),
            ({"whom": "communities", "community_ids": []}, "no_officers"),
            ({"whom": "officers", "officer_ids": [987]}, "no_officers"),
        ],
    )
    def test_leave_nothing(self, world: "World", wrong: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refusal:
            give(world, **wrong)
        assert refusal.value.code == code
        assert not Errand.objects.exists()

    @pytest.mark.parametrize("who", ["village", "officer", "leader", "owner", "supervisor"])
    def test_departments_and_hub_give_errands_nobody_else(self, world: "World", who: str) -> None:
        with pytest.raises(NotAllowed):
            give(world, by=who)
        assert not Errand.objects.exists()
        assert give(world, by="clerk")

    def test_done_twice_or_by_somebody_else(self, world: "World") -> None:
        errand = give(world, whom="officers", officer_ids=[world.officer.account_id])
        with pytest.raises(NotFound):
            errands.do_share(errand_id=errand.pk, by=world.officer2, at=NOW)
        errands.do_share(errand_id=errand.pk, by=world.officer, at=NOW)
        with pytest.raises(Refused, match="已经报过"):
            errands.do_share(errand_id=errand.pk, by=world.officer, at=NOW)

    def test_cancelled_by_the_office_that_gave_it_only(self, world: "World") -> None:
        errand = give(world)
        for who, error in (("build", NotFound), ("clerk", NotAllowed)):
            with pytest.raises(error):
                errands.cancel_errand(errand_id=errand.pk, reason="合并", by=world.who[who], at=NOW)
        errands.cancel_errand(errand_id=errand.pk, reason="合并到专项", by=world.law, at=NOW)
        with pytest.raises(Refused, match="取消"):
            errands.do_share(errand_id=errand.pk, by=world.officer, at=NOW)
        assert reads.open_for(world.officer) == []


class TestWho:
    @pytest.mark.parametrize(
        ("who", "shares"), [("law", 2), ("clerk", 2), ("supervisor", 2), ("officer", 1), ("village", 1), ("leader", 2)]
    )
    def test_each_reads_his_part(self, world: "World", who: str, shares: int) -> None:
        errand = give(world)
        assert len(reads.sheet(world.who[who], errand.pk).shares) == shares

    @pytest.mark.parametrize("who", ["build", "social", "owner", "discipline", "sysadmin"])
    def test_others_none(self, world: "World", who: str) -> None:
        errand = give(world)
        assert reads.listing(world.who[who]) == []
        with pytest.raises(NotFound):
            reads.sheet(world.who[who], errand.pk)


class TestFromThePhone:
    def test_is_done_when_the_officer_said_so(self, world: "World") -> None:
        errand = give(world, external="房屋安全排查APP")
        made = NOW + timedelta(hours=1)
        rec = record("task", at=DUE + timedelta(days=1), made_at=made)
        data = {"task": errand.pk, "note": "已排查", "external_done": True}
        assert take_in(world, rec, data, at=DUE + timedelta(days=1)) == []
        share = Share.objects.get(account_id=world.officer.account_id or 0)
        assert (share.done_at, share.external_done) == (made, True)
        assert codes(take_in(world, rec, data, at=DUE + timedelta(days=1))) == ["task_over"]

    def test_the_missing_tick_is_flagged_not_refused(self, world: "World") -> None:
        errand = give(world, external="房屋安全排查APP")
        assert codes(take_in(world, record("task"), {"task": errand.pk})) == ["external_missing"]
        assert Share.objects.get(account_id=world.officer.account_id or 0).done_at == NOW

    def test_of_an_unknown_task_waits_for_a_person(self, world: "World") -> None:
        with pytest.raises(Refused):
            take_in(world, record("task"), {"task": 987})
