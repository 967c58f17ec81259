"""A phone's credential: uploads, opens nothing else, is listed, and can be taken back without losing what is finalized."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client

from qinqing.field.actions import devices
from qinqing.field.models import Device, Record
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger.models import Entry
from qinqing.people.actions import accounts, posts
from qinqing.people.models import Post
from qinqing.people.words import Role
from tests.access.test_every_address import ALL
from tests.cases.world import NOW
from tests.field.phone import HEADERS, Phone
from tests.field.probe import traces

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


def bearer(phone: Phone) -> Client:
    """Return a browser that has the credential and nothing else."""
    client = Client()
    client.cookies["qinqing-field"] = phone.client.cookies["qinqing-field"].value
    return client


def fill(route: str) -> str:
    """Return the route with every part filled in with the key of no row."""
    for part, value in (("int:", "1"), ("uuid:", "00000000-0000-4000-8000-000000000001")):
        route = re.sub(rf"<{part}\w+>", value, route)
    return re.sub(r"<(?:\w+:)?\w+>", "x", route)


class TestIssuing:
    def test_needs_a_signed_in_session(self, phone: Phone) -> None:
        phone.sign_out()
        answer = phone.register()
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
        assert Device.objects.count() == 1

    def test_the_credential_is_a_cookie_scripts_cannot_read_for_the_calls_alone(self, phone: Phone) -> None:
        cookie = phone.client.cookies["qinqing-field"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/field/api/", True, "Strict")
        row = Device.objects.get()
        assert cookie.value not in (row.credential, str(row.id))
        assert cookie.value not in "".join(entry.facts_text for entry in Entry.objects.all())
        assert row.name == "安卓手机 · Chrome 内核浏览器"

    def test_its_own_id_again_renews_and_ends_the_old_one(self, phone: Phone) -> None:
        old = bearer(phone)
        phone.register(phone.device)
        assert Device.objects.count() == 1
        assert old.get("/field/api/session", headers=HEADERS).status_code == 401
        assert bearer(phone).get("/field/api/session", headers=HEADERS).status_code == 200
        assert Entry.objects.filter(kind="device.issued").count() == 2

    @pytest.mark.parametrize("known", ["", "x", "00000000-0000-4000-8000-000000000000"])
    def test_an_unknown_id_gives_a_new_device(self, phone: Phone, known: str) -> None:
        phone.register(known)
        assert Device.objects.count() == 2

    def test_anothers_id_gives_a_new_device(self, phone: Phone, phone_of: Callable[..., Phone]) -> None:
        other = phone_of("officer2", known=phone.device)
        assert other.device != phone.device
        assert Device.objects.get(pk=phone.device).account_id == phone.account

    @pytest.mark.parametrize("who", ["owner", "supervisor", "leader", "sysadmin", "discipline"])
    def test_who_does_not_go_out_gets_none(self, world: "World", phone_of: Callable[..., Phone], who: str) -> None:
        other = phone_of(who)
        assert other.device == ""
        assert other.get("session").status_code in (401, 403)
        assert not Device.objects.exists()


class TestReach:
    def test_every_other_address_is_closed_to_the_credential(self, phone: Phone) -> None:
        client, let_in = bearer(phone), {}
        for name, route in ALL:
            if name.startswith("field_call") or route.startswith("field/api/"):
                continue
            nobody, answer = Client().get("/" + fill(route)), client.get("/" + fill(route))
            if (answer.status_code, answer.get("Location")) != (nobody.status_code, nobody.get("Location")):
                let_in[name] = answer.status_code
        assert let_in == {}
        assert client.get("/api/v1/cases").status_code == 401

    def test_without_the_header_or_from_another_site_nothing_answers(self, phone: Phone, probe: str) -> None:
        client, item = bearer(phone), phone.finalize(probe)
        address = f"/field/api/records/probe/{item.id}"
        assert client.get("/field/api/session").json()["code"] == "no_header"
        for more in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            headers = {**HEADERS, "X-Content-SHA256": item.sha256, **more}
            answer = client.post(address, item.body, content_type="application/json", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "no_header")
        assert not Record.objects.exists()

    def test_answers_are_json_of_a_known_shape_and_never_kept(self, phone: Phone) -> None:
        for answer in (
            phone.get("session"),
            phone.get("records/visit/00000000-0000-4000-8000-000000000000"),
            phone.post_json("/field/api/heartbeat", []),
            Client().get("/field/api/session"),
            phone.client.get("/field/api/heartbeat", headers=HEADERS),
        ):
            assert answer["Content-Type"] == "application/json"
            assert answer["Cache-Control"] == "no-store"
            assert isinstance(answer.json()["ok"], bool)
            assert answer.json()["server_time"]

    def test_the_session_counts_where_two_people_are_named(self, phone: Phone, world: "World", probe: str) -> None:
        first = phone.finalize(probe)
        phone.who = "officer2"
        phone.sign_in()
        told = phone.get("session").json()
        assert (told["user"]["id"], told["device"]) == (world.officer2.account_id, None)
        assert phone.put(first).json()["flags"][0]["code"] == "other_author"
        phone.sign_out()
        assert phone.get("session").json()["user"]["id"] == world.officer.account_id

    def test_an_ended_session_leaves_the_queue_its_credential(self, phone: Phone, probe: str, clock: "Clock") -> None:
        item = phone.finalize(probe, photos=1)
        clock.move(hours=9)
        told = phone.get("session").json()
        assert (told["signed_in"], told["device"]["id"]) == (False, phone.device)
        assert phone.sync(item)

    def test_calls_do_not_keep_an_idle_session_alive(self, phone: Phone, clock: "Clock") -> None:
        for _ in range(3):
            clock.move(minutes=6)
            phone.beat()
        assert phone.client.get("/").status_code in (302, 303)
        assert phone.get("session").json()["signed_in"] is False

    def test_a_client_gone_wild_is_slowed_down(self, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
        from qinqing.web.field.calls import door

        monkeypatch.setattr(door, "MOST_A_MINUTE", 5)
        door._calls.clear()
        answers = [phone.get("session") for _ in range(6)]
        assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "slow_down")
        assert int(answers[-1]["Retry-After"]) > 0
        door._calls.clear()


class TestRevoking:
    def revoke(self, world: "World", phone: Phone, who: str = "village", **more: object) -> None:
        given = {"reason": "手机遗失", "wipe": True} | more
        devices.revoke(device_id=UUID(phone.device), by=world.who[who], at=NOW, **given)  # type: ignore[arg-type]

    def test_what_is_finalized_still_comes_in_for_review_then_the_phone_is_emptied(
        self, world: "World", phone: Phone, probe: str
    ) -> None:
        item = phone.finalize(probe, photos=1)
        self.revoke(world, phone)
        phone.sign_out()
        assert phone.get("session").json()["device"]["state"] == "revoked"
        told = phone.beat()
        assert (told["revoked"], told["wipe"]) == (True, False), "never before what it holds has come in"
        phone.sync(item)
        row = Record.objects.get()
        assert (row.taking, row.needs, [one["code"] for one in row.flags]) == ("review", True, ["device_revoked"])
        assert traces() == 0
        told = phone.beat()
        assert (told["revoked"], told["wipe"]) == (True, True)
        assert Device.objects.get().wipe_told_at is not None

    def test_a_renewal_does_not_bring_it_back(self, world: "World", phone: Phone) -> None:
        self.revoke(world, phone)
        old = phone.device
        phone.register(old)
        assert phone.device != old

    def test_his_own_phone_a_man_revokes_himself(self, world: "World", phone: Phone) -> None:
        self.revoke(world, phone, "officer", wipe=False)
        assert Device.objects.get().state == "revoked"
        assert "手机遗失" in Entry.objects.get(kind="device.revoked").sentence

    @pytest.mark.parametrize(
        ("who", "fault"),
        [("village2", NotFound), ("officer2", NotFound), ("supervisor", NotAllowed), ("build", NotFound)],
    )
    def test_who_may_not(self, world: "World", phone: Phone, who: str, fault: type[Exception]) -> None:
        with pytest.raises(fault):
            self.revoke(world, phone, who)
        assert Device.objects.get().state == "active"

    def test_needs_a_reason_and_once_is_enough(self, world: "World", phone: Phone) -> None:
        with pytest.raises(Refused) as refused:
            self.revoke(world, phone, reason="  ")
        assert refused.value.field == "reason"
        self.revoke(world, phone)
        with pytest.raises(TooLate):
            self.revoke(world, phone, "clerk")

    def test_an_officer_who_left_hands_in_for_review(
        self, world: "World", phone: Phone, probe: str, clock: "Clock"
    ) -> None:
        item = phone.finalize(probe)
        phone.sign_out()
        post = Post.objects.get(account_id=phone.account)
        security = world.person("security", "xitong", Role.SECURITY_ADMIN)
        posts.end_post(post_id=post.pk, ends_on=date(2026, 11, 23), by=security, at=NOW)
        clock.move(days=1)
        assert phone.get("session").json()["device"]["state"] == "retired"
        phone.sync(item)
        assert [one["code"] for one in Record.objects.get().flags] == ["officer_left"]
        assert (Record.objects.get().taking, traces()) == ("review", 0)
        assert phone.beat()["wipe"] is True

    def test_a_disabled_account_hands_in_for_review(self, world: "World", phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        accounts.disable_account(account_id=phone.account, by=world.sysadmin, at=NOW, reason="调离")
        phone.sync(item)
        assert Record.objects.get().taking == "review"
