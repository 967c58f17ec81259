"""The database's own refusal to change what happened to a finding: events are only added, on SQLite and on PostgreSQL.

Beside the ledger's triggers: put in and put back after every migrate, missed and named by the check-up when gone.
"""

from qinqing.ledger import guards
from qinqing.ledger.guards import Guard

TABLE = "findings_findingevent"
GROWS_ONLY = "隐患的跟进只增不改：不能修改或删除已记下的一步。如有差错，请另记一步说明。"


def stand() -> None:
    """Put the triggers beside the ledger's; they go in at the next migrate."""
    guards.stand_beside(sqlite=_SQLITE, postgresql=_PG, bodies={})


# INSERT OR REPLACE removes the row in its way without firing DELETE triggers: hence a look before every INSERT.
_IN_THE_WAY = (
    f"EXISTS (SELECT 1 FROM {TABLE} old WHERE old.rowid = NEW.rowid OR old.id = NEW.id OR "  # noqa: S608  our own names
    "(old.finding_id = NEW.finding_id AND old.version = NEW.version))"
)


def _sqlite(event: str, when: str = "") -> Guard:
    name = f"{TABLE}_no_{event.lower()}"
    return Guard(
        name,
        TABLE,
        f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW{when and ' WHEN '}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{GROWS_ONLY}'); END",
    )


def _pg(name: str, words: str, each: str, kind: int) -> Guard:
    return Guard(
        f"{TABLE}_{name}",
        TABLE,
        f"CREATE TRIGGER {TABLE}_{name} BEFORE {words} ON {TABLE} FOR EACH {each} "
        f"EXECUTE FUNCTION ledger_refuses('{GROWS_ONLY}')",
        kind,
    )


_SQLITE = [_sqlite("UPDATE"), _sqlite("DELETE"), _sqlite("INSERT", _IN_THE_WAY)]
_PG = [
    _pg("no_change", "UPDATE OR DELETE", "ROW", 1 | 2 | 8 | 16),
    _pg("no_truncate", "TRUNCATE", "STATEMENT", 2 | 32),
]
