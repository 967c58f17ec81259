"""One-click sign-ins: in a demonstration only, for invented people only — and no such address in production at all."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, path, resolve

from qinqing.env import env
from qinqing.people.models import Account, SignInTry
from qinqing.people.words import Outcome, Role
from tests.people.world import World

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "QINQING_MODE": "production",
    "QINQING_SECRET_KEY": "k" * 60,
    "QINQING_FIELD_KEYS": "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "QINQING_HOSTS": "qinqing.example",
    "QINQING_HTTPS": "true",
    "QINQING_REQUIRE_TOTP": "true",
}
ASK = """
import django
django.setup()
from django.conf import settings
from django.urls import resolve, reverse, get_resolver, Resolver404, NoReverseMatch
from django.test import Client
from django.test.utils import setup_test_environment
def every(patterns, prefix=""):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from every(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern)
found = list(every(get_resolver().url_patterns))
try:
    resolve("/demo/"); print("resolves")
except Resolver404:
    print("absent")
try:
    reverse("demo_people"); print("reverses")
except NoReverseMatch:
    print("nameless")
print(len([one for one in found if "demo" in one]), len(found) > 10)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS >= 31536000,
      settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_NAME.startswith("__Host-"), settings.DEBUG)
"""


def ask(mode: dict[str, str]) -> list[str]:
    """Start another Python with these settings and ask what addresses it has."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QINQING_")}
    environment = {**kept, **mode, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "qinqing.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_production_has_no_such_address() -> None:
    absent, nameless, counted, secure = ask(PRODUCTION)
    assert (absent, nameless, counted) == ("absent", "nameless", "0 True")
    assert secure == "True True True True True False"


def test_a_demonstration_has_it() -> None:
    assert ask({"QINQING_MODE": "demo", "QINQING_HTTPS": "false"})[:3] == ["resolves", "reverses", "1 True"]


def test_the_tests_own_world_has_it_not() -> None:
    with pytest.raises(Resolver404):
        resolve("/demo/")


class TestInADemonstration:
    @pytest.fixture(autouse=True)
    def demonstration(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        from qinqing.demo import signin
        from qinqing.urls import urlpatterns

        addresses = ModuleType("addresses_of_a_demonstration")
        addresses.urlpatterns = [*urlpatterns, path("demo/", signin.people, name="demo_people")]  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, addresses.__name__, addresses)
        settings.ROOT_URLCONF = addresses.__name__
        monkeypatch.setattr(env, "mode", "demo")

    def invented(self, world: World, username: str, office: str, role: Role) -> Account:
        account = world.person(username, office, role)
        Account.objects.filter(pk=account.pk).update(is_demo=True, name=f"演示{role.label}")
        return account

    def test_shows_invented_people_by_role_and_signs_in_by_one_press(
        self, world: World, client: Client, clock: Any
    ) -> None:
        clerk = self.invented(world, "clerk", "hub", Role.HUB_CLERK)
        page = client.get("/demo/").content.decode()
        assert "演示中转站专人" in page
        assert "经科办" in page
        assert client.post("/demo/", {"account": clerk.pk})["Location"] == "/"
        assert client.session["_auth_user_id"] == str(clerk.pk)
        assert client.get("/account/").status_code == 200
        assert list(SignInTry.objects.values_list("account_id", "outcome")) == [(clerk.pk, Outcome.OK.value)]

    def test_the_second_factor_is_not_asked_of_invented_people(
        self, world: World, client: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(env, "require_totp", True)
        clerk = self.invented(world, "clerk", "hub", Role.HUB_CLERK)
        client.post("/demo/", {"account": clerk.pk})
        assert client.get("/account/").status_code == 200

    @pytest.mark.parametrize("raw", ["", "0", "x", "9" * 50, "-1"])
    def test_nobody_else_is_signed_in(self, world: World, client: Client, clock: Any, raw: str) -> None:
        real = world.person("real", "hub", Role.HUB_HEAD)
        assert client.post("/demo/", {"account": raw}).status_code == 404
        assert client.post("/demo/", {"account": real.pk}).status_code == 404
        assert "_auth_user_id" not in client.session
        assert "演示real" not in client.get("/demo/").content.decode()

    def test_a_press_needs_its_csrf_token(self, world: World, clock: Any) -> None:
        clerk = self.invented(world, "clerk", "hub", Role.HUB_CLERK)
        assert Client(enforce_csrf_checks=True).post("/demo/", {"account": clerk.pk}).status_code == 403

    def test_outside_a_demonstration_even_the_screen_itself_answers_nothing(
        self, world: World, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clerk = self.invented(world, "clerk", "hub", Role.HUB_CLERK)
        for mode in ("production", "test"):
            monkeypatch.setattr(env, "mode", mode)
            assert client.get("/demo/").status_code == 404
            assert client.post("/demo/", {"account": clerk.pk}).status_code == 404
