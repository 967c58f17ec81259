"""A case as one line of a list: ready values, no further query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from qinqing.cases import policy
from qinqing.cases.models import Case
from qinqing.cases.reads.find import tasks_of
from qinqing.cases.rules.offers import Offer, offers
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import CaseState, Kind, Outcome, Satisfaction, Source
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.workdays.rules import Lamp, lamp
from qinqing.workdays.words import Tone

ASIDE = 30
"""From this weight on a press is possible rather than due (see `lifecycle.Step.weight`)."""
LINE_COLUMNS = ("lead_office", "handler", "community", "park")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Moments are aware; `next` is the one most obvious press of this person, if any."""

    id: int
    number: str
    kind: str
    title: str
    enterprise: str
    enterprise_id: int
    community: str
    park: str
    source: str
    topic: str
    office: str
    office_full: str
    handler: str
    state: str
    state_label: str
    lamp: Lamp
    submitted_at: datetime
    due_at: datetime
    provisional: bool
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str
    satisfaction: str
    is_key: bool
    urged: bool
    instructed: bool
    next: Offer | None = None

    @property
    def is_due_to_him(self) -> bool:
        """Say whether the next press is this person's own next step, not one that is merely possible (naming another handler)."""
        return self.next is not None and self.next.weight < ASIDE


class Row(NamedTuple):
    """What a line is made of, by the names of `COLUMNS`."""

    pk: int
    number: str
    kind: str
    title: str
    enterprise_name: str
    enterprise_id: int
    community: str
    park: str | None
    source: str
    topic_name: str
    office: str | None
    office_full: str | None
    handler: str | None
    handler_id: int | None
    state: str
    upward: bool
    plan_version_id: int
    clock_at: datetime
    submitted_at: datetime
    due_at: datetime
    due_provisional: bool
    answered_at: datetime | None
    registered_at: datetime | None
    ended_at: datetime | None
    look_back_on: date | None
    outcome: str
    satisfaction: str
    rated_round: int
    is_key: bool
    urge_waits: bool
    instruction_waits: bool


_FROM = {
    "community": "community__short",
    "park": "park__name",
    "office": "lead_office__short",
    "office_full": "lead_office__name",
    "handler": "handler__name",
}
COLUMNS = tuple(_FROM.get(name, name) for name in Row._fields)
"""Where each comes from, for a list that needs nothing else: a case has twice as many columns."""


def read_lines(rows: QuerySet[Case], at: datetime) -> list[Line]:
    """Read rows as lines, in their order. One statement."""
    return [_line(Row._make(cells), at, None) for cells in rows.values_list(*COLUMNS)]


def lines(
    cases: Iterable[Case],
    at: datetime,
    *,
    by: Actor | None = None,
    press: Callable[[Case, list[Offer]], Offer | None] | None = None,
) -> list[Line]:
    """Turn rows (fetched with `LINE_COLUMNS`) into lines; with `by`, each carries one press (one more query).

    Args:
        cases: the rows.
        at: now, for the lamps.
        by: whose press.
        press: chooses among what is offered; without it, the most obvious.
    """
    rows = list(cases)
    tasks = tasks_of(row.pk for row in rows) if by is not None else {}
    found = []
    for row in rows:
        offered = offers(by, policy.sight_of(row, tasks.get(row.pk, [])), at) if by is not None else []
        first = press(row, offered) if press is not None else next(iter(offered), None)
        found.append(_line(_row(row), at, first))
    return found


def _row(case: Case) -> Row:
    """Return what a line is made of, from a row fetched with `LINE_COLUMNS`."""
    office, handler, park = case.lead_office, case.handler, case.park
    beside = {
        "community": case.community.short,
        "park": park.name if park else None,
        "office": office.short if office else None,
        "office_full": office.name if office else None,
        "handler": handler.name if handler else None,
    }
    return Row._make(beside[name] if name in beside else getattr(case, name) for name in Row._fields)


def _line(row: Row, at: datetime, first: Offer | None) -> Line:
    return Line(
        id=row.pk,
        number=row.number,
        kind=Kind.label_of(row.kind),
        title=row.title,
        enterprise=row.enterprise_name,
        enterprise_id=row.enterprise_id,
        community=row.community,
        park=row.park or "",
        source=Source.label_of(row.source),
        topic=row.topic_name or "未分类",
        office=row.office or "中转站",
        office_full=row.office_full or "中转站",
        handler=row.handler or "",
        state=row.state,
        state_label=state_words(row),
        lamp=lamp_of(row, at),
        submitted_at=row.submitted_at.astimezone(SHANGHAI),
        due_at=row.due_at.astimezone(SHANGHAI),
        provisional=row.due_provisional,
        answered_at=row.answered_at and row.answered_at.astimezone(SHANGHAI),
        ended_at=row.ended_at and row.ended_at.astimezone(SHANGHAI),
        outcome=Outcome.label_of(row.outcome) if row.outcome else "",
        satisfaction=Satisfaction.label_of(row.satisfaction) if row.satisfaction else "",
        is_key=row.is_key,
        urged=row.urge_waits,
        instructed=row.instruction_waits,
        next=first,
    )


def state_words(row: Case | Row) -> str:
    """Say where a case stands, finer than its state where that helps."""
    state = CaseState(row.state)
    if state is CaseState.IN_HAND and row.upward:
        return "上级办理中"
    if state is CaseState.ANSWERED and row.registered_at:
        return "已整理待销账"
    if state is CaseState.IN_HAND and row.handler_id is None:
        return "待签收"
    if state is CaseState.WRITTEN_OFF and row.look_back_on:
        return "已销账待回头看"
    return state.label


def public_title(row: Case) -> str:
    """Return what an enterprise and a notice call a case: a problem's own title is inner wording.

    Source: 二(二)2-问题-范围.
    """
    return row.title if row.kind == Kind.DEMAND else f"关于{row.topic_name}的告知事项"


def lamp_of(row: Case | Row, at: datetime) -> Lamp:
    """Return the lamp of a case: colour and word.

    Before the answer the deadline decides; afterwards it says how long it took, or what is awaited. A suspended case shows
    its next staged reply, a look-back that is due its day. Nothing hides a date that has passed.
    """
    state = CaseState(row.state)
    terms = terms_of(row.plan_version_id)
    if state in (CaseState.DECLINED, CaseState.MERGED, CaseState.WITHDRAWN):
        return Lamp(Tone.CALM, state.label)
    if row.answered_at is not None:
        return _lamp_of_answered(row, row.answered_at, terms, at)
    if state is CaseState.SUSPENDED and at <= row.due_at:
        due = row.due_at.astimezone(SHANGHAI)
        return Lamp(Tone.CALM, f"挂账 · {due.month}月{due.day}日前答复")
    return lamp(at, row.due_at, terms.calendar, terms.plan.limits.soon.value)


def _lamp_of_answered(row: Case | Row, answered_at: datetime, terms: Terms, at: datetime) -> Lamp:
    if row.look_back_on and row.look_back_on <= at.astimezone(SHANGHAI).date():
        return Lamp(Tone.SOON, f"回头看 · 应查日{row.look_back_on.month}月{row.look_back_on.day}日")
    days = terms.elapsed(row.clock_at, answered_at)
    used = f"用时{days}个工作日" if days else "当日答复"
    if answered_at > row.due_at:
        return Lamp(Tone.LATE, f"超期办结 · {used}")
    if row.state == CaseState.ANSWERED and not row.rated_round and row.kind == Kind.DEMAND:
        return Lamp(Tone.CALM, f"待企业评价 · {used}")
    return Lamp(Tone.CALM, used)
