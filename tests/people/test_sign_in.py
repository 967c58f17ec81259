"""Signing in through the door: password, lockout, addresses, where one is sent."""

from typing import Any

import pytest
from django.test import Client

from qinqing.people import reads
from qinqing.people.actions import accounts
from qinqing.people.models import Account, SignInTry
from qinqing.people.words import Role
from qinqing.web.account.place import device
from tests.people.door import BAD, settle, sign_in, text
from tests.people.world import GOOD, World


class TestPassword:
    def test_signs_in_and_acts_from_the_only_post(self, handler: Account, client: Client) -> None:
        response = sign_in(client)
        assert (response.status_code, response["Location"]) == (302, "/")
        assert client.get("/account/").status_code == 200
        assert client.session["post"] == reads.posts_of(handler, handler.created_at.date())[0].pk
        assert list(SignInTry.objects.values_list("outcome", flat=True)) == ["password_ok", "ok"]

    @pytest.mark.parametrize("typed", ["WANG", " wang ", "Wang"])
    def test_letter_case_and_space_in_the_user_name_do_not_matter(
        self, handler: Account, client: Client, typed: str
    ) -> None:
        assert sign_in(client, typed).status_code == 302

    def test_unknown_name_and_wrong_password_answer_alike(self, handler: Account) -> None:
        answers = []
        for username in ("wang", "nobody"):
            response = sign_in(Client(), username, BAD)
            answers.append((response.status_code, text(response)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 422
        assert "用户名或密码不对" in answers[0][1]

    def test_what_was_typed_stays_but_never_the_password(self, handler: Account, client: Client) -> None:
        page = sign_in(client, "wang", BAD).content.decode()
        assert 'value="wang"' in page
        assert BAD not in page

    @pytest.mark.parametrize("username", ["wang", "nobody"])
    def test_after_five_wrong_tries_even_the_right_password_waits(
        self, handler: Account, client: Client, clock: Any, username: str
    ) -> None:
        for _ in range(5):
            assert sign_in(client, username, BAD).status_code == 422
            clock.move(seconds=10)
        response = sign_in(client, username, GOOD)
        assert response.status_code == 422
        assert "请15分钟后再试" in text(response)
        clock.move(minutes=10)
        assert "请5分钟后再试" in text(sign_in(client, username, GOOD))
        clock.move(minutes=5)
        assert sign_in(client, username, GOOD).status_code == (302 if username == "wang" else 422)

    def test_a_colleague_behind_the_same_address_is_not_locked_out(
        self, handler: Account, world: World, client: Client
    ) -> None:
        settle(world.person("zhao", "build", Role.HANDLER, password=GOOD))
        for _ in range(6):
            sign_in(client, "wang", BAD)
        assert sign_in(client, "zhao").status_code == 302

    def test_a_shut_account_is_told_so_only_with_the_right_password(
        self, handler: Account, world: World, client: Client
    ) -> None:
        accounts.disable_account(account_id=handler.pk, by=world.root, at=handler.created_at)
        assert "用户名或密码不对" in text(sign_in(client, "wang", BAD))
        assert sign_in(client)["Location"] == "/sign-in/shut/"
        assert "停用" in text(client.get("/sign-in/shut/"))
        assert client.get("/account/").status_code == 303

    @pytest.mark.parametrize("password", ["", "x" * 100_000, "密" * 129])
    def test_no_password_and_a_monstrous_one_are_refused_beside_the_field(
        self, handler: Account, client: Client, password: str
    ) -> None:
        response = sign_in(client, "wang", password)
        assert response.status_code == 422
        assert SignInTry.objects.count() == 0

    @pytest.mark.parametrize(
        "username", ["", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "用" * 5000, "a'--"]
    )
    def test_strange_user_names_are_an_answer_not_a_fault(
        self, handler: Account, client: Client, username: str
    ) -> None:
        assert sign_in(client, username, BAD).status_code == 422

    @pytest.mark.parametrize(
        "to",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:evil",
            "https://testserver/x",
            "%2F%2Fevil.example",
        ],
    )
    def test_nobody_is_sent_to_another_site(self, handler: Account, client: Client, to: str) -> None:
        assert sign_in(client, to=to)["Location"] == "/"

    def test_one_is_sent_back_to_the_page_that_was_asked_for(self, handler: Account, client: Client) -> None:
        asked = client.get("/account/?x=1")
        assert asked["Location"] == "/sign-in/?next=%2Faccount%2F%3Fx%3D1"
        assert sign_in(client, to="/account/%3Fx%3D1")["Location"] == "/account/?x=1"

    def test_there_is_no_signing_up_and_no_mail_flow(self, client: Client, db: None) -> None:
        for path in ("/signup/", "/accounts/signup/", "/sign-up/", "/password/reset/", "/account/email/"):
            assert client.get(path).status_code in {302, 404}
        from django.urls import NoReverseMatch, reverse

        for name in ("account_signup", "account_reset_password", "account_email"):
            with pytest.raises(NoReverseMatch):
                reverse(name)

    def test_the_form_needs_its_csrf_token(self, handler: Account) -> None:
        assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


class TestAddress:
    def test_a_visitor_cannot_choose_his_address(self, handler: Account, client: Client, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for n in range(6):
            sign_in(client, "wang", BAD, HTTP_X_FORWARDED_FOR=f"1.2.3.{n}, 10.9.9.9", REMOTE_ADDR="127.0.0.1")
        assert set(SignInTry.objects.values_list("ip", flat=True)) == {"10.9.9.9"}
        assert SignInTry.objects.order_by("-pk")[0].outcome == "locked"

    @pytest.mark.parametrize(
        ("address", "kept"),
        [("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:10.0.0.7", "10.0.0.7"), ("", "?"), ("unix:", "?")],
    )
    def test_strange_addresses_are_counted_too(self, handler: Account, client: Client, address: str, kept: str) -> None:
        sign_in(client, "wang", BAD, REMOTE_ADDR=address)
        assert SignInTry.objects.get().ip == kept


@pytest.mark.parametrize(
    ("agent", "says"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/107 Mobile Safari/537.36 MicroMessenger/8.0",
            "安卓手机 · 微信",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
            "苹果手机 · Safari",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120", "Windows 电脑 · Edge"),
        ("", "未知设备"),
    ],
)
def test_devices_are_named_as_people_say_them(agent: str, says: str) -> None:
    assert device(agent) == says
