"""Two hands at once on real connections: one wins, the other is told who did it; five sends of one form are one case."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.kernel.errors import Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify

if TYPE_CHECKING:
    from tests.cases.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()


def at_once(*presses: Callable[[], object]) -> list[object]:
    """Run presses in threads as near to each other as a barrier brings them; return results or refusals.

    SQLite in memory is shared by the threads and takes one writer: there the presses follow each other without a gap.
    """
    if connection.vendor == "sqlite":
        return [_tried(press) for press in presses]
    barrier, results = threading.Barrier(len(presses)), [None] * len(presses)

    def run(number: int, press: Callable[[], object]) -> None:
        try:
            barrier.wait(20)  # before a connection is taken: the pool may hold fewer than there are hands
            results[number] = _tried(press)  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return list(results)


def _tried(press: Callable[[], object]) -> object:
    try:
        return press()
    except (Refused, OperationalError) as fault:
        return fault


def test_two_clerks_send_a_case_two_ways_and_one_is_told_by_whom(town: "World") -> None:
    case = town.accepted()
    before = Entry.objects.count()
    results = at_once(
        lambda: town.press(Verb.FORWARD, case, "clerk", lead=town.office("jianguan")),
        lambda: town.press(Verb.FORWARD, case, "clerk2", lead=town.office("zhifa")),
    )
    late = [one for one in results if isinstance(one, TooLate)]
    won = [one for one in results if isinstance(one, Case)]
    assert (len(late), len(won)) == (1, 1), results
    winner = ledger.entries_of("case", case.pk).last()
    assert winner.actor_name in late[0].sentence
    assert "转办" in late[0].sentence
    assert Entry.objects.count() == before + 1
    assert case.tasks.count() == 1


def test_signing_against_withdrawing(town: "World") -> None:
    case = town.press(Verb.FORWARD, town.accepted(), "clerk", lead=town.office("jianguan"))
    results = at_once(
        lambda: town.press(Verb.SIGN, case, "build", handler=town.build.account_id),
        lambda: town.press(Verb.WITHDRAW, case, "owner", reason="解决了"),
    )
    case.refresh_from_db()
    assert case.state == "withdrawn", results
    assert not case.tasks.filter(state__in=["offered", "working"]).exists()
    assert verify(book=town.town.code).ok


def test_five_threads_sending_one_form_make_one_case_and_all_see_it(town: "World") -> None:
    results = at_once(*[lambda: town.demand(press_key="form-1")] * 5)
    assert all(isinstance(one, Case) for one in results), results
    assert len({one.pk for one in results if isinstance(one, Case)}) == 1
    assert Case.objects.count() == 1
    assert Entry.objects.filter(subject_kind="case").count() == 1


def test_ten_demands_at_once_get_ten_numbers_in_a_row(town: "World") -> None:
    results = at_once(*[town.demand] * 10)
    assert all(isinstance(one, Case) for one in results), results
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"诉〔2026〕{n:04d}号" for n in range(1, 11)]
    assert verify(book=town.town.code).ok
