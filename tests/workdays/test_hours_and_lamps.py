"""Office hours by season, working hours, the lamp."""

from datetime import date, time
from types import SimpleNamespace

import pytest

from qinqing.kernel.errors import Refused
from qinqing.workdays import rules
from qinqing.workdays.words import Tone
from tests.workdays.known import CALENDAR, at, calendar


def _season(starts: tuple[int, int], noon_to: time, closes: time) -> rules.Season:
    return rules.Season(starts, time(8, 30), time(12), noon_to, closes)


SUMMER_AND_WINTER = rules.OfficeHours(
    (_season((6, 1), time(14), time(18)), _season((10, 1), time(13, 30), time(17, 30)))
)


class TestSeasons:
    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("2026-05-20 09:00", "2026-05-27 17:30"),  # winter hours run on over New Year until 31 May
            ("2026-05-26 09:00", "2026-06-02 18:00"),  # the season of the due day counts, not that of receipt
            ("2026-09-18 09:00", "2026-09-24 18:00"),
            ("2026-09-24 09:00", "2026-10-09 17:30"),
        ],
    )
    def test_a_due_date_closes_when_its_season_does(self, received: str, due: str) -> None:
        known = calendar(hours=SUMMER_AND_WINTER)
        assert rules.due_at(at(received), 5, known) == at(due)
        assert rules.due(at(received), 5, known).at == at(due)

    def test_policy_b_asks_the_season_of_receipt(self) -> None:
        known = calendar(hours=SUMMER_AND_WINTER)
        assert rules.due_at(at("2026-06-02 17:45"), 1, known, "B") == at("2026-06-03 18:00")
        assert rules.due_at(at("2026-11-24 17:45"), 1, known, "B") == at("2026-11-26 17:30")

    def test_the_explanation_names_the_closing_time_of_the_season(self) -> None:
        assert (
            "下班时间18:00截止" in rules.due(at("2026-06-02 09:00"), 1, calendar(hours=SUMMER_AND_WINTER)).explain()[0]
        )

    def test_rows_of_a_plan_are_read(self) -> None:
        winter = SimpleNamespace(from_="10-01", opens="08:30", noon_from="12:00", noon_to="13:30", closes="17:30")
        summer = SimpleNamespace(from_="06-01", opens=time(8, 30), noon_from="12:00", noon_to="14:00", closes=time(18))
        assert rules.hours_from([winter, summer]) == SUMMER_AND_WINTER

    @pytest.mark.parametrize(
        "season",
        [
            {"starts": (2, 30)},
            {"opens": time(12)},
            {"noon_to": time(11)},
            {"closes": time(13, 30)},
        ],
    )
    def test_hours_out_of_order_are_a_fault(self, season: dict[str, object]) -> None:
        right = {
            "starts": (1, 1),
            "opens": time(8, 30),
            "noon_from": time(12),
            "noon_to": time(13, 30),
            "closes": time(17, 30),
        }
        with pytest.raises(ValueError):  # noqa: PT011  which of several sentences does not matter here
            rules.Season(**{**right, **season})  # type: ignore[arg-type]

    def test_a_year_needs_a_season_and_no_two_may_start_together(self) -> None:
        for seasons in ((), (SUMMER_AND_WINTER.seasons[0],) * 2):
            with pytest.raises(ValueError, match="起始日"):
                rules.OfficeHours(seasons)


class TestWorkingHours:
    @pytest.mark.parametrize(
        ("received", "hours", "end"),
        [
            ("2026-11-23 08:30", 3.5, "2026-11-23 12:00"),  # ends exactly at noon, not at half past one
            ("2026-11-23 09:00", 4, "2026-11-23 14:30"),  # three before noon, one after
            ("2026-11-23 12:40", 4, "2026-11-23 17:30"),  # in the noon break: from half past one
            ("2026-11-23 16:00", 4, "2026-11-24 11:00"),
            ("2026-11-23 17:30", 4, "2026-11-24 14:00"),  # 3.5 in the morning, the rest after the break
            ("2026-11-23 06:00", 1, "2026-11-23 09:30"),
            ("2026-11-27 17:00", 1, "2026-11-30 09:00"),  # over a weekend
            ("2026-02-14 17:00", 1, "2026-02-24 09:00"),  # make-up Saturday, then nine days of 春节
            ("2026-02-18 10:00", 7.5, "2026-02-24 17:30"),
        ],
    )
    def test_only_office_hours_run(self, received: str, hours: float, end: str) -> None:
        assert rules.add_hours(at(received), hours, CALENDAR) == at(end)

    @pytest.mark.parametrize("hours", [0, -1, 2001, float("nan"), float("inf")])
    def test_an_impossible_number_of_hours_is_refused(self, hours: float) -> None:
        with pytest.raises(Refused) as refusal:
            rules.add_hours(at("2026-11-23 09:00"), hours, CALENDAR)
        assert refusal.value.code == "bad_hours"


class TestLamp:
    @pytest.mark.clause("二(四)-2a")
    @pytest.mark.parametrize(
        ("now", "left", "tone", "words"),
        [
            # Due Monday 30 November 2026, 17:30.
            ("2026-11-23 09:12", 5, Tone.OK, "剩 5 个工作日"),
            ("2026-11-25 23:59", 3, Tone.OK, "剩 3 个工作日"),
            ("2026-11-26 00:00", 2, Tone.SOON, "剩 2 个工作日"),
            ("2026-11-27 16:31", 1, Tone.SOON, "剩 1 个工作日"),
            ("2026-11-29 12:00", 1, Tone.SOON, "剩 1 个工作日"),  # Sunday
            ("2026-11-30 08:00", 0, Tone.SOON, "今天 17:30"),
            ("2026-11-30 17:30:00", 0, Tone.SOON, "今天 17:30"),
            ("2026-11-30 17:30:01", 0, Tone.LATE, "已超期"),
            ("2026-12-01 08:00", -1, Tone.LATE, "超 1 个工作日"),
            ("2026-12-06 08:00", -4, Tone.LATE, "超 4 个工作日"),  # Sunday after Tue-Fri
        ],
    )
    def test_says_what_is_left(self, now: str, left: int, tone: Tone, words: str) -> None:
        due = at("2026-11-30 17:30")
        assert rules.left(at(now), due, CALENDAR) == left
        assert rules.lamp(at(now), due, CALENDAR) == rules.Lamp(tone, words)

    def test_amber_begins_where_the_plan_says(self) -> None:
        assert rules.lamp(at("2026-11-25 10:00"), at("2026-11-30 17:30"), CALENDAR, soon=3).tone == Tone.SOON
        assert rules.lamp(at("2026-11-27 10:00"), at("2026-11-30 17:30"), CALENDAR, soon=0).tone == Tone.OK

    def test_a_limit_of_hours_shows_its_hour(self) -> None:
        assert rules.lamp(at("2026-11-23 09:00"), at("2026-11-23 14:30"), CALENDAR).words == "今天 14:30"

    def test_a_limit_in_calendar_days_may_end_on_a_sunday(self) -> None:
        assert rules.lamp(at("2026-11-28 09:00"), at("2026-11-29 17:30"), CALENDAR).words == "11月29日 17:30"

    @pytest.mark.clause("二(四)-2a")
    def test_seconds_decide(self) -> None:
        due = at("2026-11-30 17:30")
        assert not rules.is_late(at("2026-11-30 17:30:00.999999"), due)
        assert rules.is_late(at("2026-11-30 17:30:01"), due)


def test_closing_time_of_any_day_can_be_asked() -> None:
    assert SUMMER_AND_WINTER.closes_at(date(2026, 7, 1)) == at("2026-07-01 18:00")
