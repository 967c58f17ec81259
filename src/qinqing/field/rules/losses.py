"""What a phone has lost: it was pending, it is no more, and no receipt explains it. The phone cannot remember what it forgot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qinqing.field.rules.clock import moment

MOST = 2000
"""Pending records a phone may name; what is beyond is not compared."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One finalized record a phone still holds."""

    id: UUID
    kind: str
    made_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored and told."""
        made_ms = int(self.made_at.timestamp() * 1000) if self.made_at else None
        return {"kind": self.kind, "id": str(self.id), "made_ms": made_ms}


def read(raw: object) -> list[Pending]:
    """Return the pending records a heartbeat names, each once; what is no record is left out."""
    found: dict[UUID, Pending] = {}
    for line in raw[:MOST] if isinstance(raw, list) else []:
        if not isinstance(line, Mapping):
            continue
        key = uuid_of(line.get("id"))
        if key is not None:
            found[key] = Pending(key, str(line.get("kind", ""))[:20], moment(line.get("made_ms")))
    return list(found.values())


def lost(before: Collection[Pending], now: Collection[Pending], receipted: Collection[UUID]) -> list[Pending]:
    """Return what was pending before, is not now, and never got a receipt."""
    here = {one.id for one in now}
    return [one for one in before if one.id not in here and one.id not in receipted]


def uuid_of(raw: object) -> UUID | None:
    """Return a UUID written as the protocol writes it (lower case, hyphens); None for anything else."""
    if not isinstance(raw, str) or len(raw) != 36:
        return None
    try:
        key = UUID(raw)
    except ValueError:
        return None
    return key if str(key) == raw else None
