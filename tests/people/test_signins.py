"""The lockout: five wrong tries per name and place, the time to wait, alike for names that do not exist."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from qinqing.people import signins
from qinqing.people.actions import access
from qinqing.people.models import SignInTry
from qinqing.people.signins import Place
from qinqing.people.words import Outcome
from tests.people.world import NOW, World

HERE, THERE = Place("10.0.0.1", "Chrome"), Place("10.0.0.2")


def wrong(username: str, times: int = 1, place: Place = HERE, minutes: float = 0) -> list[SignInTry]:
    """Try wrong passwords one second apart and return the attempts."""
    tries = []
    for n in range(times):
        attempt = signins.begin_try(username, place, NOW + timedelta(minutes=minutes, seconds=n))
        if attempt.outcome == Outcome.TRYING:
            signins.settle(attempt, Outcome.WRONG)
        tries.append(attempt)
    return tries


def may_try(username: str, place: Place = HERE, minutes: float = 0) -> bool:
    attempt = signins.begin_try(username, place, NOW + timedelta(minutes=minutes))
    allowed = attempt.outcome == Outcome.TRYING
    attempt.delete()
    return allowed


@pytest.mark.parametrize("username", ["wang", "nobody"])
def test_five_wrong_tries_lock_the_name_at_that_place(world: World, username: str) -> None:
    world.account("wang")
    assert [attempt.outcome for attempt in wrong(username, 6)] == ["wrong"] * 5 + ["locked"]
    assert not may_try(username, minutes=14)
    assert may_try(username, minutes=15.1)
    assert may_try(username, THERE, minutes=1)
    assert may_try("li", HERE, minutes=1)


def test_the_minutes_to_wait_are_told_and_do_not_grow_with_impatience(world: World) -> None:
    world.account("wang")
    wrong("wang", 5)
    waits = []
    for minutes in (1, 5, 14):
        at = NOW + timedelta(minutes=minutes)
        waits.append(signins.wait(signins.begin_try("wang", HERE, at), at))
    assert waits == [15, 11, 2]


def test_letter_case_and_space_are_the_same_name(world: World) -> None:
    world.account("wang")
    wrong("wang", 3)
    wrong(" WANG ", 2, minutes=1)
    assert not may_try("Wang", minutes=2)


def test_a_success_forgives(world: World) -> None:
    world.account("wang")
    wrong("wang", 4)
    signins.settle(signins.begin_try("wang", HERE, NOW + timedelta(minutes=1)), Outcome.OK)
    assert len([a for a in wrong("wang", 4, minutes=2) if a.outcome == "wrong"]) == 4
    assert may_try("wang", minutes=3)


def test_wrong_tries_spread_over_hours_do_not_lock(world: World) -> None:
    world.account("wang")
    for n in range(8):
        wrong("wang", 1, minutes=n * 8)
    assert may_try("wang", minutes=65)


def test_one_name_from_many_places_locks_everywhere(world: World) -> None:
    world.account("wang")
    for n in range(5):
        wrong("wang", 4, Place(f"10.1.0.{n}"))
    assert not may_try("wang", THERE, minutes=1)


def test_many_names_from_one_place_lock_the_place(world: World) -> None:
    for n in range(100):
        wrong(f"name{n}")
    assert not may_try("fresh", minutes=1)
    assert may_try("fresh", THERE, minutes=1)


def test_the_system_administrator_unlocks(world: World) -> None:
    account = world.account("wang")
    wrong("wang", 5)
    assert signins.is_locked(account, NOW + timedelta(minutes=1))
    access.unlock_account(account_id=account.pk, by=world.system_admin, at=NOW + timedelta(minutes=1))
    assert may_try("wang", minutes=2)
    assert not signins.is_locked(account, NOW + timedelta(minutes=2))
    assert world.entries(account)[-1].verb == "解锁"


def test_what_was_typed_as_a_name_is_not_kept_when_nobody_has_it(world: World) -> None:
    attempt = wrong("My-Secret-Password-1")[0]
    assert "secret" not in attempt.username.lower()
    assert attempt.username.startswith("?")


def test_the_log_shows_a_towns_attempts_newest_first(world: World) -> None:
    world.account("wang")
    wrong("wang", 3)
    shown = signins.log(world.town.pk, limit=2)
    assert [row.username for row in shown] == ["wang", "wang"]
    assert signins.log(world.town.pk, before=shown[-1].pk)[0].pk < shown[-1].pk
    assert signins.log(world.town.pk, username="WANG", limit=9)
    assert not signins.log(0, username="wang")


def test_tidying_keeps_three_years(world: World) -> None:
    world.account("wang")
    wrong("wang", 2)
    assert signins.tidy(NOW + timedelta(days=1000)) == 0
    assert signins.tidy(NOW + timedelta(days=1100)) == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_tries_at_the_same_moment_are_not_all_the_first() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other anyway")
    ready, answers = Barrier(20), []

    def press() -> None:
        ready.wait()
        answers.append(signins.begin_try("nobody", HERE, NOW).outcome)
        connections.close_all()

    threads = [Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("trying") <= 5


def test_the_nightly_chore_clears_what_is_over(world: World) -> None:
    from qinqing.ops.commands import work

    world.account("wang")
    wrong("wang", 2)
    assert work.CHORES["tidy"][1](NOW + timedelta(days=1100)) == "清理过期的登录记录 2 条"
