"""Pure decisions: stretches of time, which visit fulfils what, how often is often, what came late."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qinqing.kernel.clock import SHANGHAI
from qinqing.patrol.rules.frequency import often
from qinqing.patrol.rules.periods import month_of, quarter, quarter_of, span_of, year_of
from qinqing.patrol.rules.settling import Made, Owed, lateness, settle
from qinqing.patrol.words import Lateness

DAYS = some.dates(date(2020, 1, 1), date(2040, 12, 31))
Q4 = Owed(1, date(2026, 10, 1), date(2026, 12, 31))
PERIOD = Owed(2, date(2026, 10, 1), date(2026, 10, 10), extra=True)


def made(number: int, day: str, hour: int = 9) -> Made:
    on = date.fromisoformat(day)
    return Made(number, datetime(on.year, on.month, on.day, hour, tzinfo=SHANGHAI), on)


def ids(found: dict[int, list[Made]]) -> dict[int, list[int]]:
    return {duty: [one.id for one in rows] for duty, rows in found.items()}


class TestPeriods:
    @given(DAYS, some.sampled_from(["month", "quarter", "half_year", "year"]))
    def test_every_day_lies_in_exactly_one_and_neighbours_touch(self, day: date, every: str) -> None:
        span = span_of(every, day)
        assert span.covers(day)
        assert span_of(every, span.after).starts_on == span.due_on + timedelta(days=1)
        assert span_of(every, span.before).code != span.code

    @given(DAYS)
    def test_a_quarter_is_the_calendars(self, day: date) -> None:
        span = quarter_of(day)
        assert quarter(span.code) == span
        assert span.starts_on.day == 1
        assert [month_of(span.starts_on).starts_on.month % 3, year_of(day).due_on.month] == [1, 12]

    @pytest.mark.parametrize("code", ["", "2026", "2026Q5", "Q4", "1066Q1", "2026Q", "2026Q4 ", "\uff12026Q1"])
    def test_no_other_code_is_a_quarter(self, code: str) -> None:
        assert quarter(code) is None

    @pytest.mark.clause("附2安-(3)b")
    def test_the_last_fifteen_days_call_out(self) -> None:
        span = quarter_of(date(2026, 12, 31))
        days = [day for day in range(1, 32) if span.is_ending(date(2026, 12, day), 15)]
        assert days == list(range(17, 32))


class TestSettling:
    @pytest.mark.clause("附2安-(3)b")
    def test_two_visits_of_a_quarter_count_once(self) -> None:
        assert ids(settle([made(8, "2026-11-20"), made(7, "2026-10-12")], [Q4])) == {1: [7]}

    def test_the_first_by_the_corrected_moment_counts_whatever_came_first(self) -> None:
        visits = [made(1, "2026-11-20"), made(2, "2026-11-18"), made(3, "2026-12-01")]
        assert {str(ids(settle(order, [Q4]))) for order in permutations(visits)} == {"{1: [2]}"}

    def test_a_visit_outside_counts_for_nothing(self) -> None:
        assert ids(settle([made(1, "2026-09-30"), made(2, "2027-01-01")], [Q4, PERIOD])) == {1: [], 2: []}

    @pytest.mark.clause("附2安-(3)b")
    def test_a_special_period_wants_one_more(self) -> None:
        """适当增加频次: the one visit of the quarter is the quarter's, whether it lies in the period or not."""
        assert ids(settle([made(1, "2026-10-05")], [Q4, PERIOD])) == {1: [1], 2: []}
        assert ids(settle([made(1, "2026-11-05")], [Q4, PERIOD])) == {1: [1], 2: []}

    @pytest.mark.parametrize("other", ["2026-10-07", "2026-11-20"])
    def test_and_gets_it_from_a_second_one_wherever_that_lies(self, other: str) -> None:
        found = ids(settle([made(1, "2026-10-05"), made(2, other)], [Q4, PERIOD]))
        assert sorted(found[1] + found[2]) == [1, 2]

    def test_two_on_one_day_are_one(self) -> None:
        assert ids(settle([made(1, "2026-10-05"), made(2, "2026-10-05", 15)], [Q4, PERIOD])) == {1: [1], 2: []}

    def test_a_period_over_the_turn_of_a_quarter(self) -> None:
        q3, over = (
            Owed(3, date(2026, 7, 1), date(2026, 9, 30)),
            Owed(4, date(2026, 9, 20), date(2026, 10, 10), extra=True),
        )
        found = ids(settle([made(1, "2026-09-25"), made(2, "2026-10-08")], [q3, Q4, over]))
        assert found == {3: [1], 1: [2], 4: []}
        found = ids(settle([made(1, "2026-09-25"), made(2, "2026-10-08"), made(3, "2026-12-01")], [q3, Q4, over]))
        assert found == {3: [1], 1: [3], 4: [2]}

    @given(some.lists(some.dates(date(2026, 9, 1), date(2027, 1, 31)), max_size=8), some.integers(1, 3))
    def test_nothing_is_counted_twice_and_more_visits_never_hurt(self, days: list[date], need: int) -> None:
        duties = [
            Owed(1, Q4.starts_on, Q4.due_on, need),
            PERIOD,
            Owed(5, date(2026, 12, 1), date(2026, 12, 20), extra=True),
        ]
        visits = [Made(n, datetime(d.year, d.month, d.day, 9, tzinfo=SHANGHAI), d) for n, d in enumerate(days)]
        found = settle(visits, duties)
        for duty in duties:
            assert len(found[duty.id]) <= duty.need
            assert all(duty.covers(one) for one in found[duty.id])
        used = [one.id for rows in found.values() for one in rows]
        assert len(used) == len(set(used))
        fewer = settle(visits[:-1], duties)
        assert len(found[1]) >= len(fewer[1])


class TestLateness:
    @pytest.mark.parametrize(
        ("received", "expected"),
        [
            ("2026-12-31", Lateness.IN_TIME), ("2027-01-01", Lateness.GRACE), ("2027-01-05", Lateness.GRACE),
            ("2027-01-06", Lateness.WAITS), ("2027-06-01", Lateness.WAITS),
        ],
    )  # fmt: skip
    def test_five_days_after_the_quarter_without_a_question(self, received: str, expected: Lateness) -> None:
        due = date(2026, 12, 31)
        assert lateness(date(2026, 12, 30), date.fromisoformat(received), due, 5) == expected


class TestOften:
    def test_days_are_counted_not_visits(self) -> None:
        on = date(2026, 11, 23)
        days = [
            on,
            on,
            on - timedelta(days=29),
            on - timedelta(days=30),
            on - timedelta(days=364),
            on + timedelta(days=1),
        ]
        found = often(days, on)
        assert (found.in_30, found.in_90, found.in_365) == (2, 3, 4)

    def test_says_so_only_from_the_towns_number_on(self) -> None:
        on = date(2026, 11, 23)
        assert "近30天已走访2次" in often([on, on - timedelta(days=5)], on).warning(per_month=2, per_year=12)
        assert often([on], on).warning(per_month=2, per_year=12) == ""
        many = [on - timedelta(days=31 * n) for n in range(1, 12)]
        assert "近一年" in often(many, on).warning(per_month=2, per_year=11)
