"""Cases whose limit a holiday notice settles or has settled."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Q

from qinqing.cases import policy
from qinqing.cases.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.cases.words import BEFORE_ANSWER
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI


def waiting(by: Actor, at: datetime, *, since: date | None = None, limit: int = 100) -> list[Line]:
    """Return open cases this person sees whose limit is 暂定 or, with `since`, ends on or after that day; soonest first."""
    touched = Q(due_provisional=True)
    if since is not None:
        touched |= Q(due_at__gte=datetime.combine(since, time(), SHANGHAI))
    rows = policy.visible_to(by).filter(touched, state__in=[state.value for state in BEFORE_ANSWER])
    return lines(rows.select_related(*LINE_COLUMNS).order_by("due_at", "id")[:limit], at)


def seen(by: Actor, case_ids: Collection[int]) -> set[int]:
    """Return which of these cases this person may read."""
    return set(policy.visible_to(by).filter(pk__in=case_ids).values_list("pk", flat=True))
