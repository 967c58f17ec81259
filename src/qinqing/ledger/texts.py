"""The text of entries as the database makes it: one expression per vendor, equal to `chain.text_of`, read in batches.

Joining 21 columns in Python costs more than hashing them; the database does it in a third of the time. SQLite's printf
ends a text at U+0000 and takes a blob for a text; rows with either are found apart, by `strange`, whose partial index
(`guards.py`) holds no row at all in a sound ledger.
"""

from collections.abc import Iterator

import psycopg
from django.db import connection

from qinqing.ledger.chain import FIELDS, NOTHING

Row = tuple[int, bytes | None, str, str]
"""Number, text in UTF-8 (None when a column is NULL that must not be), digest, algorithm."""

NUMBERS = ("seq", "subject_id", "subject_seq", "actor_id", "office_id")
MAY_BE_ABSENT = ("actor_id", "office_id")
_TEXTS = tuple(name for name in (*FIELDS, "digest") if name not in NUMBERS)


def _sqlite_text() -> str:
    columns = (f"ifnull({name}, '{NOTHING}')" if name in MAY_BE_ABSENT else name for name in FIELDS)
    # printf writes NULL as nothing: a NULL where none may be is strange (below), never an empty text.
    return f"CAST(printf('{chr(31).join(['%s'] * len(FIELDS))}', {', '.join(columns)}) AS BLOB)"


def _sqlite_strange() -> str:
    types = " || ".join(f"typeof({name})" for name in (*_TEXTS, *NUMBERS[:3]))
    usual = "text" * len(_TEXTS) + "integer" * 3
    absent = " OR ".join(f"typeof({name}) NOT IN ('integer', 'null')" for name in MAY_BE_ABSENT)
    return f"{types} <> '{usual}' OR {absent} OR instr({' || '.join(_TEXTS)}, char(0)) > 0"


def _postgresql_text() -> str:
    columns = [f"coalesce({name}::text, '{NOTHING}')" if name in MAY_BE_ABSENT else name for name in FIELDS]
    # concat_ws costs a third of || but passes over a NULL: where none may be, the whole text becomes NULL.
    whole = f"CASE WHEN num_nulls({', '.join(columns)}) = 0 THEN concat_ws(chr(31), {', '.join(columns)}) END"
    return f"textsend({whole})"  # as bytes in the client's encoding, which Django sets to UTF-8


SQLITE_STRANGE = _sqlite_strange()
"""Condition of rows stored in a way `record` never writes: a blob or NULL for a text, U+0000 inside one."""
_TEXT = {"sqlite": _sqlite_text(), "postgresql": _postgresql_text()}


def stream(book: str, *, after: int = 0) -> Iterator[list[Row]]:
    """Yield the entries of a book behind a number, in order, in batches small enough to stay in the processor's cache."""
    if connection.vendor == "postgresql":
        yield from _postgresql(book, after)
    else:
        yield from _sqlite(book, after)


def strange(book: str | None = None) -> tuple[str, int] | None:
    """Return book and number of the first entry stored in a way this program never writes, or None.

    PostgreSQL keeps types and refuses U+0000 by itself.
    """
    if connection.vendor != "sqlite":
        return None
    only = " AND book = %s" if book else ""
    sql = f"SELECT book, seq FROM ledger_entry WHERE ({SQLITE_STRANGE}){only} ORDER BY book, seq LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [book] if book else [])
        row = cursor.fetchone()
    return (str(row[0]), int(row[1])) if row else None


def _query(vendor: str, limit: int) -> str:
    text = _TEXT[vendor].replace("%", "%%")
    return (
        f"SELECT seq, {text}, digest, algorithm FROM ledger_entry"  # noqa: S608  our own column names
        f" WHERE book = %s AND seq > %s ORDER BY seq LIMIT {limit}"
    )


def _sqlite(book: str, after: int) -> Iterator[list[Row]]:
    limit = 50_000  # a statement left open for long would keep the write-ahead log from shrinking
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_query("sqlite", limit), [book, after])
            got = 0
            while rows := cursor.fetchmany(500):
                got += len(rows)
                after = rows[-1][0]
                yield rows
            if got < limit:
                return


def _postgresql(book: str, after: int) -> Iterator[list[Row]]:
    limit = 5_000
    query = _query("postgresql", limit)
    connection.ensure_connection()
    while True:
        # Django's own cursor reads bytes as hexadecimal text, at twice the cost.
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            rows: list[Row] = cursor.execute(query, [book, after], binary=True).fetchall()
        if rows:
            yield rows
        if len(rows) < limit:
            return
        after = rows[-1][0]
