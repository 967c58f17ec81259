"""Two presses at once: one wins, the other is told by whom and how. PostgreSQL only: SQLite writes one at a time."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from qinqing.grids.actions import handover, officers, ties
from qinqing.grids.models import Liaison, Officer
from qinqing.kernel.errors import Refused, TooLate
from tests.grids.world import TODAY, account, make_villages, periods
from tests.people.world import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs real parallel writers"),
]


def at_once(*presses: Callable[[], object]) -> list[object]:
    """Run presses in parallel threads, as near to each other as a barrier brings them; return results or refusals."""
    barrier, results = threading.Barrier(len(presses)), [None] * len(presses)

    def run(number: int, press: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            results[number] = press()
        except Refused as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.clause("二(一)-3")
def test_two_lead_ties_at_once() -> None:
    village, _ = make_villages()
    firm = village.firm()
    before = len(village.entries())

    def press(officer: Officer) -> Callable[[], object]:
        return lambda: ties.tie(
            enterprise_id=firm.pk, officer_id=account(officer), grid_id=village.first.pk, by=village.head, at=NOW
        )

    results = at_once(press(village.jia), press(village.yi))
    refusals = [one for one in results if isinstance(one, TooLate)]
    winners = [one for one in results if isinstance(one, Liaison)]
    assert (len(refusals), len(winners)) == (1, 1)
    assert winners[0].officer.name in refusals[0].sentence
    assert len(periods(firm)) == 1
    assert len(village.entries()) == before + 1


def test_tying_against_ending_the_officer() -> None:
    village, _ = make_villages()
    firm = village.firm()
    results = at_once(
        lambda: ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=village.head, at=NOW),
        lambda: officers.end_officer(officer_id=village.yi.pk, last_day=TODAY, reason="调离", by=village.head, at=NOW),
    )
    assert sum(isinstance(one, Refused) for one in results) == 1


def test_two_hand_overs_at_once() -> None:
    village, _ = make_villages()
    firms = [village.tied(village.yi) for _ in range(3)]
    seen = {firm.pk: account(village.yi) for firm in firms}

    def press(grid: int) -> Callable[[], object]:
        return lambda: handover.hand_over(
            enterprise_ids=[firm.pk for firm in firms],
            to_officer_id=account(village.jia),
            effective_on=TODAY,
            reason="轮岗",
            grid_id=grid,
            seen=seen,
            by=village.head,
            at=NOW,
        )

    results = at_once(press(village.first.pk), press(village.second.pk))
    assert sum(isinstance(one, TooLate) for one in results) == 1
    assert all(len(periods(firm)) == 1 for firm in firms)


@pytest.mark.clause("二(一)-3")
def test_the_index_is_the_last_guard_against_a_press_that_took_no_lock() -> None:
    village, _ = make_villages()
    firm = village.firm()
    written = threading.Event()

    def stranger() -> object:
        with transaction.atomic():
            row = Liaison.objects.create(
                enterprise=firm,
                officer_id=account(village.jia),
                grid=village.first,
                starts_on=TODAY,
                started_by="旁路",
                started_at=NOW,
            )
            written.set()
            time.sleep(0.5)  # the other waits at the index until this commits
        return row

    def press() -> object:
        written.wait(10)
        return ties.tie(enterprise_id=firm.pk, officer_id=account(village.yi), by=village.head, at=NOW)

    _, refusal = at_once(stranger, press)
    assert isinstance(refusal, TooLate)
    assert "由旁路登记为演示v1甲" in refusal.sentence
    assert periods(firm) == [(account(village.jia), TODAY, None)]
