"""The pages of the two lists, through the client: what each shows, presses and refuses, without JavaScript."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from qinqing.grids import reads
from qinqing.grids.actions import officers
from qinqing.grids.models import Grid, Liaison, ListConfirmation, Officer
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.conftest import Clock
from tests.grids.world import TODAY, Village, account, day, hub_of, periods
from tests.people.world import NOW

pytestmark = pytest.mark.usefixtures("clock")


def signed_in(person: Account | int) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=person) if isinstance(person, int) else person)
    return client


@pytest.fixture
def head(village: Village) -> Client:
    return signed_in(village.head.account_id)


@pytest.fixture
def url(village: Village) -> str:
    return reverse("grids_page", args=[village.office.pk])


class TestPage:
    @pytest.mark.clause("二(一)-2")
    def test_shows_both_lists(self, village: Village, head: Client, url: str) -> None:
        firm = village.tied(village.yi)
        page = head.get(url)
        text = page.content.decode()
        assert page.status_code == 200
        for words in ("名单一", "名单二", "演示v1乙", "139****0001", firm.name, "138****0000"):
            assert words in text
        assert "13900000001" not in text

    @pytest.mark.clause("二(一)-3")
    def test_a_gap_is_closed_by_one_press(self, village: Village, head: Client, url: str) -> None:
        firm = village.firm("演示无人厂")
        assert "没有网格员" in head.get(url).content.decode()
        target = f"{account(village.yi)}-{village.first.pk}"
        done = head.post(
            reverse("grids_tie", args=[village.office.pk]), {"enterprises": firm.pk, "officer": target}, follow=True
        )
        assert "1家企业的主责网格员已定为演示v1乙。" in done.content.decode()
        assert reads.lead_of(firm.pk, TODAY) == account(village.yi)

    def test_pressed_twice_the_second_is_told_by_whom(self, village: Village, head: Client) -> None:
        firm = village.tied(village.jia)
        target = f"{account(village.yi)}-{village.first.pk}"
        answer = head.post(reverse("grids_tie", args=[village.office.pk]), {"enterprises": firm.pk, "officer": target})
        assert answer.status_code == 409
        assert "已由示范一村 演示v1-head登记为演示v1甲" in answer.content.decode()

    def test_nothing_ticked_says_so(self, village: Village, head: Client) -> None:
        village.firm()
        answer = head.post(reverse("grids_tie", args=[village.office.pk]), {"officer": "x"})
        assert answer.status_code == 422
        assert "请先勾选企业" in answer.content.decode()

    @pytest.mark.parametrize(
        "query", ["officer=99999999999999999999", "page=-1", "page=9999", "q=%F0%9F%98%80", "show=x"]
    )
    def test_odd_addresses_do_no_harm(self, village: Village, head: Client, url: str, query: str) -> None:
        village.tied(village.yi)
        assert head.get(f"{url}?{query}").status_code == 200

    def test_narrowed_to_one_officer(self, village: Village, head: Client, url: str) -> None:
        village.tied(village.yi, firm=village.firm("演示甲厂"))
        village.tied(village.jia, firm=village.firm("演示乙厂"))
        text = head.get(f"{url}?officer={account(village.jia)}").content.decode()
        second = text[text.index("名单二") : text.index("最近的变更")]
        assert "演示乙厂" in second
        assert "演示甲厂" not in second

    def test_all_of_a_page_can_be_ticked_without_javascript(self, village: Village, head: Client, url: str) -> None:
        for _ in range(3):
            village.firm()
        second = head.get(f"{url}?show=bare&all=1").content.decode()
        assert second[second.index("名单二") :].count(" checked") == 3

    def test_cost_is_fixed(self, village: Village, head: Client, url: str, django_assert_max_num_queries) -> None:
        for _ in range(8):
            village.tied(village.yi)
        head.get(url)
        with django_assert_max_num_queries(32):
            head.get(url)


class TestScope:
    @pytest.mark.clause("二(一)-1", "三职(一)-1")
    def test_a_village_does_not_see_its_neighbour(self, village: Village, neighbour: Village, head: Client) -> None:
        firm = neighbour.tied(neighbour.yi)
        liaison = Liaison.objects.get(enterprise=firm)
        gone = [
            reverse("grids_page", args=[neighbour.office.pk]),
            reverse("grids_export", args=[neighbour.office.pk]),
            reverse("grids_grids", args=[neighbour.office.pk]),
            reverse("grids_officer", args=[neighbour.yi.pk]),
            reverse("grids_officer_end", args=[neighbour.yi.pk]),
            reverse("grids_release", args=[liaison.pk]),
            reverse("grids_history", args=[firm.pk]),
            reverse("grids_hand_over", args=[neighbour.office.pk]),
        ]
        assert [head.get(url).status_code for url in gone] == [404] * len(gone)

    @pytest.mark.clause("二(一)-1")
    def test_the_hub_reads_and_does_not_write(self, village: Village) -> None:
        firm = village.firm()
        hub = signed_in(hub_of(village.world).account_id)
        page = hub.get(reverse("grids_page", args=[village.office.pk])).content.decode()
        assert "增加网格员" not in page
        assert reverse("grids_tie", args=[village.office.pk]) not in page
        answer = hub.post(
            reverse("grids_tie", args=[village.office.pk]),
            {"enterprises": firm.pk, "officer": f"{account(village.yi)}-{village.first.pk}"},
        )
        assert answer.status_code == 403
        assert periods(firm) == []

    def test_an_officer_sees_his_own_lines(self, village: Village) -> None:
        own = village.tied(village.yi, firm=village.firm("演示自己厂"))
        village.tied(village.jia, firm=village.firm("演示别人厂"))
        officer = signed_in(account(village.yi))
        text = officer.get(reverse("grids_lists"), follow=True).content.decode()
        assert own.name in text
        assert "演示别人厂" not in text
        assert "缺口" not in text

    def test_the_town_sees_every_village(self, village: Village) -> None:
        village.tied(village.yi)
        village.firm()
        reader = signed_in(village.world.person("reader", "build", Role.HANDLER))
        text = reader.get(reverse("grids_lists")).content.decode()
        assert "示范二村" in text
        assert "1家没有网格员" in text

    def test_administrators_and_strangers_do_not(self, village: Village, url: str) -> None:
        admin = signed_in(village.world.system_admin.account_id)
        assert admin.get(reverse("grids_lists")).status_code == 403
        assert Client().get(url).status_code == 303


class TestHandOver:
    @pytest.mark.clause("二(一)-3")
    def test_of_ticked_enterprises_from_a_day_on(self, village: Village, head: Client) -> None:
        firms = [village.tied(village.yi) for _ in range(3)]
        url = reverse("grids_hand_over", args=[village.office.pk])
        ticked = [f"{firm.pk}-{account(village.yi)}" for firm in firms[:2]]
        page = head.post(url, {"step": "choose", "enterprises": ticked}).content.decode()
        assert page.count(" checked") == 2
        assert firms[2].name not in page
        done = head.post(
            url,
            {
                "enterprises": ticked,
                "officer": f"{account(village.jia)}-{village.second.pk}",
                "effective_on": day(7).isoformat(),
                "reason": "岗位调整",
            },
            follow=True,
        )
        assert "2家企业自2026-11-30起由演示v1甲联系。" in done.content.decode()
        assert reads.lead_of(firms[0].pk, day(7)) == account(village.jia)
        assert reads.lead_of(firms[2].pk, day(7)) == account(village.yi)

    def test_of_all_of_an_officers(self, village: Village, head: Client) -> None:
        for _ in range(3):
            village.tied(village.yi)
        url = reverse("grids_hand_over", args=[village.office.pk])
        page = head.get(f"{url}?from={account(village.yi)}&on={day(5)}").content.decode()
        assert page.count(" checked") == 3
        assert f'value="{day(5)}"' in page

    def test_what_was_typed_stays_beside_the_refusal(self, village: Village, head: Client) -> None:
        firm = village.tied(village.yi)
        answer = head.post(
            reverse("grids_hand_over", args=[village.office.pk]),
            {
                "enterprises": f"{firm.pk}-{account(village.yi)}",
                "officer": f"{account(village.jia)}-{village.first.pk}",
                "effective_on": day(-1).isoformat(),
                "reason": "演示原因",
            },
        )
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "生效日期不能早于今天" in text
        assert "演示原因" in text
        assert " checked" in text
        assert periods(firm) == [(account(village.yi), TODAY, None)]

    def test_an_outdated_page_is_told_who_was_faster(self, village: Village, head: Client) -> None:
        firm = village.tied(village.jia)
        answer = head.post(
            reverse("grids_hand_over", args=[village.office.pk]),
            {
                "enterprises": f"{firm.pk}-{account(village.yi)}",
                "officer": f"{account(village.yi)}-{village.first.pk}",
                "effective_on": TODAY.isoformat(),
                "reason": "轮岗",
            },
        )
        assert answer.status_code == 409
        assert "刚刚已由示范一村 演示v1-head改为演示v1甲联系" in answer.content.decode()

    @pytest.mark.parametrize("raw", ["x", "1-", "9" * 30, "-1", "1;2"])
    def test_hostile_ticks_are_refused(self, village: Village, head: Client, raw: str) -> None:
        url = reverse("grids_hand_over", args=[village.office.pk])
        assert head.post(url, {"enterprises": raw, "reason": "x"}).status_code == 422
        assert head.post(url, {"step": "choose", "enterprises": raw}).status_code == 200


class TestRoster:
    @pytest.mark.clause("二(一)-1")
    def test_naming_an_officer(self, village: Village, head: Client) -> None:
        url = reverse("grids_officer_new", args=[village.office.pk])
        assert "演示v1-head" in head.get(url).content.decode()
        done = head.post(
            url,
            {
                "name": "演示新人",
                "phone": "13700000000",
                "title": "网格长",
                "is_full_time": "on",
                "grids": [village.second.pk],
                "starts_on": TODAY.isoformat(),
            },
            follow=True,
        )
        assert "已将演示新人列入网格员名册。" in done.content.decode()
        officer = Officer.objects.get(post__account__name="演示新人")
        assert (officer.title, officer.is_full_time) == ("网格长", True)

    def test_neither_person_nor_name(self, village: Village, head: Client) -> None:
        answer = head.post(
            reverse("grids_officer_new", args=[village.office.pk]), {"phone": "1", "starts_on": "2026-99-01"}
        )
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "请从已有人员中选择，或填写姓名。" in text
        assert "日期不对" in text

    @pytest.mark.clause("二(一)-1")
    def test_leaving_shows_the_way_to_the_hand_over(self, village: Village, head: Client) -> None:
        village.tied(village.yi)
        url = reverse("grids_officer_end", args=[village.yi.pk])
        way = f"{reverse('grids_hand_over', args=[village.office.pk])}?from={account(village.yi)}"
        assert way in head.get(url).content.decode()
        answer = head.post(url, {"last_day": day(6).isoformat(), "reason": "到龄"})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "名下还有1家企业，请先办交接" in text
        assert f"on={day(7)}" in text
        village.yi.post.refresh_from_db()
        assert village.yi.post.ends_on is None

    def test_leaving_with_nobody_left(self, village: Village, head: Client) -> None:
        url = reverse("grids_officer_end", args=[village.bing.pk])
        done = head.post(url, {"last_day": TODAY.isoformat(), "reason": "到龄"}, follow=True)
        assert "演示v1丙任至2026-11-23" in done.content.decode()

    def test_grids_in_and_out(self, village: Village, head: Client) -> None:
        place, out = (reverse(f"grids_officer_{verb}", args=[village.bing.pk]) for verb in ("place", "take_out"))
        assert "已编入网格" in head.post(place, {"grid": village.first.pk}, follow=True).content.decode()
        assert "已移出网格" in head.post(out, {"grid": village.first.pk}, follow=True).content.decode()
        assert head.post(place, {"grid": "x"}).status_code == 404
        village.tied(village.yi)
        refused = head.post(reverse("grids_officer_take_out", args=[village.yi.pk]), {"grid": village.first.pk})
        assert refused.status_code == 422
        assert "去办交接" in refused.content.decode()

    def test_the_phone_is_shown_once_and_leaves_an_entry(self, village: Village, head: Client) -> None:
        url = reverse("grids_officer_phone", args=[village.yi.pk])
        assert "13900000001" in head.post(url).content.decode()
        part = head.post(url, headers={"HX-Request": "true"}).content.decode()
        assert part.strip().startswith('<span class="tel">')
        assert village.entries()[-2:] == ["officer.phones_revealed"] * 2

    def test_editing_keeps_the_number_when_none_is_typed(self, village: Village, head: Client) -> None:
        url = reverse("grids_officer", args=[village.yi.pk])
        head.post(url, {"title": "党小组长", "phone": ""})
        village.yi.refresh_from_db()
        assert (village.yi.title, village.yi.phone_mask) == ("党小组长", "139****0001")

    def test_an_unlisted_post_is_taken_on(self, village: Village, head: Client, url: str) -> None:
        person = village.world.person("ding", "v1", Role.GRID_OFFICER)
        assert "有岗位未列名册" in head.get(url).content.decode()
        head.post(reverse("grids_officer_take_on", args=[village.office.pk]), {"account": person.pk})
        assert Officer.objects.filter(post__account=person).exists()


class TestGrids:
    def test_add_rename_close(self, village: Village, head: Client) -> None:
        url = reverse("grids_grids", args=[village.office.pk])
        assert "已设立网格“东片”" in head.post(url, {"name": "东片"}, follow=True).content.decode()
        grid = Grid.objects.get(name="东片")
        taken = head.post(reverse("grids_grid_rename", args=[grid.pk]), {"name": "第一网格"})
        assert taken.status_code == 422
        assert "已有网格“第一网格”" in taken.content.decode()
        head.post(reverse("grids_grid_close", args=[grid.pk]), {"reason": "并入第一网格"})
        assert not Grid.objects.get(pk=grid.pk).is_active


class TestEnterprise:
    def test_shows_the_way_it_came_and_takes_a_deputy(self, village: Village, head: Client) -> None:
        firm = village.tied(village.yi)
        url = reverse("grids_history", args=[firm.pk])
        assert "沿革" in head.get(url).content.decode()
        done = head.post(
            url, {"rank": "deputy", "officer": f"{account(village.jia)}-{village.first.pk}", "on": TODAY.isoformat()}
        )
        assert done.status_code == 303
        assert reads.deputy_of(firm.pk, TODAY) == account(village.jia)

    def test_release_needs_a_reason(self, village: Village, head: Client) -> None:
        firm = village.tied(village.yi)
        url = reverse("grids_release", args=[Liaison.objects.get(enterprise=firm).pk])
        assert "交接" in head.get(url).content.decode()
        assert head.post(url, {"effective_on": day(1).isoformat(), "reason": ""}).status_code == 422
        done = head.post(url, {"effective_on": day(1).isoformat(), "reason": "搬迁"})
        assert done.status_code == 303
        assert periods(firm) == [(account(village.yi), TODAY, TODAY)]


class TestConfirmAndExport:
    @pytest.mark.clause("二(一)-1")
    def test_confirming_asks_once_more(self, village: Village, head: Client) -> None:
        url = reverse("grids_confirm", args=[village.office.pk])
        assert "还有" in head.get(url).content.decode()
        head.post(url, {"sure": "yes"})
        assert ListConfirmation.objects.get().year == 2026
        assert head.post(url, {"sure": "yes"}).status_code == 409

    @pytest.mark.clause("二(一)-2")
    def test_both_lists_as_sheets(self, village: Village, head: Client) -> None:
        village.tied(village.yi)
        url = reverse("grids_export", args=[village.office.pk])
        answer = head.get(url)
        assert "filename" in answer["Content-Disposition"]
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["网格员名单", "联系企业名单"]
        before = len(village.entries())
        full = head.post(f"{url}?which=officers")
        assert openpyxl.load_workbook(io.BytesIO(full.content)).active["F4"].value == "13900000001"
        assert len(village.entries()) == before + 1


def test_the_clock_is_the_doors(village: Village, clock: Clock) -> None:
    """An officer who left yesterday no longer opens the page today."""
    officers.end_officer(officer_id=village.bing.pk, last_day=TODAY, reason="到龄", by=village.head, at=NOW)
    client = signed_in(account(village.bing))
    assert client.get(reverse("grids_lists"), follow=True).status_code == 200
    clock.at("2026-11-24 09:00")
    assert client.get(reverse("grids_lists"), follow=True).status_code != 500
