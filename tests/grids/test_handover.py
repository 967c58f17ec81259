"""Handing over one firm or many, today or later; whatever is pressed, one lead a day."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinqing.grids import reads
from qinqing.grids.actions import handover, places, ties
from qinqing.grids.models import Liaison
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.grids.world import TODAY, Village, account, day, hub_of, moment, periods
from tests.people.world import NOW


def hand_over(village: Village, firms, to=None, on=TODAY, at=NOW, **more):
    return handover.hand_over(
        enterprise_ids=[firm.pk for firm in firms],
        to_officer_id=account(to or village.jia),
        effective_on=on,
        reason=more.pop("reason", "岗位调整"),
        by=more.pop("by", village.head),
        at=at,
        **more,
    )


class TestHandOver:
    @pytest.mark.clause("二(一)-3")
    def test_many_at_once_from_a_day_to_come(self, village: Village) -> None:
        firms = [village.tied(village.yi) for _ in range(4)]
        before = len(village.entries())
        fact = hand_over(village, firms, on=day(7))
        for firm in firms:
            assert periods(firm) == [
                (account(village.yi), TODAY, day(6)),
                (account(village.jia), day(7), None),
            ]
            assert reads.lead_of(firm.pk, day(6)) == account(village.yi)
            assert reads.lead_of(firm.pk, day(7)) == account(village.jia)
        entries = list(ledger.entries_of("lists", village.office.pk))
        assert len(entries) == before + 1
        assert [line["enterprise_id"] for line in entries[-1].facts["enterprises"]] == [firm.pk for firm in firms]
        assert entries[-1].sentence == (
            f"{'、'.join(firm.name for firm in firms[:3])}等4家企业自2026-11-30起由演示v1乙交接给演示v1甲联系：岗位调整。"
        )
        assert fact.to_officer == "演示v1甲"

    def test_today_ends_yesterday(self, village: Village) -> None:
        firm = village.tied(village.yi)
        hand_over(village, [firm], on=day(3), at=moment(3))
        assert periods(firm) == [(account(village.yi), TODAY, day(2)), (account(village.jia), day(3), None)]

    def test_a_slip_is_put_right_the_same_day(self, village: Village) -> None:
        firm = village.tied(village.yi)
        hand_over(village, [firm])
        assert periods(firm) == [(account(village.jia), TODAY, None)]
        assert village.entries()[-2:] == ["liaison.tied", "liaison.handed_over"]

    def test_a_nearer_day_replaces_what_was_planned(self, village: Village) -> None:
        firm = village.tied(village.yi)
        place_bing(village)
        hand_over(village, [firm], to=village.jia, on=day(9))
        hand_over(village, [firm], to=village.bing, on=day(5))
        assert periods(firm) == [(account(village.yi), TODAY, day(4)), (account(village.bing), day(5), None)]
        line = ledger.entries_of("lists", village.office.pk).last().facts["enterprises"][0]
        assert line["planned_before"] == "原定2026-12-02起由演示v1甲联系，不再生效"

    def test_a_plan_is_undone_by_handing_back(self, village: Village) -> None:
        firm = village.tied(village.yi)
        hand_over(village, [firm], on=day(9))
        hand_over(village, [firm], to=village.yi, on=day(9))
        assert periods(firm) == [(account(village.yi), TODAY, None)]

    def test_the_firm_keeps_its_grid_where_the_new_officer_serves_it(self, village: Village) -> None:
        firm = village.tied(village.yi)
        hand_over(village, [firm], on=day(1))
        assert Liaison.objects.get(enterprise=firm, ends_on=None).grid == village.first
        hand_over(village, [firm], on=day(1), grid_id=village.second.pk)
        assert Liaison.objects.get(enterprise=firm, ends_on=None).grid == village.second

    def test_the_deputy_stays_unless_he_is_the_new_lead(self, village: Village) -> None:
        first, second = village.tied(village.yi), village.tied(village.yi)
        place_bing(village)
        village.tied(village.jia, rank="deputy", firm=first)
        ties.tie(enterprise_id=second.pk, officer_id=account(village.bing), rank="deputy", by=village.head, at=NOW)
        hand_over(village, [first, second], on=day(4))
        assert periods(first, "deputy") == [(account(village.jia), TODAY, day(3))]
        assert periods(second, "deputy") == [(account(village.bing), TODAY, None)]


class TestRefusals:
    @pytest.fixture
    def firms(self, village: Village):
        return [village.tied(village.yi) for _ in range(2)]

    @pytest.mark.parametrize(
        ("change", "code", "field"),
        [
            ({"on": day(-1)}, "day_is_past", "effective_on"),
            ({"on": day(400)}, "day_too_far", "effective_on"),
            ({"reason": "  "}, "reason_missing", "reason"),
            ({"reason": "长" * 201}, "reason_too_long", "reason"),
        ],
    )
    def test_days_and_reasons(self, village: Village, firms, change, code, field) -> None:
        self.refused(village, firms, code, field, **change)

    def test_nothing_chosen_or_nothing_changed(self, village: Village, firms) -> None:
        self.refused(village, [], "nothing_chosen", "enterprises", watch=firms)
        self.refused(village, firms, "nothing_to_hand_over", "officer", to=village.yi)

    def test_an_officer_of_no_grid_or_of_elsewhere(self, village: Village, neighbour: Village, firms) -> None:
        self.refused(village, firms, "officer_without_grid", "officer", to=village.bing)
        self.refused(village, firms, "not_an_officer", "officer", to=neighbour.yi)

    def test_a_firm_without_a_lead_stops_all(self, village: Village, firms) -> None:
        bare = village.firm("演示新厂")
        refusal = self.refused(village, [*firms, bare], "no_lead_to_hand_over", "enterprises", watch=firms)
        assert refusal.sentence.startswith("演示新厂1家企业")

    @pytest.mark.clause("二(一)-1")
    def test_another_village_sees_nothing_and_the_hub_may_not(
        self, village: Village, neighbour: Village, firms
    ) -> None:
        with pytest.raises(NotFound):
            hand_over(village, firms, by=neighbour.head)
        with pytest.raises(NotAllowed, match="由该村（社区）负责人维护"):
            hand_over(village, firms, by=hub_of(village.world))
        assert periods(firms[0]) == [(account(village.yi), TODAY, None)]

    def test_the_slower_of_two_pages_is_told_who_was_faster(self, village: Village, firms) -> None:
        seen = {firm.pk: account(village.yi) for firm in firms}
        place_bing(village)
        hand_over(village, firms[:1], seen=seen)
        with pytest.raises(TooLate, match="刚刚已由示范一村 演示v1-head改为演示v1甲联系"):
            hand_over(village, firms, to=village.bing, seen=seen)
        assert periods(firms[1]) == [(account(village.yi), TODAY, None)]

    def refused(self, village: Village, firms, code: str, field: str, watch=None, **change) -> Refused:
        before, kept = village.entries(), [periods(firm) for firm in watch or firms]
        with pytest.raises(Refused) as refusal:
            hand_over(village, firms, **change)
        assert (refusal.value.code, refusal.value.field) == (code, field)
        assert [periods(firm) for firm in watch or firms] == kept
        assert village.entries() == before
        return refusal.value


PRESSES = st.lists(
    st.tuples(
        st.sampled_from(["tie", "hand_over", "release", "wait"]),
        st.integers(0, 1),  # which firm
        st.integers(0, 2),  # which officer
        st.integers(0, 12),  # days ahead
        st.sampled_from(["lead", "deputy"]),
    ),
    min_size=3,
    max_size=14,
)


class TestAnySequence:
    @pytest.mark.clause("二(一)-3")
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(PRESSES)
    def test_leaves_one_lead_and_one_deputy_a_day_and_the_past_alone(self, village: Village, presses) -> None:
        place_bing(village)
        Liaison.objects.all().delete()
        firms = [village.firm(contact=False), village.firm(contact=False)]
        today, past, told = 0, {}, 0
        for kind, which, who, ahead, rank in presses:
            if kind == "wait":
                past |= {
                    (firm.pk, n): reads.lead_of(firm.pk, day(n)) for firm in firms for n in range(today, today + ahead)
                }
                today += ahead
                continue
            entries = len(village.entries())
            try:
                press(village, kind, firms[which], who, day(today + ahead), today, rank)
                told = 1
            except Refused:
                told = 0
            assert len(village.entries()) == entries + told
            self.check(firms, today)
            assert past == {(pk, n): reads.lead_of(pk, day(n)) for pk, n in past}

    def check(self, firms, today: int) -> None:
        for firm in firms:
            for rank in ("lead", "deputy"):
                rows = periods(firm, rank)
                assert sum(until is None for _, _, until in rows) <= 1
                for (_, _, until), (_, since, _) in pairwise(rows):
                    assert until is not None
                    assert until < since
            for n in range(today, today + 14):
                lead = reads.lead_of(firm.pk, day(n))
                assert lead is None or lead != reads.deputy_of(firm.pk, day(n))


def press(village: Village, kind: str, firm, who: int, on, today: int, rank: str) -> None:
    officer = account((village.jia, village.yi, village.bing)[who])
    if kind == "tie":
        ties.tie(
            enterprise_id=firm.pk,
            officer_id=officer,
            rank=rank,
            grid_id=village.first.pk,
            on=on,
            by=village.head,
            at=moment(today),
        )
    elif kind == "hand_over":
        handover.hand_over(
            enterprise_ids=[firm.pk],
            to_officer_id=officer,
            effective_on=on,
            reason="轮岗",
            by=village.head,
            at=moment(today),
        )
    else:
        tied = Liaison.objects.filter(enterprise=firm, rank=rank).order_by("-starts_on").first()
        ties.release(
            liaison_id=tied.pk if tied else 0, reason="调整", effective_on=on, by=village.head, at=moment(today)
        )


def place_bing(village: Village) -> None:
    """Put 丙 into the first grid."""
    if not village.bing.memberships.exists():
        places.place_in_grid(officer_id=village.bing.pk, grid_id=village.first.pk, by=village.head, at=NOW)
