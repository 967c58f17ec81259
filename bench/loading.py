"""Writing rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite; indexes made after, not along.

A row is a line of COPY's own form: cells apart by tabs, NULL as a backslash and N. On PostgreSQL a second connection writes what
is ready while this process makes the next rows: the two share the two cores of a small machine.
"""

import queue
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

NULL = "\\N"
_FLUSH = 20_000
_WAITING = 6
"""Batches that may lie ready before this process waits for the database."""


def line(cells: Iterable[Any]) -> str:
    """Return a row in COPY's form; moments come as UTC text, no text has tabs or line ends in it."""
    # Both databases take 0 and 1 for no and yes.
    return "\t".join(
        [NULL if cell is None else str(int(cell) if cell is True or cell is False else cell) for cell in cells]
    )


def utc(moment: datetime) -> str:
    """Return an aware moment as UTC text."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def defaults(model: type[Model]) -> dict[str, Any]:
    """Return what each column of a new row holds, in the order of the table."""
    blank = model()
    return {field.column: getattr(blank, field.attname) for field in model._meta.concrete_fields}


class Writer:
    """Takes batches and writes them: at once on SQLite, from a thread of its own on PostgreSQL."""

    def __init__(self) -> None:
        self._ready: queue.Queue[tuple[str, list[str]] | None] = queue.Queue(_WAITING)
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        if connection.vendor == "postgresql":
            self._thread.start()

    def put(self, table: "Table", rows: list[str]) -> None:
        """Write a batch, or leave it to the thread."""
        names = ", ".join(f'"{name}"' for name in table.columns)
        if connection.vendor == "postgresql":
            self._check()
            self._ready.put((f'COPY "{table.name}" ({names}) FROM STDIN', rows))
            return
        # SQLite turns digits into a number where the column is one, but for the number of a row.
        marks = ", ".join("CAST(%s AS INTEGER)" if name == "rowid" else "%s" for name in table.columns)
        cells = ([None if cell == NULL else cell for cell in row.split("\t")] for row in rows)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', cells)

    def close(self) -> None:
        """Wait until everything is written."""
        if connection.vendor == "postgresql":
            self._ready.put(None)
            self._thread.join()
            self._check()

    def _check(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        begin_loading()
        try:
            while batch := self._ready.get():
                statement, rows = batch
                with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
                    copy.write(("\n".join(rows) + "\n").encode())
        except Exception as fault:  # told to whoever puts the next batch
            self._fault = fault
            while self._ready.get() is not None:
                pass
        finally:
            connection.close()


class Table:
    """Rows waiting to be written to one table, in the order of `columns`."""

    def __init__(self, name: str, columns: Sequence[str], writer: Writer) -> None:
        self.name, self.columns, self._writer = name, tuple(columns), writer
        self.rows: list[str] = []
        self.count = 0

    @classmethod
    def of(cls, model: type[Model], writer: Writer) -> "Table":
        return cls(model._meta.db_table, [field.column for field in model._meta.concrete_fields], writer)

    def flush(self, *, only_full: bool = False) -> None:
        """Hand the rows over."""
        if self.rows and (not only_full or len(self.rows) >= _FLUSH):
            self.count += len(self.rows)
            self._writer.put(self, self.rows)
            self.rows = []


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
            cursor.execute("SET jit = off")
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
