"""A holiday notice comes in: 暂定 limits are settled, none earlier than promised, one entry each."""

import json
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.actions.calendar import take_in_notice
from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from tests.cases.refusal import refused
from tests.cases.world import moment

if TYPE_CHECKING:
    from tests.cases.world import World

AT = moment("2026-12-29 10:00")


def notice(*days: tuple[str, bool]) -> str:
    rows = [{"name": "元旦", "date": on, "isOffDay": off} for on, off in days]
    return json.dumps({"year": 2027, "days": rows}, ensure_ascii=False)


LONG_NEW_YEAR = notice(("2027-01-01", True), ("2027-01-02", True), ("2027-01-03", True), ("2027-01-04", True))
NO_HOLIDAY_BUT_A_SATURDAY = notice(("2027-01-01", True), ("2027-01-02", False), ("2027-01-03", False))


def settle(world: "World", text: str) -> dict[int, Case]:
    take_in_notice(text=text, by=world.head, at=AT, year=2027, source="演示通知")
    return {case.pk: case for case in Case.objects.all()}


@pytest.mark.clause("二(四)-4")
def test_a_provisional_limit_moves_later_by_the_holidays_with_one_entry(world: "World") -> None:
    case = world.demand(at=moment("2026-12-28 09:00"))
    assert case.due_provisional
    promised = case.due_at
    settled = settle(world, LONG_NEW_YEAR)[case.pk]
    assert (settled.due_provisional, settled.first_due_at) == (False, promised)
    assert (promised, settled.due_at) == (moment("2027-01-05 17:30"), moment("2027-01-06 17:30"))
    assert [entry.verb for entry in ledger.entries_of("case", case.pk)] == ["提交", "重算期限"]
    assert ledger.entries_of("case", case.pk).last().facts["source"] == "2027年放假安排"


@pytest.mark.clause("二(四)-4")
def test_a_promised_day_is_never_moved_earlier(world: "World") -> None:
    case = world.demand(at=moment("2026-12-28 09:00"))
    settled = settle(world, NO_HOLIDAY_BUT_A_SATURDAY)[case.pk]
    assert (settled.due_at, settled.due_provisional) == (case.due_at, False)


def test_the_shares_of_the_offices_move_with_the_case_and_ended_cases_stay(world: "World") -> None:
    held = world.in_hand(at=moment("2026-12-28 09:00"))
    gone = world.demand(at=moment("2026-12-28 09:00"))
    world.press(Verb.WITHDRAW, gone, "owner", moment("2026-12-28 10:00"), reason="好了")
    rows = settle(world, LONG_NEW_YEAR)
    assert held.tasks.get().due_at == rows[held.pk].due_at == moment("2027-01-06 17:30")
    assert rows[gone.pk].due_at == gone.due_at
    assert ledger.entries_of("case", gone.pk).last().verb == "撤回"


def test_the_same_notice_again_changes_and_writes_nothing(world: "World") -> None:
    case = world.demand(at=moment("2026-12-28 09:00"))
    settle(world, LONG_NEW_YEAR)
    before = ledger.entries_of("case", case.pk).count()
    settle(world, LONG_NEW_YEAR)
    assert ledger.entries_of("case", case.pk).count() == before


def test_only_the_head_of_the_hub_takes_a_notice_in(world: "World") -> None:
    world.demand(at=moment("2026-12-28 09:00"))
    with refused("not_allowed", kind=NotAllowed):
        take_in_notice(text=LONG_NEW_YEAR, by=world.clerk, at=AT, year=2027)
