"""One enterprise, one lead officer: tying and releasing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qinqing.enterprises.actions import files
from qinqing.grids import reads
from qinqing.grids.actions import handover, many, officers, ties
from qinqing.grids.lists import two_lists
from qinqing.grids.models import Liaison
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.grids.world import TODAY, Village, account, day, hub_of, moment, periods
from tests.people.world import NOW


class TestTie:
    def test_gives_a_firm_its_lead(self, village: Village) -> None:
        firm = village.firm("演示车灯有限公司")
        before = len(village.entries())
        ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=village.head, at=NOW)
        assert reads.lead_of(firm.pk, TODAY) == account(village.yi)
        assert reads.deputy_of(firm.pk, TODAY) is None
        entries = list(ledger.entries_of("lists", village.office.pk))
        assert len(entries) == before + 1
        assert entries[-1].sentence == ("演示车灯有限公司由演示v1乙（第一网格）担任主责网格员，自2026-11-23起。")
        assert entries[-1].clause == "二(一)-3"

    @pytest.mark.clause("二(一)-3")
    def test_refuses_a_second_lead_and_says_who_is_it(self, village: Village) -> None:
        firm = village.tied(village.yi)
        before = village.entries()
        with pytest.raises(TooLate) as refusal:
            ties.tie(enterprise_id=firm.pk, officer_id=account(village.jia), by=village.head, at=moment(1))
        assert refusal.value.code == "already_tied"
        assert "演示v1乙（第一网格）" in refusal.value.sentence
        assert "演示v1-head" in refusal.value.sentence
        assert periods(firm) == [(account(village.yi), TODAY, None)]
        assert village.entries() == before

    @pytest.mark.clause("二(一)-3")
    @pytest.mark.parametrize("rank", ["lead", "deputy"])
    def test_the_database_itself_refuses_a_second_open_tie(self, village: Village, rank: str) -> None:
        firm = village.tied(village.yi, rank=rank)
        with pytest.raises(IntegrityError), transaction.atomic():
            Liaison.objects.create(
                enterprise=firm,
                officer_id=account(village.jia),
                grid=village.first,
                rank=rank,
                starts_on=day(9),
                started_by="旁路",
                started_at=NOW,
            )
        assert periods(firm, rank) == [(account(village.yi), TODAY, None)]

    def test_one_officer_many_firms_and_a_deputy_beside_the_lead(self, village: Village) -> None:
        firms = [village.tied(village.yi) for _ in range(3)]
        village.tied(village.jia, rank="deputy", firm=firms[0])
        assert set(reads.enterprise_ids_of(account(village.yi), TODAY)) == {firm.pk for firm in firms}
        assert list(reads.enterprise_ids_of(account(village.jia), TODAY)) == [firms[0].pk]
        assert reads.deputy_of(firms[0].pk, TODAY) == account(village.jia)
        assert list(reads.led_by(account(village.jia), TODAY)) == []

    def test_nobody_stands_in_for_himself(self, village: Village) -> None:
        firm = village.tied(village.yi)
        with pytest.raises(Refused, match="已是演示汽配1厂的主责网格员"):
            village.tied(village.yi, rank="deputy", firm=firm)
        other = village.firm()
        village.tied(village.jia, rank="deputy", firm=other)
        village.tied(village.jia, firm=other)
        assert periods(other, "deputy") == []
        assert reads.lead_of(other.pk, TODAY) == account(village.jia)

    def test_refuses_who_cannot_take_it(self, village: Village, neighbour: Village) -> None:
        firm, before = village.firm(), village.entries()
        for officer, code in ((village.bing, "officer_without_grid"), (neighbour.yi, "not_an_officer")):
            with pytest.raises(Refused) as refusal:
                ties.tie(enterprise_id=firm.pk, officer_id=account(officer), by=village.head, at=NOW)
            assert (refusal.value.code, refusal.value.field) == (code, "officer")
        with pytest.raises(Refused, match="选择企业归入哪个网格"):
            ties.tie(enterprise_id=firm.pk, officer_id=account(village.jia), by=village.head, at=NOW)
        assert periods(firm) == []
        assert village.entries() == before

    def test_refuses_a_firm_that_no_longer_works(self, village: Village) -> None:
        firm = village.firm()
        files.change_status(enterprise_id=firm.pk, status="moved", by=hub_of(village.world), at=NOW)
        with pytest.raises(Refused, match="已不在营"):
            village.tied(firm=firm)
        assert periods(firm) == []

    @pytest.mark.clause("二(一)-1", "三职(一)-1")
    def test_one_village_cannot_tie_in_another(self, village: Village, neighbour: Village) -> None:
        firm = village.firm()
        with pytest.raises(NotFound):
            ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=neighbour.head, at=NOW)
        with pytest.raises(NotAllowed):
            ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=hub_of(village.world), at=NOW)
        assert periods(firm) == []

    def test_a_first_tie_may_begin_long_ago_within_the_officers_time(self, village: Village) -> None:
        old_hand = officers.name_officer(
            community_id=village.office.pk,
            name="演示老网格员",
            grid_ids=[village.first.pk],
            starts_on=date(2024, 1, 1),
            by=village.head,
            at=NOW,
        )
        firm = village.firm()
        with pytest.raises(Refused, match="名册"):
            ties.tie(
                enterprise_id=firm.pk, officer_id=account(old_hand), on=date(2023, 12, 31), by=village.head, at=NOW
            )
        ties.tie(enterprise_id=firm.pk, officer_id=account(old_hand), on=date(2024, 3, 1), by=village.head, at=NOW)
        assert reads.lead_of(firm.pk, date(2024, 2, 29)) is None
        assert reads.lead_of(firm.pk, date(2024, 3, 1)) == account(old_hand)

    def test_a_tie_for_later_does_not_count_today(self, village: Village) -> None:
        firm = village.firm()
        ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), on=day(10), by=village.head, at=NOW)
        assert reads.lead_of(firm.pk, TODAY) is None
        assert reads.lead_of(firm.pk, day(10)) == account(village.yi)
        assert firm.pk in set(reads.enterprise_ids_of(account(village.yi), TODAY))  # he may read up beforehand
        with pytest.raises(TooLate, match="2026年12月3日起"):
            ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=village.head, at=NOW)


class TestRelease:
    @pytest.mark.clause("二(一)-3")
    def test_the_gap_shows_the_same_day(self, village: Village) -> None:
        firm = village.tied(village.yi)
        tied = Liaison.objects.get(enterprise=firm)
        assert two_lists(village.office.pk, by=village.head, on=day(3)).gaps.without_lead == ()
        ties.release(liaison_id=tied.pk, reason="网格员调整", by=village.head, at=moment(3))
        gaps = two_lists(village.office.pk, by=village.head, on=day(3)).gaps
        assert [line.id for line in gaps.without_lead] == [firm.pk]
        assert periods(firm) == [(account(village.yi), TODAY, day(2))]
        assert village.entries()[-1] == "liaison.released"

    def test_planned_ahead_it_is_announced(self, village: Village) -> None:
        firm = village.tied(village.yi)
        tied = Liaison.objects.get(enterprise=firm)
        ties.release(liaison_id=tied.pk, reason="搬迁", effective_on=day(8), by=village.head, at=NOW)
        gaps = two_lists(village.office.pk, by=village.head, on=TODAY).gaps
        assert gaps.without_lead == ()
        assert [(line.id, line.ends_on) for line in gaps.ending] == [(firm.pk, day(7))]

    def test_needs_a_reason_and_a_day_to_come(self, village: Village) -> None:
        firm = village.tied(village.yi)
        tied, before = Liaison.objects.get(enterprise=firm), village.entries()
        with pytest.raises(Refused, match="写明原因"):
            ties.release(liaison_id=tied.pk, reason=" ", by=village.head, at=NOW)
        with pytest.raises(Refused, match="不能早于今天"):
            ties.release(liaison_id=tied.pk, reason="错", effective_on=day(-1), by=village.head, at=NOW)
        assert periods(firm) == [(account(village.yi), TODAY, None)]
        assert village.entries() == before

    def test_taking_back_a_plan_does_not_end_the_present_officer(self, village: Village) -> None:
        firm = village.tied(village.yi)
        handover.hand_over(
            enterprise_ids=[firm.pk],
            to_officer_id=account(village.jia),
            effective_on=day(9),
            reason="轮岗",
            by=village.head,
            at=NOW,
        )
        kept, planned = periods(firm), Liaison.objects.get(enterprise=firm, ends_on=None)
        with pytest.raises(Refused, match="最早从那天起解除"):
            ties.release(liaison_id=planned.pk, reason="不换了", by=village.head, at=NOW)
        assert periods(firm) == kept
        ties.release(liaison_id=planned.pk, reason="不换了", effective_on=day(9), by=village.head, at=NOW)
        assert periods(firm) == [(account(village.yi), TODAY, day(8))]

    def test_a_second_press_is_told_it_is_over(self, village: Village) -> None:
        tied = Liaison.objects.get(enterprise=village.tied(village.yi))
        ties.release(liaison_id=tied.pk, reason="搬迁", by=village.head, at=moment(2))
        before = village.entries()
        with pytest.raises(NotFound, match="已经结束"):
            ties.release(liaison_id=tied.pk, reason="搬迁", by=village.head, at=moment(2))
        assert village.entries() == before

    @pytest.mark.clause("二(一)-1")
    def test_after_a_move_the_old_village_may_let_go_a_stranger_may_not(
        self, village: Village, neighbour: Village
    ) -> None:
        firm = village.tied(village.yi)
        tied = Liaison.objects.get(enterprise=firm)
        with pytest.raises(NotAllowed):
            ties.release(liaison_id=tied.pk, reason="越界", by=neighbour.head, at=NOW)
        files.assign_community(
            enterprise_ids=[firm.pk], community_id=neighbour.office.pk, by=hub_of(village.world), at=NOW
        )
        gaps = two_lists(neighbour.office.pk, by=neighbour.head, on=day(1)).gaps
        assert [line.id for line in gaps.astray] == [firm.pk]
        ties.release(liaison_id=tied.pk, reason="企业搬到二村", by=village.head, at=moment(1))
        assert periods(firm) == [(account(village.yi), TODAY, TODAY)]


class TestHistory:
    def test_tells_every_period_with_who_wrote_it(self, village: Village) -> None:
        firm = village.tied(village.yi)
        ties.release(liaison_id=Liaison.objects.get(enterprise=firm).pk, reason="轮岗", by=village.head, at=moment(5))
        ties.tie(
            enterprise_id=firm.pk,
            officer_id=account(village.jia),
            grid_id=village.second.pk,
            by=village.head,
            at=moment(7),
        )
        lines = reads.history_of(firm.pk)
        assert [(line.officer, line.grid, line.since, line.until) for line in lines] == [
            ("演示v1甲", "第二网格", day(7), None),
            ("演示v1乙", "第一网格", TODAY, day(4)),
        ]
        assert lines[1].end_reason == "轮岗"
        assert lines[1].ended_by == "示范一村 演示v1-head"


class TestTieMany:
    def test_a_first_day_in_one_press(self, village: Village) -> None:
        firms = [village.firm() for _ in range(4)]
        before = len(village.entries())
        fact = many.tie_many(
            enterprise_ids=[firm.pk for firm in firms], officer_id=account(village.yi), by=village.head, at=NOW
        )
        assert len(fact.enterprises) == 4
        assert all(reads.lead_of(firm.pk, TODAY) == account(village.yi) for firm in firms)
        entries = list(ledger.entries_of("lists", village.office.pk))
        assert len(entries) == before + 1
        assert entries[-1].sentence.endswith("等4家企业由演示v1乙担任主责网格员，自2026-11-23起。")

    @pytest.mark.clause("二(一)-3")
    def test_one_that_has_a_lead_stops_all(self, village: Village) -> None:
        firms = [village.firm(), village.tied(village.jia)]
        before = village.entries()
        with pytest.raises(TooLate, match="已由示范一村 演示v1-head登记为演示v1甲"):
            many.tie_many(
                enterprise_ids=[firm.pk for firm in firms], officer_id=account(village.yi), by=village.head, at=NOW
            )
        assert periods(firms[0]) == []
        assert village.entries() == before
