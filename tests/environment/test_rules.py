"""Papers, monitoring, reports: the pure decisions."""

from datetime import date

import pytest

from qinqing.environment import rules
from qinqing.environment.words import Frequency, PermitClass
from qinqing.kernel.errors import Refused

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ends_on", "tone", "words"),
    [
        (None, "calm", "长期"),
        (date(2026, 11, 22), "late", "过期1天"),
        (date(2026, 11, 23), "soon", "今天到期"),
        (date(2027, 1, 22), "soon", "60天后到期"),
        (date(2027, 1, 23), "ok", "有效"),
    ],
)
def test_a_paper_stands_as_its_last_day_says(ends_on: date | None, tone: str, words: str) -> None:
    sign = rules.expiry(ends_on, TODAY)
    assert (sign.tone, sign.words) == (tone, words)


@pytest.mark.clause("附2环-(6)b")
class TestReports:
    def test_key_with_quarterly_owes_four_and_one(self) -> None:
        owed = rules.reports(PermitClass.KEY, [Frequency.QUARTER], 2026)
        assert [report.code for report in owed] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2026"]
        assert [str(report.due_on) for report in owed] == [
            "2026-04-15", "2026-07-15", "2026-10-15", "2027-01-15", "2027-01-31",
        ]  # fmt: skip

    def test_simple_without_more_owes_the_yearly_one_by_its_own_day(self) -> None:
        owed = rules.reports(PermitClass.SIMPLE, [], 2026, yearly_by="01-15")
        assert [(report.label, str(report.due_on)) for report in owed] == [("2026年年报", "2027-01-15")]

    @pytest.mark.parametrize("other", [PermitClass.REGISTERED, PermitClass.NONE, PermitClass.UNKNOWN])
    def test_registered_owes_none(self, other: PermitClass) -> None:
        assert rules.reports(other, [Frequency.QUARTER, Frequency.MONTH], 2026) == []

    def test_monthly_owes_thirteen(self) -> None:
        owed = rules.reports(PermitClass.KEY, [Frequency.MONTH], 2027)
        assert len(owed) == 13
        assert owed[1].code == "2027M02"
        assert str(owed[1].due_on) == "2027-03-15"

    def test_a_late_upload_says_so(self) -> None:
        report = rules.reports(PermitClass.SIMPLE, [], 2025)[0]
        assert rules.report_sign(report, None, date(2026, 1, 20)).words == "11天后到期"
        assert rules.report_sign(report, None, date(2026, 2, 1)).words == "超期1天"
        assert "晚于期限" in rules.report_sign(report, date(2026, 2, 1), TODAY).words


@pytest.mark.parametrize("typed", ["13-01", "02-30", "xx", "1"])
def test_a_day_of_the_year_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="月-日"):
        rules.read_yearly_by(typed)


def test_a_day_of_the_year_is_read_in_both_ways() -> None:
    assert rules.read_yearly_by("1月15日") == "01-15"
    assert rules.read_yearly_by("") == "01-31"


class TestMonitoring:
    def sign(self, today: date, done: int = 0, *, is_emitting: bool = True) -> rules.Sign | None:
        return rules.monitoring(
            is_emitting=is_emitting, done=done, wanted=1, reminds_from=date(2026, 10, 1), today=today, year=2026
        )

    def test_firms_without_air_emissions_owe_none(self) -> None:
        assert self.sign(TODAY, is_emitting=False) is None

    def test_missing_shows_from_october_and_turns_red_with_the_year(self) -> None:
        assert [self.sign(day).tone for day in (date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 1))] == [  # type: ignore[union-attr]
            "calm",
            "soon",
            "late",
        ]

    def test_done_is_done(self) -> None:
        found = self.sign(TODAY, done=1)
        assert found is not None
        assert found.tone == "ok"


def test_a_card_is_as_complete_as_what_it_says_of_every_stage() -> None:
    stage = {"facility": "活性炭吸附", "pollutants": "非甲烷总烃", "standard": "DB32/4041-2021"}
    assert rules.completeness("注塑—破碎—回用", "simple", [stage]) == (100, ())
    percent, missing = rules.completeness("注塑", "unknown", [stage, stage | {"standard": ""}])
    assert percent == 67
    assert missing == ("执行标准", "排污许可类别")
    assert rules.completeness("", "unknown", [])[0] == 0
