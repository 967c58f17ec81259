"""An owner at the door: no second factor, a session that lasts on his own phone, his own firm only."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from qinqing.enterprises.actions import contacts, files
from qinqing.env import env
from qinqing.people import reads
from qinqing.people.actions import accounts
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.enterprises.town import code
from tests.people.door import settle, sign_in
from tests.people.world import GOOD, NOW, World


@pytest.fixture
def owner(world: World, clock: Any) -> Account:
    """The contact of a firm, with an account the hub opened for him."""
    hub = world.actor(world.person("hub", "hub", Role.HUB_HEAD))
    firm = files.create(
        raw={"name": "演示车灯有限公司", "uscc": code(1)},
        community_id=reads.office_by_code(world.town.pk, "v1").pk,
        by=hub,
        at=NOW,
        is_demo=True,
    )
    account = accounts.add_contact_account(username="factory", name="演示厂长", password=GOOD, by=hub, at=NOW)
    contacts.add_contact(
        enterprise_id=firm.pk,
        name="演示厂长",
        duty="contact",
        phone="13800000000",
        starts_on=date(2026, 11, 1),
        by=hub,
        at=NOW,
        account_id=account.pk,
    )
    settle(account)
    return account


def home(client: Client) -> str:
    return str(client.get("/").headers.get("Location", ""))


def test_he_goes_straight_in_where_officials_need_a_code(
    owner: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "require_totp", True)
    assert sign_in(client, "factory").status_code == 302
    assert not home(client).startswith(("/sign-in/", "/account/"))
    assert "post" not in client.session


def test_his_phone_stays_signed_in_for_a_week_without_use_and_a_month_at_most(
    owner: Account, client: Client, clock: Any
) -> None:
    sign_in(client, "factory")
    assert client.cookies["qinqing"]["max-age"] == 30 * 86_400
    for _ in range(4):
        clock.move(days=6)
        assert not home(client).startswith("/sign-in/")
    clock.move(days=6, minutes=1)
    assert home(client) == "/sign-in/?why=long"
    fresh = Client()
    sign_in(fresh, "factory")
    clock.move(days=7)
    assert home(fresh) == "/sign-in/?why=idle"


def test_an_officials_cookie_ends_with_the_window(world: World, client: Client, clock: Any) -> None:
    settle(world.person("wang", "build", Role.HANDLER, password=GOOD))
    sign_in(client)
    assert client.cookies["qinqing"]["max-age"] == ""


def test_his_password_does_not_age(owner: Account, client: Client, clock: Any) -> None:
    clock.move(days=env.password_days + 1)
    sign_in(client, "factory")
    assert not home(client).startswith("/account/password/")


def test_he_sees_none_of_the_administrators_pages(owner: Account, client: Client) -> None:
    sign_in(client, "factory")
    assert client.get("/account/").status_code == 200
    for path in ("/people/", "/people/new/", "/people/sign-ins/", f"/people/{owner.pk}/"):
        assert client.get(path).status_code == 403
