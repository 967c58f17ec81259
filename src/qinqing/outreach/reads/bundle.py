"""What the phones take along of the other contacts: alerts, batches, tasks, topics, numbers, environment cards."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from qinqing.accidents import reads as accidents
from qinqing.environment import reads as environment
from qinqing.kernel.actor import Actor
from qinqing.outreach import policy
from qinqing.outreach.models import AlertFirm, Receipt
from qinqing.outreach.reads import alerts, errands, meetings
from qinqing.outreach.words import AlertState, ReceiptWay, Way

_MOST = 500


def bundle_part(by: Actor, at: datetime) -> dict[str, Any]:
    """Return the officer's part of the day's bundle as plain JSON values; moments are milliseconds since 1970.

    Only open alerts, open batches and open tasks, and of them only the lines of firms the officer serves.
    """
    firms = list(policy.firm_ids(by))
    return {
        "alerts": _alerts(by),
        "batches": _batches(by),
        "tasks": [
            {
                "id": one.id,
                "title": one.title,
                "line": one.line,
                "by": one.by_name,
                "due_ms": _ms(one.due_at),
                "external": one.external,
                "is_late": one.due_at < at,
            }
            for one in errands.open_for(by)
        ],
        "meeting_topics": [{"code": code, "name": name} for code, name in meetings.topics(by.book)],
        "emergency": [asdict(one) for one in accidents.phones(by.book)],
        "accident_kinds": [asdict(one) for one in accidents.kinds(by.book)],
        "contact_ways": [{"code": code, "name": name} for code, name in Way.choices()],
        "environment": {str(firm): asdict(card) for firm, card in environment.cards_of(firms).items()},
    }


def _alerts(by: Actor) -> list[dict[str, Any]]:
    rows = (
        policy.alert_firms_visible_to(by)
        .filter(alert__lifted_at__isnull=True)
        .select_related("alert", "enterprise")
        .order_by("-alert_id", "pk")[:_MOST]
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        alert = row.alert
        found.setdefault(
            alert.pk,
            {
                "id": alert.pk,
                "level": alert.level,
                "level_name": alert.level_name,
                "title": alert.title,
                "measures": alert.measures,
                "starts_ms": _ms(alert.starts_at),
                "ends_ms": _ms(alert.ends_at) if alert.ends_at else None,
                "reply_hours": alerts.hours(by.book),
                "firms": [],
            },
        )["firms"].append(_alert_firm(row))
    return list(found.values())


def _alert_firm(row: AlertFirm) -> dict[str, Any]:
    return {
        "enterprise": row.enterprise_id,
        "name": row.enterprise.name,
        "measures": row.measures,
        "state": row.state,
        "state_label": AlertState.label_of(row.state),
        "told_ms": _ms(row.told_at) if row.told_at else None,
        "in_place_ms": _ms(row.in_place_at) if row.in_place_at else None,
    }


def _batches(by: Actor) -> list[dict[str, Any]]:
    rows: Iterable[Receipt] = (
        policy.receipts_visible_to(by)
        .filter(batch__closed_at__isnull=True)
        .select_related("batch", "enterprise")
        .prefetch_related("batch__materials")
        .order_by("-batch_id", "pk")[:_MOST]
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        batch = row.batch
        found.setdefault(
            batch.pk,
            {
                "id": batch.pk,
                "title": batch.title,
                "note": batch.note,
                "due": batch.due_on.isoformat() if batch.due_on else None,
                "materials": [{"id": one.pk, "title": one.title} for one in batch.materials.all()],
                "firms": [],
            },
        )["firms"].append(
            {
                "enterprise": row.enterprise_id,
                "name": row.enterprise.name,
                "way": row.way,
                "way_label": ReceiptWay.label_of(row.way),
            }
        )
    return list(found.values())


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
