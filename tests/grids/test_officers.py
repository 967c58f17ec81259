"""The roster: naming, placing, editing, ending; a village keeps its own and no other."""

from datetime import date

import pytest

from qinqing.grids import cards, reads
from qinqing.grids.actions import grids, handover, officers, places
from qinqing.grids.lists import two_lists
from qinqing.grids.models import Grid, Membership, Officer
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.actions import posts
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.grids.world import TODAY, Village, account, day, hub_of, moment
from tests.people.world import NOW


class TestNaming:
    @pytest.mark.clause("二(一)-1", "三职(一)-1")
    def test_puts_a_new_person_on_the_roster(self, village: Village) -> None:
        officer = officers.name_officer(
            community_id=village.office.pk,
            name="演示网格员丁",
            phone="139 0000 0002",
            title="网格长",
            is_full_time=True,
            grid_ids=[village.second.pk],
            by=village.head,
            at=NOW,
        )
        line = next(
            line for line in two_lists(village.office.pk, by=village.head, on=TODAY).officers if line.id == officer.pk
        )
        assert (line.name, line.title, line.kind, line.where) == ("演示网格员丁", "网格长", "专职", "第二网格")
        assert line.phone_mask == "139****0002"
        assert (line.since, line.last_day) == (TODAY, None)
        person = Account.objects.get(pk=account(officer))
        assert (person.username, person.has_usable_password()) == ("演示网格员丁", False)
        entry = ledger.entries_of("lists", village.office.pk).last()
        assert entry.sentence == "示范一村明确演示网格员丁为专职网格员，负责第二网格，自2026-11-23起。"
        assert "1390000" not in entry.facts_text + entry.sentence

    def test_the_number_is_stored_sealed(self, village: Village) -> None:
        stored = Officer.objects.values_list("phone_encrypted", flat=True).get(pk=village.jia.pk)
        assert "13900000001" not in stored
        assert cards.phone_of(village.jia) == "13900000001"

    def test_the_system_grants_the_post_on_the_strength_of_the_roster(self, village: Village) -> None:
        post = village.jia.post
        assert (post.role, post.office_id, post.starts_on) == (Role.GRID_OFFICER, village.office.pk, TODAY)
        entry = ledger.entries_of("account", post.account_id).last()
        assert (entry.kind, entry.actor_name) == ("post.named", "系统·网格员名册")

    def test_a_person_of_the_village_keeps_his_account(self, village: Village) -> None:
        accounts = Account.objects.count()
        officer = officers.name_officer(
            community_id=village.office.pk, account_id=village.head.account_id, by=village.head, at=NOW
        )
        assert account(officer) == village.head.account_id
        assert Account.objects.count() == accounts

    def test_namesakes_get_user_names_of_their_own(self, village: Village, neighbour: Village) -> None:
        names = []
        for each in (village, neighbour):
            officer = officers.name_officer(community_id=each.office.pk, name="演示 张·伟", by=each.head, at=NOW)
            names.append(officer.post.account.username)
        assert names == ["演示张伟", "演示张伟2"]

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"name": "  "}, "name_bad", "name"),
            ({"name": "名" * 41}, "name_bad", "name"),
            ({"phone": "12345"}, "bad_phone", "phone"),
            ({"title": "职" * 31}, "title_too_long", "title"),
            ({"starts_on": date(2028, 1, 1)}, "day_too_far", "starts_on"),
        ],
    )
    def test_refuses_what_cannot_be(self, village: Village, given, code, field) -> None:
        before, accounts = village.entries(), Account.objects.count()
        with pytest.raises(Refused) as refusal:
            officers.name_officer(
                community_id=village.office.pk, **{"name": "演示某", **given}, by=village.head, at=NOW
            )
        assert (refusal.value.code, refusal.value.field) == (code, field)
        assert (village.entries(), Account.objects.count()) == (before, accounts)

    def test_refuses_who_is_listed_already_and_who_is_of_elsewhere(self, village: Village, neighbour: Village) -> None:
        before = village.entries()
        with pytest.raises(Refused, match="已在网格员名册上"):
            officers.name_officer(
                community_id=village.office.pk, account_id=account(village.jia), by=village.head, at=NOW
            )
        with pytest.raises(NotFound, match="从本村"):
            officers.name_officer(
                community_id=village.office.pk, account_id=account(neighbour.jia), by=village.head, at=NOW
            )
        assert village.entries() == before

    def test_a_post_granted_elsewhere_is_shown_as_unlisted_and_taken_on_in_one_press(self, village: Village) -> None:
        person = village.world.person("ding", "v1", Role.GRID_OFFICER)
        gaps = two_lists(village.office.pk, by=village.head, on=TODAY).gaps
        assert [line.account_id for line in gaps.unlisted] == [person.pk]
        officers.name_officer(community_id=village.office.pk, account_id=person.pk, by=village.head, at=NOW)
        assert two_lists(village.office.pk, by=village.head, on=TODAY).gaps.unlisted == ()


class TestWhoKeepsTheRoster:
    @pytest.mark.clause("二(一)-1", "三职(一)-1")
    def test_one_village_cannot_edit_anothers(self, village: Village, neighbour: Village) -> None:
        before = neighbour.entries()
        with pytest.raises(NotAllowed) as refusal:
            officers.name_officer(community_id=neighbour.office.pk, name="演示越界", by=village.head, at=NOW)
        assert refusal.value.status == 403
        with pytest.raises(NotAllowed):
            grids.add_grid(community_id=neighbour.office.pk, name="越界网格", by=village.head, at=NOW)
        with pytest.raises(NotAllowed):
            officers.end_officer(officer_id=neighbour.jia.pk, last_day=TODAY, reason="越界", by=village.head, at=NOW)
        with pytest.raises(NotAllowed):
            places.place_in_grid(officer_id=village.bing.pk, grid_id=neighbour.first.pk, by=village.head, at=NOW)
        assert neighbour.entries() == before

    def test_officers_of_the_village_do_not_keep_its_roster(self, village: Village) -> None:
        with pytest.raises(NotAllowed):
            grids.add_grid(
                community_id=village.office.pk, name="新网格", by=village.world.actor(village.jia.post.account), at=NOW
            )

    def test_the_hub_acts_only_while_there_is_no_head(self, village: Village) -> None:
        hub = hub_of(village.world)
        with pytest.raises(NotAllowed, match="由该村（社区）负责人维护"):
            grids.add_grid(community_id=village.office.pk, name="新网格", by=hub, at=NOW)
        head = people.people_of(village.office.pk, [Role.OFFICE_HEAD], TODAY)[0]
        posts.end_post(post_id=head.pk, ends_on=TODAY, by=village.world.root, at=NOW)
        grids.add_grid(community_id=village.office.pk, name="新网格", by=hub, at=moment(1))
        entry = ledger.entries_of("lists", village.office.pk).last()
        assert entry.sentence == "示范一村设立网格“新网格”（该村（社区）暂无负责人，由中转站代办）。"
        assert entry.facts["stands_in"] is True


class TestPlacing:
    def test_in_and_out_of_a_grid(self, village: Village) -> None:
        places.place_in_grid(officer_id=village.bing.pk, grid_id=village.first.pk, by=village.head, at=NOW)
        with pytest.raises(Refused, match="已在网格"):
            places.place_in_grid(officer_id=village.bing.pk, grid_id=village.first.pk, by=village.head, at=NOW)
        places.take_out_of_grid(officer_id=village.bing.pk, grid_id=village.first.pk, by=village.head, at=moment(2))
        membership = Membership.objects.get(officer=village.bing)
        assert (membership.starts_on, membership.ends_on) == (TODAY, day(2))
        assert village.entries()[-2:] == ["officer.placed", "officer.taken_out"]

    def test_not_out_while_firms_of_that_grid_are_his(self, village: Village) -> None:
        village.tied(village.yi)
        before = village.entries()
        with pytest.raises(Refused, match="还联系着1家企业，请先把它们交接给别人"):
            places.take_out_of_grid(officer_id=village.yi.pk, grid_id=village.first.pk, by=village.head, at=NOW)
        assert Membership.objects.get(officer=village.yi).ends_on is None
        assert village.entries() == before


class TestEditing:
    def test_names_what_changed_and_never_the_number(self, village: Village) -> None:
        officers.edit_officer(
            officer_id=village.jia.pk,
            title="党小组长",
            is_full_time=False,
            phone="13700000009",
            by=village.head,
            at=NOW,
        )
        entry = ledger.entries_of("lists", village.office.pk).last()
        assert entry.sentence == "示范一村更新网格员演示v1甲的职务、电话。"
        assert "13700000009" not in entry.facts_text
        village.jia.refresh_from_db()
        assert (village.jia.title, village.jia.phone_mask) == ("党小组长", "137****0009")

    def test_nothing_changed_is_said(self, village: Village) -> None:
        before = village.entries()
        with pytest.raises(Refused, match="没有改动"):
            officers.edit_officer(
                officer_id=village.jia.pk, title="村委委员", is_full_time=False, by=village.head, at=NOW
            )
        assert village.entries() == before


class TestEnding:
    @pytest.mark.clause("二(一)-1")
    def test_is_refused_with_firms_attached_and_shows_the_way_out(self, village: Village) -> None:
        firms = [village.tied(village.yi), village.tied(village.yi)]
        village.tied(village.yi, rank="deputy", firm=village.tied(village.jia))
        before = village.entries()
        with pytest.raises(Refused) as refusal:
            officers.end_officer(officer_id=village.yi.pk, last_day=day(6), reason="到龄", by=village.head, at=NOW)
        assert refusal.value.code == "officer_has_enterprises"
        assert "11月29日之后演示v1乙名下还有3家企业，请先办交接" in refusal.value.sentence
        village.yi.post.refresh_from_db()
        assert village.yi.post.ends_on is None
        assert village.entries() == before
        assert set(reads.led_by(account(village.yi), TODAY)) == {firm.pk for firm in firms}

    @pytest.mark.clause("二(一)-1")
    def test_goes_after_a_hand_over_with_the_same_day(self, village: Village) -> None:
        firm = village.tied(village.yi)
        handover.hand_over(
            enterprise_ids=[firm.pk],
            to_officer_id=account(village.jia),
            effective_on=day(7),
            reason="到龄",
            by=village.head,
            at=NOW,
        )
        officers.end_officer(officer_id=village.yi.pk, last_day=day(6), reason="到龄", by=village.head, at=NOW)
        village.yi.post.refresh_from_db()
        assert village.yi.post.ends_on == day(6)
        assert Membership.objects.get(officer=village.yi).ends_on == day(6)
        assert village.entries()[-1] == "officer.ended"
        assert reads.lead_of(firm.pk, day(6)) == account(village.yi)
        names = [line.name for line in two_lists(village.office.pk, by=village.head, on=day(7)).officers]
        assert "演示v1乙" not in names

    def test_who_leaves_soon_gets_no_more_firms(self, village: Village) -> None:
        officers.end_officer(officer_id=village.yi.pk, last_day=day(30), reason="调离", by=village.head, at=NOW)
        firm = village.firm()
        with pytest.raises(Refused, match="任至2026-12-23，请另选"):
            village.tied(village.yi, firm=firm)
        assert reads.lead_of(firm.pk, TODAY) is None

    def test_ended_from_the_side_the_gap_shows_at_once(self, village: Village) -> None:
        firm = village.tied(village.yi)
        posts.end_post(post_id=village.yi.post_id, ends_on=TODAY, by=village.world.root, at=NOW)
        today = two_lists(village.office.pk, by=village.head, on=TODAY).gaps
        assert [line.name for line in today.leaving] == ["演示v1乙"]
        tomorrow = two_lists(village.office.pk, by=village.head, on=day(1)).gaps
        assert [line.id for line in tomorrow.astray] == [firm.pk]


class TestGrids:
    def test_names_are_one_of_a_kind_in_a_village(self, village: Village, neighbour: Village) -> None:
        before = village.entries()
        for name, match in (("第一网格", "已有网格"), ("  ", "请填写"), ("网" * 31, "最多30个字")):
            with pytest.raises(Refused, match=match):
                grids.add_grid(community_id=village.office.pk, name=name, by=village.head, at=NOW)
        assert village.entries() == before
        assert neighbour.first.name == village.first.name

    def test_renaming(self, village: Village) -> None:
        grids.rename_grid(grid_id=village.first.pk, name="东片网格", by=village.head, at=NOW)
        assert (
            ledger.entries_of("lists", village.office.pk).last().sentence == "示范一村网格“第一网格”更名为“东片网格”。"
        )
        with pytest.raises(Refused, match="现在就叫"):
            grids.rename_grid(grid_id=village.first.pk, name="东片网格", by=village.head, at=NOW)

    def test_closing_needs_an_empty_grid(self, village: Village) -> None:
        village.tied(village.yi)
        with pytest.raises(Refused, match="还有1家企业有人联系"):
            grids.close_grid(grid_id=village.first.pk, reason="合并", by=village.head, at=NOW)
        grids.close_grid(grid_id=village.second.pk, reason="合并", by=village.head, at=NOW)
        assert not Grid.objects.get(pk=village.second.pk).is_active
        assert Membership.objects.get(grid=village.second).ends_on == TODAY
        with pytest.raises(NotFound, match="已撤销"):
            grids.rename_grid(grid_id=village.second.pk, name="新", by=village.head, at=NOW)
        grids.add_grid(community_id=village.office.pk, name="第二网格", by=village.head, at=NOW)


class TestPhones:
    def test_showing_them_leaves_one_entry(self, village: Village) -> None:
        shown = officers.reveal_phones(community_id=village.office.pk, purpose="导出名单", by=village.head, at=NOW)
        assert shown == {officer.pk: "13900000001" for officer in (village.jia, village.yi, village.bing)}
        entry = ledger.entries_of("lists", village.office.pk).last()
        assert entry.sentence == "查看示范一村网格员演示v1甲、演示v1乙、演示v1丙的完整电话：导出名单。"

    def test_not_to_a_stranger(self, village: Village, neighbour: Village) -> None:
        before = village.entries()
        with pytest.raises(NotFound):
            officers.reveal_phones(community_id=village.office.pk, purpose="好奇", by=neighbour.head, at=NOW)
        assert village.entries() == before
