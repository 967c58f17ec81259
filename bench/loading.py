"""Writing rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite; indexes made after, not along."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

_FLUSH = 20_000
_NULL = "\\N"


class Table:
    """Rows waiting to be written to one table. A row is a tuple in the order of `columns`; moments are UTC text."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, tuple(columns)
        self.rows: list[tuple[Any, ...]] = []
        self.written = 0

    @classmethod
    def of(cls, model: type[Model]) -> "Table":
        return cls(model._meta.db_table, [field.column for field in model._meta.concrete_fields])

    def flush(self) -> None:
        if not self.rows:
            return
        names = ", ".join(f'"{name}"' for name in self.columns)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                self._copy(cursor.cursor, f'COPY "{self.name}" ({names}) FROM STDIN')
        else:
            marks = ", ".join(["%s"] * len(self.columns))
            with connection.cursor() as cursor:
                cursor.executemany(f'INSERT INTO "{self.name}" ({names}) VALUES ({marks})', self.rows)
        self.written += len(self.rows)
        self.rows.clear()

    def _copy(self, cursor: Any, statement: str) -> None:
        lines = ["\t".join([_NULL if cell is None else str(cell) for cell in row]) for row in self.rows]
        with cursor.copy(statement) as copy:
            copy.write(("\n".join(lines) + "\n").encode())

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= _FLUSH


class Later:
    """Secondary indexes and unique constraints of tables, taken away for loading and made again after it."""

    def __init__(self, tables: Sequence[str]) -> None:
        self.statements: list[str] = []
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            for table in tables:
                self._take_constraints(cursor, table)
                self._take_indexes(cursor, table)

    def _take_constraints(self, cursor: Any, table: str) -> None:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'",
            [table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            self.statements.append(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')

    def _take_indexes(self, cursor: Any, table: str) -> None:
        cursor.execute(
            "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = %s::regclass AND NOT i.indisprimary",
            [table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            self.statements.append(definition)

    def make_again(self, say: Any) -> None:
        with connection.cursor() as cursor:
            for statement in self.statements:
                say(statement[:100])
                cursor.execute(statement)


def begin_loading() -> None:
    """Let rows in without checking foreign keys one by one, and read moments as UTC."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET TIME ZONE 'UTC'")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")


def end_loading(models: Sequence[type[Model]]) -> None:
    """Move the sequences behind the ids given, gather statistics, check foreign keys again from now on."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("ANALYZE")
            return
        cursor.execute("SET session_replication_role = origin")
        for model in models:
            key = model._meta.pk.column if model._meta.pk is not None else ""
            if key == "id":
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'),"
                    f' (SELECT coalesce(max(id), 1) FROM "{model._meta.db_table}"))'
                )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def in_one(write: Any) -> Any:
    """Run a write in one transaction."""
    with transaction.atomic():
        return write()
