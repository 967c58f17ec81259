"""Records as a phone would send them, and what the tests ask of a firm."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from qinqing.enterprises.actions import files
from qinqing.evidence.words import Flag, Record, Sent
from qinqing.outreach import actions
from tests.cases.world import NOW, World


def ms(at: datetime) -> int:
    """Return a moment as the phone's clock writes it."""
    return int(at.timestamp() * 1000)


def record(
    kind: str,
    *,
    enterprise: int | None = None,
    at: datetime = NOW,
    made_at: datetime | None = None,
    attachments: tuple[Sent, ...] = (),
    key: UUID | None = None,
    offset_ms: int | None = 0,
) -> Record:
    """Return a frozen record."""
    return Record(
        id=key or uuid4(),
        kind=kind,
        enterprise_id=enterprise,
        made_at=made_at or at,
        received_at=at,
        place=None,
        attachments=attachments,
        device="",
        by_account=None,
        offset_ms=offset_ms,
    )


def sent(number: int = 1) -> Sent:
    """Return a photo as the manifest names it."""
    return Sent(uuid4(), f"{number:064x}", 1000, "image/jpeg", "photo")


def take_in(world: World, rec: Record, data: dict[str, Any], by: str = "officer", at: datetime = NOW) -> list[Flag]:
    """Hand a record to its function."""
    flags: list[Flag] = getattr(actions, f"take_in_{rec.kind}")(data, record=rec, by=world.who[by], at=at)
    return flags


def codes(flags: list[Flag]) -> list[str]:
    """Return the codes of flags."""
    return [flag.code for flag in flags]


def tag(world: World, *tags: str, firm: str = "lamp") -> None:
    """Give a firm its tags."""
    files.update(enterprise_id=world.firms[firm], raw={"tags": list(tags)}, by=world.clerk, at=NOW)
