"""Findings and events as phones send them, and small helpers around them."""

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PIL import Image

from qinqing.evidence import actions as evidence
from qinqing.evidence.words import Flag
from qinqing.findings import actions
from qinqing.findings.models import Finding
from tests.cases.world import NOW

if TYPE_CHECKING:
    from qinqing.kernel.actor import Actor
    from tests.cases.world import World

STOP = {
    "told_name": "演示厂长",
    "told_at_ms": int(NOW.timestamp() * 1000),
    "how": "当面",
    "result": "stopped",
    "why_not": "",
}


def finding(**more: Any) -> dict[str, Any]:
    """Return a FINDING of the field protocol."""
    return {
        "id": str(uuid4()),
        "checklist": "F6",
        "item": "F6-07",
        "category": "safety",
        "level": "minor",
        "text": "冲床光电保护疑似失灵。",
        "photos": [],
        "advice": "请停用并报修。",
        "deadline": None,
        "fixed_on_spot": False,
        "repeat_of": None,
        "is_problem": False,
        "stop": None,
        "place_text": "冲压车间",
    } | more


def opened(world: "World", *, by: str = "officer", firm: str = "lamp", at: datetime = NOW, **more: Any) -> Finding:
    """Take a finding in from a visit and return its row."""
    given = finding(**more)
    actions.open_from_visit(
        given, visit_id=uuid4(), enterprise_id=world.firms[firm], made_at=at, by=world.who[by], at=at
    )
    return Finding.objects.get(uid=UUID(given["id"]))


def event(
    row: Finding | UUID | str, kind: str, *, base: int = 0, text: str = "看过现场。", **more: Any
) -> dict[str, Any]:
    """Return an EVENT of the field protocol."""
    uid = row.uid if isinstance(row, Finding) else row
    return {
        "id": str(uuid4()),
        "finding": str(uid),
        "base_version": base,
        "kind": kind,
        "text": text,
        "photos": [],
        "until": None,
    } | more


def send(
    world: "World",
    given: dict[str, Any],
    *,
    by: str = "officer",
    made_at: datetime = NOW,
    at: datetime = NOW,
    **more: Any,
) -> list[Flag]:
    """Take an event in from a phone."""
    return actions.take_event(given, record_id=uuid4(), made_at=made_at, by=world.who[by], at=at, **more)


def press(
    world: "World", row: Finding, kind: str, by: str, *, at: datetime = NOW, text: str = "看过现场。", **more: Any
) -> Finding:
    """Press at the desk and return the row as it is afterwards."""
    actions.follow_up(finding_id=row.pk, kind=kind, text=text, by=world.who[by], at=at, **more)
    return again(row)


def again(row: Finding) -> Finding:
    """Return the row as the database has it."""
    return Finding.objects.get(pk=row.pk)


def photo(by: "Actor", at: datetime = NOW) -> UUID:
    """Upload a picture by a form."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#7a7").save(out, "JPEG")
    return evidence.receive_upload("现场.jpg", io.BytesIO(out.getvalue()), by=by, at=at)


def day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)
