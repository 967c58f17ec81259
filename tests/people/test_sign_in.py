"""Signing in through the door: password, lockout, second factor, what must be done first, limits of a session."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.test import Client

from qinqing.env import env
from qinqing.people import reads
from qinqing.people.actions import accounts, posts
from qinqing.people.models import Account, OpenSession, SignInTry
from qinqing.people.words import Role
from tests.people.world import GOOD, World, days

OTHER = GOOD + "-二"
BAD = "Wrong-Pass-2026"


@pytest.fixture
def handler(world: World, clock: Any) -> Account:
    """An official who has set his own password."""
    account = world.person("wang", "build", Role.HANDLER, password=GOOD)
    settle(account)
    return account


def settle(account: Account) -> None:
    """Take away the duty to change the password at once, as after the first sign-in."""
    Account.objects.filter(pk=account.pk).update(must_change_password=False)


def sign_in(client: Client, username: str = "wang", password: str = GOOD, to: str = "", **extra: Any) -> Any:
    path = "/sign-in/" + (f"?next={to}" if to else "")
    return client.post(path, {"login": username, "password": password}, **extra)


def code_of(account: Account, at: float) -> str:
    from qinqing.kernel import secrets

    sealed = Authenticator.objects.get(user=account, type="totp").data["secret"]
    return code_from(secrets.unseal(sealed, "second_factor"), at)


def code_from(secret: str, at: float) -> str:
    return format_hotp_value(hotp_value(secret, int(at) // 30))


def inside(client: Client) -> bool:
    """Whether the front door leads on to a page of the system, and not to sign-in or something to do first."""
    answer = client.get("/")
    return answer.status_code == 303 and not answer["Location"].startswith(("/sign-in/", "/account/p", "/account/totp"))


def text(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


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


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(env, "require_totp", True)

    def enrol(self, client: Client, clock: Any) -> str:
        """Bind a phone and return its secret."""
        client.get("/account/totp/")
        secret: str = client.session["mfa.totp.secret"]
        done = client.post("/account/totp/", {"code": code_from(secret, clock.now().timestamp())})
        assert done["Location"] == "/account/codes/"
        return secret

    def test_an_official_without_it_reaches_nothing_but_enrolment(self, handler: Account, client: Client) -> None:
        sign_in(client)
        for path in ("/", "/account/", "/account/post/", "/people/", "/account/codes/"):
            assert client.get(path)["Location"] == "/account/totp/"
        page = client.get("/account/totp/").content.decode()
        assert 'src="data:image/svg+xml;base64,' in page

    def test_enrols_and_signs_in_with_computed_codes(
        self, handler: Account, world: World, client: Client, clock: Any
    ) -> None:
        sign_in(client)
        secret = self.enrol(client, clock)
        assert inside(client)
        stored = Authenticator.objects.get(user=handler, type="totp").data["secret"]
        assert secret not in stored
        assert world.entries(handler)[-1].sentence.endswith("绑定了动态口令。")

        clock.move(minutes=5)
        later = Client()
        assert sign_in(later, to="/account/")["Location"] == "/sign-in/code/"
        assert later.get("/")["Location"].startswith("/sign-in/")
        code = code_of(handler, clock.now().timestamp())
        wrong = later.post("/sign-in/code/", {"code": "000000" if code != "000000" else "111111"})
        assert wrong.status_code == 422
        assert "动态口令不对" in text(wrong)
        assert later.post("/sign-in/code/", {"code": f" {code[:3]} {code[3:]} "})["Location"] == "/account/"
        assert later.get("/account/").status_code == 200

    def test_a_code_works_once(self, handler: Account, client: Client, clock: Any) -> None:
        sign_in(client)
        self.enrol(client, clock)
        clock.move(minutes=5)
        code = code_of(handler, clock.now().timestamp())
        first, second = Client(), Client()
        for each in (first, second):
            sign_in(each)
        assert first.post("/sign-in/code/", {"code": code}).status_code == 302
        assert second.post("/sign-in/code/", {"code": code}).status_code == 422

    def test_five_wrong_codes_lock_the_code_and_then_the_password(
        self, handler: Account, client: Client, clock: Any
    ) -> None:
        sign_in(client)
        self.enrol(client, clock)
        clock.move(minutes=5)
        thief = Client()
        sign_in(thief)
        for n in range(5):
            assert thief.post("/sign-in/code/", {"code": f"00000{n}"}).status_code == 422
        right = code_of(handler, clock.now().timestamp())
        locked = thief.post("/sign-in/code/", {"code": right})
        assert locked.status_code == 422
        assert "请15分钟后再试" in text(locked)
        assert "分钟后再试" in text(sign_in(Client()))

    def test_a_recovery_code_stands_in_once(self, handler: Account, client: Client, clock: Any) -> None:
        sign_in(client)
        self.enrol(client, clock)
        page = client.get("/account/codes/").content.decode()
        codes = re.findall(r"<li>(\d{8})</li>", page)
        assert len(codes) == 10
        assert codes[0] not in client.get("/account/codes/").content.decode()
        for expected in (302, 422):
            later = Client()
            sign_in(later)
            assert later.post("/sign-in/code/", {"code": codes[0]}).status_code == expected

    def test_a_session_from_before_enrolment_must_sign_in_again(
        self, handler: Account, client: Client, clock: Any
    ) -> None:
        before = Client()
        sign_in(before)
        sign_in(client)
        self.enrol(client, clock)
        assert before.get("/account/totp/")["Location"].startswith("/sign-in/?why=code")

    def test_contacts_and_invented_people_need_none(self, world: World, client: Client, clock: Any) -> None:
        invented = world.person("yan", "build", Role.HANDLER)
        Account.objects.filter(pk=invented.pk).update(is_demo=True)
        client.force_login(invented)
        assert inside(client)

    def test_unbinding_asks_for_the_password_again_and_leads_to_binding_anew(
        self, handler: Account, client: Client, clock: Any
    ) -> None:
        sign_in(client)
        self.enrol(client, clock)
        clock.move(minutes=11)
        assert client.get("/account/totp/off/")["Location"].startswith("/account/again/")
        assert client.post("/account/again/?next=/account/totp/off/", {"password": BAD}).status_code == 422
        again = client.post("/account/again/?next=/account/totp/off/", {"password": GOOD})
        assert again["Location"] == "/account/totp/off/"
        client.post("/account/totp/off/")
        assert not Authenticator.objects.filter(user=handler).exists()
        assert client.get("/")["Location"] == "/account/totp/"

    def test_new_recovery_codes_end_the_old(self, handler: Account, world: World, client: Client, clock: Any) -> None:
        sign_in(client)
        self.enrol(client, clock)
        old = re.findall(r"<li>(\d{8})</li>", client.get("/account/codes/").content.decode())
        assert client.post("/account/codes/new/")["Location"] == "/account/codes/"
        new = re.findall(r"<li>(\d{8})</li>", client.get("/account/codes/").content.decode())
        assert len(new) == 10
        assert not set(old) & set(new)
        assert world.entries(handler)[-1].sentence.endswith("换了一批恢复码。")


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
        with django_assert_num_queries(3):  # session, account, post
            client.get("/")


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
