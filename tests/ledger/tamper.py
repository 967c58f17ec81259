"""What a dishonest owner of the database could do once the triggers are gone: raw SQL, and chains computed anew."""

from typing import TYPE_CHECKING, Any

from django.db import connection

from qinqing.ledger import chain, guards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qinqing.ledger.verify import Verdict


def sql(statement: str, values: "Sequence[Any]" = ()) -> None:
    """Run one statement past Django."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def rows(statement: str, values: "Sequence[Any]" = ()) -> list[dict[str, Any]]:
    """Return rows past Django, as dicts."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def unguard() -> None:
    guards.remove()


def set_column(column: str, value: Any, seq: int, book: str = "demo") -> None:
    sql(f"UPDATE ledger_entry SET {column} = %s WHERE book = %s AND seq = %s", [value, book, seq])  # noqa: S608


def delete(seq: int, book: str = "demo") -> None:
    sql("DELETE FROM ledger_entry WHERE book = %s AND seq = %s", [book, seq])


def set_head(seq: int, digest: str, book: str = "demo") -> None:
    sql("UPDATE ledger_head SET seq = %s, digest = %s WHERE book = %s", [seq, digest, book])


def rechain(start: int = 1, book: str = "demo") -> None:
    """Compute all digests anew from a number on, renumber without gaps, and put the head right."""
    before = rows("SELECT digest FROM ledger_entry WHERE book = %s AND seq = %s", [book, start - 1])
    previous, seq = (before[0]["digest"] if before else ""), start - 1
    for row in rows("SELECT * FROM ledger_entry WHERE book = %s AND seq >= %s ORDER BY seq", [book, start]):
        seq += 1
        values = {**row, "previous": previous, "seq": seq}
        digest = chain.digest_of(chain.text_of(values), row["algorithm"])
        sql(
            "UPDATE ledger_entry SET seq = %s, previous = %s, digest = %s WHERE book = %s AND seq = %s",
            [seq, previous, digest, book, row["seq"]],
        )
        previous = digest
    set_head(seq, previous, book)


def blamed(verdict: "Verdict") -> tuple[str, int, str]:
    """Return book, number and reason of the first bad entry; there must be one."""
    assert verdict.first_bad is not None
    return verdict.first_bad.book, verdict.first_bad.seq, verdict.first_bad.reason
