"""What the hub decided, for learning from it: a text and the topic it was taken in under."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.cases.models import Case
from qinqing.cases.words import CaseState
from qinqing.kernel.actor import Actor


@dataclass(frozen=True)
class Decided:
    """One matter the hub took in."""

    case_id: int
    kind: str
    title: str
    text: str
    topic: str
    accepted_at: datetime


def decided(town_id: int, *, after: int = 0, since: datetime | None = None, limit: int = 5000) -> list[Decided]:
    """Return matters that were taken in under a topic (later than `since`), by case id upwards from `after`.

    Source: 附1-内容-1.
    """
    rows = (
        Case.objects.filter(town_id=town_id, pk__gt=after, accepted_at__isnull=False).exclude(topic="").order_by("id")
    )
    if since is not None:
        rows = rows.filter(accepted_at__gt=since)
    found = rows.values_list("pk", "kind", "title", "text", "topic", "accepted_at")[:limit]
    return [Decided(*row[:5], accepted_at=row[5]) for row in found if row[5] is not None]


def open_nearby(by: Actor, case: Case, *, limit: int = 200) -> list[Case]:
    """Return open matters of the same enterprise or village, the latest first: where a duplicate would be.

    The reader is the hub, which sees the town; a problem is compared with problems, a demand with demands.

    Source: 附1-内容-1.
    """
    ends = (CaseState.WRITTEN_OFF.value, CaseState.DECLINED.value, CaseState.WITHDRAWN.value, CaseState.MERGED.value)
    rows = Case.objects.filter(town_id=by.town_id, community_id=case.community_id, kind=case.kind)
    return list(rows.exclude(state__in=ends).exclude(pk=case.pk).order_by("-id")[:limit])
