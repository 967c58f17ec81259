"""Open findings as the phones' bundle carries them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qinqing.findings import policy
from qinqing.findings.models import Finding, FindingEvent
from qinqing.findings.words import UNSETTLED
from qinqing.kernel.actor import Actor

MOST_A_FIRM = 50


def open_of(by: Actor, enterprise_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the open findings of firms by firm, each as FINDING + version, state, due, events (docs/field-protocol.md).

    Two queries. Only what this person may see. Moments are milliseconds since 1970.
    """
    rows = policy.visible_to(by).filter(
        enterprise_id__in=list(enterprise_ids), state__in=[state.value for state in UNSETTLED]
    )
    found = list(rows.order_by("enterprise_id", "-id"))
    events: dict[int, list[dict[str, Any]]] = {}
    for event in FindingEvent.objects.filter(finding__in=[row.pk for row in found]):
        events.setdefault(event.finding_id, []).append(_event(event))
    told: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        of_firm = told.setdefault(row.enterprise_id, [])
        if len(of_firm) < MOST_A_FIRM:
            of_firm.append(_finding(row, events.get(row.pk, [])))
    return told


def _finding(row: Finding, events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(row.uid),
        "number": row.number,
        "checklist": row.checklist,
        "item": row.item,
        "item_text": row.item_text,
        "category": row.category,
        "level": row.level,
        "text": row.text,
        "place_text": row.place_text,
        "photos": row.photos,
        "advice": row.advice,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "fixed_on_spot": row.is_fixed_on_spot,
        "is_problem": row.is_problem,
        "repeat_of": None,
        "version": row.version,
        "state": row.state,
        "due": row.deadline.isoformat() if row.deadline else None,
        "mine": not policy.sight_of(row).is_safetys,
        "extended": row.extensions > 0,
        "made_ms": _ms(row.made_at),
        "events": events,
    }


def _event(event: FindingEvent) -> dict[str, Any]:
    return {
        "id": str(event.pk),
        "kind": event.kind,
        "text": event.text,
        "photos": event.photos,
        "until": event.until.isoformat() if event.until else None,
        "made_ms": _ms(event.made_at),
        "by": event.by_name,
        "version": event.version,
        "parallel": event.is_parallel,
    }


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
