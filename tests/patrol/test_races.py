"""Records that arrive at once. PostgreSQL only: SQLite writes one at a time."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from qinqing.patrol import actions
from qinqing.patrol.models import Duty, Visit
from tests.patrol.world import NOW, Rounds, make_rounds

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs real parallel writers"),
]


def at_once(*presses: Callable[[], object]) -> list[Exception]:
    """Run presses in parallel, as near to each other as a barrier brings them; return what went wrong."""
    barrier, faults = threading.Barrier(len(presses)), list[Exception]()

    def run(press: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            press()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def brings(rounds: Rounds, minutes: int, **data: object) -> Callable[[], object]:
    at, by = NOW - timedelta(minutes=minutes), rounds.officer
    record, body = rounds.record(at, rounds.world.firms["lamp"], by), rounds.body(at, "F6", "F7", **data)
    return lambda: rounds.send(body, record, by)


def test_visits_to_one_firm_arriving_at_once_settle_one_after_the_other() -> None:
    rounds = make_rounds()
    rounds.owe()
    assert at_once(*(brings(rounds, minutes) for minutes in (30, 20, 10, 0))) == []
    first = Visit.objects.order_by("started_at").first()
    assert Visit.objects.count() == 4
    assert set(Duty.objects.filter(enterprise=rounds.world.firms["lamp"], kind="checklist").values_list(
        "state", "got", "fulfilled_by")) == {("done", 1, first.pk if first else 0)}  # fmt: skip


def test_a_changed_standing_against_the_hourly_layout_does_not_wait_for_ever() -> None:
    rounds = make_rounds()
    rounds.owe(NOW - timedelta(days=1))
    presses = [brings(rounds, 10, status="partly"), brings(rounds, 5), lambda: actions.open_duties(at=NOW)]
    assert at_once(*presses) == []
    assert Visit.objects.count() == 2
