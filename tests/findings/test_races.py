"""Two hands at once on real connections: one finding, one case, one event; a visit and the desk do not wait for each other."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction

from qinqing.cases.models import Case
from qinqing.findings import actions
from qinqing.findings.models import Finding, FindingEvent
from qinqing.kernel.errors import TooLate
from qinqing.ledger.verify import verify
from tests.cases.test_races import at_once
from tests.cases.world import NOW
from tests.findings.sent import STOP, again, event, finding, opened, press, send

if TYPE_CHECKING:
    from tests.cases.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()


def test_one_finding_sent_five_times_at_once_is_one_finding_and_one_case(town: "World") -> None:
    given, visit = finding(level="grave", stop=STOP), uuid4()

    def sends() -> object:
        return actions.open_from_visit(
            given, visit_id=visit, enterprise_id=town.firms["lamp"], made_at=NOW, by=town.officer, at=NOW
        )

    assert at_once(*[sends] * 5) == [[]] * 5
    assert (Finding.objects.count(), Case.objects.count()) == (1, 1)
    assert verify(book=town.town.code).ok


def test_one_event_sent_five_times_at_once_is_one_event(town: "World") -> None:
    row = opened(town)
    given = event(row, "rectified_claim")
    assert at_once(*[lambda: send(town, given)] * 5) == [[]] * 5
    assert again(row).version == 1


def test_officer_and_village_at_once_the_second_is_told(town: "World") -> None:
    row = opened(town)
    results = at_once(
        lambda: press(town, row, "recheck_pass", "officer", base_version=0),
        lambda: press(town, row, "recheck_fail", "village", base_version=0),
    )
    assert len([one for one in results if isinstance(one, TooLate)]) == 1, results
    assert FindingEvent.objects.filter(finding=row).count() == 1


def test_a_visit_that_brings_much_and_a_press_at_the_desk_both_go_through(town: "World") -> None:
    rows = [opened(town, text=f"第{n}处。") for n in range(3)]
    fresh = [finding(text=f"新{n}处。") for n in range(2)]
    told = [event(row, "advised") for row in reversed(rows)]

    def visit() -> object:
        with transaction.atomic():
            actions.lock_for(fresh, told, by=town.officer)
            for one in fresh:
                actions.open_from_visit(
                    one, visit_id=uuid4(), enterprise_id=town.firms["lamp"], made_at=NOW, by=town.officer, at=NOW
                )
            for one in told:
                send(town, one)
        return "in"

    results = at_once(visit, *[lambda row=row: press(town, row, "advised", "village") and "said" for row in rows])  # type: ignore[misc]
    assert sorted(map(str, results)) == ["in", "said", "said", "said"]
    assert [again(row).version for row in rows] == [2, 2, 2]


def test_five_presses_of_one_form_are_one_finding(town: "World") -> None:
    key = uuid4().hex

    def register() -> object:
        return actions.register(
            enterprise_id=town.firms["lamp"],
            category="fire",
            text="灭火器过期。",
            press_key=key,
            by=town.officer,
            at=NOW,
        ).pk

    assert len(set(at_once(*[register] * 5))) == 1
    assert Finding.objects.count() == 1
