"""Once the triggers are gone anything can be done to the rows; verify names the first bad entry all the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinqing.ledger import actions, chain, verify
from qinqing.ledger.models import Entry
from tests.ledger import tamper
from tests.ledger.book import MONDAY, append
from tests.ledger.tamper import blamed, rows, sql

NUMBERS = {"subject_id", "subject_seq", "actor_id", "office_id"}
EDITABLE = [name for name in (*chain.FIELDS, "digest") if name not in {"book", "seq", *NUMBERS}]
ON_SQLITE_ONLY = connection.vendor != "sqlite"
NEXT_DAY = MONDAY + timedelta(days=1)


@pytest.fixture
def unguarded(ten: list[Entry]) -> list[Entry]:
    tamper.unguard()
    return ten


@pytest.mark.usefixtures("ten")
class TestSound:
    def test_is_said_with_the_number_of_entries(self) -> None:
        append(book="other")
        verdict = verify.verify()
        assert (verdict.ok, verdict.checked, verdict.first_bad, verdict.warnings) == (True, 11, None, ())
        assert verdict.sentence().startswith("完好：共校验 11 笔")

    def test_one_book_alone(self) -> None:
        append(book="other")
        assert verify.verify(book="other").checked == 1
        assert verify.verify(book="nowhere").ok

    def test_one_subject_alone(self) -> None:
        verdict = verify.verify(subject=("case", 1))
        assert (verdict.ok, verdict.checked) == (True, 4)
        assert verify.verify(subject=("case", 99)).checked == 0

    def test_tells_how_far_it_is(self) -> None:
        append(book="other")
        told: list[int] = []
        verify.verify(progress=told.append)
        assert told == [10, 11]

    def test_holds_with_a_seal_and_entries_after_it(self) -> None:
        actions.seal(MONDAY.date(), at=NEXT_DAY)
        append(at=NEXT_DAY)
        assert verify.verify().ok

    def test_an_empty_ledger_is_sound(self, db: None) -> None:
        assert verify.verify(book="new").ok


@pytest.mark.usefixtures("unguarded")
class TestEdit:
    @given(st.data())
    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_of_any_column_of_any_row_is_found_there(self, data: st.DataObject) -> None:
        column = data.draw(st.sampled_from([*EDITABLE, *sorted(NUMBERS)]), "column")
        seq = data.draw(st.integers(1, 10), "row")
        [row] = rows(f"SELECT {column} AS old, subject_id FROM ledger_entry WHERE seq = %s", [seq])  # noqa: S608
        if column in NUMBERS:
            new: Any = data.draw(
                st.integers(100, 2**31 - 1) | st.none() if column.endswith("r_id") else st.integers(100, 10**6), "new"
            )
        else:
            new = data.draw(st.text(st.sampled_from("0a-|\x1f文"), max_size=10), "new")
        if new == row["old"]:
            return
        if new is None and column == "office_id":
            new = 100
        with transaction.atomic():
            tamper.set_column(column, new, seq)
            for verdict in (verify.verify(), verify.verify(book="demo")):
                assert blamed(verdict)[:2] == ("demo", seq)
            if column not in {"subject_kind", "subject_id"}:  # else it is no longer an entry of that case
                assert not verify.verify(subject=("case", row["subject_id"])).ok
            transaction.set_rollback(True)

    @pytest.mark.parametrize("column", [*EDITABLE, *sorted(NUMBERS)])
    @pytest.mark.parametrize("seq", [1, 4, 10])
    def test_of_each_column_at_the_ends_and_in_the_middle(self, column: str, seq: int) -> None:
        tamper.set_column(column, 123456 if column in NUMBERS else "x", seq)
        assert blamed(verify.verify())[:2] == ("demo", seq)

    @pytest.mark.parametrize("column", ["actor_id", "office_id"])
    @pytest.mark.parametrize(("seq", "new"), [(4, None), (10, 0), (10, 7)])
    def test_of_who_it_was_to_nobody_and_back(self, column: str, seq: int, new: int | None) -> None:
        tamper.set_column(column, new, seq)
        assert blamed(verify.verify())[:2] == ("demo", seq)

    def test_says_whether_the_content_or_the_digest_was_edited(self) -> None:
        tamper.set_column("digest", "0" * 64, 4)
        assert blamed(verify.verify()) == ("demo", 4, "摘要被改动：内容未变，后面记得的是原来的摘要")
        tamper.set_column("sentence", "已办结", 2)
        assert blamed(verify.verify()) == ("demo", 2, "内容与摘要不符：入账以后被改动")

    @pytest.mark.parametrize("seq", [1, 4, 9])
    def test_with_the_digest_computed_anew_is_found_by_the_next_entry(self, seq: int) -> None:
        tamper.set_column("sentence", "已办结", seq)
        _redigest(seq)
        assert blamed(verify.verify()) == ("demo", seq, "整笔被替换：下一笔记得的不是它")

    def test_of_the_last_entry_with_its_digest_is_found_by_the_head(self) -> None:
        tamper.set_column("sentence", "已办结", 10)
        _redigest(10)
        assert blamed(verify.verify()) == ("demo", 10, "与账册记下的最后摘要不符：这一笔或账册头被改动")

    def test_is_told_with_number_label_and_time(self) -> None:
        tamper.set_column("sentence", "已办结", 4)
        assert verify.verify().sentence() == (
            "不完好：账册 demo 第 4 笔（诉〔2026〕0001号，2026-11-23 12:00:00）：内容与摘要不符：入账以后被改动。"
        )

    def test_to_an_algorithm_nobody_knows(self) -> None:
        tamper.set_column("algorithm", "md5", 3)
        seq, reason = blamed(verify.verify())[1:]
        assert seq == 3
        assert "md5" in reason

    @pytest.mark.skipif(ON_SQLITE_ONLY, reason="PostgreSQL refuses both")
    @pytest.mark.parametrize("change", ["sentence || char(0) || '另记'", "CAST(sentence AS BLOB)", "X'00'"])
    def test_that_only_the_storage_shows(self, change: str) -> None:
        sql(f"UPDATE ledger_entry SET sentence = {change} WHERE seq = 6")  # noqa: S608
        assert blamed(verify.verify())[1] == 6
        assert not verify.verify(subject=("case", 3)).ok

    @pytest.mark.skipif(ON_SQLITE_ONLY, reason="PostgreSQL refuses it")
    def test_of_a_number_into_bytes(self) -> None:
        sql("UPDATE ledger_entry SET actor_id = CAST('7' AS BLOB) WHERE seq = 6")
        assert blamed(verify.verify())[1] == 6

    def test_in_two_books_names_the_first_of_each(self) -> None:
        append(book="other")
        tamper.set_column("verb", "x", 1, "other")
        tamper.set_column("verb", "x", 5)
        tamper.set_column("verb", "x", 3)
        assert [(bad.book, bad.seq) for bad in verify.verify().bad] == [("demo", 3), ("other", 1)]


@pytest.mark.usefixtures("unguarded")
class TestRemovalAndInsertion:
    @pytest.mark.parametrize("seq", [1, 5, 9])
    def test_removal_is_a_gap(self, seq: int) -> None:
        tamper.delete(seq)
        assert blamed(verify.verify()) == ("demo", seq, f"缺账：这一笔不在账上，后面是第 {seq + 1} 笔")

    def test_removal_at_the_end_is_known_to_the_head(self) -> None:
        tamper.delete(10)
        tamper.delete(9)
        assert blamed(verify.verify()) == ("demo", 9, "末尾缺账：账册记到第 10 笔，账上只剩 8 笔")

    def test_removal_of_a_step_is_seen_from_its_neighbours(self) -> None:
        tamper.delete(4)
        assert blamed(verify.verify(subject=("case", 1)))[2] == "缺账：该事项的第 2 步不在账上"
        assert not verify.verify(subject=("case", 2)).ok  # entry 5 has lost the one before it

    def test_removal_with_everything_renumbered_leaves_a_missing_step(self) -> None:
        tamper.delete(4)
        tamper.rechain()
        assert blamed(verify.verify()) == ("demo", 6, "缺账：该事项的第 2 步不在账上")

    @pytest.mark.parametrize("seq", [0, 11, 40])
    def test_insertion_outside_the_book(self, seq: int) -> None:
        _copy(4, seq)
        assert blamed(verify.verify())[1] in {seq, 1, 11}
        assert not verify.verify().ok

    def test_insertion_in_the_middle(self) -> None:
        tamper.set_head(11, "x")
        for seq in range(10, 4, -1):
            tamper.set_column("seq", seq + 1, seq)
        _copy(4, 5)
        assert blamed(verify.verify())[1] == 5

    def test_appended_past_the_head_with_a_sound_digest(self) -> None:
        _copy(10, 11)
        [last] = rows("SELECT digest FROM ledger_entry WHERE seq = 10")
        tamper.set_column("previous", last["digest"], 11)
        _redigest(11)
        assert blamed(verify.verify()) == ("demo", 11, "多出的账目：账册只记到第 10 笔")

    def test_reordering(self) -> None:
        for old, new in [(4, 400), (6, 4), (400, 6)]:
            tamper.set_column("seq", new, old)
        assert blamed(verify.verify())[1] == 4

    @pytest.mark.parametrize(("seq", "digest"), [(10, "0" * 64), (9, None), (12, None), (0, "")])
    def test_a_false_head(self, seq: int, digest: str | None) -> None:
        [last] = rows("SELECT digest FROM ledger_entry WHERE seq = 10")
        tamper.set_head(seq, last["digest"] if digest is None else digest)
        assert not verify.verify().ok

    def test_a_lost_head(self) -> None:
        sql("DELETE FROM ledger_head")
        assert blamed(verify.verify()) == ("demo", 1, "多出的账目：账册只记到第 0 笔")


def _redigest(seq: int) -> None:
    """Give an entry the digest its columns now have."""
    [row] = rows("SELECT * FROM ledger_entry WHERE book = 'demo' AND seq = %s", [seq])
    tamper.set_column("digest", chain.digest_of(chain.text_of(row), row["algorithm"]), seq)


def _copy(seq: int, to: int) -> None:
    """Insert a copy of an entry under another number, as a further step of its subject."""
    [row] = rows("SELECT * FROM ledger_entry WHERE book = 'demo' AND seq = %s", [seq])
    row |= {"seq": to, "subject_seq": 5}
    marks = ", ".join(["%s"] * len(row))
    sql(f"INSERT INTO ledger_entry ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
