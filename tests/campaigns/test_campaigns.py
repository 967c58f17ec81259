"""A campaign freezes a list of firms; who was visited is read off the visits; summed up, it stays as it was."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.campaigns import policy, reads
from qinqing.campaigns.actions import close_campaign, open_campaign
from qinqing.campaigns.models import Campaign, CampaignFirm
from qinqing.campaigns.rules import check_period, stand_of
from qinqing.campaigns.words import Stand
from qinqing.enterprises.actions import files
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.ledger.models import Entry
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.outreach.reads.targets import Target
from tests.patrol.world import NOW

if TYPE_CHECKING:
    from tests.patrol.world import Rounds

TODAY = NOW.date()
LAST = TODAY + timedelta(days=20)


def start(rounds: "Rounds", by: str = "clerk", **more: Any) -> Campaign:
    given: dict[str, Any] = {
        "name": "有限空间专项排查", "basis": "镇安委办通知", "starts_on": TODAY, "ends_on": LAST, "target": Target(),
    }  # fmt: skip
    return open_campaign(**(given | more), by=rounds.world.who[by], at=NOW)


def seen(rounds: "Rounds", who: str, campaign: Campaign, on: date = TODAY) -> dict[str, date | None]:
    return {one.name: one.visited_on for one in reads.firms(rounds.world.who[who], campaign.pk, on)}


@pytest.mark.clause("三职(一)-4")
class TestOpening:
    def test_freezes_the_firms_that_fit_with_their_officers(self, rounds: "Rounds") -> None:
        campaign = start(rounds)
        rounds.firm("演示新厂有限公司")
        rows = {row.enterprise.name: row for row in CampaignFirm.objects.filter(campaign=campaign)}
        assert set(rows) == {"演示车灯有限公司", "演示模具有限公司"}
        assert rows["演示车灯有限公司"].officer_id == rounds.officer.account_id
        assert rows["演示车灯有限公司"].community_id == rounds.world.office("cun01")
        assert campaign.firms_count == 2

    def test_tells_communities_and_lead_officers_and_the_ledger(self, rounds: "Rounds") -> None:
        campaign = start(rounds)
        notices.pump(at=NOW)
        for who in ("village", "village2", "officer", "officer2"):
            first = inbox.inbox(rounds.world.who[who])[0]
            assert (first.heading, first.action) == ("开展专项行动 · 有限空间专项排查", True)
        (entry,) = ledger.entries_of("campaign", campaign.pk)
        assert (entry.verb, entry.clause, entry.facts["firms"]) == ("开展专项行动", "三职(一)-4", 2)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("community_id", "cun02"), ("tag", "dust"), ("scale", "above"), ("industry", "36"), ("only_key", True)],
    )
    def test_is_narrowed_by_what_the_file_says(self, rounds: "Rounds", field: str, value: Any) -> None:
        given: dict[str, Any] = {"tags": ["dust"], "scale": "above", "industry": "3670", "is_key": True}
        mould = rounds.world.firms["mould"]
        files.update(enterprise_id=mould, raw=given, by=rounds.clerk, at=NOW)
        wanted: Any = rounds.world.office(value) if field == "community_id" else value
        campaign = start(rounds, target=Target(**{field: wanted}))
        assert list(campaign.firms.values_list("enterprise_id", flat=True)) == [mould]
        assert campaign.whom.endswith("企业")

    def test_by_a_departments_head_too(self, rounds: "Rounds") -> None:
        assert start(rounds, by="build_head").office_id == rounds.build_head.office_id


class TestRefusals:
    @pytest.mark.parametrize(
        ("wrong", "code", "field"),
        [
            ({"name": " "}, "missing", "name"),
            ({"basis": ""}, "missing", "basis"),
            ({"ends_on": TODAY - timedelta(days=1)}, "ends_before_start", "ends_on"),
            ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "period_over", "ends_on"),
            ({"ends_on": TODAY + timedelta(days=366)}, "period_too_long", "ends_on"),
            ({"checklist": "F99"}, "unknown_choice", "checklist"),
            ({"target": Target(tag="ammonia")}, "no_firms", "community_id"),
        ],
    )
    def test_say_what_is_wrong_and_change_nothing(
        self, rounds: "Rounds", wrong: dict[str, Any], code: str, field: str
    ) -> None:
        before = Entry.objects.count()
        with pytest.raises(Refused) as refusal:
            start(rounds, **wrong)
        assert (refusal.value.code, refusal.value.field) == (code, field)
        assert not Campaign.objects.exists()
        assert Entry.objects.count() == before

    @pytest.mark.parametrize("who", ["build", "village", "officer", "leader", "supervisor", "owner", "discipline"])
    def test_nobody_else_opens_one(self, rounds: "Rounds", who: str) -> None:
        with pytest.raises(NotAllowed):
            start(rounds, by=who)
        assert not Campaign.objects.exists()

    def test_a_campaign_is_summed_up_once_by_its_office_or_the_hub_with_words(self, rounds: "Rounds") -> None:
        campaign = start(rounds)
        with pytest.raises(NotAllowed):
            close_campaign(campaign_id=campaign.pk, summary="好", by=rounds.build_head, at=NOW)
        with pytest.raises(Refused):
            close_campaign(campaign_id=campaign.pk, summary=" ", by=rounds.clerk, at=NOW)
        assert Campaign.objects.get().closed_at is None
        close_campaign(campaign_id=campaign.pk, summary="都走访了。", by=rounds.head, at=NOW)
        with pytest.raises(TooLate):
            close_campaign(campaign_id=campaign.pk, summary="再来", by=rounds.clerk, at=NOW)
        assert [entry.verb for entry in ledger.entries_of("campaign", campaign.pk)] == ["开展专项行动", "总结专项行动"]


@pytest.mark.clause("三职(一)-4")
class TestProgress:
    def test_is_read_off_the_visits_of_the_period(self, rounds: "Rounds") -> None:
        rounds.visit(at=NOW - timedelta(days=1))
        campaign = start(rounds)
        assert seen(rounds, "clerk", campaign) == {"演示车灯有限公司": None, "演示模具有限公司": None}
        rounds.visit(at=NOW + timedelta(days=2), codes=("F7",), nature="special")
        assert seen(rounds, "clerk", campaign)["演示车灯有限公司"] == TODAY + timedelta(days=2)
        sheet = reads.sheet(rounds.clerk, campaign.pk, TODAY)
        assert [(one.owed, one.done) for one in sheet.places] == [(1, 1), (1, 0)]
        assert (sheet.owed, sheet.done, sheet.left) == (2, 1, 1)
        (line,) = reads.listing(rounds.clerk, TODAY)
        assert (line.owed, line.done, line.stand) == (2, 1, Stand.RUNNING)

    def test_with_a_checklist_only_visits_on_which_it_was_gone_through(self, rounds: "Rounds") -> None:
        campaign = start(rounds, checklist="F7")
        rounds.visit(at=NOW + timedelta(hours=1), codes=("F6",))
        assert seen(rounds, "clerk", campaign)["演示车灯有限公司"] is None
        rounds.visit(at=NOW + timedelta(days=1), codes=("F7",))
        assert seen(rounds, "clerk", campaign)["演示车灯有限公司"] == TODAY + timedelta(days=1)
        assert "F7" not in campaign.checklist_title
        assert campaign.checklist_title

    def test_stays_as_it_was_when_summed_up(self, rounds: "Rounds") -> None:
        campaign = start(rounds)
        rounds.visit(at=NOW + timedelta(hours=1))
        close_campaign(campaign_id=campaign.pk, summary="一家未开工。", by=rounds.clerk, at=NOW + timedelta(days=1))
        rounds.visit(at=NOW + timedelta(days=2), firm="mould", by="officer2")
        assert seen(rounds, "clerk", campaign) == {"演示车灯有限公司": TODAY, "演示模具有限公司": None}
        last = ledger.entries_of("campaign", campaign.pk).last()
        assert last is not None
        assert (last.facts["done"], last.facts["firms"]) == (1, 2)

    def test_costs_two_statements_however_many_campaigns(
        self, rounds: "Rounds", django_assert_num_queries: Any
    ) -> None:
        for number in range(5):
            start(rounds, name=f"第{number}次")
        with django_assert_num_queries(2):
            assert len(reads.listing(rounds.clerk, TODAY)) == 5


class TestSight:
    @pytest.mark.parametrize(
        ("who", "firms"),
        [
            ("clerk", 2), ("head", 2), ("build", 2), ("build_head", 2), ("supervisor", 2),
            ("village", 1), ("officer", 1), ("leader", 1), ("owner", 0), ("discipline", 0), ("sysadmin", 0),
        ],
    )  # fmt: skip
    def test_everybody_sees_his_own_firms_of_it(self, rounds: "Rounds", who: str, firms: int) -> None:
        campaign = start(rounds)
        by = rounds.world.who[who]
        assert policy.firms_visible_to(by).count() == firms
        assert policy.visible_to(by).count() == bool(firms)
        if not firms:
            with pytest.raises(NotFound):
                reads.sheet(by, campaign.pk, TODAY)

    def test_of_one_village_the_other_sees_nothing(self, rounds: "Rounds") -> None:
        campaign = start(rounds, target=Target(community_id=rounds.world.office("cun02")))
        for who in ("village", "officer"):
            assert reads.listing(rounds.world.who[who], TODAY) == []
            with pytest.raises(NotFound):
                reads.sheet(rounds.world.who[who], campaign.pk, TODAY)


def test_a_period_is_coming_running_over_or_closed() -> None:
    day, last = date(2026, 11, 1), date(2026, 11, 30)
    check_period(day, last, last)
    stands = [
        stand_of(day, last, today, is_closed=False) for today in (date(2026, 10, 31), day, last, date(2026, 12, 1))
    ]
    assert stands == [Stand.COMING, Stand.RUNNING, Stand.RUNNING, Stand.OVER]
    assert stand_of(day, last, day, is_closed=True) is Stand.CLOSED
