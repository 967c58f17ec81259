"""The database's own refusal to change what was published: triggers beside the ledger's, for SQLite and PostgreSQL.

A draft may be rewritten and thrown away. A published version may only become retired, on a day; a retired one nothing.
"""

from qinqing.ledger import guards
from qinqing.ledger.guards import Guard

TABLE = "checklists_checklistversion"
FROZEN = "已发布的清单版本不能修改或删除：请另导入一版，发布后自动替换。"
_KEPT = (
    "id",
    "checklist_id",
    "number",
    "title",
    "is_draft_text",
    "content",
    "content_sha256",
    "items",
    "source",
    "effective_from",
    "prepared_at",
    "prepared_by",
    "published_at",
    "published_by",
)
"""Everything but status and the day of retirement."""


def stand() -> None:
    """Put the triggers beside the ledger's; they go in at the next migrate."""
    guards.stand_beside(sqlite=_SQLITE, postgresql=_PG, bodies={"checklists_frozen": _PG_BODY})


# INSERT OR REPLACE and UPDATE OR REPLACE remove the row in their way without firing DELETE triggers.
_IN_THE_WAY = (
    f"EXISTS (SELECT 1 FROM {TABLE} other WHERE other.status <> 'draft' AND %s AND (other.rowid = NEW.rowid OR "  # noqa: S608  our own names
    "(other.checklist_id = NEW.checklist_id AND (other.number = NEW.number OR "
    "(other.status = 'published' AND NEW.status = 'published')))))"
)
_SAME_SQLITE = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
_RETIRES = "OLD.status = 'published' AND NEW.status = 'retired'"


def _sqlite(name: str, event: str, when: str) -> Guard:
    return Guard(
        f"{TABLE}_{name}",
        TABLE,
        f"CREATE TRIGGER {TABLE}_{name} BEFORE {event} ON {TABLE} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    )


_SQLITE = [
    _sqlite("no_update", "UPDATE", f"OLD.status <> 'draft' AND NOT ({_RETIRES} AND {_SAME_SQLITE})"),
    _sqlite("no_delete", "DELETE", "OLD.status <> 'draft'"),
    _sqlite("no_push", "INSERT", _IN_THE_WAY % "1"),
    _sqlite("no_shove", "UPDATE", _IN_THE_WAY % "other.rowid <> OLD.rowid"),
]
_PG_BODY = (
    "BEGIN "
    "IF TG_OP = 'DELETE' THEN IF OLD.status = 'draft' THEN RETURN OLD; END IF; "
    "ELSIF TG_OP = 'UPDATE' THEN IF OLD.status = 'draft' OR "
    f"({_RETIRES} AND ROW({', '.join(f'NEW.{name}' for name in _KEPT)}) "
    f"IS NOT DISTINCT FROM ROW({', '.join(f'OLD.{name}' for name in _KEPT)})) THEN RETURN NEW; END IF; END IF; "
    "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END"
)


def _pg(name: str, words: str, each: str, kind: int) -> Guard:
    return Guard(
        f"{TABLE}_{name}",
        TABLE,
        f"CREATE TRIGGER {TABLE}_{name} BEFORE {words} ON {TABLE} FOR EACH {each} "
        f"EXECUTE FUNCTION checklists_frozen('{FROZEN}')",
        kind,
    )


_PG = [
    _pg("no_change", "UPDATE OR DELETE", "ROW", 1 | 2 | 8 | 16),
    _pg("no_truncate", "TRUNCATE", "STATEMENT", 2 | 32),
]
