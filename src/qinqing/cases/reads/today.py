"""今日: what needs this person, most urgent first, each with its one next press."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinqing.cases import policy
from qinqing.cases.models import Case, LookBack, Tally, Task, Upward
from qinqing.cases.reads.find import tasks_of
from qinqing.cases.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.cases.rules.books import Pile
from qinqing.cases.terms import terms_of
from qinqing.cases.words import LIVE_TASKS, OPEN, Asked, CaseState, Complaint, Kind, TaskState
from qinqing.kernel.actor import Actor
from qinqing.people.words import HUB_ROLES, OFFICE_ROLES, Role

MOST = 60
_AMONG_COLLEAGUES = frozenset({Role.HANDLER, Role.OFFICE_HEAD})
"""Posts that see their colleagues' tasks on their list: after what is their own or nobody's yet."""
_HUB_STATES = (CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.ANSWERED)
_OPEN = Q(state__in=[state.value for state in OPEN])
"""Said beside every condition that holds of open cases only: the database then never looks at the closed ones."""


@dataclass(frozen=True)
class PileCount:
    """One figure on the today page: a pile, its 中文, how many lie on it."""

    pile: str
    label: str
    count: int


def today(by: Actor, at: datetime) -> list[Line]:
    """Return what waits for this person: at most `MOST` lines, nearest deadline first, each with its next press.

    Hub: to accept, send on, rule, register, write off, verify. Office: tasks to sign and to finish, one's own before the
    colleagues' (a grid officer: only his own).
    Leader: suspensions to decide. Contact: questions to answer and answers to rate.

    Source: product §3 (Desk, today).
    """
    waiting = _waiting(by, at)
    if waiting is None:
        return []
    rows = policy.visible_to(by).filter(waiting).select_related(*LINE_COLUMNS)
    order: tuple[str, ...] = ("due_at", "id")
    if by.post in _AMONG_COLLEAGUES:
        own = _live_tasks_at(by).filter(Q(handler_id=by.account_id) | Q(handler_id__isnull=True))
        rows, order = rows.annotate(is_own=Exists(own)), ("-is_own", *order)
    return [line for line in lines(rows.order_by(*order)[:MOST], at, by=by) if line.next is not None]


def _waiting(by: Actor, at: datetime) -> Q | None:
    if by.enterprise_id is not None:
        to_rate = Q(
            state__in=[CaseState.ANSWERED.value, CaseState.WRITTEN_OFF.value], rate_until__gte=at, rated_round=0
        )
        return Q(state=CaseState.CLARIFYING.value) | to_rate
    if by.post in HUB_ROLES:
        return _hub(by)
    if by.post in OFFICE_ROLES:
        return _office(by, at)
    if by.post == Role.LEADER:
        return (_OPEN & Q(suspension=Asked.ASKED.value)) | Q(complaint=Complaint.OPEN.value, reopenings__gte=1)
    return None


def _live_tasks_at(by: Actor) -> QuerySet[Task]:
    return Task.objects.filter(case_id=OuterRef("pk"), office_id=by.office_id or 0, state__in=list(LIVE_TASKS))


def _hub(by: Actor) -> Q:
    mine = _live_tasks_at(by)
    returned = Task.objects.filter(case_id=OuterRef("pk"), state=TaskState.RETURNED.value, ruling="")
    asked = Q(extension=Asked.ASKED.value) if by.post == Role.HUB_HEAD else Q(pk__in=[])
    desk = (
        Q(state__in=[state.value for state in _HUB_STATES])
        | Q(state=CaseState.CONSULTING.value)
        | Q(wants_consultation=True, state=CaseState.IN_HAND.value)
        | asked
        | Q(Exists(returned), state=CaseState.IN_HAND.value)
        | Q(Exists(mine))
        | Q(instruction_waits=True, state=CaseState.CLARIFYING.value)
    )
    return (_OPEN & desk) | Q(complaint=Complaint.OPEN.value)


def _office(by: Actor, at: datetime) -> Q:
    mine = _live_tasks_at(by)
    own_look_backs = Q(look_back_on__lte=at.date(), lead_office_id=by.office_id)
    if by.post == Role.GRID_OFFICER:
        mine = mine.filter(handler_id=by.account_id)
        own_look_backs &= Q(handler_id=by.account_id)
    return (_OPEN & Q(Exists(mine))) | own_look_backs


@dataclass(frozen=True)
class IntakeCard:
    """A case at the hub's desk: what was said, by whom, and the way its topic usually goes."""

    line: Line
    text: str
    likely: str
    similar: list[Case]
    returned: str


def intake(by: Actor, at: datetime) -> list[IntakeCard]:
    """Return what the hub has to take in and send on, oldest limit first.

    Source: 二(二)0-3, 附1-内容-1.
    """
    states = [CaseState.SUBMITTED.value, CaseState.ACCEPTED.value]
    rows = policy.visible_to(by).filter(state__in=states).order_by("due_at", "id")
    cases = list(rows.select_related(*LINE_COLUMNS)[:MOST])
    known = {line.id: line for line in lines(cases, at, by=by)}
    tasks = tasks_of(known)
    siblings = _siblings(by, cases)
    return [
        IntakeCard(
            line=known[case.pk],
            text=case.text,
            likely=_likely_way(case),
            similar=[
                other
                for other in siblings.get(case.enterprise_id, [])
                if other.pk != case.pk and other.kind == case.kind
            ],
            returned="；".join(
                f"{t.office.short}退回：{t.return_basis}" for t in tasks.get(case.pk, []) if t.returned_at
            ),
        )
        for case in cases
    ]


def _siblings(by: Actor, cases: list[Case]) -> dict[int, list[Case]]:
    """Return the open cases of the same enterprises, by enterprise: where duplicates are found. One query."""
    found: dict[int, list[Case]] = {}
    rows = policy.visible_to(by).filter(enterprise_id__in={case.enterprise_id for case in cases}, ended_at__isnull=True)
    for row in rows.order_by("-id")[:200]:
        found.setdefault(row.enterprise_id, []).append(row)
    return found


def _likely_way(case: Case) -> str:
    """Say which office the topic's duty lies with, as the plan has it; "" while the topic is open."""
    terms = terms_of(case.plan_version_id)
    matter = terms.matter(Kind(case.kind), case.topic)
    if matter is None:
        return ""
    office = terms.plan.office(matter.office)
    return f"{matter.name} → {office.name if office else case.community.name}"


def piles_of(office_id: int) -> dict[str, int]:
    """Return the counters of an office, by pile. One small query; kept by every press, never counted."""
    return dict(Tally.objects.filter(office_id=office_id, count__gt=0).values_list("pile", "count"))


def pile_counts(office_id: int, piles: tuple[Pile, ...]) -> list[PileCount]:
    """Return these counters in order, zeroes included."""
    known = piles_of(office_id)
    return [PileCount(pile.value, pile.label, known.get(pile.value, 0)) for pile in piles]


def stale_upwards(by: Actor, at: datetime) -> list[Line]:
    """Return cases with the superior whose progress is overdue. Source: 二(二)1-诉求-上报."""
    stale = Upward.objects.filter(case_id=OuterRef("pk"), answered_at__isnull=True, next_progress_at__lt=at)
    rows = policy.visible_to(by).filter(Exists(stale), upward=True).order_by("due_at")
    return lines(rows.select_related(*LINE_COLUMNS)[:MOST], at)


def look_backs_due(by: Actor, at: datetime) -> list[LookBack]:
    """Return 回头看 that are due among the cases a person may see. Source: 附2违-(2)."""
    seen = policy.visible_to(by).filter(look_back_on__lte=at.date()).values("pk")
    return list(
        LookBack.objects.filter(case__in=seen, done_at__isnull=True, due_on__lte=at.date()).select_related("case")
    )
