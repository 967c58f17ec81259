"""The two lists: complete, matching, within one's scope, at a fixed cost; and as sheets to print and stamp."""

import io
from datetime import datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.enterprises.actions import files
from qinqing.grids import cards, reads, sheets
from qinqing.grids.actions import handover, lists, officers, ties
from qinqing.grids.coverage import coverage
from qinqing.grids.lists import two_lists
from qinqing.grids.models import Liaison, ListConfirmation
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from qinqing.people.words import Role
from tests.grids.world import TODAY, Village, account, day, hub_of, moment
from tests.people.world import NOW


def both(village: Village, by: Actor | None = None, on=TODAY):
    return two_lists(village.office.pk, by=by or village.head, on=on)


class TestLists:
    @pytest.mark.clause("二(一)-2")
    def test_say_who_answers_for_whom(self, village: Village) -> None:
        first, second, bare = village.tied(village.yi), village.tied(village.jia), village.firm("演示无人联系厂")
        village.tied(village.jia, rank="deputy", firm=first)
        found = both(village)
        assert [(line.name, line.where, line.leads, line.deputies) for line in found.officers] == [
            ("演示v1甲", "第一网格、第二网格", 1, 1),
            ("演示v1乙", "第一网格", 1, 0),
            ("演示v1丙", "", 0, 0),
        ]
        assert {
            line.id: (line.lead and line.lead.officer, line.deputy and line.deputy.officer)
            for line in found.enterprises
        } == {
            first.pk: ("演示v1乙", "演示v1甲"),
            second.pk: ("演示v1甲", None),
            bare.pk: (None, None),
        }
        assert found.enterprises[0].contact.startswith("演示联系人")
        assert found.enterprises[0].contact_phone_mask == "138****0000"
        assert sum(line.leads for line in found.officers) == sum(1 for line in found.enterprises if line.lead)

    @pytest.mark.clause("二(一)-3")
    def test_gaps_name_what_is_missing(self, village: Village) -> None:
        village.tied(village.yi)
        bare = village.firm(contact=False)
        gaps = both(village).gaps
        assert [line.id for line in gaps.without_lead] == [bare.pk]
        assert [line.id for line in gaps.without_contact] == [bare.pk]
        assert [line.name for line in gaps.idle] == ["演示v1甲", "演示v1丙"]
        assert [line.name for line in gaps.without_grid] == ["演示v1丙"]
        assert gaps.count == 5

    @pytest.mark.clause("附1-(1)b")
    def test_a_firm_without_a_main_contact_is_a_gap(self, village: Village) -> None:
        firm = village.tied(village.yi, firm=village.firm(contact=False))
        assert [line.id for line in both(village).gaps.without_contact] == [firm.pk]

    def test_no_gap_where_all_is_well(self, village: Village) -> None:
        village.tied(village.yi)
        village.tied(village.jia)
        officers.end_officer(officer_id=village.bing.pk, last_day=TODAY, reason="调离", by=village.head, at=NOW)
        assert both(village, on=day(1)).gaps.count == 0

    def test_overlapping_periods_are_found_even_if_they_came_from_elsewhere(self, village: Village) -> None:
        firm = village.tied(village.yi)
        Liaison.objects.filter(enterprise=firm).update(ends_on=day(9))
        Liaison.objects.create(
            enterprise=firm,
            officer_id=account(village.jia),
            grid=village.first,
            starts_on=day(5),
            started_by="旁路",
            started_at=NOW,
        )
        assert [line.id for line in both(village).gaps.overlapping] == [firm.pk]

    def test_firms_that_no_longer_work_are_off_the_list_once_released(self, village: Village) -> None:
        firm = village.tied(village.yi)
        files.change_status(enterprise_id=firm.pk, status="moved", by=hub_of(village.world), at=NOW)
        assert [line.id for line in both(village).enterprises] == [firm.pk]
        ties.release(liaison_id=Liaison.objects.get(enterprise=firm).pk, reason="搬迁", by=village.head, at=moment(1))
        assert both(village, on=day(1)).enterprises == ()

    def test_a_planned_hand_over_shows_beside_the_present_officer(self, village: Village) -> None:
        firm = village.tied(village.yi)
        handover.hand_over(
            enterprise_ids=[firm.pk],
            to_officer_id=account(village.jia),
            effective_on=day(5),
            reason="轮岗",
            by=village.head,
            at=NOW,
        )
        line = both(village).enterprises[0]
        assert (line.lead.officer, line.lead.until) == ("演示v1乙", day(4))
        assert [(tie.officer, tie.since) for tie in line.planned] == [("演示v1甲", day(5))]
        assert line.ends_on is None

    def test_cost_does_not_grow_with_the_village(self, village: Village) -> None:
        village.tied(village.yi)
        with CaptureQueriesContext(
            connection,
        ) as few:
            both(village)
        for _ in range(12):
            village.tied(village.jia)
        with CaptureQueriesContext(connection) as many:
            both(village)
        assert len(many) == len(few) <= 8


class TestScope:
    @pytest.mark.clause("二(一)-1")
    def test_a_village_reads_its_own_lists_only(self, village: Village, neighbour: Village) -> None:
        with pytest.raises(NotFound):
            both(village, by=neighbour.head)

    def test_an_officer_reads_his_own_lines(self, village: Village) -> None:
        own = village.tied(village.yi)
        village.tied(village.jia)
        found = both(village, by=village.world.actor(village.yi.post.account))
        assert [line.name for line in found.officers] == ["演示v1乙"]
        assert [line.id for line in found.enterprises] == [own.pk]
        assert found.gaps.count == 0
        assert not found.whole

    @pytest.mark.parametrize(
        ("office", "role"), [("build", Role.HANDLER), ("supervision", Role.SUPERVISOR), ("leadership", Role.LEADER)]
    )
    def test_the_town_reads_all(self, village: Village, neighbour: Village, office: str, role: Role) -> None:
        by = village.world.actor(village.world.person("reader", office, role))
        village.tied(village.yi)
        assert len(both(village, by=by).enterprises) == 1
        assert {one.pk for one in reads.communities(by)} == {village.office.pk, neighbour.office.pk}

    def test_administrators_and_other_towns_read_nothing(self, village: Village) -> None:
        from tests.people.world import make_world

        for by in (village.world.system_admin, village.world.auditor, hub_of(make_world("other"))):
            with pytest.raises(NotFound):
                both(village, by=by)
            assert village.office.pk not in {one.pk for one in reads.communities(by)}


class TestCards:
    @pytest.mark.clause("附1-(1)a")
    def test_the_firm_gets_its_officers_number_others_the_mask(self, village: Village) -> None:
        firm = village.tied(village.yi)
        contact = Actor(99, "演示厂长", "contact", "企业联系人", firm.town_id, "demo", enterprise_id=firm.pk)
        card = cards.cards_of(firm.pk, by=contact, on=TODAY)[0]
        assert (card.name, card.rank_label, card.grid, card.phone) == (
            "演示v1乙",
            "主责",
            "第一网格",
            "13900000001",
        )
        assert cards.cards_of(firm.pk, by=hub_of(village.world), on=TODAY)[0].phone == ""


class TestConfirming:
    @pytest.mark.clause("二(一)-1")
    def test_keeps_who_when_and_what_was_left_open(self, village: Village) -> None:
        village.tied(village.yi)
        village.firm()
        confirmation = lists.confirm_lists(community_id=village.office.pk, by=village.head, at=NOW)
        assert (confirmation.year, confirmation.officers, confirmation.enterprises) == (2026, 3, 2)
        entry = ledger.entries_of("lists", village.office.pk).last()
        assert entry.sentence == "示范一村确认2026年两张名单：网格员3名、企业2家，尚有4处缺口。"
        assert reads.confirmations_of(village.office.pk)[0].confirmed_by == "示范一村 演示v1-head"

    def test_again_only_after_a_change(self, village: Village) -> None:
        lists.confirm_lists(community_id=village.office.pk, by=village.head, at=NOW)
        with pytest.raises(TooLate, match="已由示范一村 演示v1-head确认"):
            lists.confirm_lists(community_id=village.office.pk, by=village.head, at=NOW)
        assert ListConfirmation.objects.count() == 1
        village.tied(village.yi)
        lists.confirm_lists(community_id=village.office.pk, by=village.head, at=NOW)
        assert ListConfirmation.objects.count() == 2

    def test_only_by_its_own_head(self, village: Village, neighbour: Village) -> None:
        with pytest.raises(NotAllowed):
            lists.confirm_lists(community_id=village.office.pk, by=neighbour.head, at=NOW)
        assert not ListConfirmation.objects.exists()


class TestCoverage:
    @pytest.mark.clause("二(一)-3")
    def test_counts_each_village(self, village: Village, neighbour: Village) -> None:
        village.tied(village.yi)
        village.firm()
        neighbour.tied(neighbour.jia)
        lists.confirm_lists(community_id=neighbour.office.pk, by=neighbour.head, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            lines = coverage(by=hub_of(village.world), on=TODAY)
        assert [
            (line.name, line.enterprises, line.led, line.without_lead, line.officers, line.idle) for line in lines
        ] == [("示范一村", 2, 1, 1, 3, 2), ("示范二村", 1, 1, 0, 3, 2)]
        assert [line.confirmed_at for line in lines] == [None, NOW]
        assert len(queries) <= 10
        assert [line.name for line in coverage(by=village.head, on=TODAY)] == ["示范一村"]


class TestSheets:
    @pytest.mark.clause("二(一)-2")
    def test_rows_equal_the_database_and_idle_officers_are_flagged(self, village: Village) -> None:
        firm = village.tied(village.yi)
        officers.edit_officer(
            officer_id=village.yi.pk, title="=HYPERLINK(1)", is_full_time=True, by=village.head, at=NOW
        )
        out = io.BytesIO()
        counts = sheets.write_lists(out, both(village), made_at=NOW)
        assert counts == [3, 1]
        book = openpyxl.load_workbook(out)
        assert book.sheetnames == ["网格员名单", "联系企业名单"]
        first, second = book.worksheets
        assert first["A1"].value == "示范一村网格员名单"
        assert "制表单位：示范一村" in first["A2"].value
        assert "制表时间：2026-11-23 09:00" in first["A2"].value
        rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=4, max_row=6)]
        assert [(row[1], row[4], row[5], row[7], row[8]) for row in rows] == [
            ("演示v1甲", "第一网格、第二网格", "139****0001", 0, "无联系企业"),
            ("演示v1乙", "第一网格", "139****0001", 1, None),
            ("演示v1丙", "未编入网格", "139****0001", 0, "无联系企业"),
        ]
        assert rows[0][6] == datetime.fromisoformat("2026-11-23")
        assert second["B4"].value == firm.name
        assert (first["C5"].value, first["C5"].data_type) == ("=HYPERLINK(1)", "s")
        assert second["H4"].value == "演示v1乙"
        listed = {row[0].value for row in second.iter_rows(min_row=4, max_row=4, min_col=8, max_col=8)}
        assert {row[1] for row in rows if row[8] != "无联系企业"} == listed
        assert any("（盖章）" in str(row[0].value) for row in second.iter_rows(min_row=5))

    def test_full_numbers_only_when_revealed(self, village: Village) -> None:
        phones = officers.reveal_phones(community_id=village.office.pk, purpose="导出名单", by=village.head, at=NOW)
        out = io.BytesIO()
        assert sheets.write_lists(out, both(village), made_at=NOW, which="officers", phones=phones) == [3]
        assert openpyxl.load_workbook(out).active["F4"].value == "13900000001"
