"""隐患线索: every finding one line; filters, keyset pages, export. No count of rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db.models import Q, QuerySet

from qinqing.findings import policy
from qinqing.findings.models import Finding
from qinqing.findings.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.findings.words import SAFETY_ONLY, TO_FIX, UNSETTLED, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI

PAGE = 30
_BATCH = 500
STANDS = {
    "open": "未销号",
    "fix": "待整改",
    "overdue": "超期",
    "claimed": "待复查",
    "transferred": "已移送",
    "passed": "已销号",
    "all": "全部",
}
_STATES: dict[str, frozenset[State]] = {
    "open": UNSETTLED,
    "fix": TO_FIX,
    "overdue": TO_FIX,
    "claimed": frozenset({State.CLAIMED}),
    "transferred": frozenset({State.TRANSFERRED}),
    "passed": frozenset({State.PASSED}),
}
LEVELS = {"minor": "一般", "grave": "疑似重大与重大"}


@dataclass(frozen=True)
class Filter:
    """What the page asks for. Empty means no limit; unknown values find nothing rather than everything."""

    stand: str = "open"
    level: str = ""
    category: str = ""
    community: int = 0
    enterprise: int = 0
    q: str = ""

    def as_query(self) -> dict[str, str]:
        """Return the values that differ from an empty filter, for an address."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: str(v) for k, v in given.items() if v and (k != "stand" or v != "open")}


@dataclass(frozen=True)
class Page:
    """One page of lines; `next` is the `before` of the page after, 0 on the last."""

    lines: list[Line] = field(default_factory=list)
    next: int = 0


def page(by: Actor, wanted: Filter, at: datetime, *, before: int = 0, size: int = PAGE) -> Page:
    """Return a page of the findings a person may see, newest first; `before` goes on after the one with that id.

    Source: 附2安-(5)b.
    """
    rows = _rows(by, wanted, at).order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related(*LINE_COLUMNS)[: size + 1])
    return Page(lines(found[:size], at), found[size - 1].pk if len(found) > size else 0)


def stream(by: Actor, wanted: Filter, at: datetime) -> Iterator[Line]:
    """Yield every line of a filter, newest first, in batches: for the sheet."""
    rows = _rows(by, wanted, at).order_by("-id").select_related(*LINE_COLUMNS)
    last = None
    while batch := list((rows if last is None else rows.filter(pk__lt=last))[:_BATCH]):
        yield from lines(batch, at)
        last = batch[-1].pk


def at_most(by: Actor, wanted: Filter, at: datetime, limit: int = 100) -> int:
    """Return how many rows a filter finds, counting no further than `limit`: for the figure on a chip."""
    return len(_rows(by, wanted, at).order_by().values_list("pk", flat=True)[:limit])


def _rows(by: Actor, wanted: Filter, at: datetime) -> QuerySet[Finding]:
    rows = policy.visible_to(by)
    if wanted.stand != "all":
        states = _STATES.get(wanted.stand)
        rows = rows.filter(state__in=[one.value for one in states]) if states else rows.none()
    if wanted.stand == "overdue":
        rows = rows.filter(deadline__lt=at.astimezone(SHANGHAI).date())
    if wanted.level:
        grave = Q(level__in=[one.value for one in SAFETY_ONLY])
        rows = rows.filter(grave if wanted.level == "grave" else ~grave) if wanted.level in LEVELS else rows.none()
    exact = {
        "category": wanted.category,
        "community_id": wanted.community,
        "enterprise_id": wanted.enterprise,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if words := wanted.q.strip():
        rows = rows.filter(Q(number__contains=words) | Q(enterprise__name__contains=words) | Q(text__contains=words))
    return rows
