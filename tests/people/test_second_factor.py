"""The second factor: enrolment, computed codes, recovery codes, and nothing else without it."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from qinqing.env import env
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.people.door import BAD, code_from, code_of, inside, sign_in, text
from tests.people.world import GOOD, World


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

    def test_somebody_with_several_posts_sees_his_recovery_codes_first(
        self, handler: Account, world: World, client: Client, clock: Any
    ) -> None:
        world.post(handler, "v1", Role.GRID_OFFICER)
        sign_in(client)
        self.enrol(client, clock)
        assert len(re.findall(r"<li>(\d{8})</li>", client.get("/account/codes/").content.decode())) == 10
        assert client.get("/")["Location"] == "/account/post/"

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

    def test_invented_people_need_none_in_a_demonstration_only(
        self, world: World, client: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        invented = world.person("yan", "build", Role.HANDLER)
        Account.objects.filter(pk=invented.pk).update(is_demo=True)
        client.force_login(invented)
        assert client.get("/")["Location"] == "/account/totp/"
        monkeypatch.setattr(env, "mode", "demo")
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
