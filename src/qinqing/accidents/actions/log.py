"""What follows a quick report: who saw it, who arrived, what was done, how it ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from qinqing.accidents import facts, policy
from qinqing.accidents.models import Accident, Line, Told
from qinqing.accidents.words import NOTED, LineKind, Why
from qinqing.cases.actions.hand import tidy
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of

_SLIP = timedelta(minutes=10)


def see(*, accident_id: UUID, by: Actor, at: datetime) -> Accident:
    """Note that somebody who was told has opened the report; a second time, or somebody who was not told, changes nothing.

    Raises:
        NotFound: not a report he may see.
    """
    with transaction.atomic():
        accident = policy.take(accident_id, by)
        told = Told.objects.filter(accident=accident, account_id=by.account_id or 0, seen_at__isnull=True).first()
        if told is not None:
            told.seen_at = at
            told.save(update_fields=["seen_at"])
            _tell(facts.Seen(accident_id=str(accident.pk), why=Why.label_of(told.why)), accident, by=by, at=at)
    return accident


def arrive(*, accident_id: UUID, by: Actor, at: datetime, arrived_at: datetime | None = None) -> Accident:
    """Note that the person is on the spot, now or at the moment given. The first arrival is the report's.

    Nobody has to go where it is dangerous: the moment is optional and never asked for.

    Raises:
        NotFound: not a report he may see. Refused: a moment to come. TooLate: the handling is over.

    Source: 附1-(3)b.
    """
    moment = arrived_at or at
    if moment > at + _SLIP:
        raise Refused("arrived_in_future", "到场时间不能晚于现在。", field="arrived_at")
    with transaction.atomic():
        accident = policy.take(accident_id, by)
        _require_open(accident)
        accident.arrived_at = min(filter(None, (accident.arrived_at, moment)))
        accident.save(update_fields=["arrived_at"])
        _write(accident, LineKind.ARRIVED, "", moment, (), by=by, at=at)
        fact = facts.Arrived(
            **_about(accident), arrived_at=moment.astimezone(SHANGHAI).isoformat(timespec="minutes"), who=by.name
        )
        _tell(fact, accident, by=by, at=at)
    return accident


def note(
    *, accident_id: UUID, kind: str, text: str, by: Actor, at: datetime, attachments: Sequence[UUID | str] = ()
) -> Line:
    """Write a line: 现场处置 or 上报上级 while it goes on, 善后 also afterwards.

    Raises:
        NotFound: not a report he may see. Refused: no text, unknown kind. TooLate: over, and not 善后.

    Source: 附2安-(6)b, 附1-(3)b.
    """
    words = tidy(text, field="text", label="内容", limit=2000)
    if kind not in {one.value for one in NOTED}:
        raise Refused("unknown_choice", "请选择登记的是现场处置、上报上级还是善后。", field="kind")
    with transaction.atomic():
        accident = policy.take(accident_id, by)
        if kind != LineKind.AFTERCARE:
            _require_open(accident)
        line = _write(accident, LineKind(kind), words, at, attachments, by=by, at=at)
        fact = facts.Noted(**_about(accident), about_what=LineKind.label_of(kind), text=words)
        _tell(fact, accident, by=by, at=at, clause="附2安-(6)b")
    return line


def close(*, accident_id: UUID, text: str, by: Actor, at: datetime) -> Accident:
    """Say that the handling on the spot is over: the safety office or the hub.

    Raises:
        NotFound: not a report he may see. NotAllowed: neither of the two. Refused: no text. TooLate: over already.

    Source: 附2安-(6)b.
    """
    words = tidy(text, field="text", label="处置结果", limit=2000)
    with transaction.atomic():
        accident = policy.take(accident_id, by)
        policy.require_close(by)
        _require_open(accident)
        accident.closed_at = at
        accident.save(update_fields=["closed_at"])
        _write(accident, LineKind.CLOSED, words, at, (), by=by, at=at)
        _tell(facts.Closed(**_about(accident), text=words), accident, by=by, at=at, clause="附2安-(6)b")
    return accident


def _require_open(accident: Accident) -> None:
    if accident.closed_at is not None:
        over = accident.closed_at.astimezone(SHANGHAI)
        raise TooLate("closed_already", f"现场处置已于{over:%m-%d %H:%M}结束；之后的情况请记在善后里。")


def _write(
    accident: Accident,
    kind: LineKind,
    text: str,
    moment: datetime,
    attachments: Sequence[UUID | str],
    *,
    by: Actor,
    at: datetime,
) -> Line:
    kept = claim(attachments, enterprise_id=accident.enterprise_id, by=by, at=at)
    return Line.objects.create(
        accident=accident,
        kind=kind.value,
        text=text,
        attachments=[str(one) for one in kept],
        happened_at=moment,
        by_name=f"{by.office_name}·{by.name}"[:100],
        at=at,
    )


def _about(accident: Accident) -> dict[str, Any]:
    """Return what every later fact says of the accident: those who were told hear of it, and so does who reported it."""
    told = list(Told.objects.filter(accident=accident).values_list("account_id", flat=True))
    return {
        "accident_id": str(accident.pk),
        "about": f"accident:{accident.pk}",
        "title": f"{accident.what_name} · {accident.where}",
        "account_ids": tuple(dict.fromkeys(filter(None, (accident.reporter_id, *told)))),
    }


def _tell(fact: facts.OnAccident, accident: Accident, *, by: Actor, at: datetime, clause: str = "附1-(3)b") -> None:
    ledger.record(
        fact,
        book=by.book,
        on=("accident", number_of(accident.pk)),
        label=f"{accident.what_name} {accident.where}",
        by=by,
        at=at,
        clause=clause,
    )
