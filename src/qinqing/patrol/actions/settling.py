"""Steps shared by whatever changes duties: settling a firm's duties anew from its visits, writing, telling."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q

from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Fact
from qinqing.ledger.subjects import number_of
from qinqing.patrol.models import ChecklistRun, Duty, Visit
from qinqing.patrol.rules.settling import Made, Owed, settle
from qinqing.patrol.words import COUNTS, VISITED, DutyKind, DutyState, Lateness

ANSWERED = Q(ok__gt=0) | Q(bad__gt=0) | Q(na__gt=0) | Q(other__gt=0)
"""A checklist nobody answered a word of fulfils nothing."""


def today_of(at: datetime) -> date:
    """Return the day of a moment in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def signature(by: Actor) -> str:
    """Return how a person is written beside what he did."""
    return f"{by.office_name} {by.name}".strip()[:80]


def tell(fact: Fact, visit: Visit, *, by: Actor, at: datetime, clause: str, files: Collection[str] = ()) -> None:
    """Record a fact on a visit's own page of the ledger."""
    label = f"{visit.enterprise.name if visit.enterprise else '企业不明'} {visit.made_on:%Y-%m-%d}走访"
    ledger.record(
        fact,
        book=by.book,
        on=("visit", number_of(visit.uid)),
        label=label,
        by=by,
        at=at,
        clause=clause,
        files=list(files),
    )


def lock_duties(enterprise_id: int) -> None:
    """Lock a firm's duties until the transaction ends, in the order in which everybody locks them.

    To be called before anything is told to the ledger: duties first, the book last, or two records would wait for each other.
    """
    rows = Duty.objects.select_for_update(of=("self",)).filter(enterprise_id=enterprise_id)
    list(rows.order_by("id").values_list("pk", flat=True))


def settle_firm(enterprise_id: int, codes: Iterable[str], *, around: date, at: datetime) -> list[Duty]:
    """Settle a firm's visit duties of the year around a day anew, from every visit that counts; return those now newly done.

    Locks the duties, so that two records arriving at once settle one after the other.

    Source: 附2安-(3)b, 附2安-(3)d.
    """
    lock_duties(enterprise_id)
    done: list[Duty] = []
    first, last = date(around.year, 1, 1), date(around.year, 12, 31)
    for code in sorted(set(codes)):
        duties = list(
            Duty.objects.filter(
                enterprise_id=enterprise_id,
                code=code,
                kind__in=[kind.value for kind in VISITED],
                starts_on__lte=last,
                due_on__gte=first,
            ).order_by("starts_on", "id")
        )
        if duties:
            done += _settle(enterprise_id, code, duties, today_of(at))
    return done


def _settle(enterprise_id: int, code: str, duties: list[Duty], today: date) -> list[Duty]:
    visits = _visits(enterprise_id, code, min(d.starts_on for d in duties), max(d.due_on for d in duties))
    made = [Made(visit.pk, visit.started_at, visit.made_on) for visit in visits.values()]
    owed = [Owed(d.pk, d.starts_on, d.due_on, d.need, extra=d.kind == DutyKind.PERIOD) for d in duties]
    found = settle(made, owed)
    done = []
    for duty in duties:
        counted = [visits[one.id] for one in found[duty.pk]]
        before = duty.state
        if _write(duty, counted, today) and before != DutyState.DONE and duty.state == DutyState.DONE:
            done.append(duty)
    return done


def _visits(enterprise_id: int, code: str, first: date, last: date) -> dict[int, Visit]:
    runs = ChecklistRun.objects.filter(
        ANSWERED,
        code=code,
        visit__enterprise_id=enterprise_id,
        visit__made_on__range=(first, last),
        visit__counts=True,
        visit__lateness__in=[lateness.value for lateness in COUNTS],
    ).select_related("visit")
    return {run.visit_id: run.visit for run in runs}


def _write(duty: Duty, counted: list[Visit], today: date) -> bool:
    """Write what counts towards a duty; say whether anything changed."""
    enough = len(counted) >= duty.need
    last = counted[-1] if counted else None
    state = duty.state
    if enough:
        state = DutyState.DONE.value
    elif state == DutyState.DONE:
        state = still(duty, today)
    late = any(visit.lateness in (Lateness.GRACE, Lateness.ACCEPTED) for visit in counted)
    new = {
        "got": len(counted),
        "state": state,
        "fulfilled_by_id": last.pk if last and enough else None,
        "fulfilled_on": last.made_on if last and enough else None,
        "late_received": late,
    }
    if all(getattr(duty, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(duty, name, value)
    duty.save(update_fields=list(new))
    return True


def still(duty: Duty, today: date) -> str:
    """Return how a duty that is not done stands on a day."""
    return str(DutyState.LATE if today > duty.miss_on else DutyState.OPEN)
