"""An enterprise's environment file: kept by those it concerns, listed where something is missing."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qinqing.enterprises.actions import files
from qinqing.environment import reads
from qinqing.environment.actions import papers, profile, yearly
from qinqing.environment.models import Monitoring, Paper, Profile, SentReport, Stage
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cases.world import World

TODAY = NOW.date()


def tag(world: "World", *tags: str, firm: str = "lamp") -> None:
    files.update(enterprise_id=world.firms[firm], raw={"tags": list(tags)}, by=world.clerk, at=NOW)


def names(lines: list[reads.FirmLine]) -> list[str]:
    return [line.enterprise for line in lines]


@pytest.mark.clause("附2环-(4)a")
def test_the_officer_fills_in_the_card_and_reads_it_before_he_goes(world: "World") -> None:
    firm = world.firms["lamp"]
    profile.keep_profile(
        enterprise_id=firm, raw={"process": "注塑、喷漆、装配", "permit_class": "simple"}, by=world.officer, at=NOW
    )
    profile.keep_stage(
        enterprise_id=firm,
        name="喷漆房",
        pollutants="非甲烷总烃、颗粒物",
        facility="水帘+活性炭",
        principle="水帘除漆雾，活性炭吸附有机物，饱和后更换",
        standard="DB32/4041-2021",
        by=world.officer,
        at=NOW,
    )
    card = reads.card(world.officer, firm, today=TODAY)
    assert (card.process, card.permit_label, card.percent) == ("注塑、喷漆、装配", "简化管理", 100)
    assert [(one.name, one.facility) for one in card.stages] == [("喷漆房", "水帘+活性炭")]
    assert reads.cards_of([firm])[firm].stages[0][0] == "喷漆房"
    verbs = [entry.verb for entry in ledger.entries_of("environment", firm)]
    assert verbs == ["更新环保档案", "登记产污环节"]


@pytest.mark.clause("附2环-(4)a")
def test_key_firms_whose_card_lacks_something_are_listed_with_what(world: "World") -> None:
    files.update(enterprise_id=world.firms["lamp"], raw={"is_key": True}, by=world.clerk, at=NOW)
    profile.keep_profile(enterprise_id=world.firms["lamp"], raw={"process": "注塑"}, by=world.officer, at=NOW)
    lines = reads.incomplete(world.law)
    assert names(lines) == ["演示车灯有限公司"]
    assert lines[0].what == "缺产污环节、治理设施、污染因子、执行标准、排污许可类别"
    assert lines[0].sign.words == "完整度17%"


@pytest.mark.clause("附2环-(1)")
class TestPapers:
    def test_hazardous_waste_without_an_agreement_in_force_is_listed(self, world: "World") -> None:
        tag(world, "hazardous_waste")
        firm = world.firms["lamp"]
        assert names(reads.without_agreement(world.law, today=TODAY)) == ["演示车灯有限公司"]
        kept = papers.keep_paper(
            enterprise_id=firm,
            kind="hazardous",
            whom="演示固废处置有限公司",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            by=world.officer,
            at=NOW,
        )
        assert reads.without_agreement(world.law, today=TODAY) == []
        assert names(reads.without_agreement(world.law, today=date(2027, 1, 1))) == ["演示车灯有限公司"]
        papers.end_paper(enterprise_id=firm, paper_id=kept.pk, reason="协议解除", by=world.officer, at=NOW)
        assert reads.card(world.officer, firm, today=TODAY).lacks_agreement

    def test_what_ends_soon_is_listed_until_a_later_one_replaces_it(self, world: "World") -> None:
        firm = world.firms["lamp"]
        given: dict[str, Any] = {"enterprise_id": firm, "kind": "discharge", "by": world.village, "at": NOW}
        papers.keep_paper(number="示排0001", ends_on=date(2026, 12, 1), **given)
        papers.keep_paper(enterprise_id=firm, kind="eia", number="示环审1号", by=world.village, at=NOW)
        lines = reads.expiring(world.law, today=TODAY)
        assert [(line.what, line.sign.words) for line in lines] == [("排污许可证（登记回执） 示排0001", "8天后到期")]
        papers.keep_paper(number="示排0002", ends_on=date(2031, 12, 1), **given)
        assert reads.expiring(world.law, today=TODAY) == []

    def test_an_agreement_names_contractor_and_last_day(self, world: "World") -> None:
        given: dict[str, Any] = {
            "enterprise_id": world.firms["lamp"],
            "kind": "hazardous",
            "by": world.officer,
            "at": NOW,
        }
        with pytest.raises(Refused, match="处置单位"):
            papers.keep_paper(ends_on=date(2027, 1, 1), **given)
        with pytest.raises(Refused, match="到期日"):
            papers.keep_paper(whom="演示固废", **given)
        with pytest.raises(Refused, match="不能早于"):
            papers.keep_paper(whom="演示固废", starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1), **given)
        assert not Paper.objects.exists()
        assert not ledger.entries_of("environment", world.firms["lamp"]).exists()


@pytest.mark.clause("附2环-(6)a")
class TestMonitoring:
    def test_air_firms_without_a_record_of_the_year_are_listed_from_october(self, world: "World") -> None:
        tag(world, "emission")
        assert reads.without_monitoring(world.law, today=date(2026, 9, 30)) == []
        assert names(reads.without_monitoring(world.law, today=date(2026, 10, 1))) == ["演示车灯有限公司"]
        yearly.note_monitoring(
            enterprise_id=world.firms["lamp"],
            done_on=date(2026, 6, 3),
            result="met",
            agency="演示检测有限公司",
            by=world.officer,
            at=NOW,
        )
        assert reads.without_monitoring(world.law, today=TODAY) == []

    def test_a_permit_that_asks_for_more_is_heeded(self, world: "World") -> None:
        tag(world, "emission")
        firm = world.firms["lamp"]
        profile.keep_profile(enterprise_id=firm, raw={"monitoring_times": "2"}, by=world.officer, at=NOW)
        yearly.note_monitoring(enterprise_id=firm, done_on=date(2026, 6, 3), result="met", by=world.officer, at=NOW)
        assert reads.without_monitoring(world.law, today=TODAY)[0].sign.words == "2026年还差1次"

    def test_a_day_to_come_is_refused(self, world: "World") -> None:
        with pytest.raises(Refused, match="晚于今天"):
            yearly.note_monitoring(
                enterprise_id=world.firms["lamp"], done_on=date(2026, 11, 24), result="met", by=world.officer, at=NOW
            )
        assert not Monitoring.objects.exists()


@pytest.mark.clause("附2环-(6)b")
class TestReports:
    def kept(self, world: "World", permit_class: str) -> int:
        firm = world.firms["lamp"]
        raw = {"permit_class": permit_class, "is_quarterly": True, "reports_since": "2026-01-01"}
        profile.keep_profile(enterprise_id=firm, raw=raw, by=world.officer, at=NOW)
        return firm

    def test_what_is_late_or_due_soon_is_listed_and_ticked_off(self, world: "World") -> None:
        firm = self.kept(world, "key")
        lines = reads.reports_due(world.law, today=TODAY)
        assert [(line.key, line.sign.words) for line in lines] == [
            ("2026Q1", "超期222天"),
            ("2026Q2", "超期131天"),
            ("2026Q3", "超期39天"),
        ]
        yearly.note_report(
            enterprise_id=firm, period="2026Q3", sent_on=date(2026, 10, 12), number="回执1", by=world.officer, at=NOW
        )
        assert [line.key for line in reads.reports_due(world.law, today=TODAY)] == ["2026Q1", "2026Q2"]
        with pytest.raises(Refused, match="已经登记"):
            yearly.note_report(
                enterprise_id=firm, period="2026Q3", sent_on=date(2026, 10, 12), by=world.officer, at=NOW
            )
        assert SentReport.objects.count() == 1

    def test_registered_firms_owe_nothing(self, world: "World") -> None:
        firm = self.kept(world, "registered")
        assert reads.reports_due(world.law, today=TODAY) == []
        with pytest.raises(Refused, match="没有这一期"):
            yearly.note_report(
                enterprise_id=firm, period="2026Q3", sent_on=date(2026, 10, 12), by=world.officer, at=NOW
            )

    def test_a_class_registered_today_owes_from_today(self, world: "World") -> None:
        firm = world.firms["lamp"]
        profile.keep_profile(
            enterprise_id=firm, raw={"permit_class": "key", "is_quarterly": True}, by=world.officer, at=NOW
        )
        codes = [line.report.code for line in reads.reports_of(firm, today=TODAY)]
        assert codes == ["2026Q4", "2026"]


class TestWho:
    @pytest.mark.parametrize("who", ["officer", "village", "clerk", "law"])
    def test_those_it_concerns_write(self, world: "World", who: str) -> None:
        profile.keep_profile(enterprise_id=world.firms["lamp"], raw={"process": "注塑"}, by=world.who[who], at=NOW)
        assert Profile.objects.get().updated_by.startswith("示")

    @pytest.mark.parametrize("who", ["build", "owner", "leader", "supervisor"])
    def test_others_read_only(self, world: "World", who: str) -> None:
        firm = world.firms["lamp"]
        with pytest.raises(NotAllowed):
            profile.keep_profile(enterprise_id=firm, raw={"process": "注塑"}, by=world.who[who], at=NOW)
        assert not Profile.objects.exists()
        assert reads.card(world.who[who], firm, today=TODAY).percent == 0

    @pytest.mark.parametrize("who", ["officer", "village", "owner"])
    def test_nobody_sees_or_touches_another_village_or_firm(self, world: "World", who: str) -> None:
        tag(world, "hazardous_waste", "emission", firm="mould")
        other = world.firms["mould"]
        with pytest.raises(NotFound):
            reads.card(world.who[who], other, today=TODAY)
        with pytest.raises(NotFound):
            profile.keep_stage(enterprise_id=other, name="酸洗", by=world.who[who], at=NOW)
        assert not Stage.objects.exists()
        assert reads.without_agreement(world.who[who], today=TODAY) == []
        assert reads.without_monitoring(world.who[who], today=TODAY) == []

    def test_a_refusal_changes_nothing(self, world: "World") -> None:
        firm = world.firms["lamp"]
        for raw in ({"permit_class": "giant"}, {"colour": "red"}, {"yearly_by": "13-01"}, {"monitoring_times": "99"}):
            with pytest.raises(Refused):
                profile.keep_profile(enterprise_id=firm, raw={"process": "注塑", **raw}, by=world.officer, at=NOW)
        assert not Profile.objects.exists()
        profile.keep_profile(enterprise_id=firm, raw={"process": "注塑"}, by=world.officer, at=NOW)
        with pytest.raises(Refused, match="没有改动"):
            profile.keep_profile(
                enterprise_id=firm, raw={"process": "注塑"}, by=world.officer, at=moment("2026-11-24 09:00")
            )
        assert ledger.entries_of("environment", firm).count() == 1


def test_the_lists_cost_a_handful_of_queries_however_many_firms(
    world: "World", django_assert_max_num_queries: "DjangoAssertNumQueries"
) -> None:
    tag(world, "hazardous_waste", "emission")
    tag(world, "hazardous_waste", "emission", firm="mould")
    with django_assert_max_num_queries(12):
        reads.expiring(world.law, today=TODAY)
        reads.without_agreement(world.law, today=TODAY)
        reads.without_monitoring(world.law, today=TODAY)
        reads.reports_due(world.law, today=TODAY)
        reads.incomplete(world.law)
