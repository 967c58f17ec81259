"""The pages of the patrol through the client, without JavaScript: what each shows, presses and refuses, and what it costs."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qinqing.enterprises.models import Enterprise
from qinqing.patrol import actions
from qinqing.patrol.actions.plans import plan_visit
from qinqing.patrol.models import Duty, InspectionReference, PlannedVisit, Visit
from qinqing.people.models import Account
from qinqing.web.patrol import copying
from tests.conftest import Clock
from tests.patrol.world import NOW, Rounds, at

pytestmark = pytest.mark.usefixtures("clock")


def browser(rounds: Rounds, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=rounds.world.who[who].account_id))
    return client


def text_of(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    @pytest.mark.clause("附2安-(2)b")
    def test_narrowed_to_what_is_not_yet_in_the_citys_system(self, rounds: Rounds) -> None:
        visit = rounds.visit()
        client = browser(rounds, "officer")
        assert "演示车灯有限公司" in text_of(client, "patrol_visits", query="?city=1")
        done = client.post(
            reverse("patrol_city", args=[visit.uid]), {"on": "2026-11-23", "number": "CZ-9"}, follow=True
        )
        assert "编号 <span" in done.content.decode()
        assert "没有找到走访记录" in text_of(client, "patrol_visits", query="?city=1")

    def test_empty_says_how_it_begins(self, rounds: Rounds) -> None:
        for name in ("patrol_visits", "patrol_flagged", "patrol_plans", "patrol_inspections", "patrol_coverage"):
            assert 'class="nothing' in text_of(browser(rounds, "clerk"), name), name

    @pytest.mark.parametrize(
        "query", ["before=99999999999999999999", "before=-1", "nature=x", "since=2026-13-40", "community=abc", "q=%F0%9F%98%80"]
    )  # fmt: skip
    def test_odd_addresses_do_no_harm(self, rounds: Rounds, query: str) -> None:
        rounds.visit()
        assert browser(rounds, "clerk").get(f"/patrol/?{query}").status_code == 200

    def test_costs_the_same_whatever_is_on_it(self, rounds: Rounds) -> None:
        client = browser(rounds, "clerk")
        rounds.visit()
        client.get("/patrol/")
        counts = []
        for number in (1, 6):
            for day in range(number):
                rounds.visit(NOW - timedelta(days=10 * number + day))
            with CaptureQueriesContext(connection) as spent:
                client.get("/patrol/")
            counts.append(len(spent))
        assert max(counts) <= min(counts) + 1 <= 12, "one more at most: the calendar asks once a second"


class TestVisit:
    def test_shows_what_is_wrong_first_and_marks_drafts(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-02",))])
        page = text_of(browser(rounds, "officer"), "patrol_visit", visit.uid)
        wrong = visit.runs.get().answers.get(item_key="F7-02").item_text
        assert page.index(wrong) < page.index("全部 33 项")
        assert "草案" in page
        assert "检查结论" not in page

    def test_flags_are_looked_at_where_they_stand(self, rounds: Rounds) -> None:
        visit = rounds.visit(codes=("F4",))
        client = browser(rounds, "village")
        assert "按企业类别不需要清单F4" in text_of(client, "patrol_flagged")
        url = reverse("patrol_review", args=[visit.uid])
        refused = client.post(url, {"note": ""})
        assert refused.status_code == 422
        assert "请填写核看意见。" in refused.content.decode()
        done = client.post(url, {"note": "已核对"}, follow=True)
        assert "已核看，记入账目。" in done.content.decode()
        assert client.post(url, {"note": "再来"}).status_code == 409
        assert browser(rounds, "officer").post(url, {"note": "x"}).status_code == 403

    def test_a_late_record_is_decided_there(self, rounds: Rounds) -> None:
        visit = rounds.visit(at("2026-09-10 09:00"), received=at("2026-11-01 09:00"))
        client = browser(rounds, "village")
        url = reverse("patrol_review", args=[visit.uid])
        assert client.post(url, {"note": "属实"}).status_code == 422
        client.post(url, {"note": "属实", "decision": "yes"})
        visit.refresh_from_db()
        assert visit.lateness == "accepted"

    def test_an_amendment_stands_beside(self, rounds: Rounds) -> None:
        visit = rounds.visit()
        client = browser(rounds, "officer")
        url = reverse("patrol_amend", args=[visit.uid])
        assert client.post(url, {"text": "", "reason": "记错"}).status_code == 422
        page = client.post(url, {"text": "人数35", "reason": "记错"}, follow=True).content.decode()
        assert "人数35" in page

    @pytest.mark.clause("附2安-(2)b")
    def test_what_waits_for_the_citys_system_is_a_sheet_in_its_order(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-02",))], summary="总体有序")
        client = browser(rounds, "officer")
        assert reverse("patrol_city_export") in text_of(client, "patrol_visits", query="?city=1")
        rows = self.sheet(client)
        assert [name for name, _ in copying.COLUMNS] in rows
        assert [row for row in rows if "演示车灯有限公司" in row and "总体有序" in row]
        client.post(reverse("patrol_city", args=[visit.uid]), {"on": "2026-11-23", "number": "CZ-9"})
        assert not [row for row in self.sheet(client) if "演示车灯有限公司" in row]
        assert not [row for row in self.sheet(browser(rounds, "officer2")) if "演示车灯有限公司" in row]

    @staticmethod
    def sheet(client: Client) -> list[list[object]]:
        raw = client.get(reverse("patrol_city_export")).content
        page = openpyxl.load_workbook(BytesIO(raw)).active
        assert page is not None
        return [[cell for cell in row if cell] for row in page.iter_rows(values_only=True)]

    @pytest.mark.clause("附2安-(2)b")
    def test_copy_out_in_the_citys_order(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-02",))], summary="总体有序")
        page = text_of(browser(rounds, "officer"), "patrol_copy", visit.uid)
        labels = [
            "企业名称",
            "巡查日期",
            "起止时间",
            "巡查类型",
            "巡查人员",
            "对照清单",
            "巡查情况",
            "存在问题",
            "企业代表",
        ]
        places = [page.index(f">{label}</label>") for label in labels]
        assert places == sorted(places)
        assert "2026-11-23" in page
        assert "已上报" in page


class TestCoverage:
    @pytest.mark.clause("附2安-(3)b")
    def test_figures_open_to_their_firms(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit()
        client = browser(rounds, "clerk")
        page = text_of(client, "patrol_coverage")
        assert "2026年第4季度应查未查" in page
        left = text_of(client, "patrol_firms", query="?stand=left")
        assert "演示模具有限公司" in left
        assert "演示车灯有限公司" not in left
        done = text_of(client, "patrol_firms", query="?stand=done")
        assert "演示车灯有限公司" in done
        assert "演示模具有限公司" not in done

    @pytest.mark.clause("附2安-(3)b")
    def test_gaps_are_called_out_in_the_last_fifteen_days(self, rounds: Rounds, clock: Clock) -> None:
        rounds.owe()
        clock.at("2026-12-16 09:00")
        assert "家企业没有查到" not in text_of(browser(rounds, "clerk"), "patrol_coverage")
        clock.at("2026-12-17 09:00")
        page = text_of(browser(rounds, "clerk"), "patrol_coverage")
        assert "本季度还剩" in page
        assert "家企业没有查到" in page

    def test_a_community_sees_its_grids_and_no_other_village(self, rounds: Rounds) -> None:
        rounds.owe()
        page = text_of(browser(rounds, "village"), "patrol_coverage")
        assert "第1网格" in page
        assert "示范二村" not in page
        assert "演示模具有限公司" not in text_of(browser(rounds, "village"), "patrol_firms")

    def test_special_periods_have_a_table_of_their_own(self, rounds: Rounds, clock: Clock) -> None:
        rounds.owe(at("2026-09-21 08:00"))
        clock.at("2026-09-21 09:00")
        page = text_of(browser(rounds, "clerk"), "patrol_coverage")
        assert "国庆前后" in page
        firms = text_of(browser(rounds, "clerk"), "patrol_firms", query="?period=national_day-2026-09-20")
        assert "（国庆前后）" in firms

    def test_nobody_is_ranked(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit()
        page = text_of(browser(rounds, "clerk"), "patrol_coverage") + text_of(browser(rounds, "clerk"), "patrol_visits")
        assert not [word for word in ("排名", "得分", "第一名", "完成率") if word in page.replace("打分排名", "")]

    def test_twelve_statements_at_twelve_hundred_firms(self, rounds: Rounds) -> None:
        first = Enterprise.objects.get(pk=rounds.world.firms["lamp"])
        rows = [
            Enterprise(
                town_id=first.town_id, name=f"演示{number}厂", name_key=f"演示{number}厂", number_kind="none", no_code_reason="演示",
                community_id=first.community_id, scale="below" if number % 2 else "above", initials=f"ys{number:04d}",
                created_at=NOW, updated_at=NOW,
            )
            for number in range(1200)
        ]  # fmt: skip
        Enterprise.objects.bulk_create(rows)
        actions.open_duties(at=NOW)
        assert Duty.objects.count() > 3600
        client = browser(rounds, "clerk")
        for address in ("/patrol/coverage/", "/patrol/firms/?stand=left"):
            client.get(address)
            with CaptureQueriesContext(connection) as spent:
                assert client.get(address).status_code == 200
            assert len(spent) <= 12, [query["sql"][:90] for query in spent]

    def test_pages_of_firms_go_on(self, rounds: Rounds) -> None:
        for number in range(60):
            rounds.firm(f"演示甲{number:02d}厂")
        rounds.owe()
        client = browser(rounds, "clerk")
        page = client.get("/patrol/firms/")
        following = page.context["next"]
        assert len(page.context["page"].rows) == 50
        rest = client.get(following).context["page"].rows
        assert len(rest) == 12
        assert not {firm.id for firm in rest} & {firm.id for firm in page.context["page"].rows}


class TestPlanning:
    def url(self, rounds: Rounds, firm: str = "lamp") -> str:
        return reverse("patrol_plan_new") + f"?enterprise={rounds.world.firms[firm]}"

    def given(self, **more: object) -> dict[str, object]:
        return {
            "nature": "routine",
            "on": "2026-11-26",
            "who": "示officer",
            "purpose": "了解情况",
            "codes": ["F7"],
            **more,
        }

    def test_the_firm_is_found_by_its_name_and_only_in_sight(self, rounds: Rounds) -> None:
        client = browser(rounds, "officer")
        assert "演示车灯有限公司" in text_of(client, "patrol_plan_new", query="?q=车灯")
        assert "没有找到" in text_of(client, "patrol_plan_new", query="?q=模具")
        assert client.get(self.url(rounds, "mould")).status_code == 404

    def test_a_clear_day_is_announced_at_once(self, rounds: Rounds) -> None:
        client = browser(rounds, "officer")
        done = client.post(self.url(rounds), self.given(), follow=True)
        assert "走访告知已发给企业" in done.content.decode()
        planned = PlannedVisit.objects.get()
        assert (planned.on, planned.checklists) == (date(2026, 11, 26), ["F7"])
        assert "走访告知单" in text_of(client, "patrol_notice", planned.pk)

    @pytest.mark.clause("三要(四)-3")
    def test_where_others_go_it_is_offered_before_and_a_second_press_insists(self, rounds: Rounds) -> None:
        host = plan_visit(
            enterprise_id=rounds.world.firms["lamp"], nature="special", on=date(2026, 11, 30), purpose="看消防", by=rounds.law, at=NOW
        )  # fmt: skip
        client = browser(rounds, "officer")
        page = text_of(client, "patrol_plan_new", query=f"?enterprise={rounds.world.firms['lamp']}")
        assert "别的单位要去，可以一起" in page
        assert reverse("patrol_plan", args=[host.pk]) in page
        held = client.post(self.url(rounds), self.given())
        assert held.status_code == 422
        assert PlannedVisit.objects.count() == 1
        seen = held.context["seen"]
        assert client.post(self.url(rounds), self.given(seen=seen, on="2026-11-27")).status_code == 422
        client.post(self.url(rounds), self.given(seen=seen))
        assert PlannedVisit.objects.count() == 2

    def test_merging_is_one_press(self, rounds: Rounds) -> None:
        host = plan_visit(
            enterprise_id=rounds.world.firms["lamp"], nature="special", on=date(2026, 11, 30), purpose="看消防", by=rounds.law, at=NOW
        )  # fmt: skip
        own = plan_visit(
            enterprise_id=rounds.world.firms["lamp"], nature="routine", on=date(2026, 11, 26), purpose="季度走访", codes=["F6"],
            by=rounds.officer, at=NOW,
        )  # fmt: skip
        client = browser(rounds, "officer")
        assert "合并走访" in text_of(client, "patrol_plan", host.pk)
        client.post(reverse("patrol_plan_join", args=[host.pk]), {"instead_of": own.pk, "codes": ["F7"]})
        host.refresh_from_db()
        own.refresh_from_db()
        assert (host.checklists, own.state) == (["F7", "F6"], "merged")
        assert "并入综执安监办" not in text_of(client, "patrol_plan", host.pk)

    def test_moved_and_cancelled_by_the_office_that_announced(self, rounds: Rounds) -> None:
        browser(rounds, "officer").post(self.url(rounds), self.given())
        planned = PlannedVisit.objects.get()
        client = browser(rounds, "officer")
        assert client.post(reverse("patrol_plan_move", args=[planned.pk]), {"on": "2026-12-01"}).status_code == 422
        client.post(reverse("patrol_plan_move", args=[planned.pk]), {"on": "2026-12-08"})
        client.post(reverse("patrol_plan_cancel", args=[planned.pk]), {"reason": "企业检修"})
        planned.refresh_from_db()
        assert (planned.on, planned.state) == (date(2026, 12, 8), "cancelled")
        assert "企业检修" in text_of(client, "patrol_plans", query="?over=1") + text_of(
            client, "patrol_plan", planned.pk
        )


class TestInspections:
    def test_noted_and_struck(self, rounds: Rounds) -> None:
        client = browser(rounds, "law")
        given = {
            "firm": "演示车灯有限公司",
            "authority": "演示区局",
            "item": "安全",
            "number": "检1",
            "on": "2026-11-20",
        }
        assert client.post(reverse("patrol_inspection_new"), given | {"firm": "演示"}).status_code == 422
        client.post(reverse("patrol_inspection_new"), given)
        row = InspectionReference.objects.get()
        assert "检1" in text_of(client, "patrol_inspections")
        assert client.post(reverse("patrol_strike", args=[row.pk]), {"reason": ""}).status_code == 422
        client.post(reverse("patrol_strike", args=[row.pk]), {"reason": "录错"})
        assert "已作废" in text_of(client, "patrol_inspections")


class TestPortal:
    @pytest.mark.clause("三要(四)-3")
    def test_the_firm_confirms_a_notice(self, rounds: Rounds) -> None:
        planned = plan_visit(
            enterprise_id=rounds.world.firms["lamp"], nature="routine", on=date(2026, 11, 26), purpose="了解情况",
            by=rounds.officer, at=NOW,
        )  # fmt: skip
        client = browser(rounds, "owner")
        assert "了解情况" in text_of(client, "portal_visits")
        url = reverse("portal_notice", args=[planned.pk])
        assert "这是走访巡查，不是行政检查" in client.get(url).content.decode()
        assert client.post(url, {}).status_code == 422
        assert client.post(url, {"answer": "decline"}).status_code == 422
        client.post(url, {"answer": "confirm"})
        planned.refresh_from_db()
        assert planned.state == "confirmed"
        assert browser(rounds, "owner2").get(url).status_code == 404

    def test_the_firm_reads_what_was_found_and_nothing_of_others(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-02",))])
        other = rounds.visit(firm="mould", by="officer2")
        client = browser(rounds, "owner")
        wrong = visit.runs.get().answers.get(item_key="F7-02").item_text
        page = text_of(client, "portal_visit", visit.uid)
        assert wrong in page
        assert "手机时间" not in page
        for address in (f"/portal/visits/{other.uid}/", f"/portal/visits/{uuid4()}/"):
            assert client.get(address).status_code == 404
        assert client.get(f"/patrol/visits/{visit.uid}/").status_code == 403


class TestToday:
    def test_an_officer_is_told_where_to_go(self, rounds: Rounds) -> None:
        rounds.owe()
        client = browser(rounds, "officer")
        page = text_of(client, "cases_today")
        assert "要去的企业" in page
        assert "演示车灯有限公司" in page
        rounds.visit()
        assert "本季度您联系的企业都查到了" in text_of(client, "cases_today")
        assert "要去的企业" not in text_of(browser(rounds, "clerk"), "cases_today")


def test_a_records_number_is_not_guessed_into(rounds: Rounds) -> None:
    visit = rounds.visit()
    for who in ("officer2", "village2", "land", "discipline", "owner2"):
        status = browser(rounds, who).get(reverse("patrol_visit", args=[visit.uid])).status_code
        assert status in (403, 404), who
    assert Visit.objects.count() == 1
