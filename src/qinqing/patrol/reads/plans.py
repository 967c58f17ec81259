"""走访安排: announced visits, and references to 行政检查."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger import reads as ledger
from qinqing.patrol import policy
from qinqing.patrol.models import InspectionReference, PlannedVisit
from qinqing.patrol.words import AHEAD, DECLINABLE, Nature, PlanState

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

PAGE = 50
_AHEAD = [state.value for state in AHEAD]
TONES = {
    PlanState.PLANNED.value: "calm",
    PlanState.CONFIRMED.value: "ok",
    PlanState.MOVED.value: "soon",
    PlanState.DECLINED.value: "late",
    PlanState.DONE.value: "ok",
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One announced visit as shown."""

    id: int
    enterprise_id: int
    enterprise: str
    community: str
    offices: str
    nature: str
    on: date
    hours: str
    who: str
    purpose: str
    basis: str
    checklists: tuple[str, ...]
    state: str
    state_label: str
    tone: str
    answered_by: str
    answer_note: str
    wanted_on: date | None
    exception: str
    end_reason: str
    planned_by: str
    merged_into: int | None
    is_ahead: bool
    is_declinable: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page of announced visits; `after` is the cursor of the next one, 0 on the last."""

    rows: list[PlanLine]
    after: int


def find(by: Actor, *, on: date, over: bool = False, after: int = 0, size: int = PAGE) -> PlanPage:
    """Return announced visits still to come, nearest first; with `over` those that are over or given up, latest first.

    Three queries whatever their number.
    """
    rows = policy.plans_visible_to(by)
    ahead = Q(state__in=_AHEAD, on__gte=on)
    rows = rows.exclude(ahead) if over else rows.filter(ahead)
    if after:
        day = PlannedVisit.objects.filter(pk=after).values_list("on", flat=True).first()
        if day is not None:
            beyond = Q(on__lt=day) | Q(on=day, pk__lt=after) if over else Q(on__gt=day) | Q(on=day, pk__gt=after)
            rows = rows.filter(beyond)
    order = ("-on", "-pk") if over else ("on", "pk")
    found = list(
        rows.select_related("enterprise__community", "office")
        .prefetch_related("joint_with")
        .order_by(*order)[: size + 1]
    )
    shown = found[:size]
    return PlanPage([line_of(row) for row in shown], shown[-1].pk if len(found) > size else 0)


def get_for(by: Actor, planned_id: int) -> PlannedVisit:
    """Return an announced visit a person may read.

    Raises:
        NotFound: none, or not one of his.
    """
    rows = policy.plans_visible_to(by).select_related("enterprise__community", "office")
    found = rows.prefetch_related("joint_with", "visits").filter(pk=planned_id).first()
    if found is None:
        raise NotFound("没有找到这次走访安排，或不在您的查看范围内。")
    return found


def line_of(row: PlannedVisit) -> PlanLine:
    """Return an announced visit as shown; expects what belongs to it fetched along."""
    firm = row.enterprise
    return PlanLine(
        id=row.pk,
        enterprise_id=row.enterprise_id,
        enterprise=firm.name,
        community=firm.community.short if firm.community else "",
        offices="、".join([row.office.short, *(office.short for office in row.joint_with.all())]),
        nature=Nature.label_of(row.nature),
        on=row.on,
        hours=row.hours,
        who=row.people,
        purpose=row.purpose,
        basis=row.basis,
        checklists=tuple(row.checklists),
        state=row.state,
        state_label=PlanState.label_of(row.state),
        tone=TONES.get(row.state, "calm"),
        answered_by=row.answered_by,
        answer_note=row.answer_note,
        wanted_on=row.wanted_on,
        exception=row.exception,
        end_reason=row.end_reason,
        planned_by=row.planned_name,
        merged_into=row.merged_into_id,
        is_ahead=row.state in _AHEAD,
        is_declinable=row.nature in [nature.value for nature in DECLINABLE],
        is_demo=row.is_demo,
    )


def entries_of(row: PlannedVisit) -> "list[Entry]":
    """Return what happened to an announced visit, oldest first; whoever sees it may see that."""
    return list(ledger.entries_of("planned_visit", row.pk))


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """One page of references; `before` is the cursor of the next one, 0 on the last."""

    rows: list[InspectionReference]
    before: int


def inspections(
    by: Actor, *, words: str = "", enterprise_id: int | None = None, before: int = 0, size: int = PAGE
) -> InspectionPage:
    """Return references to 行政检查 a person may see, latest first. Two queries."""
    rows = policy.inspections_visible_to(by)
    if enterprise_id is not None:
        rows = rows.filter(enterprise_id=enterprise_id)
    for word in words.split()[:3]:
        rows = rows.filter(
            Q(enterprise__name__icontains=word) | Q(authority__icontains=word) | Q(number__icontains=word)
        )
    if before:
        day = InspectionReference.objects.filter(pk=before).values_list("on", flat=True).first()
        if day is not None:
            rows = rows.filter(Q(on__lt=day) | Q(on=day, pk__lt=before))
    found = list(rows.select_related("enterprise__community", "office").order_by("-on", "-pk")[: size + 1])
    return InspectionPage(found[:size], found[size - 1].pk if len(found) > size else 0)


def inspection(by: Actor, inspection_id: int) -> InspectionReference:
    """Return one reference a person may see.

    Raises:
        NotFound: none, or not one of his.
    """
    found = policy.inspections_visible_to(by).select_related("enterprise").filter(pk=inspection_id).first()
    if found is None:
        raise NotFound("没有找到这条行政检查登记。")
    return found
