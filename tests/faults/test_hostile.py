"""Strings meant to do harm, through every field of submit, report, press and search: never a fault, never markup, kept as typed."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.cases.models import Case
from qinqing.people.models import Account
from tests.faults.nasty import foreign, strings

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id))
    return client


def test_hostile_words_are_kept_as_words_and_never_become_markup(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    owner, clerk = browser(world, "owner"), browser(world, "clerk")
    for typed in strings():
        before = Case.objects.count()
        sent = owner.post("/portal/submit/", {"text": typed})
        assert sent.status_code in (200, 303, 422), (typed[:60], sent.status_code)
        if sent.status_code == 303:
            assert Case.objects.count() == before + 1
            case = Case.objects.latest("id")
            for page in (clerk.get(f"/cases/{case.pk}"), owner.get(f"/portal/matters/{case.pk}/")):
                assert page.status_code == 200, typed[:60]
                assert not foreign(page.content.decode()), typed[:60]
        else:
            assert Case.objects.count() == before
        found = clerk.get("/ledger", {"q": typed[:2000], "stand": "all"})
        assert found.status_code in (200, 400), typed[:60]
        assert not foreign(found.content.decode()), typed[:60]
    assert clerk.get("/ledger?stand=all").status_code == 200


@pytest.mark.parametrize(
    "query", ["at=>%ff", "q=%ff%fe", "office=-1", "office=99999999999999999999", "month=%00", "at=%3C-9", "stand=x"]
)
def test_no_address_is_a_fault(world: "World", clock: "Clock", query: str) -> None:
    clock.at("2026-11-23 09:30")
    found = browser(world, "clerk").get(f"/ledger?{query}")
    assert found.status_code in (200, 400)
    assert "亲清" in found.content.decode()


def test_a_hundred_thousand_characters_are_refused_in_chinese_and_kept(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    page = browser(world, "owner").post("/portal/submit/", {"text": "字" * 100_000})
    shown = page.content.decode()
    assert page.status_code == 422
    assert shown.count("字" * 9_000) >= 1, "what was typed is kept"
    assert not Case.objects.exists()


def test_a_form_without_its_token_gets_a_chinese_page(world: "World") -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=world.owner.account_id))
    page = client.post("/portal/submit/", {"text": "路灯不亮"})
    assert page.status_code == 403
    assert "亲清" in page.content.decode()
    assert not Case.objects.exists()


def test_an_invalid_body_is_no_fault(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    page = browser(world, "owner").post(
        "/portal/submit/", b"text=%ff%fe%00", content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code < 500
