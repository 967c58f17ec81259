"""The text that is hashed: one way to read it, the same in Python and in both databases."""

import hashlib
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinqing.ledger import chain
from qinqing.ledger.models import Entry
from qinqing.ledger.texts import stream
from qinqing.ledger.words import Algorithm
from tests.ledger.book import append

clean_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1f"), max_size=30)
any_text = st.text(st.sampled_from("a1-\x1f文"), max_size=4)
numbers = st.integers(0, 2**31 - 1)
maybe_number = st.none() | numbers
NUMBERS = {
    "seq": numbers,
    "subject_id": numbers,
    "subject_seq": numbers,
    "actor_id": maybe_number,
    "office_id": maybe_number,
}


def row_of(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: NUMBERS.get(name, text) for name in chain.FIELDS})


class TestText:
    @given(row_of(clean_text))
    def test_can_be_read_only_one_way(self, row: dict[str, Any]) -> None:
        words = chain.text_of(row).split(chain.SEPARATOR)
        assert words == [chain.NOTHING if row[name] is None else str(row[name]) for name in chain.FIELDS]

    @given(row_of(clean_text), row_of(any_text))
    def test_of_an_entry_made_here_is_the_text_of_no_other_row(
        self, made: dict[str, Any], other: dict[str, Any]
    ) -> None:
        joined = chain.SEPARATOR.join(
            chain.NOTHING if other[name] is None else str(other[name]) for name in chain.FIELDS
        )
        assert (joined == chain.text_of(made)) == (other == made)

    @given(row_of(clean_text), st.sampled_from([n for n in chain.FIELDS if n not in NUMBERS]), st.data())
    def test_refuses_the_separator_inside_a_value(self, row: dict[str, Any], name: str, data: st.DataObject) -> None:
        cut = data.draw(st.integers(0, len(row[name])))
        row[name] = row[name][:cut] + chain.SEPARATOR + row[name][cut:]
        with pytest.raises(ValueError, match=r"U\+001F"):
            chain.text_of(row)

    def test_covers_every_column_but_the_digest(self) -> None:
        columns = {field.column for field in Entry._meta.local_concrete_fields if field.column}
        assert set(chain.FIELDS) | {"digest"} == columns


@pytest.mark.django_db
class TestDatabaseText:
    @given(st.lists(row_of(clean_text), min_size=1, max_size=5, unique_by=lambda row: row["seq"]))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_equals_the_text_made_in_python(self, made: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            for number, row in enumerate(made):
                row |= {"book": "b", "subject_id": number, "seq": row["seq"]}
                for name in ("subject_kind", "kind", "post", "via", "previous", "algorithm", "stamp"):
                    row[name] = row[name][:10]
                Entry(**row, digest="").save(force_insert=True)
            texts = {seq: text for batch in stream("b", after=-1) for seq, text, _, _ in batch}
            assert texts == {row["seq"]: chain.text_of(row).encode() for row in made}
            transaction.set_rollback(True)

    def test_is_read_in_order_across_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = [append(n % 2 + 1) for n in range(7)]
        assert [seq for batch in stream("demo") for seq, *_ in batch] == [entry.seq for entry in made]
        assert [seq for batch in stream("demo", after=4) for seq, *_ in batch] == [5, 6, 7]

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite finds it by its index")
    def test_is_nothing_when_a_column_is_null_that_may_not_be(self) -> None:
        append()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_entry ALTER clause DROP NOT NULL")
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            cursor.execute("UPDATE ledger_entry SET clause = NULL")
        assert next(stream("demo"))[0][1] is None


class TestDigest:
    def test_sm3_is_used_where_it_passes_the_standards_example(self) -> None:
        assert chain.best_algorithm() == Algorithm.SM3
        assert {member.value for member in Algorithm} == chain.KNOWN
        assert chain.digest_of("abc", "sm3") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

    def test_sha256_is_used_where_sm3_is_missing_or_wrong(self) -> None:
        def without(name: str, data: bytes = b"") -> Any:
            raise ValueError(name)

        def wrong(name: str, data: bytes = b"") -> Any:
            return hashlib.sha256(data)

        assert chain.best_algorithm(without) == Algorithm.SHA256
        assert chain.best_algorithm(wrong) == Algorithm.SHA256
        assert chain.digest_of("汉", "sha256") == hashlib.sha256("汉".encode()).hexdigest()

    def test_of_an_unknown_algorithm_is_refused(self) -> None:
        with pytest.raises(ValueError, match="md5"):
            chain.digest_of("abc", "md5")
