"""一本账: every case one row; filters, search, keyset pages, export. No count of rows anywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from qinqing.cases import policy, search
from qinqing.cases.models import Case, Involvement, Task
from qinqing.cases.reads.lines import Line, read_lines
from qinqing.cases.terms import current_terms
from qinqing.cases.words import BEFORE_ANSWER, ENDS, LIVE_TASKS, OPEN, CaseState, Part, Stage, TaskState
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI

PAGE = 50
_BATCH = 1000
STANDS = {
    "open": "在账",
    "late": "超期",
    "soon": "快到期",
    "answered": "待整理销账",
    "suspended": "长期挂账",
    "ended": "已销账",
    "all": "全部",
}


_IN_HAND = Q(state=CaseState.IN_HAND.value)
STAGES: dict[Stage, Q] = {
    Stage.TO_ACCEPT: Q(state=CaseState.SUBMITTED.value),
    Stage.CLARIFYING: Q(state=CaseState.CLARIFYING.value),
    Stage.TO_DISPATCH: Q(state=CaseState.ACCEPTED.value),
    Stage.CONSULTING: Q(state=CaseState.CONSULTING.value),
    Stage.UPWARD: _IN_HAND & Q(upward=True),
    Stage.TO_SIGN: _IN_HAND & Q(upward=False, handler__isnull=True),
    Stage.WORKING: _IN_HAND & Q(upward=False, handler__isnull=False),
    Stage.SUSPENDED: Q(state=CaseState.SUSPENDED.value),
    Stage.TO_REGISTER: Q(state=CaseState.ANSWERED.value, registered_at__isnull=True),
    Stage.TO_WRITE_OFF: Q(state=CaseState.ANSWERED.value, registered_at__isnull=False),
}
"""Every open case is at exactly one stage, by the words of `lines.state_words`."""


@dataclass(frozen=True)
class Filter:
    """What the page asks for. Empty means no limit; unknown values find nothing rather than everything."""

    stand: str = "open"
    kind: str = ""
    state: str = ""
    topic: str = ""
    office: int = 0
    community: int = 0
    park: int = 0
    enterprise: int = 0
    source: str = ""
    month: str = ""
    key: bool = False
    complaint: str = ""
    task: str = ""
    instructed: bool = False
    holder: int = 0
    stage: str = ""
    support: int = 0
    q: str = ""

    def as_query(self) -> dict[str, str]:
        """Return the values that differ from an empty filter, for an address."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: ("1" if v is True else str(v)) for k, v in given.items() if v and (k != "stand" or v != "open")}


@dataclass(frozen=True)
class Page:
    """One page of lines and the cursors of its neighbours ("" where there is none)."""

    lines: list[Line] = field(default_factory=list)
    next: str = ""
    previous: str = ""


def page(by: Actor, wanted: Filter, at: datetime, *, cursor: str = "", size: int = PAGE) -> Page:
    """Return a page of the cases a person may see, newest first; open ones that press, most urgent first.

    Args:
        by: the reader.
        wanted: the filter.
        at: now, for lamps and for what is late.
        cursor: from a neighbouring page: ">" or "<" and the key of the row to go on from; nonsense gives the first page.
        size: lines on a page.

    Source: 二(四)-1.
    """
    rows = _rows(by, wanted, at)
    by_due = wanted.stand in ("late", "soon", "suspended")
    backwards, key = cursor[:1] == "<", cursor[1:]
    rows = _go_on(rows, key, by_due=by_due, backwards=backwards)
    found = read_lines(rows[: size + 1], at)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page()
    has_next, has_previous = (more, bool(key)) if not backwards else (True, more)
    return Page(
        found,
        ">" + _key(found[-1], by_due=by_due) if has_next else "",
        "<" + _key(found[0], by_due=by_due) if has_previous else "",
    )


def stream(by: Actor, wanted: Filter, at: datetime) -> Iterator[Line]:
    """Yield every line of a filter, newest first, in batches: for the sheet of 100 000 rows."""
    rows = _rows(by, wanted, at).order_by("-id")
    last = None
    while batch := read_lines((rows if last is None else rows.filter(pk__lt=last))[:_BATCH], at):
        yield from batch
        last = batch[-1].id


def figures(by: Actor, stands: Sequence[str], at: datetime, limit: int = 100) -> dict[str, int]:
    """Return how many cases stand so, each counted no further than `limit`: for the figures on chips ("99+"). One statement."""
    parts: list[str] = []
    values: list[Any] = []
    for stand in stands:
        rows = policy.visible_to(by).filter(standing(stand, by, at)).order_by().values_list("pk")[:limit]
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:  # a post that sees no case at all
            sql, given = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  the ORM made it
        values.extend(given)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(stands, cursor.fetchone(), strict=True))


def _rows(by: Actor, wanted: Filter, at: datetime) -> QuerySet[Case]:
    rows = policy.visible_to(by).filter(standing(wanted.stand, by, at))
    exact = {
        "kind": wanted.kind,
        "state": wanted.state,
        "topic": wanted.topic,
        "community_id": wanted.community,
        "park_id": wanted.park,
        "enterprise_id": wanted.enterprise,
        "source": wanted.source,
        "is_key": wanted.key,
        "complaint": wanted.complaint,
        "instruction_waits": wanted.instructed,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.office:
        mine = Involvement.objects.filter(case_id=OuterRef("pk"), office_id=wanted.office)
        rows = rows.filter(Q(lead_office_id=wanted.office) | Exists(mine))
    if wanted.holder:
        rows = rows.filter(Q(lead_office_id=wanted.holder) | Q(lead_office_id__isnull=True, hub_id=wanted.holder))
    if wanted.stage:
        rows = rows.filter(STAGES[Stage(wanted.stage)])
    if wanted.support:
        rows = rows.filter(Exists(_shares_of(wanted.support)))
    if wanted.task:
        rows = rows.filter(Exists(_tasks_of_mine(by, wanted.task)))
    if wanted.month:
        rows = rows.filter(**_month(wanted.month))
    if wanted.q.strip():
        rows = search.matching(rows, wanted.q, by.town_id)
    return rows


def _tasks_of_mine(by: Actor, state: str) -> QuerySet[Task]:
    """Match the live tasks of the reader's own office in one state ("upward" = with the superior)."""
    mine = Task.objects.filter(case_id=OuterRef("pk"), office_id=by.office_id or 0)
    if state == "upward":
        return mine.filter(upward=True, state=TaskState.WORKING.value)
    return mine.filter(state=state)


def _shares_of(office_id: int) -> QuerySet[Task]:
    """Match the live shares an office has as a supporting one."""
    return Task.objects.filter(
        case_id=OuterRef("pk"), office_id=office_id, part=Part.SUPPORT.value, state__in=list(LIVE_TASKS)
    )


def standing(stand: str, by: Actor, at: datetime) -> Q:
    """Return the condition of a stand, a key of `STANDS`: lists and figures share it, so a figure never differs from its rows."""
    waiting = Q(state__in=[state.value for state in BEFORE_ANSWER])
    if stand == "soon":
        _, terms = current_terms(by.book)
        return waiting & Q(due_at__gte=at, due_at__lte=terms.due(at, terms.plan.limits.soon.value))
    wanted = {
        "open": Q(state__in=[state.value for state in OPEN]),
        "late": waiting & Q(due_at__lt=at),
        "answered": Q(state=CaseState.ANSWERED.value),
        "suspended": Q(state=CaseState.SUSPENDED.value),
        "ended": Q(state__in=[state.value for state in ENDS]),
        "all": Q(),
    }
    return wanted.get(stand, Q(pk__in=()))


def _month(month: str) -> dict[str, datetime]:
    """Return the bounds of a month "2026-11" by submission; nonsense bounds nothing in."""
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=SHANGHAI)
    except ValueError:
        far = datetime(1, 1, 2, tzinfo=SHANGHAI)
        return {"submitted_at__lt": far}
    after = (first + timedelta(days=32)).replace(day=1)
    return {"submitted_at__gte": first, "submitted_at__lt": after}


def _key(line: Line, *, by_due: bool) -> str:
    return f"{line.due_at.timestamp():.6f}_{line.id}" if by_due else str(line.id)


def _go_on(rows: QuerySet[Case], key: str, *, by_due: bool, backwards: bool) -> QuerySet[Case]:
    """Order the rows and start after (or before) a key."""
    if not by_due:
        rows = rows.order_by("id" if backwards else "-id")
        if key.isascii() and key.isdigit() and len(key) < 19:
            rows = rows.filter(**{"pk__gt" if backwards else "pk__lt": int(key)})
        return rows
    rows = rows.order_by("-due_at", "-id") if backwards else rows.order_by("due_at", "id")
    stamp, _, number = key.partition("_")
    try:
        moment, pk = datetime.fromtimestamp(float(stamp), SHANGHAI), int(number)
    except (ValueError, OverflowError, OSError):
        return rows
    if backwards:
        return rows.filter(Q(due_at__lt=moment) | Q(due_at=moment, pk__lt=pk))
    return rows.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=pk))
