"""The database's own refusal to change a published list, or one that was dropped: triggers beside the ledger's.

A list and everything that hangs on it may change until then; afterwards neither the list nor a score, a case behind it, an
objection or a commendation, and nothing is added to it.
"""

from qinqing.ledger import guards
from qinqing.ledger.guards import Guard

LISTING = "standings_listing"
HANGING = ("standings_score", "standings_evidence", "standings_appeal", "standings_commendation")
FROZEN = "已公布或已作废的红黑榜不能改动：它与账目里的快照一致，有差错的请在下一期更正并说明。"
_FIXED = "('published', 'dropped')"


def stand() -> None:
    """Put the triggers beside the ledger's; they go in at the next migrate."""
    bodies = {"standings_frozen": _PG_LISTING, "standings_hanging_frozen": _PG_HANGING}
    guards.stand_beside(sqlite=_SQLITE, postgresql=_PG, bodies=bodies)


def _sqlite(table: str, name: str, event: str, when: str) -> Guard:
    return Guard(
        f"{table}_{name}",
        table,
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    )


def _fixed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {LISTING} l WHERE l.id = {row}.listing_id AND l.state IN {_FIXED})"  # noqa: S608  our own names


def _pushed(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} old WHERE old.rowid = NEW.rowid AND {_fixed('old')})"  # noqa: S608  our own names


# INSERT OR REPLACE removes the row in its way without firing DELETE triggers: hence a look before every INSERT.
_IN_THE_WAY = (
    f"EXISTS (SELECT 1 FROM {LISTING} old WHERE old.state IN {_FIXED} AND (old.rowid = NEW.rowid OR "  # noqa: S608  our own names
    "(old.town_id = NEW.town_id AND old.period = NEW.period AND old.state <> 'dropped' AND NEW.state <> 'dropped')))"
)
_SQLITE = [
    _sqlite(LISTING, "no_update", "UPDATE", f"OLD.state IN {_FIXED}"),
    _sqlite(LISTING, "no_delete", "DELETE", f"OLD.state IN {_FIXED}"),
    _sqlite(LISTING, "no_push", "INSERT", _IN_THE_WAY),
    *(_sqlite(table, "no_update", "UPDATE", f"{_fixed('OLD')} OR {_fixed('NEW')}") for table in HANGING),
    *(_sqlite(table, "no_delete", "DELETE", _fixed("OLD")) for table in HANGING),
    *(_sqlite(table, "no_insert", "INSERT", f"{_fixed('NEW')} OR {_pushed(table)}") for table in HANGING),
]
_RAISE = "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; "
_BACK = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
_PG_LISTING = f"BEGIN IF OLD.state IN {_FIXED} THEN {_RAISE}END IF; {_BACK}"
_PG_HANGING = (
    f"BEGIN IF TG_OP <> 'INSERT' THEN IF {_fixed('OLD')} THEN {_RAISE}END IF; END IF; "
    f"IF TG_OP <> 'DELETE' THEN IF {_fixed('NEW')} THEN {_RAISE}END IF; END IF; {_BACK}"
)


def _pg(table: str, name: str, event: tuple[str, str, int], function: str) -> Guard:
    words, each, kind = event
    return Guard(
        f"{table}_{name}",
        table,
        f"CREATE TRIGGER {table}_{name} BEFORE {words} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}('{FROZEN}')",
        kind,
    )


_CHANGE = ("UPDATE OR DELETE", "ROW", 1 | 2 | 8 | 16)
_ANY = ("INSERT OR UPDATE OR DELETE", "ROW", 1 | 2 | 4 | 8 | 16)
_TRUNCATE = ("TRUNCATE", "STATEMENT", 2 | 32)
_PG = [
    _pg(LISTING, "no_change", _CHANGE, "standings_frozen"),
    *(_pg(table, "no_change", _ANY, "standings_hanging_frozen") for table in HANGING),
    *(_pg(table, "no_truncate", _TRUNCATE, "ledger_refuses") for table in (LISTING, *HANGING)),
]
