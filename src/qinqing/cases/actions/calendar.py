"""重算期限: when a holiday notice comes in, 暂定 limits become certain. A promised date never moves earlier."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from qinqing.cases.actions.hand import Hand, tell
from qinqing.cases.facts.closing import Redated
from qinqing.cases.models import Case, Extension, Task
from qinqing.cases.terms import terms_of
from qinqing.cases.words import BEFORE_ANSWER, Asked, CaseState, Kind, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.workdays import actions as workdays
from qinqing.workdays.actions import Imported
from qinqing.workdays.rules import keep_promise


@dataclass(frozen=True)
class Moved:
    """One case whose 暂定 limit was settled."""

    case_id: int
    number: str
    old_due_at: datetime
    new_due_at: datetime


def take_in_notice(
    *, text: str, by: Actor, at: datetime, year: int | None = None, source: str = ""
) -> tuple[Imported, list[Moved]]:
    """Take in a year's notice for all towns, then settle the cases it touches; return what changed and which cases.

    Done again with a notice that is in already, it only finishes what an interrupted run left undone.

    Raises:
        NotAllowed: his post does not keep the calendar.
        Refused: a row of the notice cannot be right; nothing is changed.

    Source: 二(四)-4; ADR 0007.
    """
    rights.require(by, Right.EDIT_CALENDAR)
    outcome = workdays.import_notice(text=text, year=year, source=source, by=by, at=at)
    changed = [change.on for change in outcome.changes] or [date(outcome.year - 1, 12, 1)]
    moved = recompute_deadlines(by_name=by.name, at=at, source=f"{outcome.year}年放假安排", changed=changed)
    return outcome, moved


def recompute_deadlines(*, by_name: str, at: datetime, source: str, changed: Collection[date] = ()) -> list[Moved]:
    """Settle every open case of every town whose limit was 暂定, or ends on or after a day that counts differently now.

    One entry each; return those whose date is now certain or moved.

    Args:
        by_name: who imported the notice; the act is the system's, in his name.
        source: what the limits are settled by, e.g. 2027年放假安排.
        changed: the days that count differently: a corrected notice, or next year's that moves late December.

    Source: 二(四)-4; domain §2.3.
    """
    affected = Q(due_provisional=True)
    if changed:
        affected |= Q(due_at__gte=datetime.combine(min(changed), time(), SHANGHAI))
    moved: list[Moved] = []
    for town in people.towns():
        actor = Actor.system(f"导入日历（{by_name}）", town_id=town.pk, book=town.code)
        waiting = Case.objects.filter(affected, town_id=town.pk, state__in=[s.value for s in BEFORE_ANSWER])
        ids = waiting.order_by("id").values_list("pk", flat=True)
        moved.extend(found for case_id in ids if (found := _redate(case_id, actor, at, source)))
    return moved


def _redate(case_id: int, by: Actor, at: datetime, source: str) -> Moved | None:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        terms = terms_of(case.plan_version_id)
        tasks = list(Task.objects.filter(case=case))
        hand = Hand(case, tasks, None, None, None, terms)
        hand.before = hand.sight
        old = case.due_at
        if case.state != CaseState.SUSPENDED:
            start, days = _basis(hand)
            case.due_at = keep_promise(old, terms.due(start, days))
        case.last_due_at = max(case.last_due_at, terms.last_due(case.clock_at), case.due_at)
        still = terms.is_provisional(case.clock_at, case.due_at)
        if still == case.due_provisional and case.due_at == old:
            return None
        case.due_provisional = still
        for task in tasks:
            if task.due_at == old:
                task.due_at = case.due_at
                hand.keep(task)
        tell(
            hand, Redated(old_due_at=_iso(old), new_due_at=_iso(case.due_at), source=source), Verb.REDATE, by=by, at=at
        )
        return Moved(case.pk, case.number, old, case.due_at)


def _basis(hand: Hand) -> tuple[datetime, int]:
    """Return from when and how many working days the limit in force was counted."""
    case, limits = hand.case, hand.terms.plan.limits
    if case.round > 1 and hand.lead is not None:
        return hand.lead.offered_at, limits.redo.value if case.kind == Kind.DEMAND else limits.problem_close.value
    granted = Extension.objects.filter(case=case, round=case.round, state=Asked.GRANTED.value).first()
    if granted is not None:
        return case.clock_at, granted.working_days
    return case.clock_at, hand.terms.limit(Kind(case.kind))


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
