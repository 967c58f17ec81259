"""The database itself refuses to change what is entered, whoever asks, and says so in Chinese."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from qinqing.ledger import actions, guards, reads
from qinqing.ledger.models import Entry, Head, Seal
from qinqing.ledger.verify import verify
from tests.ledger.book import MONDAY, append
from tests.ledger.tamper import rows, sql

ON_SQLITE = connection.vendor != "sqlite"
ON_POSTGRESQL = connection.vendor != "postgresql"
TABLES = ("ledger_entry", "ledger_seal", "ledger_head")


def everything() -> list[list[dict[str, Any]]]:
    return [rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]  # noqa: S608


@pytest.fixture
def sealed(ten: list[Entry]) -> None:
    actions.seal(MONDAY.date(), at=MONDAY + timedelta(days=1))


CHANGES: list[tuple[str, Callable[[], object]]] = [
    ("账目只增不改", lambda: sql("UPDATE ledger_entry SET sentence = '无' WHERE seq = 3")),
    ("账目只增不改", lambda: sql("UPDATE ledger_entry SET digest = digest")),
    ("账目只增不改", lambda: sql("DELETE FROM ledger_entry WHERE seq = 3")),
    ("账目只增不改", lambda: sql("DELETE FROM ledger_entry")),
    ("账目只增不改", lambda: Entry.objects.filter(seq=3).update(clause="x")),
    ("账目只增不改", lambda: Entry.objects.filter(seq=3).delete()),
    ("账目只增不改", lambda: Entry.objects.get(book="demo", seq=3).save()),
    ("封账单只增不改", lambda: sql("UPDATE ledger_seal SET entries = 0")),
    ("封账单只增不改", lambda: sql("DELETE FROM ledger_seal")),
    ("封账单只增不改", lambda: Seal.objects.all().delete()),
    ("只能逐笔前进", lambda: sql("UPDATE ledger_head SET seq = 3")),
    ("只能逐笔前进", lambda: sql("UPDATE ledger_head SET seq = seq + 2")),
    ("只能逐笔前进", lambda: sql("UPDATE ledger_head SET digest = 'x'")),
    ("只能逐笔前进", lambda: sql("UPDATE ledger_head SET book = 'other', seq = seq + 1 WHERE book = 'demo'")),
    ("只能逐笔前进", lambda: sql("DELETE FROM ledger_head")),
    ("只能逐笔前进", lambda: Head.objects.all().delete()),
]


@pytest.mark.usefixtures("sealed")
class TestRefusal:
    @pytest.mark.parametrize(("message", "change"), CHANGES)
    def test_of_every_change(self, message: str, change: Callable[[], object]) -> None:
        before = everything()
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            change()
        assert everything() == before
        assert verify().ok

    @pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite has no TRUNCATE")
    @pytest.mark.parametrize("table", TABLES)
    def test_of_truncate(self, table: str) -> None:
        with pytest.raises(IntegrityError, match="只"), transaction.atomic():
            sql(f"TRUNCATE {table} CASCADE")
        assert verify().checked == 10

    @pytest.mark.skipif(ON_POSTGRESQL, reason="a setting of PostgreSQL")
    def test_holds_also_in_a_session_that_plays_replica(self) -> None:
        sql("SET LOCAL session_replication_role = replica")
        with pytest.raises(IntegrityError, match="账目只增不改"), transaction.atomic():
            sql("UPDATE ledger_entry SET sentence = '无'")

    @pytest.mark.skipif(ON_POSTGRESQL, reason="the words of PostgreSQL")
    def test_of_an_upsert(self) -> None:
        with pytest.raises(IntegrityError, match="账目只增不改"), transaction.atomic():
            sql(
                "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 3"
                " ON CONFLICT (book, seq) DO UPDATE SET sentence = '无'"
            )

    @pytest.mark.skipif(ON_SQLITE, reason="INSERT OR REPLACE removes rows without a DELETE trigger")
    @pytest.mark.parametrize(
        "statement",
        [
            "REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 3",
            "INSERT OR REPLACE INTO ledger_seal SELECT * FROM ledger_seal",
            "INSERT OR REPLACE INTO ledger_head (book, seq, digest) VALUES ('demo', 3, 'x')",
            "INSERT OR REPLACE INTO ledger_head (rowid, book, seq, digest) SELECT rowid, 'x', 3, 'x' FROM ledger_head",
        ],
    )
    def test_of_replace(self, statement: str) -> None:
        before = everything()
        with pytest.raises(IntegrityError, match="只"), transaction.atomic():
            sql(statement)
        assert everything() == before

    @pytest.mark.skipif(ON_SQLITE, reason="INSERT OR REPLACE removes rows without a DELETE trigger")
    @pytest.mark.parametrize("key", ["rowid", "subject"])
    def test_of_replace_by_another_key(self, key: str) -> None:
        [row] = rows("SELECT rowid, * FROM ledger_entry WHERE seq = 3")
        row["seq"] = 77
        if key == "subject":
            del row["rowid"]
        else:
            row["subject_id"] = 77
        names = ", ".join(row)
        marks = ", ".join(["%s"] * len(row))
        with pytest.raises(IntegrityError, match="账目只增不改"), transaction.atomic():
            sql(f"INSERT OR REPLACE INTO ledger_entry ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
        assert verify().ok


@pytest.mark.django_db
class TestMissing:
    def test_is_empty_after_migrate(self) -> None:
        assert guards.missing() == []

    def test_names_each_guard_that_is_dropped_and_install_puts_it_back(self) -> None:
        guards.remove()
        names = guards.missing()
        assert len(names) >= 7
        guards.install()
        for name in names:
            what = "INDEX" if name.endswith("_strange") else "TRIGGER"
            on = "" if connection.vendor == "sqlite" else " ON " + name.partition("_no")[0]
            sql(f"DROP {what} {name}{on}")
            assert guards.missing() == [name]
            guards.install()
            assert guards.missing() == []

    @pytest.mark.skipif(ON_SQLITE, reason="the words of SQLite")
    def test_names_a_trigger_made_harmless_on_sqlite(self) -> None:
        sql("DROP TRIGGER ledger_entry_no_update")
        sql("CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END")
        assert guards.missing() == ["ledger_entry_no_update"]
        guards.install()
        assert guards.missing() == []

    @pytest.mark.skipif(ON_POSTGRESQL, reason="the words of PostgreSQL")
    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_change",
            "ALTER TABLE ledger_entry ENABLE REPLICA TRIGGER ledger_entry_no_change",
            (
                "DROP TRIGGER ledger_entry_no_change ON ledger_entry; "
                "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OF clause ON ledger_entry "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuses('x')"
            ),
            (
                "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql "
                "AS $$BEGIN RETURN COALESCE(NEW, OLD); END$$"
            ),
        ],
    )
    def test_names_a_trigger_made_harmless_on_postgresql(self, statement: str) -> None:
        sql(statement)
        assert "ledger_entry_no_change" in guards.missing()
        guards.install()
        assert guards.missing() == []

    def test_weakens_the_verdict_without_spoiling_it(self) -> None:
        append()
        guards.remove()
        verdict = verify()
        assert verdict.ok
        assert "保护不完整" in verdict.warnings[0]

    def test_shows_in_djangos_database_check(self) -> None:
        guards.remove()
        said = io.StringIO()
        call_command("check", databases=["default"], tags=["database"], stdout=said, stderr=said)
        assert "账目的数据库保护不完整" in said.getvalue()


@pytest.mark.django_db(transaction=True)
class TestTableRebuild:
    def test_migrate_puts_back_what_sqlite_loses(self) -> None:
        """SQLite drops triggers when Django rebuilds a table; the next end of migrate installs them again."""
        append()
        wider = models.TextField("编号", default="")
        wider.set_attributes_from_name("label")
        wider.model = Entry
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, Entry._meta.get_field("label"), wider)
            if connection.vendor == "sqlite":
                editor._remake_table(Entry)
        if connection.vendor == "sqlite":
            assert "ledger_entry_no_update" in guards.missing()
        call_command("migrate", "ledger", verbosity=0, skip_checks=True)
        assert guards.missing() == []
        with pytest.raises(DatabaseError, match="账目只增不改"):
            sql("UPDATE ledger_entry SET verb = 'x'")
        assert reads.book_head("demo").seq == 1
