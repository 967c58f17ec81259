"""What must be done before anything else: an own password, the post from which one acts."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from qinqing.env import env
from qinqing.people import reads
from qinqing.people.actions import posts
from qinqing.people.models import Account, OpenSession
from qinqing.people.words import Role
from tests.people.door import BAD, OTHER, inside, settle, sign_in, text
from tests.people.world import GOOD, World, days


class TestFirstThings:
    def test_a_password_others_set_must_be_changed_before_anything_else(
        self, world: World, client: Client, clock: Any
    ) -> None:
        account = world.person("wang", "build", Role.HANDLER, password=GOOD)
        sign_in(client)
        for path in ("/", "/account/", "/account/totp/", "/account/post/", "/people/"):
            assert client.get(path)["Location"] == "/account/password/"
        page = client.post("/account/password/", {"present": GOOD, "password": GOOD, "repeated": GOOD})
        assert page.status_code == 422
        assert "最近5次" in text(page)
        done = client.post("/account/password/", {"present": GOOD, "password": OTHER, "repeated": OTHER})
        assert done["Location"] == "/"
        assert inside(client)
        account.refresh_from_db()
        assert account.check_password(OTHER)

    def test_the_present_password_and_the_repetition_are_checked(
        self, handler: Account, client: Client, clock: Any
    ) -> None:
        sign_in(client)
        clock.move(seconds=1)
        wrong = client.post("/account/password/", {"present": BAD, "password": OTHER, "repeated": OTHER})
        assert "现在的密码不对" in text(wrong)
        apart = client.post("/account/password/", {"present": GOOD, "password": OTHER, "repeated": OTHER + "x"})
        assert "两次输入的新密码不一样" in text(apart)
        for _ in range(4):
            client.post("/account/password/", {"present": BAD, "password": OTHER, "repeated": OTHER})
        locked = client.post("/account/password/", {"present": GOOD, "password": OTHER, "repeated": OTHER})
        assert "分钟后再试" in text(locked)
        handler.refresh_from_db()
        assert handler.check_password(GOOD)

    def test_an_officials_password_ages(self, handler: Account, client: Client, clock: Any) -> None:
        clock.move(days=env.password_days - 1)
        sign_in(client)
        assert inside(client)
        clock.move(days=1)
        fresh = Client()
        sign_in(fresh)
        assert fresh.get("/")["Location"] == "/account/password/"

    def test_somebody_with_several_posts_says_from_which_he_acts(
        self, handler: Account, world: World, client: Client
    ) -> None:
        second = world.post(handler, "v1", Role.GRID_OFFICER)
        sign_in(client)
        assert client.get("/")["Location"] == "/account/post/"
        assert "网格员" in text(client.get("/account/post/"))
        before = client.session.session_key
        assert client.post("/account/post/", {"post": second.pk})["Location"] == "/"
        assert client.session.session_key != before
        assert inside(client)
        assert client.session["post"] == second.pk
        assert OpenSession.objects.get().key == client.session.session_key

    @pytest.mark.parametrize("raw", ["", "0", "-1", "x", "9" * 40])
    def test_nobody_acts_from_a_post_that_is_not_his(
        self, handler: Account, world: World, client: Client, raw: str
    ) -> None:
        world.post(handler, "v1", Role.GRID_OFFICER)
        sign_in(client)
        assert client.post("/account/post/", {"post": raw}).status_code == 404
        others = reads.posts_of(world.person("zhao", "hub", Role.HUB_HEAD), handler.created_at.date())[0]
        assert client.post("/account/post/", {"post": others.pk}).status_code == 404
        assert "post" not in client.session

    def test_an_account_without_a_post_is_told_whom_to_ask(self, world: World, client: Client, clock: Any) -> None:
        settle(world.account("bare", password=GOOD))
        sign_in(client, "bare")
        page = client.get("/", follow=True)
        assert "还没有岗位" in text(page)

    def test_a_post_that_has_ended_carries_nothing_at_the_next_request(
        self, handler: Account, world: World, client: Client, clock: Any
    ) -> None:
        sign_in(client)
        assert inside(client)
        post = reads.posts_of(handler, clock.now().date())[0]
        posts.end_post(post_id=post.pk, ends_on=clock.now().date() - days(0), by=world.root, at=clock.now())
        assert inside(client)
        clock.at("2026-11-24 00:00")
        Session.objects.all().delete()
        sign_in(client)
        assert client.get("/")["Location"] == "/account/post/"
