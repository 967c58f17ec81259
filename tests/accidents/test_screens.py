"""The pages of accidents: the telephone first, two taps, who was told and who has seen it."""

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from qinqing.accidents.actions import report
from qinqing.accidents.models import Accident, Line, Told
from qinqing.notices.models import Notice
from qinqing.people.models import Account
from tests.cases.world import NOW

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cases.world import World
    from tests.conftest import Clock


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
    return client


def happen(world: "World") -> Accident:
    return report(accident_id=uuid4(), what="fire", enterprise_id=world.firms["lamp"], by=world.officer, at=NOW)


@pytest.fixture(autouse=True)
def _morning(clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")


@pytest.mark.clause("附2安-(6)a", "附1-(3)b")
class TestReporting:
    def test_the_telephone_stands_before_the_form(self, world: "World") -> None:
        page = browser(world, "officer").get("/accidents/new/").content.decode()
        assert 'href="tel:10000000000"' in page
        assert page.index("tel:") < page.index('<form method="post" enctype')
        assert "演示车灯有限公司" in page
        assert "演示模具有限公司" not in page

    def test_two_taps_and_a_name_reach_everybody_before_the_page_is_answered(self, world: "World") -> None:
        client = browser(world, "officer")
        page = client.get(f"/accidents/new/?enterprise={world.firms['lamp']}").content.decode()
        assert 'value="演示车灯有限公司"' in page
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        given = {"what": "accident", "firm": "演示车灯有限公司", "casualties": "unknown", "key": key[1]}
        for _ in range(2):
            answer = client.post("/accidents/new/", given)
            assert answer.status_code == 303
        accident = Accident.objects.get()
        assert str(accident.pk) == key[1]
        assert Told.objects.filter(accident=accident, account_id=world.law.account_id or 0).exists()
        assert Notice.objects.filter(kind="accident.reported", account_id=world.law.account_id or 0).count() == 1

    def test_neither_firm_nor_place_is_asked_beside_the_field_and_keeps_what_was_typed(self, world: "World") -> None:
        answer = browser(world, "officer").post(
            "/accidents/new/", {"what": "fire", "casualties": "injured", "text": "浓烟", "key": str(uuid4())}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请填写地点" in page
        assert "浓烟" in page
        assert not Accident.objects.exists()

    def test_a_firm_nobody_knows_is_said_so(self, world: "World") -> None:
        answer = browser(world, "officer").post(
            "/accidents/new/", {"what": "fire", "firm": "不存在的厂", "casualties": "unknown", "key": "nonsense"}
        )
        assert answer.status_code == 422
        assert "没有找到这家企业" in answer.content.decode()


class TestSheet:
    def test_opening_it_is_having_seen_it(self, world: "World") -> None:
        accident = happen(world)
        today = browser(world, "law").get("/today").content.decode()
        assert "事故快报：火灾" in today
        page = browser(world, "law").get(f"/accidents/{accident.pk}/").content.decode()
        assert "已看" in page
        assert Told.objects.get(accident=accident, account_id=world.law.account_id or 0).seen_at is not None
        assert "事故快报：火灾" not in browser(world, "law").get("/today").content.decode()

    def test_arrival_measures_and_the_end_are_pressed_on_it(self, world: "World") -> None:
        accident = happen(world)
        officer, law = browser(world, "officer"), browser(world, "law")
        here = f"/accidents/{accident.pk}/"
        assert officer.post(f"{here}arrive/").status_code == 303
        assert officer.post(f"{here}note/", {"kind": "measure", "text": "已断电"}).status_code == 303
        assert officer.post(f"{here}close/", {"text": "完"}).status_code == 403
        assert law.post(f"{here}close/", {"text": ""}).status_code == 422
        assert law.post(f"{here}close/", {"text": "无伤亡"}).status_code == 303
        assert officer.post(f"{here}note/", {"kind": "measure", "text": "又断"}).status_code == 409
        assert officer.post(f"{here}note/", {"kind": "aftercare", "text": "已回访"}).status_code == 303
        assert [line.kind for line in Line.objects.order_by("id")] == ["arrived", "measure", "closed", "aftercare"]
        assert "处置结束" in officer.get(here).content.decode()

    @pytest.mark.parametrize("who", ["officer2", "village2", "build", "owner"])
    def test_is_not_there_for_others(self, world: "World", who: str) -> None:
        accident = happen(world)
        client = browser(world, who)
        assert client.get(f"/accidents/{accident.pk}/").status_code in (403, 404)
        assert client.post(f"/accidents/{accident.pk}/note/", {"kind": "measure", "text": "x"}).status_code in (
            403,
            404,
        )
        assert not Line.objects.exists()


def test_pages_ask_a_handful_of_queries(
    world: "World", django_assert_max_num_queries: "DjangoAssertNumQueries"
) -> None:
    accident = happen(world)
    client = browser(world, "clerk")
    client.get(f"/accidents/{accident.pk}/")
    with django_assert_max_num_queries(16):
        client.get("/accidents/")
    with django_assert_max_num_queries(20):
        client.get(f"/accidents/{accident.pk}/")
