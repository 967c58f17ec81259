"""The administrators' pages: each does what its post allows, nothing of another town, no fault on bad input."""

import re
from typing import Any

import pytest
from django.test import Client

from qinqing.people import reads, signins
from qinqing.people.actions import access
from qinqing.people.models import Account, Post
from qinqing.people.words import Role
from tests.people.world import GOOD, TODAY, World, days, make_world


def as_(world: World, role: str) -> Client:
    """A browser in which this administrator is signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=f"{world.town.code}-{role}"))
    return client


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def pages(world: World, clock: Any) -> dict[str, Client]:
    return {role: as_(world, role) for role in ("system_admin", "security_admin", "auditor")}


class TestWho:
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/people/", {"system_admin", "security_admin"}),
            ("/people/new/", {"system_admin"}),
            ("/people/sign-ins/", {"auditor"}),
            ("/people/changes/", {"auditor"}),
            ("/people/{account}/", {"system_admin", "security_admin"}),
            ("/people/{account}/edit/", {"system_admin"}),
            ("/people/{account}/posts/", {"security_admin"}),
            ("/people/posts/{post}/end/", {"security_admin"}),
            ("/people/posts/{post}/charge/", {"security_admin"}),
        ],
    )
    def test_each_page_opens_for_its_posts_only(
        self, world: World, pages: dict[str, Client], path: str, allowed: set[str]
    ) -> None:
        leader = world.person("zhen", "leadership", Role.LEADER)
        hub = Client()
        hub.force_login(world.person("head", "hub", Role.HUB_HEAD))
        path = path.format(account=leader.pk, post=reads.posts_of(leader, TODAY)[0].pk)
        for role, client in {**pages, "hub": hub}.items():
            assert client.get(path).status_code == (200 if role in allowed else 403), role
        assert Client().get(path)["Location"].startswith("/sign-in/?next=")

    @pytest.mark.parametrize("verb", ["shut", "reopen", "unlock", "password", "second-factor"])
    def test_presses_are_posts_of_the_system_administrator(
        self, world: World, pages: dict[str, Client], verb: str
    ) -> None:
        account = world.person("li", "build", Role.HANDLER, password=GOOD)
        before = Account.objects.values().get(pk=account.pk)
        path = f"/people/{account.pk}/{verb}/"
        assert pages["security_admin"].post(path).status_code == 403
        assert pages["auditor"].post(path).status_code == 403
        assert pages["system_admin"].get(path).status_code == 405
        assert Account.objects.values().get(pk=account.pk) == before

    def test_another_towns_rows_do_not_exist(self, world: World, pages: dict[str, Client]) -> None:
        theirs = make_world("other").person("theirs", "leadership", Role.LEADER)
        post = reads.posts_of(theirs, TODAY)[0].pk
        for path in (f"/people/{theirs.pk}/", f"/people/{theirs.pk}/edit/"):
            assert pages["system_admin"].get(path).status_code == 404
        for path in (f"/people/{theirs.pk}/posts/", f"/people/posts/{post}/end/", f"/people/posts/{post}/charge/"):
            assert pages["security_admin"].get(path).status_code == 404
        assert pages["system_admin"].post(f"/people/{theirs.pk}/shut/").status_code == 404
        assert "theirs" not in text(pages["system_admin"].get("/people/"))
        assert Account.objects.get(pk=theirs.pk).is_active

    @pytest.mark.parametrize("number", ["0", "99999999", "9" * 40])
    def test_numbers_that_are_no_rows_are_not_found(self, world: World, pages: dict[str, Client], number: str) -> None:
        assert pages["system_admin"].get(f"/people/{number}/").status_code == 404
        assert pages["security_admin"].get(f"/people/posts/{number}/end/").status_code == 404
        for query in (f"?after={number}", f"?before={number}", "?after=-1", "?before=x"):
            assert pages["system_admin"].get(f"/people/{query}").status_code == 200
            assert pages["auditor"].get(f"/people/sign-ins/{query}").status_code == 200
            assert pages["auditor"].get(f"/people/changes/{query}").status_code == 200


class TestSystemAdministrator:
    def test_makes_an_account_and_sees_its_password_once(self, world: World, pages: dict[str, Client]) -> None:
        made = pages["system_admin"].post("/people/new/", {"username": "new", "name": "新同志", "email": ""})
        password = re.search(r"[A-Za-z2-9]{4}-[A-Za-z2-9]{4}-[A-Za-z2-9]{4}", text(made))
        account = reads.account_by_username("new")
        assert password
        assert account.check_password(password[0])
        assert "no-store" in made["Cache-Control"]
        assert password[0] not in text(pages["system_admin"].get(f"/people/{account.pk}/"))

    def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
        self, world: World, pages: dict[str, Client]
    ) -> None:
        world.account("taken")
        page = pages["system_admin"].post("/people/new/", {"username": "taken", "name": "某同志", "email": "不是邮箱"})
        assert page.status_code == 422
        assert "邮箱的格式不对" in text(page)
        page = pages["system_admin"].post("/people/new/", {"username": "taken", "name": "某同志", "email": ""})
        assert page.status_code == 422
        assert "已有人用" in text(page)
        assert 'value="某同志"' in page.content.decode()

    def test_shuts_opens_resets_unlocks(self, world: World, pages: dict[str, Client], clock: Any) -> None:
        account = world.person("li", "build", Role.HANDLER, password=GOOD)
        admin, path = pages["system_admin"], f"/people/{account.pk}/"
        admin.post(path + "shut/", {"reason": "调离"})
        assert not Account.objects.get(pk=account.pk).is_active
        again = admin.post(path + "shut/")
        assert (again.status_code, "已经停用" in text(again)) == (422, True)
        admin.post(path + "reopen/")
        assert Account.objects.get(pk=account.pk).is_active
        assert "密码已重置" in text(admin.post(path + "password/"))
        assert not Account.objects.get(pk=account.pk).check_password(GOOD)
        for _ in range(5):
            signins.settle(signins.begin_try("li", signins.Place("10.0.0.1"), clock.now()), signins.Outcome.WRONG)
        assert "暂停登录" in text(admin.get(path))
        clock.move(seconds=1)
        admin.post(path + "unlock/")
        assert not signins.is_locked(account, clock.now())

    @pytest.mark.clause("二(二)0-3")
    def test_the_last_clerk_is_not_shut_and_the_page_says_what_to_do(
        self, world: World, pages: dict[str, Client]
    ) -> None:
        clerk = world.person("wang", "hub", Role.HUB_CLERK)
        page = pages["system_admin"].post(f"/people/{clerk.pk}/shut/", {"reason": "退休"})
        assert page.status_code == 422
        assert "请先为中转站另任一位专人" in text(page)
        assert Account.objects.get(pk=clerk.pk).is_active

    def test_his_own_password_is_not_reset_here(self, world: World, pages: dict[str, Client]) -> None:
        page = pages["system_admin"].post(f"/people/{world.system_admin.account_id}/password/")
        assert page.status_code == 403
        assert "我的账号" in text(page)

    def test_finds_by_name_and_pages_by_fifty(self, world: World, pages: dict[str, Client]) -> None:
        for n in range(60):
            world.account(f"p{n:02}", f"同志{n:02}")
        first = pages["system_admin"].get("/people/")
        more = re.search(r"after=(\d+)", first.content.decode())
        assert more
        assert "同志59" in text(pages["system_admin"].get(f"/people/?after={more[1]}"))
        found = text(pages["system_admin"].get("/people/?q=P07"))
        assert "同志07" in found
        assert "同志08" not in found

    def test_long_unused_accounts_are_shown_as_such(self, world: World, pages: dict[str, Client], clock: Any) -> None:
        account = world.account("old")
        Account.objects.filter(pk=account.pk).update(created_at=clock.now() - days(91))
        assert "90天未登录" in text(pages["system_admin"].get("/people/?q=old"))

    def test_the_list_costs_the_same_for_any_number_of_people(
        self, world: World, pages: dict[str, Client], django_assert_max_num_queries: Any
    ) -> None:
        for n in range(30):
            world.person(f"p{n:02}", "build", Role.HANDLER)
        pages["system_admin"].get("/people/")
        with django_assert_max_num_queries(8):
            pages["system_admin"].get("/people/")


class TestSecurityAdministrator:
    @pytest.mark.clause("三要(二)-1")
    def test_names_and_ends_a_post(self, world: World, pages: dict[str, Client]) -> None:
        account = world.account("li")
        office = reads.office_by_code(world.town.pk, "build").pk
        form = {"office": office, "role": "handler", "starts_on": "2026-11-23", "ends_on": ""}
        assert pages["security_admin"].post(f"/people/{account.pk}/posts/", form).status_code == 303
        post = reads.posts_of(account, TODAY)[0]
        ended = pages["security_admin"].post(f"/people/posts/{post.pk}/end/", {"ends_on": "2026-11-30"})
        assert ended.status_code == 303
        assert Post.objects.get(pk=post.pk).ends_on == TODAY + days(7)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("office", "", "请选择单位"),
            ("office", "999999", "没有这个单位"),
            ("office", "x", "没有这个单位"),
            ("role", "system", "没有这个岗位"),
            ("role", "grid_officer", "只能设在村（社区）"),
            ("starts_on", "昨天", "日期不对"),
            ("ends_on", "2026-11-01", "不能早于任职日期"),
        ],
    )
    def test_what_does_not_fit_is_told_beside_the_field(
        self, world: World, pages: dict[str, Client], field: str, value: str, says: str
    ) -> None:
        account = world.account("li")
        office = reads.office_by_code(world.town.pk, "build").pk
        form = {"office": office, "role": "handler", "starts_on": "2026-11-23", "ends_on": "", field: value}
        page = pages["security_admin"].post(f"/people/{account.pk}/posts/", form)
        assert page.status_code == 422
        assert says in text(page)
        assert not account.posts.exists()

    @pytest.mark.clause("二(二)0-3")
    def test_the_last_clerks_post_is_not_ended(self, world: World, pages: dict[str, Client]) -> None:
        post = reads.posts_of(world.person("wang", "hub", Role.HUB_CLERK), TODAY)[0]
        page = pages["security_admin"].post(f"/people/posts/{post.pk}/end/", {"ends_on": "2026-11-23"})
        assert page.status_code == 422
        assert "最后一位在岗专人" in text(page)
        assert Post.objects.get(pk=post.pk).ends_on is None

    @pytest.mark.clause("三要(二)-2")
    def test_sets_and_empties_a_leaders_charge(self, world: World, pages: dict[str, Client]) -> None:
        leader = world.person("zhen", "leadership", Role.LEADER)
        path = f"/people/posts/{reads.posts_of(leader, TODAY)[0].pk}/charge/"
        wanted = [reads.office_by_code(world.town.pk, code).pk for code in ("build", "v2")]
        assert pages["security_admin"].post(path, {"offices": wanted}).status_code == 303
        assert world.actor(leader).charge_ids == frozenset(wanted)
        assert pages["security_admin"].post(path, {}).status_code == 303
        assert world.actor(leader).charge_ids == frozenset()
        admin_office = reads.office_by_code(world.town.pk, "administration").pk
        assert pages["security_admin"].post(path, {"offices": [admin_office]}).status_code == 422


class TestAuditor:
    def test_reads_attempts_and_changes(self, world: World, pages: dict[str, Client], clock: Any) -> None:
        account = world.person("li", "build", Role.HANDLER, password=GOOD)
        Client().post("/sign-in/", {"login": "li", "password": "Wrong-Pass-2026"})
        Client().post("/sign-in/", {"login": "typed-secret", "password": "Wrong-Pass-2026"})
        access.unlock_account(account_id=account.pk, by=world.system_admin, at=clock.now())
        log = text(pages["auditor"].get("/people/sign-ins/"))
        assert "用户名或密码不对" in log
        assert "（没有这个用户名）" in log
        assert "typed-secret" not in log
        assert "解除演示li（li）因试错过多的登录限制。" in text(pages["auditor"].get("/people/changes/"))
        assert "“经办人”岗位" in text(pages["auditor"].get("/people/changes/?kind=post"))

    def test_what_people_call_themselves_is_shown_as_text(self, world: World, pages: dict[str, Client]) -> None:
        world.account("xss", "<script>alert(1)</script>")
        for role, path in (("system_admin", "/people/?q=xss"), ("auditor", "/people/changes/")):
            page = pages[role].get(path).content.decode()
            assert "<script>alert(1)" not in page
            assert "&lt;script&gt;" in page
