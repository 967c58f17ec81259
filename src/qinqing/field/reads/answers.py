"""What a phone is told of its records and attachments; never anything of another person's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qinqing.evidence import reads as evidence
from qinqing.field.models import Receipt, Record
from qinqing.field.words import Whole


@dataclass(frozen=True, slots=True)
class Missing:
    """An attachment whose bytes are not all here."""

    id: UUID
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt."""

    no: int
    at: datetime
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a record stands."""

    id: UUID
    kind: str
    whole: str
    missing: tuple[Missing, ...]
    receipt: Slip | None
    flags: tuple[dict[str, str], ...]


def status(account_id: int, kind: str, key: UUID) -> Status | None:
    """Return where a record of this account stands; None for an unknown one and for anybody else's."""
    row = _rows().filter(pk=key, account_id=account_id, kind=kind).first()
    return status_of(row) if row else None


def status_of(row: Record) -> Status:
    """Return where a record stands; its receipt should be fetched along."""
    missing: tuple[Missing, ...] = ()
    if row.whole != Whole.COMPLETE and row.expected:
        brought = evidence.of_records([row.pk]).get(row.pk, [])
        missing = tuple(Missing(one.id, one.offset, one.size) for one in brought if not one.is_here)
    slip = getattr(row, "receipt", None) if row.whole == Whole.COMPLETE else None
    return Status(row.pk, row.kind, row.whole, missing, slip_of(slip) if slip else None, tuple(row.flags))


def slip_of(row: Receipt) -> Slip:
    """Return a receipt as it is told."""
    return Slip(row.no, row.at, row.manifest_sha256)


def as_json(found: Status) -> dict[str, Any]:
    """Return a status in the words of the protocol."""
    return {
        "id": str(found.id),
        "kind": found.kind,
        "state": found.whole,
        "missing": [{"id": str(one.id), "offset": one.offset, "size": one.size} for one in found.missing],
        "receipt": slip_json(found.receipt),
        "flags": list(found.flags),
    }


def slip_json(slip: Slip | None) -> dict[str, Any] | None:
    """Return a receipt in the words of the protocol."""
    if slip is None:
        return None
    return {"no": slip.no, "at_ms": int(slip.at.timestamp() * 1000), "manifest_sha256": slip.manifest_sha256}


def _rows() -> Any:
    return Record.objects.defer("body").select_related("receipt")
