"""Finding entries again: by subject, behind a cursor, page by page, by number."""

from datetime import timedelta

import pytest

from qinqing.ledger import reads
from qinqing.ledger.models import Entry
from tests.ledger.book import MONDAY, SYSTEM, Signed, append


@pytest.mark.usefixtures("ten")
class TestReads:
    def test_entries_of_a_subject_come_in_order(self) -> None:
        assert [entry.seq for entry in reads.entries_of("case", 1)] == [1, 4, 7, 10]
        assert not reads.entries_of("enterprise", 1).exists()

    def test_entries_of_several_subjects_come_subject_by_subject(self) -> None:
        assert [entry.seq for entry in reads.entries_of_many("case", [2, 1])] == [1, 4, 7, 10, 2, 5, 8]

    def test_a_reader_behind_a_cursor_misses_nothing(self) -> None:
        append(9, book="other")
        seen: list[int] = []
        while batch := reads.after("demo", seen[-1] if seen else 0, 3):
            seen += [entry.seq for entry in batch]
        assert seen == list(range(1, 11))

    def test_books_and_their_heads(self) -> None:
        append(9, book="other")
        assert reads.books() == ["demo", "other"]
        assert reads.book_head("other").seq == 1
        assert reads.book_head("nowhere") == reads.BookHead("nowhere", 0, "")

    def test_one_entry(self) -> None:
        found = reads.entry("demo", 4)
        assert found is not None
        assert found.label == "诉〔2026〕0001号"
        assert reads.entry("demo", 44) is None

    def test_a_subject_is_found_by_its_number(self) -> None:
        append(1, book="other")
        assert reads.subjects_of("诉〔2026〕0001号") == [("demo", "case", 1), ("other", "case", 1)]
        assert reads.subjects_of("诉〔2026〕0001号", book="other") == [("other", "case", 1)]
        assert reads.subjects_of("诉〔2026〕9999号") == []


def numbers(page: reads.Page) -> list[int]:
    return [entry.seq for entry in page.entries]


@pytest.mark.usefixtures("ten")
class TestPages:
    def test_go_from_the_newest_to_the_oldest(self) -> None:
        first = reads.entries("demo", limit=4)
        second = reads.entries("demo", limit=4, before=first.older)
        third = reads.entries("demo", limit=4, before=second.older)
        assert [numbers(page) for page in (first, second, third)] == [[10, 9, 8, 7], [6, 5, 4, 3], [2, 1]]
        assert third.older is None

    def test_a_full_last_page_has_no_next(self) -> None:
        assert reads.entries("demo", limit=10).older is None

    def test_filter_by_kind_and_by_noun(self) -> None:
        assert numbers(reads.entries("demo", kind="case.signed")) == [10]
        assert len(numbers(reads.entries("demo", kind="case."))) == 10
        assert numbers(reads.entries("demo", kind="enterprise.")) == []

    def test_filter_leaves_nouns_out(self) -> None:
        assert numbers(reads.entries("demo", without=("case.",))) == []
        assert len(numbers(reads.entries("demo", without=("account.", "post.")))) == 10

    def test_filter_by_subject(self) -> None:
        assert numbers(reads.entries("demo", on=("case", 1))) == [10, 7, 4, 1]

    def test_filter_by_actor(self) -> None:
        assert numbers(reads.entries("demo", actor_id=7, limit=2)) == [9, 8]
        append(by=SYSTEM)
        assert numbers(reads.entries("demo", actor_id=8)) == []

    def test_filter_by_time_from_inclusive_to_exclusive(self) -> None:
        hour = timedelta(hours=1)
        assert numbers(reads.entries("demo", since=MONDAY + 2 * hour, until=MONDAY + 4 * hour)) == [4, 3]

    def test_kinds_are_listed_with_their_verb(self) -> None:
        append(1, book="other", fact=Signed())
        assert reads.kinds("demo") == [("case.forwarded", "转办"), ("case.signed", "签收")]
        assert reads.kinds("other") == [("case.signed", "签收")]
        assert reads.kinds("nowhere") == []

    def test_a_page_is_one_query(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            reads.entries("demo", kind="case.signed", actor_id=7, since=MONDAY)


def test_an_entry_reads_well(ten: list[Entry]) -> None:
    assert str(ten[0]) == "demo·1 诉〔2026〕0001号 转办"
