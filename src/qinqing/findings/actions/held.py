"""Events whose finding has not arrived: held five days, applied when it comes, else hung on the firm for the office."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from qinqing.evidence.words import Flag
from qinqing.findings import policy
from qinqing.findings.actions.hand import append, terms_for, tidy, weigh
from qinqing.findings.facts.findings import EventOrphaned, OrphanSettled
from qinqing.findings.models import Finding, FindingEvent, HeldEvent
from qinqing.findings.rules.shape import Sent, read_event
from qinqing.findings.words import EventKind, Holding
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, TooLate
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of

HELD_FOR = timedelta(days=5)
"""How long an event waits for its finding (the field's conflict rules)."""
_A_ROUND = 200


def hold(
    raw: dict[str, Any],
    sent: Sent,
    *,
    record_id: UUID | None,
    enterprise_id: int | None,
    made_at: datetime,
    by: Actor,
    at: datetime,
) -> list[Flag]:
    """Keep an event whose finding is not here yet; the same id twice is kept once."""
    HeldEvent.objects.bulk_create(
        [
            HeldEvent(
                id=sent.id,
                town_id=by.town_id,
                finding_uid=sent.finding,
                enterprise_id=enterprise_id,
                body=raw,
                actor={**asdict(by), "charge_ids": sorted(by.charge_ids)},
                by_name=by.name,
                office_id=by.office_id,
                record=record_id,
                made_at=made_at,
                received_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    return [Flag("finding_not_here", "这条跟进的隐患还没有传上来，先留着，五天内到了自动并入。")]


def apply_to(finding: Finding, *, at: datetime) -> None:
    """Apply what waited for a finding that has just arrived, oldest first, as those who made it."""
    waiting = HeldEvent.objects.select_for_update().filter(
        finding_uid=finding.uid, state__in=[Holding.WAITING.value, Holding.ORPHAN.value], settled_at__isnull=True
    )
    for row in waiting.order_by("made_at", "id"):
        sent, _ = read_event(row.body, made_at=row.made_at)
        if sent is not None and not FindingEvent.objects.filter(pk=row.pk).exists():
            by = Actor(**{**row.actor, "charge_ids": frozenset(row.actor.get("charge_ids", ()))})
            its = terms_for(by)
            # Its author saw the finding as his own phone had it: nothing else had happened to it yet.
            given = replace(sent.happening, base_version=max(sent.happening.base_version or 0, finding.version))
            effect = weigh(finding, given, by=by, at=at, its=its)
            append(
                finding,
                given,
                effect,
                text=sent.text,
                photos=sent.photos,
                by=by,
                at=at,
                its=its,
                id_=row.pk,
                record=row.record,
            )
        row.state, row.settled_at = Holding.TAKEN.value, at
        row.save(update_fields=["state", "settled_at"])


def orphan_held(*, at: datetime) -> int:
    """Hang events that waited five days on their firms, for the office to look at; return how many. A daily chore."""
    late = HeldEvent.objects.filter(state=Holding.WAITING.value, received_at__lte=at - HELD_FOR).order_by("received_at")
    done = 0
    for held_id in list(late.values_list("pk", flat=True)[:_A_ROUND]):
        with transaction.atomic():
            row = HeldEvent.objects.select_for_update(of=("self",)).select_related("town", "enterprise").get(pk=held_id)
            if row.state != Holding.WAITING:
                continue
            row.state = Holding.ORPHAN.value
            row.save(update_fields=["state"])
            machine = Actor.system("核对跟进", town_id=row.town_id, book=row.town.code)
            fact = EventOrphaned(
                **_about(row), what_kind=EventKind.label_of(str(row.body.get("kind", ""))), made_by=row.by_name
            )
            _tell(row, fact, by=machine, at=at)
            done += 1
    return done


def settle_orphan(*, held_id: UUID, note: str, by: Actor, at: datetime) -> HeldEvent:
    """Say what became of an event without a finding, so that it leaves the office's list.

    Raises:
        NotFound: none in sight. TooLate: somebody has said so already. Refused: nothing was said.
    """
    with transaction.atomic():
        row = policy.held_for(by).select_for_update(of=("self",)).filter(pk=held_id).first()
        if row is None or not policy.may_open(by):
            raise NotFound("没有找到这条跟进，或不在您的查看范围内。")
        if row.settled_at is not None or row.state != Holding.ORPHAN:
            raise TooLate("settled", f"{row.settled_by_name or '系统'}已经处理过这条跟进。")
        row.settled_note = tidy(note, field="text", label="处理情况", limit=200)
        row.settled_at, row.settled_by_name = at, by.name
        row.save(update_fields=["settled_note", "settled_at", "settled_by_name"])
        _tell(row, OrphanSettled(**{**_about(row), "text": row.settled_note}), by=by, at=at)
    return row


def _about(row: HeldEvent) -> dict[str, Any]:
    firm = row.enterprise
    office = row.office_id or (firm.community_id if firm else None)
    return {
        "about": "findings_attention:",
        "title": firm.name if firm else "企业不明",
        "office_ids": (office,) if office else (),
        "enterprise_ids": (),
        "enterprise": firm.name if firm else "",
        "level": "",
        "text": str(row.body.get("text", ""))[:200],
    }


def _tell(row: HeldEvent, fact: EventOrphaned | OrphanSettled, *, by: Actor, at: datetime) -> None:
    ledger.record(
        fact,
        book=by.book,
        on=("held_event", number_of(row.pk)),
        label=f"隐患跟进 {row.made_at.astimezone(SHANGHAI):%m-%d %H:%M}",
        by=by,
        at=at,
        clause="附2安-(5)b",
    )
