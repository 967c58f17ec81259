"""今日待办: one's own work first, words of its own for those who handle nothing, and no office chosen where nobody sits."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.cases.models import Case
from qinqing.cases.reads.today import today
from qinqing.cases.words import Verb
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
    return client


def test_a_handlers_own_work_stands_before_a_colleagues_however_late(world: "World", clock: "Clock") -> None:
    world.person("build2", "jianguan", Role.HANDLER)
    early = world.in_hand(NOW)  # the colleague's, due first
    late = world.accepted(NOW + timedelta(days=1))
    world.press(Verb.FORWARD, late, "clerk", NOW + timedelta(days=1), lead=world.office("jianguan"))
    lines = today(world.build2, NOW + timedelta(days=1))
    assert [line.id for line in lines] == [late.pk, early.pk]
    assert [line.is_due_to_him for line in lines] == [True, False]
    clock.at("2026-11-24 09:30")
    buttons = re.findall(
        r'class="btn main" href="/cases/(\d+)/(\w+)', browser(world, "build2").get("/today").content.decode()
    )
    assert buttons == [(str(late.pk), "sign")], "a colleague's matter is shown, not pressed"
    assert next(line.id for line in today(world.build, NOW + timedelta(days=1))) == early.pk


@pytest.mark.parametrize(
    ("who", "words", "press"),
    [
        ("discipline", "没有转给您的廉情反映", "代企业提诉求"),
        ("sysadmin", "这里没有等您办的事项", ""),
        ("build", "今天没有等您办的事项", "看一本账"),
    ],
)
def test_an_empty_day_says_what_would_stand_here_and_offers_only_what_opens(
    world: "World", clock: "Clock", who: str, words: str, press: str
) -> None:
    clock.at("2026-11-23 09:30")
    client = browser(world, who)
    page = client.get("/today").content.decode()
    assert words in page
    offered = re.search(r'class="nothing".*?<a class="btn" href="([^"]+)">([^<]+)</a>', page, re.DOTALL)
    assert (offered[2] if offered else "") == press
    if offered:
        assert client.get(offered[1]).status_code == 200


class TestWhereNobodySits:
    def test_an_office_is_shown_closed_and_cannot_be_sent(self, world: "World", clock: "Clock") -> None:
        clock.at("2026-11-23 09:30")
        case = world.accepted()
        client = browser(world, "clerk")
        page = client.get(f"/cases/{case.pk}/forward").content.decode()
        empty = world.office("anjian") if "anjian" in page else world.office("cun03")
        assert re.search(rf'<option value="{empty}" disabled>|value="{empty}"[^>]*disabled', page)
        assert "暂无在岗人员" in page
        answer = client.post(f"/cases/{case.pk}/forward", {"lead": world.office("jianguan"), "supports": [empty]})
        assert answer.status_code == 422
        assert Case.objects.get(pk=case.pk).state == "accepted"
        assert not case.tasks.exists()

    def test_villages_stand_under_their_own_heading(self, world: "World", clock: "Clock") -> None:
        clock.at("2026-11-23 09:30")
        page = browser(world, "clerk").get(f"/cases/{world.accepted().pk}/convene").content.decode()
        headings = re.findall(r"<summary>(\S+) <small>(\d+)个</small></summary>", page)
        assert [heading for heading, _ in headings] == ["职能部门", "村（社区）"]
        assert page.index("镇建设管理办公室") < page.index("村（社区） <small>") < page.index("示范一村")


def test_nobody_is_told_beforehand_how_grave_a_problem_is(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    client = browser(world, "law")
    page = client.get("/cases/report").content.decode()
    assert not re.search(r'name="severity"[^>]*checked', page)
    refused = client.post("/cases/report", {"firm": "演示车灯有限公司", "topic": "fire", "text": "疑似堆放纸箱。"})
    assert refused.status_code == 422
    assert "请填写看起来多严重" in refused.content.decode() or "请选择看起来多严重" in refused.content.decode()
    assert not Case.objects.exists()
