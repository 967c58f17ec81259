"""When something is due: the 31 worked cases, a truth table to check by hand, and the sentences that explain it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from qinqing.kernel.errors import Refused
from qinqing.workdays import rules
from qinqing.workdays.words import DayKind
from tests.workdays.known import CALENDAR, at, calendar

WORKED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("workday-cases.json").read_text(encoding="utf-8"))[
    "cases"
]
ANSWERS = [
    pytest.param(case, policy, days, id=f"{case['n']}-{policy}{days}")
    for case in WORKED
    for policy in "AB"
    for days in (5, 10)
]


class TestWorkedCases:
    def test_there_are_31(self) -> None:
        assert len(WORKED) == 31

    @pytest.mark.clause("二(四)-4", "二(四)-2a")
    @pytest.mark.parametrize(("case", "policy", "days"), ANSWERS)
    def test_is_due_on_the_expected_day_at_close_of_business(self, case: Any, policy: str, days: int) -> None:
        received = datetime.fromisoformat(case["received_at"])
        found = rules.due(received, days, CALENDAR, policy)
        assert found.at == at(f"{case[policy + str(days)]} 17:30")
        assert CALENDAR.is_workday(received.date()) is case["is_workday"]

    @pytest.mark.parametrize(("case", "policy", "days"), ANSWERS)
    def test_the_fast_path_says_the_same(self, case: Any, policy: str, days: int) -> None:
        received = datetime.fromisoformat(case["received_at"])
        assert rules.due_at(received, days, CALENDAR, policy) == rules.due(received, days, CALENDAR, policy).at

    @pytest.mark.parametrize(("case", "policy", "days"), ANSWERS)
    def test_is_provisional_exactly_when_it_runs_into_2027(self, case: Any, policy: str, days: int) -> None:
        received = datetime.fromisoformat(case["received_at"])
        found = rules.due(received, days, CALENDAR, policy)
        into_2027 = case[policy + str(days)] >= "2027"
        assert found.provisional is into_2027
        assert rules.is_provisional(received, found.at, CALENDAR, policy) is into_2027
        assert case["provisional"] or not into_2027


class TestTruthTable:
    @pytest.mark.parametrize(
        ("received", "days", "policy", "due"),
        [
            # An ordinary week: Mon 23 Nov is day 0; Tue Wed Thu Fri, Mon 30.
            ("2026-11-23 00:00:00", 5, "A", "2026-11-30 17:30"),
            ("2026-11-23 23:59:59", 5, "A", "2026-11-30 17:30"),
            ("2026-11-23 00:00:00", 5, "B", "2026-11-30 17:30"),  # before opening is still Monday
            # Seconds decide under B: Fri 13 Mar 17:30:00 is Friday's, 17:30:01 is Monday's.
            ("2026-03-13 17:30:00", 5, "B", "2026-03-20 17:30"),
            ("2026-03-13 17:30:01", 5, "B", "2026-03-23 17:30"),
            ("2026-03-13 17:30:00.900000", 5, "B", "2026-03-20 17:30"),
            # One day: Fri → Mon; Sat (A) → Mon; Sat (B) is received Mon → Tue.
            ("2026-03-13 10:00", 1, "A", "2026-03-16 17:30"),
            ("2026-03-14 10:00", 1, "A", "2026-03-16 17:30"),
            ("2026-03-14 10:00", 1, "B", "2026-03-17 17:30"),
            # 除夕 2024-02-09 was a Friday at work; Sun 4 Feb and Sun 18 Feb were worked.
            ("2024-02-08 09:00", 1, "A", "2024-02-09 17:30"),
            ("2024-02-09 09:00", 1, "A", "2024-02-18 17:30"),
            ("2024-02-02 09:00", 1, "A", "2024-02-04 17:30"),
        ],
    )
    def test_due(self, received: str, days: int, policy: str, due: str) -> None:
        assert rules.due(at(received), days, CALENDAR, policy).at == at(due)
        assert rules.due_at(at(received), days, CALENDAR, policy) == at(due)

    def test_a_moment_of_another_zone_is_read_in_shanghai(self) -> None:
        # 2026-03-12 18:00 in London's winter is already Friday the 13th, 02:00, in Shanghai.
        assert rules.due_at(datetime(2026, 3, 12, 18, tzinfo=UTC), 1, CALENDAR) == at("2026-03-16 17:30")

    def test_a_moment_without_zone_is_a_fault(self) -> None:
        with pytest.raises(ValueError, match="时区"):
            rules.due_at(datetime(2026, 3, 12, 18), 1, CALENDAR)  # noqa: DTZ001

    @pytest.mark.parametrize("days", [0, -1, 1001, 10**9])
    def test_an_impossible_number_of_days_is_refused(self, days: int) -> None:
        for ask in (rules.due, rules.due_at):
            with pytest.raises(Refused) as refusal:
                ask(at("2026-03-12 18:00"), days, CALENDAR)
            assert refusal.value.code == "bad_days"

    @pytest.mark.parametrize(
        "moment",
        [
            at("2007-12-31 23:59"),
            at("2100-01-01 00:00"),
            datetime(1, 1, 1, tzinfo=UTC),
            datetime(9999, 12, 31, 23, tzinfo=UTC),  # has no counterpart in Shanghai
        ],
    )
    def test_a_moment_that_cannot_be_computed_is_refused(self, moment: datetime) -> None:
        with pytest.raises(Refused) as refusal:
            rules.due_at(moment, 5, CALENDAR)
        assert refusal.value.code == "moment_out_of_range"

    @pytest.mark.parametrize("policy", ["C", "", "a"])
    def test_an_unknown_policy_is_a_fault(self, policy: str) -> None:
        for ask in (rules.due, rules.due_at):
            with pytest.raises(ValueError, match="A 和 B"):
                ask(at("2026-03-12 18:00"), 5, CALENDAR, policy)

    def test_the_longest_limit_at_the_end_of_the_range_is_still_computed(self) -> None:
        fresh = calendar()
        found = rules.due(at("2099-12-31 23:59"), 1000, fresh)
        assert rules.due_at(at("2099-12-31 23:59"), 1000, fresh) == found.at
        assert found.provisional


class TestDays:
    def test_every_day_from_arrival_to_due_is_told_with_how_it_counts(self) -> None:
        found = rules.due(at("2026-02-13 20:00"), 2, CALENDAR, "B")
        assert found.day_zero == date(2026, 2, 14)
        told = [(day.on.day, day.number, day.kind, day.label) for day in found.days]
        holiday = [(day, None, DayKind.HOLIDAY, "春节") for day in range(15, 24)]
        assert told == [
            (13, None, DayKind.WORK, ""),
            (14, 0, DayKind.MAKEUP, "春节"),
            *holiday,
            (24, 1, DayKind.WORK, ""),
            (25, 2, DayKind.WORK, ""),
        ]


class TestExplanation:
    @pytest.mark.parametrize(
        ("received", "days", "policy", "sentences"),
        [
            (
                "2026-11-23 09:12",
                5,
                "A",
                [
                    "11月23日 09:12 收到，当日不计入；24日起第5个工作日为11月30日，下班时间17:30截止。",
                    "28、29日周末不计。",
                ],
            ),
            (
                "2026-02-13 16:00",
                5,
                "A",
                [
                    "2月13日 16:00 收到，当日不计入；14日起第5个工作日为2月27日，下班时间17:30截止。",
                    "15日至23日春节放假不计。",
                    "14日（周六）因春节调休上班，计入。",
                ],
            ),
            (
                "2026-03-13 17:30:01",
                5,
                "B",
                [
                    "3月13日 17:30:01 收到，当天已下班，视为16日收到，当日不计入；17日起第5个工作日为3月23日，下班时间17:30截止。",
                    "21、22日周末不计。",
                ],
            ),
            (
                "2026-02-18 12:00",
                5,
                "B",
                [
                    "2月18日 12:00 收到，当天春节放假，视为24日收到，当日不计入；25日起第5个工作日为3月2日，下班时间17:30截止。",
                    "3月1日周末不计。",
                    "28日（周六）因春节调休上班，计入。",
                ],
            ),
            (
                "2026-03-14 10:00",
                1,
                "A",
                [
                    "3月14日 10:00 收到（周六休息），当日不计入；15日起第1个工作日为3月16日，下班时间17:30截止。",
                    "15日周末不计。",
                ],
            ),
            (
                "2025-12-25 11:00",
                5,
                "A",
                [
                    "12月25日 11:00 收到，当日不计入；26日起第5个工作日为2026年1月4日，下班时间17:30截止。",
                    "27、28日周末不计。",
                    "2026年1月1日至3日元旦放假不计。",
                    "2026年1月4日（周日）因元旦调休上班，计入。",
                ],
            ),
            (
                "2026-12-18 10:00",
                10,
                "A",
                [
                    "12月18日 10:00 收到，当日不计入；19日起第10个工作日为2027年1月4日，下班时间17:30截止。",
                    "19、20、26、27日，2027年1月2、3日周末不计。",
                    "2027年1月1日元旦放假不计。",
                    "2027年放假安排尚未录入，暂按周末和法定节日推算，此期限为暂定；通知录入后重新核定，只会顺延，不会提前。",
                ],
            ),
            (
                "2026-12-24 10:00",
                5,
                "A",
                [
                    "12月24日 10:00 收到，当日不计入；25日起第5个工作日为12月31日，下班时间17:30截止。",
                    "26、27日周末不计。",
                    "2027年元旦安排尚未录入，如涉及12月末，期限只会顺延，不会提前。",
                ],
            ),
        ],
    )
    def test_reads_like_an_official_would_say_it(
        self, received: str, days: int, policy: str, sentences: list[str]
    ) -> None:
        assert rules.due(at(received), days, CALENDAR, policy).explain() == sentences

    def test_says_when_not_even_the_festivals_are_known(self) -> None:
        lines = rules.due(at("2060-02-02 09:00"), 5, CALENDAR).explain()
        assert "暂按周末和公历节日（春节等农历节日未计）推算" in lines[-1]
