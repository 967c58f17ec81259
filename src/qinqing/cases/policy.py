"""Who sees which cases, and the one gate every press goes through.

Rows: `visible_to`. Presses: `require`, which asks `rules.offers` (the lifecycle table). Nothing else decides either.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from qinqing.cases.lifecycle import BY_VERB, Step
from qinqing.cases.models import Case, Task
from qinqing.cases.rules.offers import why_not
from qinqing.cases.rules.sight import Sight, TaskSight
from qinqing.cases.terms import terms_of
from qinqing.cases.words import CaseState, Kind, Part, TaskState, Verb
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.people.words import EVERYTHING_ROLES, Role


def visible_to(by: Actor) -> QuerySet[Case]:
    """Return the cases a person may read: every list, search, count, export, page, file and API answer starts here.

    Enterprise: its own demands, and of problems what was published to it. Community: its own 属地 and what it was given.
    Department: what it was given. Grid officer: his enterprises and what he had to do with. Leader: his line, his
    villages and key matters. Hub and supervision: the town. Discipline: what it was told first. Involvement never expires.
    Everybody else: nothing.

    Source: domain §1.14; 二(二)0-2, 二(二)2-问题-范围, 三要(二)-2.
    """
    town = Case.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in EVERYTHING_ROLES or (by.post == Role.LEADER and not by.charge_ids):
        return town
    if by.enterprise_id is not None:
        own = town.filter(enterprise_id=by.enterprise_id)
        if by.post == Role.CARD:  # anybody at the gate may scan the card: never what was found against the firm
            return own.filter(kind=Kind.DEMAND.value)
        return own.filter(Q(kind=Kind.DEMAND.value) | ~Q(published=""))
    if by.account_id is None or by.post not in _OWN_SCOPE:
        return town.none()
    return town.filter(_involved("account_id", by.account_id) | _OWN_SCOPE[by.post](by))


_OWN_SCOPE: dict[str, Callable[[Actor], Q]] = {
    Role.GRID_OFFICER: lambda by: Q(enterprise_id__in=grids.enterprise_ids_of(by.account_id or 0)),
    Role.LEADER: lambda by: Q(is_key=True) | Q(community_id__in=by.charge_ids) | _involved("office_id", *by.charge_ids),
    Role.OFFICE_HEAD: lambda by: Q(community_id=by.office_id or 0) | _involved("office_id", by.office_id or 0),
    Role.HANDLER: lambda by: Q(community_id=by.office_id or 0) | _involved("office_id", by.office_id or 0),
    Role.DISCIPLINE: lambda _: Q(pk__in=()),  # only what he brought in himself, as the first who was asked
}
"""What a post sees beside what its holder ever had to do with. A post that is not here sees no case."""


class _Involved(Func):
    """Whether an office or a person ever had to do with a case.

    The statement `Exists` would make, in a tenth of the time it takes to make it: every list, page and press asks it.
    """

    output_field = BooleanField()
    template = "EXISTS(SELECT 1 FROM cases_involvement WHERE (case_id, {}) = (%(expressions)s))"

    def __init__(self, column: str, key: int) -> None:
        super().__init__(F("pk"), Value(key), template=self.template.format(column))


def _involved(column: str, *keys: int) -> Q:
    """Match cases that one of these offices or persons ever had to do with."""
    return Q(*[_Involved(column, key) for key in keys], _connector=Q.OR)


def task_sight(task: Task) -> TaskSight:
    """Return what the rules see of a task row."""
    return TaskSight(
        task.pk,
        task.office_id,
        Part(task.part),
        TaskState(task.state),
        task.handler_id,
        task.return_due_at,
        task.upward,
        task.returned_at,
        task.ruling,
    )


def sight_of(case: Case, tasks: Iterable[Task]) -> Sight:
    """Return what the rules see of a case row and its tasks (oldest first)."""
    return Sight(
        id=case.pk,
        kind=Kind(case.kind),
        state=CaseState(case.state),
        round=case.round,
        enterprise_id=case.enterprise_id,
        submitter_id=case.submitter_id,
        first_asked_id=case.first_asked_id,
        community_id=case.community_id,
        hub_id=case.hub_id,
        lead_office_id=case.lead_office_id,
        due_at=case.due_at,
        last_due_at=case.last_due_at,
        registered=case.registered_at is not None,
        is_key=case.is_key,
        wants_consultation=case.wants_consultation,
        extension=case.extension,
        suspension=case.suspension,
        urge_waits=case.urge_waits,
        instruction_waits=case.instruction_waits,
        urged_stage=case.urged_stage,
        rated_round=case.rated_round,
        rate_until=case.rate_until,
        reopenings=case.reopenings,
        complaint=case.complaint,
        proof=case.proof,
        look_back_on=case.look_back_on,
        has_complainant=case.has_complainant,
        published=bool(case.published),
        likely_route=_likely_route(case),
        tasks=tuple(task_sight(task) for task in tasks),
    )


def _likely_route(case: Case) -> str:
    """Return the way the plan gives the topic of a case: "community", "department", "consultation", or "" while it is open.

    Source: 二(二)1-诉求-交村, -转办.
    """
    matter = terms_of(case.plan_version_id).matter(Kind(case.kind), case.topic) if case.topic else None
    if matter is None:
        return ""
    return str(getattr(matter, "route", "department"))


def require(
    verb: Verb, by: Actor, case: Case, sight: Sight, task: TaskSight | None, now: datetime, last: Callable[[], str]
) -> Step:
    """Return the row of the table if this press may go on now.

    Args:
        last: tells who did what last ("张三（中转站）11-23 09:40 接办"), for the one who came second; asked only then.

    Raises:
        NotAllowed: the post does not carry it. TooLate: the case has moved on. Refused: a guard says no.
    """
    code, reason = why_not(verb, by, sight, task, now)
    if code == "who":
        raise NotAllowed(reason)
    if code == "state":
        state = task.state.label if task is not None and BY_VERB[verb].task else sight.state.label
        what = reason or f"这件事项现在是“{state}”，不能再“{verb.label}”。最近一笔：{last()}。请刷新后再办。"
        raise TooLate("moved_on", what)
    if code:
        raise Refused(code, reason)
    return BY_VERB[verb]
