"""The shell and its worker as the server hands them out: nobody's data, whole or not at all, and a switch to take it out."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/qinqing/web/static"


def given(page: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.decode().split(";\n", 1)[0].removeprefix("self.FIELD="))
    return found


@pytest.mark.django_db
class TestShell:
    def test_is_the_same_for_everybody_and_leaves_no_cookie(self, client: Client) -> None:
        here, selftest = client.get("/field/"), client.get("/field/selftest")
        assert here.status_code == selftest.status_code == 200
        assert here.content == selftest.content
        assert not here.cookies
        assert b"csrf" not in here.content

    def test_allows_nothing_inline_and_camera_only_to_itself(self, client: Client) -> None:
        page = client.get("/field/")
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        assert "img-src 'self' data: blob:" in policy
        assert "camera=(self)" in page.headers["Permissions-Policy"]
        assert "camera=()" in client.get("/sign-in/").headers["Permissions-Policy"]

    def test_is_asked_for_anew_each_time(self, client: Client) -> None:
        for address in ("/field/", "/field/sw.js"):
            assert client.get(address).headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
class TestWorker:
    def test_takes_in_every_file_with_the_digest_it_is_served_with(self, client: Client) -> None:
        page = client.get("/field/sw.js")
        assert page.headers["Content-Type"].startswith("text/javascript")
        files = {one["url"]: one["integrity"] for one in given(page.content)["files"]}
        built = {
            f"/static/build/field/{file.name}" for file in (STATIC / "build/field").iterdir() if file.name != "sw.js"
        }
        assert set(files) == built | {"/static/img/mark.svg"}
        for url, integrity in files.items():
            octets = (STATIC / url.removeprefix("/static/")).read_bytes()
            assert integrity == f"sha256-{base64.b64encode(hashlib.sha256(octets).digest()).decode()}"

    def test_what_the_shell_loads_is_among_them(self, client: Client) -> None:
        shell = client.get("/field/").content.decode()
        files = [one["url"] for one in given(client.get("/field/sw.js").content)["files"]]
        for word in ("src=", "href="):
            for part in shell.split(word)[1:]:
                url = part.split('"')[1]
                assert url in files or url == "/", url

    def test_answers_only_for_the_clients_own_pages(self, client: Client) -> None:
        told = given(client.get("/field/sw.js").content)
        assert told["pages"] == ["/field/", "/field/selftest"]
        assert told["is_off"] is False

    def test_can_be_switched_off_from_the_town(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        from qinqing.env import env

        monkeypatch.setattr(env, "field_worker", False)
        assert given(client.get("/field/sw.js").content)["is_off"] is True
