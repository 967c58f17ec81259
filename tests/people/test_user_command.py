"""`qinqing user`: what it does, what it says, what it refuses."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from qinqing.people import passwords, reads, signins
from qinqing.people.models import Account, SignInTry
from qinqing.people.words import Role
from tests.people.world import GOOD, TODAY, World

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def add(qinqing: Run, *more: str, username: str = "wang") -> tuple[int, str, str]:
    return qinqing("user", "add", "--town", "demo", "--username", username, "--name", "王演示", *more)


def test_adds_a_person_with_a_post_and_shows_the_password_once(world: World, qinqing: Run, clock: Any) -> None:
    code, out, _ = add(qinqing, "--office", "hub", "--role", "hub_clerk", "--json")
    told = json.loads(out)
    account = reads.account_by_username("wang")
    assert (code, told["ok"], told["town"], told["role"]) == (0, True, "demo", "hub_clerk")
    assert account.check_password(told["password"])
    assert account.must_change_password
    assert [post.role for post in reads.posts_of(account, TODAY)] == ["hub_clerk"]
    assert world.entries(account)[0].actor_name.startswith("系统·命令行")


def test_reads_a_password_from_standard_input_and_never_shows_it(world: World, qinqing: Run, typed: Any) -> None:
    typed(GOOD + "\n")
    code, out, err = add(qinqing, "--password-stdin")
    assert code == 0
    assert GOOD not in out + err
    assert reads.account_by_username("wang").check_password(GOOD)


def test_a_post_that_cannot_be_granted_leaves_no_account(world: World, qinqing: Run) -> None:
    for more in (
        ["--office", "hub", "--role", "grid_officer"],
        ["--office", "nowhere", "--role", "handler"],
        ["--office", "hub"],
    ):
        code, out, err = add(qinqing, *more)
        assert (code, out) == (1, "")
        assert err.strip().endswith("。")
    assert not Account.objects.filter(username="wang").exists()


def test_refusals_are_exit_code_1_with_a_code_in_json(world: World, qinqing: Run, typed: Any) -> None:
    typed("short\n")
    code, out, _ = add(qinqing, "--password-stdin", "--json")
    assert (code, json.loads(out)["code"]) == (1, "password_weak")
    code, out, _ = qinqing("user", "disable", "nobody", "--json")
    assert (code, json.loads(out)["code"]) == (1, "account_not_found")
    code, out, _ = qinqing("user", "add", "--town", "nowhere", "--username", "w2", "--name", "某", "--json")
    assert (code, json.loads(out)["code"]) == (1, "town_not_found")


def test_grants_disables_enables_resets_unlocks(world: World, qinqing: Run, clock: Any) -> None:
    account = world.account("wang", password=GOOD)
    assert qinqing("user", "grant", "wang", "--office", "build", "--role", "handler")[0] == 0
    assert qinqing("user", "disable", "wang", "--reason", "调离")[0] == 0
    assert json.loads(qinqing("user", "list", "--json")[1])["users"][-1]["state"] == "停用"
    assert qinqing("user", "enable", "wang")[0] == 0
    password = json.loads(qinqing("user", "password", "wang", "--json")[1])["password"]
    account.refresh_from_db()
    assert account.check_password(password)
    for _ in range(5):
        signins.settle(signins.begin_try("wang", signins.Place("10.0.0.1"), clock.now()), signins.Outcome.WRONG)
    assert "暂停登录" in qinqing("user", "list", "--town", "demo")[1]
    clock.move(seconds=1)
    assert qinqing("user", "unlock", "WANG")[0] == 0
    assert SignInTry.objects.filter(outcome="unlocked").count() == 1
    assert not signins.is_locked(account, clock.now())
    assert qinqing("user", "clear-totp", "wang")[0] == 0


@pytest.mark.clause("二(二)0-3")
def test_the_last_clerk_is_not_disabled_from_the_terminal_either(world: World, qinqing: Run, clock: Any) -> None:
    world.person("wang", "hub", Role.HUB_CLERK)
    code, _, err = qinqing("user", "disable", "wang")
    assert code == 1
    assert "最后一位在岗专人" in err
    assert reads.account_by_username("wang").is_active


def test_made_passwords_keep_the_rules(world: World) -> None:
    account = world.account("wang")
    made = {passwords.fresh() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        passwords.require_good(password, account)
