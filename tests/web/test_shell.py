"""Around the page: each post's own navigation, what waits, and what everybody should know now."""

from collections.abc import Callable

import pytest
from django.test import Client

from qinqing.plan import actions as plans
from tests.cases.world import NOW, World, reading

As = Callable[..., Client]


def nav(client: Client, address: str = "/account/") -> str:
    page = client.get(address).content.decode()
    return page[page.index('id="nav"') : page.index('<nav class="bar"')]


class TestNavigation:
    def test_the_hub_has_the_intake_and_what_waits_there(self, as_: As, world: World) -> None:
        world.demand()
        shown = nav(as_("clerk"))
        assert "接办台" in shown
        assert '<i class="n" title="1件等您">1</i>' in shown
        assert "两张名单" in shown

    def test_an_office_has_no_intake(self, as_: As) -> None:
        shown = nav(as_("build"))
        assert "接办台" not in shown
        assert "一本账" in shown

    def test_administrators_have_only_their_own(self, as_: As) -> None:
        shown = nav(as_("sysadmin"))
        assert "账号与岗位" in shown
        assert "一本账" not in shown
        assert "今日待办" not in shown

    def test_says_where_one_is(self, as_: As) -> None:
        shown = nav(as_("clerk"), "/ledger")
        assert shown.count('aria-current="page"') == 1

    @pytest.mark.parametrize(
        ("name", "address"),
        [
            ("clerk", "/today"),
            ("build", "/today"),
            ("leader", "/today"),
            ("sysadmin", "/people/"),
            ("owner", "/portal/"),
        ],
    )
    def test_the_front_door_leads_to_where_the_day_begins(self, as_: As, name: str, address: str) -> None:
        assert as_(name).get("/").headers["Location"] == address


class TestWhatEverybodyShouldKnow:
    def test_next_years_calendar_is_missing(self, as_: As) -> None:
        page = as_("head").get("/account/").content.decode()
        assert "2027年放假通知还没有导入" in page
        assert 'href="/calendar/import/"' in page
        assert "去导入" not in as_("build").get("/account/").content.decode()

    def test_it_is_a_demonstration(self, as_: As) -> None:
        assert "全是虚构" in as_("clerk").get("/account/").content.decode()
        assert "全是虚构" in as_("owner").get("/portal/").content.decode()

    @pytest.mark.clause("序-1")
    def test_the_campaign_is_named_by_the_plan_and_changes_with_it(self, as_: As, world: World) -> None:
        before = as_("clerk").get("/account/").content.decode()
        assert reading().plan.campaign_title in before
        renamed = reading().plan.model_copy(update={"campaign_title": "“某某年”专项行动"})
        plans.load(renamed, book="demo", by=world.root, at=NOW)
        after = as_("clerk").get("/account/").content.decode()
        assert "“某某年”专项行动" in after
        assert reading().plan.campaign_title not in after


class TestCost:
    def test_a_fragment_does_not_pay_for_the_navigation(
        self, as_: As, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        desk = as_("clerk")
        desk.get("/parts/form/")
        with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
            desk.get("/parts/form/", headers={"HX-Request": "true"})

    def test_a_page_pays_little(self, as_: As, django_assert_max_num_queries: Callable[[int], object]) -> None:
        desk = as_("clerk")
        desk.get("/parts/form/")
        with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
            desk.get("/parts/form/")
