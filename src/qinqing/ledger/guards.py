"""The database's own refusal: triggers that let the ledger grow and nothing else, for SQLite and PostgreSQL side by side.

Entries and seals: no UPDATE, no DELETE, no TRUNCATE. Heads: forward by one, never removed. The migration puts the
triggers in; `apps.py` puts them back after every migrate, because SQLite loses them whenever Django rebuilds a table.
Other nouns whose rows may never change put their triggers beside these (`stand_beside`).
Whoever owns the database can drop a guard. He cannot do it unseen: `missing()` tells, and so does the chain.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from qinqing.ledger.texts import SQLITE_STRANGE

ENTRY, SEAL, HEAD = "ledger_entry", "ledger_seal", "ledger_head"
GROWS_ONLY = "账目只增不改：不能修改或删除已入账的内容。如有差错，请另记一笔更正。"
SEALED = "封账单只增不改：不能修改或删除已封的账。"
ONE_FORWARD = "账册的最后序号只能逐笔前进，不能改动或删除。"


@dataclass(frozen=True)
class Guard:
    """One trigger of one database, or SQLite's index of oddities.

    Attributes:
        name: unique in the database; a trigger's ends in what it is about.
        table: the table it stands at.
        sql: the CREATE statement.
        kind: PostgreSQL's `tgtype` bits (1 each row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate).
    """

    name: str
    table: str
    sql: str
    kind: int = 0

    @property
    def what(self) -> str:
        """Return TRIGGER or INDEX."""
        return self.sql.split()[1]


def stand_beside(*, sqlite: Sequence[Guard], postgresql: Sequence[Guard], bodies: Mapping[str, str]) -> None:
    """Guard another noun's table in the same way, from now on: put in, put back, missed and checked like the ledger's own.

    Args:
        sqlite, postgresql: the triggers, for each of the two.
        bodies: of the functions that the PostgreSQL triggers call, by name, if not one of the ledger's.
    """
    _SQLITE.extend(guard for guard in sqlite if guard not in _SQLITE)
    _PG.extend(guard for guard in postgresql if guard not in _PG)
    _PG_BODIES.update(bodies)


def install(connection: BaseDatabaseWrapper | None = None) -> None:
    """Put in every trigger that is missing or altered; tables that do not exist yet are passed over. Safe to repeat."""
    database = connection or default_connection
    gone = set(missing(database))
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        if gone and database.vendor == "postgresql":
            cursor.execute(_pg_functions())
        for guard in _wanted(database):
            if guard.name in gone:
                cursor.execute(_drop(database, guard))
                cursor.execute(guard.sql)
                if database.vendor == "postgresql":
                    # ALWAYS: also when a superuser sets session_replication_role, which would leave no trace.
                    cursor.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}")


def remove(connection: BaseDatabaseWrapper | None = None) -> None:
    """Take the triggers out: for undoing the migration and for emptying a test database. Nothing else calls it."""
    database = connection or default_connection
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for guard in _wanted(database):
            cursor.execute(_drop(database, guard))


def missing(connection: BaseDatabaseWrapper | None = None) -> list[str]:
    """Return the names of triggers that are gone, switched off or not as we made them; empty when all is well."""
    database = connection or default_connection
    wanted = _wanted(database)
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index')")
            there = dict(cursor.fetchall())
            return [guard.name for guard in wanted if there.get(guard.name) != guard.sql]
        cursor.execute(_PG_STATE, [sorted({guard.table for guard in wanted})])
        state = {(name, table): (kind, source) for name, table, kind, source in cursor.fetchall()}
    return [
        guard.name
        for guard in wanted
        if state.get((guard.name, guard.table)) != (guard.kind, _PG_BODIES[_pg_function(guard)])
    ]


def _wanted(database: BaseDatabaseWrapper) -> list[Guard]:
    guards = {"sqlite": _SQLITE, "postgresql": _PG}[database.vendor]
    tables = set(database.introspection.table_names())
    return [guard for guard in guards if guard.table in tables]


def _drop(database: BaseDatabaseWrapper, guard: Guard) -> str:
    at_table = f" ON {guard.table}" if database.vendor == "postgresql" else ""
    return f"DROP {guard.what} IF EXISTS {guard.name}{at_table}"


# --- SQLite ---------------------------------------------------------------------------------------------------------
# INSERT OR REPLACE removes the row in its way without firing DELETE triggers: hence a look before every INSERT.
# An explicit rowid is -1 in a BEFORE trigger unless the statement names one.


def _sqlite(table: str, event: str, message: str, when: str = "") -> Guard:
    name = f"{table}_no_{event.lower()}"
    condition = f" WHEN {when}" if when else ""
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    )


def _there(table: str, *keys: str) -> str:
    """Return the condition that a row to insert would push out another one."""
    same = ("old.rowid = NEW.rowid", *keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} old WHERE {key})" for key in same)  # noqa: S608  our own names


_SQLITE = [
    _sqlite(ENTRY, "UPDATE", GROWS_ONLY),
    _sqlite(ENTRY, "DELETE", GROWS_ONLY),
    _sqlite(
        ENTRY,
        "INSERT",
        GROWS_ONLY,
        _there(
            ENTRY,
            "old.book = NEW.book AND old.seq = NEW.seq",
            "old.subject_kind = NEW.subject_kind AND old.subject_id = NEW.subject_id"
            " AND old.book = NEW.book AND old.subject_seq = NEW.subject_seq",
        ),
    ),
    _sqlite(SEAL, "UPDATE", SEALED),
    _sqlite(SEAL, "DELETE", SEALED),
    _sqlite(SEAL, "INSERT", SEALED, _there(SEAL, "old.number = NEW.number", "old.day = NEW.day")),
    _sqlite(HEAD, "UPDATE", ONE_FORWARD, "NEW.book <> OLD.book OR NEW.seq <> OLD.seq + 1"),
    _sqlite(HEAD, "DELETE", ONE_FORWARD),
    _sqlite(HEAD, "INSERT", ONE_FORWARD, _there(HEAD, "old.book = NEW.book")),
    # Lists the entries stored in a way this program never writes: none. Spares `verify` a second pass (`texts.py`).
    Guard(
        f"{ENTRY}_strange",
        ENTRY,
        f"CREATE INDEX {ENTRY}_strange ON {ENTRY} (book, seq) WHERE {SQLITE_STRANGE}",
    ),
]

# --- PostgreSQL -----------------------------------------------------------------------------------------------------

_PG_BODIES: dict[str, str] = {
    "ledger_refuses": "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END",
    "ledger_one_forward": (
        "BEGIN IF NEW.book = OLD.book AND NEW.seq = OLD.seq + 1 THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END"
    ),
}
_PG_STATE = """
    SELECT t.tgname, c.relname, t.tgtype, p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = ''::int2vector
      AND c.oid IN (SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)
"""


def _pg_functions() -> str:
    return "; ".join(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
        for name, body in _PG_BODIES.items()
    )


def _pg(table: str, name: str, kind: int, message: str) -> Guard:
    function = "ledger_one_forward" if (table, name) == (HEAD, "no_update") else "ledger_refuses"
    words = {1 | 2 | 8 | 16: "UPDATE OR DELETE", 1 | 2 | 8: "DELETE", 1 | 2 | 16: "UPDATE", 2 | 32: "TRUNCATE"}[kind]
    each = "ROW" if kind & 1 else "STATEMENT"
    return Guard(
        f"{table}_{name}",
        table,
        f"CREATE TRIGGER {table}_{name} BEFORE {words} ON {table} FOR EACH {each} "
        f"EXECUTE FUNCTION {function}('{message}')",
        kind,
    )


def _pg_function(guard: Guard) -> str:
    found = re.search(r"EXECUTE FUNCTION (\w+)\(", guard.sql)
    return found[1] if found else ""


_PG = [
    _pg(ENTRY, "no_change", 1 | 2 | 8 | 16, GROWS_ONLY),
    _pg(ENTRY, "no_truncate", 2 | 32, GROWS_ONLY),
    _pg(SEAL, "no_change", 1 | 2 | 8 | 16, SEALED),
    _pg(SEAL, "no_truncate", 2 | 32, SEALED),
    _pg(HEAD, "no_update", 1 | 2 | 16, ONE_FORWARD),
    _pg(HEAD, "no_delete", 1 | 2 | 8, ONE_FORWARD),
    _pg(HEAD, "no_truncate", 2 | 32, ONE_FORWARD),
]
