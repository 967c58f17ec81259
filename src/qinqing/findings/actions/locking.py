"""Locking everything a visit will touch before it tells the ledger anything: no two transactions wait for each other."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from qinqing.findings.models import Finding, HeldEvent
from qinqing.findings.rules.shape import as_uuid
from qinqing.kernel.actor import Actor


def lock_for(findings: Iterable[Mapping[str, Any]], events: Iterable[Mapping[str, Any]], *, by: Actor) -> None:
    """Lock the findings and held events that these FINDINGs and EVENTs are about, in one order for everybody.

    Whoever takes in several in one transaction calls this before its first entry: an entry locks the book until the end, and
    a press at the desk locks its finding before the book.
    """
    named: set[UUID] = set()
    for raw in findings:
        named |= {uid for uid in (as_uuid(raw.get("id")), as_uuid(raw.get("repeat_of"))) if uid}
    named |= {uid for uid in (as_uuid(raw.get("finding")) for raw in events) if uid}
    if not named:
        return
    held = HeldEvent.objects.select_for_update().filter(finding_uid__in=named)
    list(held.order_by("pk").values_list("pk", flat=True))
    known = Finding.objects.filter(Q(uid__in=named) | Q(events__id__in=named), town_id=by.town_id)
    wanted = sorted(set(known.values_list("pk", flat=True)))
    list(Finding.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True))
