"""What counts towards a duty without being a visit: the meetings a firm attended."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.patrol.actions.settling import still, today_of
from qinqing.patrol.facts import DutyCounted
from qinqing.patrol.models import Duty
from qinqing.patrol.words import DutyKind, DutyState

MEETINGS = "附2安-(4)a"


def meetings_attended(totals: Mapping[int, int], *, year: int, note: str, on: date, by: Actor, at: datetime) -> int:
    """Set how many meetings firms have attended in a year (total by firm); return how many firms' duty changed.

    Told in totals, so that a meeting counted twice by mistake cannot stay counted twice.

    Args:
        totals: by enterprise, all meetings of that year it attended.
        year: of the meetings.
        note: what happened, for the ledger: "参加企业例会".
        on: day of the meeting that brought the change.

    Source: 附2安-(4)a.
    """
    with transaction.atomic():
        rows = Duty.objects.select_for_update(of=("self",)).filter(
            town_id=by.town_id, kind=DutyKind.MEETING.value, period=str(year), enterprise_id__in=list(totals)
        )
        changed = [duty for duty in rows.order_by("id") if duty.got != totals[duty.enterprise_id]]
        for duty in changed:
            _set(duty, totals[duty.enterprise_id], on, today_of(at))
        if changed:
            _tell(changed, on, note, by=by, at=at, clause=MEETINGS)
    return len(changed)


def _set(duty: Duty, got: int, on: date, today: date) -> None:
    duty.got = got
    if got >= duty.need:
        duty.state, duty.fulfilled_on = DutyState.DONE.value, duty.fulfilled_on or on
    elif duty.state == DutyState.DONE:
        duty.state, duty.fulfilled_on = still(duty, today), None
    duty.save(update_fields=["got", "state", "fulfilled_on"])


def _tell(duties: list[Duty], on: date, note: str, *, by: Actor, at: datetime, clause: str) -> None:
    fact = DutyCounted(
        duty=duties[0].title,
        period=duties[0].period_title,
        on=on.isoformat(),
        note=note,
        enterprises=tuple(duty.enterprise_id for duty in duties),
    )
    ledger.record(fact, book=by.book, on=("duties", by.town_id), label="应查应办", by=by, at=at, clause=clause)
