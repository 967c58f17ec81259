"""The arithmetic of dated periods, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.grids import rules
from qinqing.grids.rules import Period
from qinqing.kernel.errors import Refused

MONDAY = date(2026, 11, 23)


def on(number: int) -> date:
    return MONDAY + timedelta(days=number)


def apply(periods: list[Period], start: date, officer: int | None, grid: int = 1) -> list[Period]:
    """Carry a change out on plain values, as the action does on rows."""
    change = rules.settle(periods, start, officer, grid)
    kept = [p for p in periods if p.id not in change.drop]
    eve = start - timedelta(days=1)
    kept = [Period(p.id, p.officer_id, p.grid_id, p.starts_on, eve) if p.id == change.cut else p for p in kept]
    kept = [Period(p.id, p.officer_id, p.grid_id, p.starts_on, None) if p.id == change.keep else p for p in kept]
    if change.opens:
        assert officer is not None
        kept.append(Period(max((p.id for p in periods), default=0) + 1, officer, grid, start, None))
    return kept


STEPS = st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(1, 4), st.integers(1, 2)), max_size=12)


class TestSettle:
    def test_ends_the_former_the_day_before(self) -> None:
        periods = apply([], on(0), 1)
        assert apply(periods, on(5), 2) == [Period(1, 1, 1, on(0), on(4)), Period(2, 2, 1, on(5), None)]

    def test_takes_out_what_was_planned_for_later(self) -> None:
        periods = apply(apply([], on(0), 1), on(9), 2)
        assert apply(periods, on(5), 3) == [Period(1, 1, 1, on(0), on(4)), Period(3, 3, 1, on(5), None)]

    def test_lets_the_former_go_on_when_the_plan_is_undone(self) -> None:
        periods = apply(apply([], on(0), 1), on(9), 2)
        assert apply(periods, on(9), 1) == [Period(1, 1, 1, on(0), None)]

    def test_changes_nothing_for_who_answers_already(self) -> None:
        assert not rules.settle(apply([], on(0), 1), on(5), 1, 1)

    def test_replaces_what_began_the_same_day(self) -> None:
        assert apply(apply([], on(0), 1), on(0), 2) == [Period(2, 2, 1, on(0), None)]

    @given(STEPS)
    def test_any_sequence_leaves_one_officer_a_day_and_the_past_alone(
        self, steps: list[tuple[int, int | None, int]]
    ) -> None:
        periods: list[Period] = []
        for number, officer, grid in steps:
            before = {n: rules.in_force(periods, on(n)) for n in range(number)}
            periods = apply(periods, on(number), officer, grid)
            assert not rules.overlaps(periods)
            assert sum(p.ends_on is None for p in periods) <= 1
            assert all(p.ends_on is None or p.ends_on >= p.starts_on for p in periods)
            for n, was in before.items():
                now = rules.in_force(periods, on(n))
                assert (was and was.officer_id) == (now and now.officer_id)
            for n in (number, number + 1, 60):
                holder = rules.in_force(periods, on(n))
                assert (holder.officer_id if holder else None) == officer

    def test_overlaps_are_found_where_there_are_some(self) -> None:
        first, second, third = (
            Period(1, 1, 1, on(0), on(5)),
            Period(2, 2, 1, on(5), on(6)),
            Period(3, 3, 1, on(7), None),
        )
        assert rules.overlaps([third, second, first]) == [(first, second)]


class TestDays:
    @pytest.mark.parametrize("number", [0, 1, rules.FURTHEST_AHEAD_DAYS])
    def test_today_to_a_year_ahead(self, number: int) -> None:
        rules.require_day(on(number), today=MONDAY, field="effective_on")

    @pytest.mark.parametrize(("number", "code"), [(-1, "day_is_past"), (rules.FURTHEST_AHEAD_DAYS + 1, "day_too_far")])
    def test_not_before_not_beyond(self, number: int, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            rules.require_day(on(number), today=MONDAY, field="effective_on")
        assert (refusal.value.code, refusal.value.field) == (code, "effective_on")

    def test_a_first_day_may_be_long_ago_where_nobody_answered(self) -> None:
        rules.require_first_day([], date(2024, 1, 1), today=MONDAY)
        with pytest.raises(Refused, match="有人联系"):
            rules.require_first_day([Period(1, 1, 1, on(-30), on(-10))], on(-10), today=MONDAY)
        rules.require_first_day([Period(1, 1, 1, on(-30), on(-10))], on(-9), today=MONDAY)


class TestGrid:
    def test_wanted_then_present_then_only(self) -> None:
        assert rules.choose_grid([1, 2], 2, 1) == 2
        assert rules.choose_grid([1, 2], None, 1) == 1
        assert rules.choose_grid([2], None, 1) == 2

    @pytest.mark.parametrize(
        ("served", "wanted", "code"),
        [([], None, "officer_without_grid"), ([1], 2, "not_in_grid"), ([1, 2], None, "choose_grid")],
    )
    def test_refused(self, served: list[int], wanted: int | None, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            rules.choose_grid(served, wanted, None)
        assert refusal.value.code == code
