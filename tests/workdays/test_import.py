"""The calendar in the database: what is shipped, taking in a notice, what stays the same when it is refused."""

import importlib
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.workdays import actions, reads, rules
from qinqing.workdays.models import CalendarDay, Notice
from qinqing.workdays.words import DayKind
from tests.workdays.known import CALENDAR, NOTICES, at
from tests.workdays.test_notice import PAPER, day, text

pytestmark = pytest.mark.django_db

BY = Actor(1, "演示管理员", "system_admin", "系统管理员", town_id=1, book="demo")
AT = at("2026-11-24 09:00")
SPRING = [
    day("2027-01-01"),
    *(day(f"2027-02-{d:02}", "春节") for d in range(5, 13)),
    day("2027-01-31", "春节", off=False),
    day("2027-02-20", "春节", off=False),
]


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    reads.forget()


def take_in(raw: str, **more: Any) -> actions.Imported:
    return actions.import_notice(text=raw, by=BY, at=AT, **more)


def stored() -> tuple[list[Any], list[Any]]:
    return list(CalendarDay.objects.order_by("id").values()), list(Notice.objects.order_by("id").values())


class TestShipped:
    def test_the_table_holds_the_notices_of_2024_to_2026(self) -> None:
        found = reads.calendar()
        assert (found.off, found.work, found.confirmed_years) == (CALENDAR.off, CALENDAR.work, CALENDAR.confirmed_years)

    def test_each_year_names_its_notice(self) -> None:
        assert [(one.year, bool(one.papers), one.imports) for one in reads.confirmations()] == [
            (2026, True, 1),
            (2025, True, 1),
            (2024, True, 1),
        ]

    @pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: str(notice["year"]))
    def test_importing_the_same_again_changes_nothing(self, notice: dict[str, Any]) -> None:
        before = stored()
        outcome = take_in(json.dumps(notice))
        assert outcome.is_unchanged
        assert not outcome.changes
        assert stored() == before

    def test_the_seed_can_be_taken_back_and_sown_again(self) -> None:
        take_in(text(SPRING))
        seed = importlib.import_module("qinqing.workdays.migrations.0002_seed_state_council_days")
        seed.unseed(apps, None)
        assert set(Notice.objects.values_list("year", flat=True)) == {2027}
        assert set(CalendarDay.objects.values_list("notice_year", flat=True)) == {2027}
        seed.seed(apps, None)
        seed.seed(apps, None)
        assert reads.confirmed_years() == {2024, 2025, 2026, 2027}
        assert CalendarDay.objects.filter(notice_year=2026).count() == 39

    def test_a_year_corrected_by_a_person_survives_taking_back_the_seed(self) -> None:
        take_in(text([day("2026-01-01")], year=2026))
        importlib.import_module("qinqing.workdays.migrations.0002_seed_state_council_days").unseed(apps, None)
        assert list(CalendarDay.objects.values_list("notice_year", "on")) == [(2026, date(2026, 1, 1))]


class TestImport:
    def test_confirms_the_year_and_moves_its_days(self) -> None:
        received = at("2027-02-03 10:00")
        assert rules.due(received, 5, reads.calendar()).at == at("2027-02-12 17:30")
        outcome = take_in(text(SPRING))
        assert (outcome.year, outcome.days, outcome.is_newly_confirmed, outcome.is_unchanged) == (2027, 11, True, False)
        found = rules.due(received, 5, reads.calendar())
        assert (found.at, found.provisional) == (at("2027-02-18 17:30"), False)
        assert rules.due(at("2026-12-18 10:00"), 10, reads.calendar()).provisional is False

    def test_tells_which_days_count_differently(self) -> None:
        told = {change.on: (change.before, change.after) for change in take_in(text(SPRING)).changes}
        assert told[date(2027, 2, 9)] == ("工作日", "春节放假")
        assert told[date(2027, 1, 31)] == ("周末", "春节调休上班")
        # 元旦 and 除夕 are days off by law: nothing changes.
        assert date(2027, 1, 1) not in told
        assert date(2027, 2, 5) not in told

    def test_keeps_who_when_and_on_what_paper(self) -> None:
        take_in(text(SPRING), source="常政办〔2026〕0号（演示）")
        newest = reads.confirmations()[0]
        assert (newest.year, newest.confirmed_by, newest.confirmed_at) == (2027, "演示管理员", AT)
        assert newest.papers == (PAPER, "常政办〔2026〕0号（演示）")

    def test_a_corrected_notice_replaces_the_first_and_both_stay_known(self) -> None:
        take_in(text(SPRING))
        outcome = take_in(text([*SPRING[:-1], day("2027-02-21", "春节", off=False)]))
        assert {change.on.day: (change.before, change.after) for change in outcome.changes} == {
            20: ("春节调休上班", "周末"),
            21: ("周末", "春节调休上班"),
        }
        assert not outcome.is_newly_confirmed
        assert reads.confirmations()[0].imports == 2
        assert reads.calendar().kind(date(2027, 2, 20)) == DayKind.WEEKEND

    def test_next_years_notice_may_move_december_and_decides_there(self) -> None:
        take_in(text([day("2027-01-01"), day("2026-12-26", off=False), day("2026-12-31")]))
        assert reads.calendar().is_workday(date(2026, 12, 26))
        assert not reads.calendar().is_workday(date(2026, 12, 31))
        # Importing 2026 again, which knows nothing of it, does not take it back.
        take_in(text([day("2026-12-31", off=True), day("2026-12-26", "旧", off=True)], year=2026))
        assert reads.calendar().is_workday(date(2026, 12, 26))

    def test_a_preview_writes_nothing_and_tells_the_same(self) -> None:
        before = stored()
        seen = actions.preview_notice(text=text(SPRING))
        assert stored() == before
        assert take_in(text(SPRING)) == seen

    @pytest.mark.parametrize(
        "raw",
        [
            text([]),
            text([*SPRING, day("2027-02-10", "春节", off=False)]),
            text([*SPRING, day("2026-02-10", "春节")]),
            "2027-01-01,元旦,放假\n2027-01-01,元旦,放假",
        ],
    )
    def test_a_refused_notice_changes_nothing(self, raw: str) -> None:
        before = stored()
        with pytest.raises(Refused):
            take_in(raw)
        assert stored() == before

    def test_a_promise_stands_when_the_notice_brings_a_make_up_day_forward(self) -> None:
        received = at("2026-12-28 10:00")
        announced = rules.due_at(received, 5, reads.calendar())
        assert announced == at("2027-01-05 17:30")
        take_in(text([day("2027-01-01"), day("2027-01-02", off=False)]))
        now = rules.due_at(received, 5, reads.calendar())
        assert now == at("2027-01-04 17:30")
        assert rules.keep_promise(announced, now) == announced


def _statements_of(times: int) -> int:
    """Return how many statements so many calls of `calendar` send (the usual counter keeps the calendar's own out)."""
    sent: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        for _ in range(times):
            reads.calendar()
    return len(sent)


class TestReading:
    def test_asks_the_database_at_most_once_a_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seconds = time.monotonic()
        monkeypatch.setattr("time.monotonic", lambda: seconds)
        reads.calendar()
        seconds += 1000  # long after the import that `forget` announced
        reads.calendar()
        seconds += 0.9
        assert _statements_of(100) == 0
        seconds += 0.2
        assert _statements_of(100) == 1

    def test_the_same_calendar_is_given_until_an_import(self) -> None:
        first = reads.calendar()
        assert reads.calendar() is first
        take_in(text(SPRING))
        assert reads.calendar() is not first

    def test_an_import_rolled_back_is_forgotten(self) -> None:
        with transaction.atomic():
            take_in(text(SPRING))
            assert 2027 in reads.calendar().confirmed_years
            transaction.set_rollback(True)
        assert 2027 not in reads.calendar().confirmed_years

    def test_the_banner_goes_when_the_notice_comes(self) -> None:
        assert reads.years_missing(date(2026, 10, 31)) == ()
        assert reads.years_missing(date(2026, 11, 1)) == (2027,)
        take_in(text(SPRING))
        assert reads.years_missing(date(2026, 11, 24)) == ()

    def test_a_year_to_look_at_has_every_day_once(self) -> None:
        months = reads.months(2026)
        cells = [cell for month in months for week in month.weeks for cell in week if cell]
        assert [cell.on.timetuple().tm_yday for cell in cells] == list(range(1, 366))
        assert sum(month.workdays for month in months) == 248
        assert all(len(week) == 7 for month in months for week in month.weeks)
        assert {cell.on.day: cell.kind for cell in cells if cell.on.month == 2}[14] == DayKind.MAKEUP
