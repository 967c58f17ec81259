"""Properties of counting that hold for any calendar, and the days of real years."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.workdays import rules
from qinqing.workdays.rules.hours import SHANGHAI
from qinqing.workdays.words import DayKind
from tests.workdays.known import CALENDAR, OFF, WORK, YEARS, at, calendar

moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda m: m.replace(tzinfo=SHANGHAI))  # noqa: DTZ001
limits = st.integers(1, 30)
policies = st.sampled_from("AB")
some_days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> rules.Calendar:
    """Any calendar a notice could give: days off anywhere, weekend days worked."""
    off = draw(st.sets(some_days, max_size=40))
    worked = {on for on in draw(st.sets(some_days, max_size=20)) if on.weekday() >= 5}
    years = draw(st.frozensets(st.integers(2024, 2028)))
    return calendar(off=dict.fromkeys(off - worked, "假"), work=dict.fromkeys(worked, "假"), years=years)


class TestProperties:
    @given(moments, limits, calendars())
    def test_a_is_never_later_than_b(self, received: datetime, days: int, known: rules.Calendar) -> None:
        assert rules.due_at(received, days, known, "A") <= rules.due_at(received, days, known, "B")

    @given(moments, limits, policies, calendars())
    def test_is_due_on_a_working_day_at_close_of_business(
        self, received: datetime, days: int, policy: str, known: rules.Calendar
    ) -> None:
        due = rules.due_at(received, days, known, policy)
        assert known.is_workday(due.date())
        assert due == known.hours.closes_at(due.date())

    @given(moments, limits, policies, calendars())
    def test_the_fast_path_and_the_explained_one_agree(
        self, received: datetime, days: int, policy: str, known: rules.Calendar
    ) -> None:
        found = rules.due(received, days, known, policy)
        assert found.at == rules.due_at(received, days, known, policy)
        assert found.provisional == rules.is_provisional(received, found.at, known, policy)

    @given(moments, limits, policies, calendars())
    def test_can_be_counted_again_from_its_days(
        self, received: datetime, days: int, policy: str, known: rules.Calendar
    ) -> None:
        told = rules.due(received, days, known, policy).days
        assert [day.on for day in told] == [told[0].on + timedelta(days=i) for i in range(len(told))]
        assert [day.number for day in told if day.number is not None] == list(range(days + 1))
        assert all(day.kind.is_work for day in told if day.number)

    @given(moments, limits, policies, calendars())
    def test_elapsed_until_due_is_the_limit(
        self, received: datetime, days: int, policy: str, known: rules.Calendar
    ) -> None:
        due = rules.due_at(received, days, known, policy)
        assert rules.elapsed(received, due, known, policy) == days

    @given(moments, st.integers(-20, 20), policies)
    def test_elapsed_is_never_negative(self, received: datetime, shift: int, policy: str) -> None:
        assert rules.elapsed(received, received + timedelta(days=shift), CALENDAR, policy) >= 0

    @given(moments, policies, calendars())
    def test_ten_days_end_at_least_five_days_after_five(
        self, received: datetime, policy: str, known: rules.Calendar
    ) -> None:
        five, ten = (rules.due_at(received, days, known, policy) for days in (5, 10))
        assert ten - five >= timedelta(days=5)

    @given(moments, limits, limits, policies, calendars())
    def test_n_days_then_m_more_are_n_plus_m(
        self, received: datetime, n: int, m: int, policy: str, known: rules.Calendar
    ) -> None:
        first = rules.due_at(received, n, known, policy)
        assert rules.due_at(first, m, known, policy) == rules.due_at(received, n + m, known, policy)

    @given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), limits, policies, calendars())
    def test_received_later_is_never_due_earlier(
        self, received: datetime, wait: timedelta, days: int, policy: str, known: rules.Calendar
    ) -> None:
        later = rules.due_at(received + wait, days, known, policy)
        assert later >= rules.due_at(received, days, known, policy)

    @given(moments, limits, policies, some_days)
    def test_a_make_up_day_never_makes_it_later(self, received: datetime, days: int, policy: str, worked: date) -> None:
        worked += timedelta(days=(5 - worked.weekday()) % 7)  # a Saturday
        more = calendar(work={**WORK, worked: "调休"})
        if policy == "B" and received.date() <= worked:
            return  # under B it may become the day of receipt, and the count begins there
        assert rules.due_at(received, days, more, policy) <= rules.due_at(received, days, CALENDAR, policy)

    @given(moments, limits, some_days)
    def test_a_day_off_never_makes_it_earlier(self, received: datetime, days: int, off: date) -> None:
        less = calendar(off={**OFF, off: "放假"}, work={on: label for on, label in WORK.items() if on != off})
        assert rules.due_at(received, days, less) >= rules.due_at(received, days, CALENDAR)

    @given(moments, moments)
    def test_a_promise_is_kept(self, old: datetime, new: datetime) -> None:
        kept = rules.keep_promise(old, new)
        assert kept >= old
        assert kept in (old, new)

    @given(moments, st.floats(0.1, 80), calendars())
    def test_working_hours_end_inside_office_hours(
        self, received: datetime, hours: float, known: rules.Calendar
    ) -> None:
        end = rules.add_hours(received, hours, known)
        assert end > received
        assert known.is_workday(end.date())
        assert any(begins <= end <= ends for begins, ends in known.hours.on(end.date()).spans(end.date()))


class TestCount:
    def test_reaches_outside_what_was_laid_out_before(self) -> None:
        fresh = calendar()
        assert fresh.count(date(2026, 1, 1), date(2026, 12, 31)) == 248
        assert fresh.count(date(2009, 12, 31), date(2010, 1, 8)) == 5  # Mon 4 - Fri 8 January
        assert fresh.count(date(2025, 1, 1), date(2025, 12, 31)) == 248
        assert fresh.count(date(2023, 12, 31), date(2024, 12, 31)) == 251

    def test_is_nothing_backwards(self) -> None:
        assert CALENDAR.count(date(2026, 3, 10), date(2026, 3, 10)) == 0
        assert CALENDAR.count(date(2026, 3, 10), date(2026, 3, 9)) == 0


class TestRealYears:
    def test_every_day_of_2024_to_2026_agrees_with_chinesecalendar(self) -> None:
        on = date(2024, 1, 1)
        while on.year <= 2026:
            assert CALENDAR.is_workday(on) is chinese_calendar.is_workday(on), on
            assert CALENDAR.kind(on).is_work is chinese_calendar.is_workday(on), on
            on += timedelta(days=1)

    def test_statutory_days_were_never_worked_since_2008(self) -> None:
        on = [day for year in range(2008, 2027) for day in rules.statutory_days(year)]
        assert not [day for day in on if chinese_calendar.is_workday(day)]

    @pytest.mark.parametrize(
        ("year", "count"), [(2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13), (2027, 13)]
    )
    def test_as_many_as_the_law_names(self, year: int, count: int) -> None:
        # A year in which 中秋 falls into 国庆 would have one less here.
        assert len(rules.statutory_days(year)) == count

    def test_the_festivals_of_2027(self) -> None:
        named = {label: min(on for on, name in rules.statutory_days(2027).items() if name == label) for label in
                 ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")}  # fmt: skip
        assert list(named.values()) == [
            date(2027, 1, 1),
            date(2027, 2, 5),  # 除夕
            date(2027, 4, 5),
            date(2027, 5, 1),
            date(2027, 6, 9),
            date(2027, 9, 15),
            date(2027, 10, 1),
        ]

    def test_a_year_without_notice_is_weekends_and_statutory_days(self) -> None:
        assert CALENDAR.kind(date(2027, 2, 8)) == DayKind.HOLIDAY  # 初三, Monday
        assert CALENDAR.kind(date(2027, 2, 9)) == DayKind.WORK
        assert CALENDAR.kind(date(2027, 2, 13)) == DayKind.WEEKEND
        assert not CALENDAR.is_confirmed(date(2027, 2, 9))
        assert 2027 not in YEARS

    def test_the_law_stands_above_a_notice_that_forgot_a_day(self) -> None:
        assert not calendar(off={}, years=frozenset({2027})).is_workday(date(2027, 10, 1))

    def test_next_workday_jumps_over_the_holiday(self) -> None:
        assert CALENDAR.next_workday(date(2026, 2, 14)) == date(2026, 2, 24)
        assert CALENDAR.next_workday(date(2026, 2, 13)) == date(2026, 2, 14)


class TestMissingYears:
    @pytest.mark.parametrize(
        ("today", "missing"),
        [
            ("2026-10-31", ()),
            ("2026-11-01", (2027,)),
            ("2026-12-31", (2027,)),
            ("2027-01-01", (2027,)),
            ("2027-11-01", (2027, 2028)),
        ],
    )
    def test_from_november_on_next_year_is_asked_for(self, today: str, missing: tuple[int, ...]) -> None:
        assert rules.missing_years(YEARS, at(today).date()) == missing


class TestArrangements:
    def test_2026_reads_as_the_notice_put_it(self) -> None:
        told = [(one.name, one.off, one.work) for one in rules.arrangements(CALENDAR, 2026)]
        assert told == [
            ("元旦", "1月1日至3日（3天）", "1月4日（周日）"),
            ("春节", "2月15日至23日（9天）", "2月14日（周六）、2月28日（周六）"),
            ("清明节", "4月4日至6日（3天）", ""),
            ("劳动节", "5月1日至5日（5天）", "5月9日（周六）"),
            ("端午节", "6月19日至21日（3天）", ""),
            ("中秋节", "9月25日至27日（3天）", ""),
            ("国庆节", "10月1日至7日（7天）", "9月20日（周日）、10月10日（周六）"),
        ]

    def test_a_holiday_over_two_months_and_a_weekend_not_listed(self) -> None:
        told = {one.name: one.off for year in (2024, 2025) for one in rules.arrangements(CALENDAR, year)}
        assert told["端午节"] == "5月31日至6月2日（3天）"
        assert rules.arrangements(CALENDAR, 2024)[4].off == "6月8日至10日（3天）"
