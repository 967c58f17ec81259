"""Sessions: idle and absolute limits, changing keys, signing out here and everywhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from qinqing.env import env
from qinqing.people.actions import accounts
from qinqing.people.models import Account, OpenSession, SignInTry
from qinqing.people.words import Role
from tests.people.door import OTHER, inside, settle, sign_in, text
from tests.people.world import GOOD, World


class TestSessions:
    def test_an_official_is_signed_out_when_idle(self, handler: Account, client: Client, clock: Any) -> None:
        sign_in(client)
        for _ in range(4):
            clock.move(minutes=env.idle_minutes - 1)
            assert inside(client)
        clock.move(minutes=env.idle_minutes)
        out = client.get("/account/")
        assert out["Location"] == "/sign-in/?why=idle&next=%2Faccount%2F"
        assert "有一段时间没有操作" in text(client.get(out["Location"]))
        assert OpenSession.objects.count() == 0

    def test_no_session_outlives_the_day(self, handler: Account, client: Client, clock: Any) -> None:
        sign_in(client)
        minutes = 0
        while minutes + 10 < env.session_hours * 60:
            clock.move(minutes=10)
            minutes += 10
            assert inside(client)
        clock.move(minutes=10)
        assert client.get("/")["Location"] == "/sign-in/?why=long"

    def test_the_key_changes_at_sign_in_and_at_a_new_password(self, handler: Account, client: Client) -> None:
        client.get("/sign-in/")
        client.session.save()
        planted = client.session.session_key
        sign_in(client)
        first = client.session.session_key
        assert first != planted
        client.post("/account/password/", {"present": GOOD, "password": OTHER, "repeated": OTHER})
        assert client.session.session_key != first
        assert inside(client)
        assert OpenSession.objects.get().key == client.session.session_key

    def test_a_new_password_ends_the_others(self, handler: Account, client: Client) -> None:
        other = Client()
        for each in (client, other):
            sign_in(each)
        client.post("/account/password/", {"present": GOOD, "password": OTHER, "repeated": OTHER})
        assert inside(client)
        assert other.get("/")["Location"].startswith("/sign-in/")

    def test_all_browsers_are_signed_out_at_once(self, handler: Account, client: Client) -> None:
        other = Client()
        for each in (client, other):
            sign_in(each)
        assert client.post("/account/sessions/end/")["Location"] == "/sign-in/?why=everywhere"
        assert other.get("/")["Location"].startswith("/sign-in/")
        assert OpenSession.objects.count() == 0

    def test_one_browser_is_signed_out_and_only_ones_own(self, handler: Account, world: World, client: Client) -> None:
        phone, stranger = Client(), Client()
        settle(world.person("zhao", "build", Role.HANDLER, password=GOOD))
        sign_in(client)
        sign_in(phone, HTTP_USER_AGENT="Phone")
        sign_in(stranger, "zhao")
        shown = {row.agent: row for row in OpenSession.objects.filter(account=handler)}
        path = f"/account/sessions/{shown['Phone'].pk}/end/"
        assert stranger.post(path).status_code == 404
        assert inside(phone)
        assert client.get(path).status_code == 405
        client.post(path)
        assert phone.get("/")["Location"].startswith("/sign-in/")
        assert inside(client)

    def test_one_active_session_where_the_town_wants_it(
        self, handler: Account, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(env, "one_session", True)
        other = Client()
        for each in (other, client):
            sign_in(each)
        assert other.get("/")["Location"].startswith("/sign-in/")
        assert inside(client)

    def test_disabling_and_resetting_end_a_session_at_its_next_request(
        self, handler: Account, world: World, client: Client
    ) -> None:
        sign_in(client)
        accounts.set_password(account_id=handler.pk, password=OTHER, by=world.root, at=handler.created_at)
        assert client.get("/")["Location"].startswith("/sign-in/")
        settle(handler)
        sign_in(client, password=OTHER)
        accounts.disable_account(account_id=handler.pk, by=world.root, at=handler.created_at)
        assert client.get("/")["Location"].startswith("/sign-in/")

    def test_signing_out_is_a_press_not_a_link(self, handler: Account, client: Client) -> None:
        sign_in(client)
        assert client.get("/sign-out/").status_code == 200
        assert inside(client)
        assert client.post("/sign-out/?next=https://evil.example/")["Location"] == "/sign-in/?why=out"
        assert client.get("/")["Location"].startswith("/sign-in/")
        assert SignInTry.objects.order_by("-pk")[0].outcome == "signed_out"

    def test_a_fragment_sends_the_whole_page_to_sign_in(self, handler: Account, client: Client, clock: Any) -> None:
        sign_in(client)
        clock.move(hours=1)
        answer = client.get("/account/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?why=idle")

    def test_use_is_written_down_seldom(
        self, handler: Account, client: Client, clock: Any, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        sign_in(client)
        client.get("/")
        clock.move(seconds=5)
        with django_assert_num_queries(2):  # session, account with its posts
            client.get("/")
