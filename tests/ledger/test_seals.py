"""Closing a day: what a seal covers, and that it is made once."""

from datetime import date, datetime, timedelta

import pytest

from qinqing.kernel.errors import Refused
from qinqing.ledger import actions, reads
from qinqing.ledger.models import Seal
from qinqing.ledger.verify import verify
from tests.ledger.book import MONDAY, append

NIGHT = datetime(2026, 11, 24, 0, 10, tzinfo=MONDAY.tzinfo)
DAY = timedelta(days=1)


@pytest.mark.django_db
class TestSeal:
    def test_closes_all_books_of_a_day_in_one_digest(self) -> None:
        append(1, book="a")
        last_a = append(2, book="a")
        last_b = append(3, book="b")

        made = actions.seal(date(2026, 11, 23), at=NIGHT)

        kept = Seal.objects.get()
        assert kept == made
        assert (kept.number, kept.day, kept.entries, kept.previous) == (1, date(2026, 11, 23), 3, "")
        assert kept.at == NIGHT
        assert kept.heads == {
            "a": {"seq": 2, "digest": last_a.digest, "entries": 2},
            "b": {"seq": 1, "digest": last_b.digest, "entries": 1},
        }
        assert reads.last_seal() == kept
        assert verify().ok

    def test_goes_by_number_so_that_what_came_after_midnight_waits(self) -> None:
        append(at=MONDAY)
        before_midnight = append(at=NIGHT - timedelta(minutes=11))
        append(at=NIGHT - timedelta(minutes=5))
        assert actions.seal(MONDAY.date(), at=NIGHT).heads["demo"]["seq"] == before_midnight.seq
        assert actions.seal(NIGHT.date(), at=NIGHT + DAY).heads["demo"] == {
            "seq": 3,
            "digest": reads.book_head("demo").digest,
            "entries": 1,
        }

    def test_a_moment_that_lags_behind_midnight_belongs_where_its_number_is(self) -> None:
        append(at=NIGHT)
        late = append(at=NIGHT - timedelta(minutes=11))
        assert actions.seal(MONDAY.date(), at=NIGHT).heads["demo"]["seq"] == late.seq
        append(at=NIGHT - timedelta(minutes=12))  # commits after the seal with a moment on the closed day
        second = actions.seal(NIGHT.date(), at=NIGHT + DAY)
        assert second.heads["demo"] == {"seq": 3, "digest": reads.book_head("demo").digest, "entries": 1}
        assert verify().ok

    def test_a_day_without_entries_is_sealed_too(self) -> None:
        first = append()
        actions.seal(MONDAY.date(), at=NIGHT)
        quiet = actions.seal(NIGHT.date(), at=NIGHT + DAY)
        assert quiet.entries == 0
        assert quiet.heads == {"demo": {"seq": 1, "digest": first.digest, "entries": 0}}
        assert quiet.previous == Seal.objects.get(number=1).digest

    def test_an_empty_ledger_can_be_sealed(self) -> None:
        assert actions.seal(MONDAY.date(), at=NIGHT).heads == {}

    def test_days_left_out_are_closed_first(self) -> None:
        append(at=MONDAY)
        actions.seal(MONDAY.date(), at=NIGHT)
        append(at=MONDAY + 2 * DAY)
        append(at=MONDAY + 3 * DAY)
        actions.seal(MONDAY.date() + 3 * DAY, at=MONDAY + 5 * DAY)
        rows = [(seal.day.day, seal.entries, seal.heads["demo"]["seq"]) for seal in Seal.objects.order_by("number")]
        assert rows == [(23, 1, 1), (24, 0, 1), (25, 1, 2), (26, 1, 3)]
        assert verify().ok

    def test_the_first_covers_all_that_came_before(self) -> None:
        for days in (9, 5, 0):
            append(at=MONDAY - days * DAY)
        assert actions.seal(MONDAY.date(), at=NIGHT).entries == 3

    def test_again_gives_the_same(self) -> None:
        append()
        first = actions.seal(MONDAY.date(), at=NIGHT)
        append(at=MONDAY)
        assert actions.seal(MONDAY.date(), at=NIGHT + DAY) == first
        assert Seal.objects.count() == 1


@pytest.mark.django_db
class TestRefusesToSeal:
    @pytest.mark.parametrize("at", [MONDAY, datetime(2026, 11, 23, 23, 59, 59, tzinfo=MONDAY.tzinfo)])
    def test_a_day_not_over(self, at: datetime) -> None:
        append()
        with pytest.raises(Refused, match="还没有过完") as refusal:
            actions.seal(MONDAY.date(), at=at)
        assert refusal.value.code == "day_not_over"
        assert not Seal.objects.exists()

    def test_a_day_before_the_first_seal(self) -> None:
        actions.seal(MONDAY.date(), at=NIGHT)
        with pytest.raises(Refused) as refusal:
            actions.seal(MONDAY.date() - DAY, at=NIGHT)
        assert refusal.value.code == "day_before_first_seal"
        assert Seal.objects.count() == 1


@pytest.mark.django_db
class TestSheet:
    def test_shows_what_is_to_be_printed(self) -> None:
        append(1, book="b")
        last = append(1, book="a")
        made = actions.seal(MONDAY.date(), at=NIGHT)
        sheet = reads.seal_sheet(MONDAY.date())
        assert sheet is not None
        assert (sheet.number, sheet.digest, sheet.entries, sheet.sealed_at) == (1, made.digest, 2, NIGHT)
        assert sheet.lines[0] == reads.SealLine("a", 1, last.digest, 1)
        assert [line.book for line in sheet.lines] == ["a", "b"]

    def test_of_an_open_day_there_is_none(self) -> None:
        assert reads.seal_sheet(MONDAY.date()) is None
        assert reads.last_seal() is None
