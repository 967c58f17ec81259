"""What waits for a person: findings to recheck or overdue, what is grave, and what the office has to see to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.findings import policy
from qinqing.findings.models import Finding, HeldEvent, Unreported
from qinqing.findings.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.findings.rules.deadlines import SOON_DAYS
from qinqing.findings.words import SAFETY_ONLY, TO_FIX, UNSETTLED, EventKind, Holding, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI

if TYPE_CHECKING:
    from uuid import UUID

MOST = 20
_GRAVE = [level.value for level in SAFETY_ONLY]
_LIVE = [state.value for state in UNSETTLED]
_FIX = [state.value for state in TO_FIX]


def waiting(by: Actor, at: datetime) -> list[Line]:
    """Return the findings this person's office has to do something about now, the gravest and latest first.

    To be rechecked, handed over to it, grave and still open, or due within three days.

    Source: 附2安-(5)b.
    """
    if by.office_id is None or not policy.may_open(by):
        return []
    soon = at.astimezone(SHANGHAI).date() + timedelta(days=SOON_DAYS)
    mine = policy.visible_to(by).filter(owner_office_id=by.office_id, state__in=_LIVE)
    pressing = (
        Q(state__in=[State.CLAIMED.value, State.TRANSFERRED.value])
        | Q(state__in=_FIX, deadline__lte=soon)
        | Q(level__in=_GRAVE)
    )
    found = list(mine.filter(pressing).select_related(*LINE_COLUMNS).order_by("deadline", "id")[: MOST * 3])
    found.sort(key=lambda row: (row.level not in _GRAVE, row.deadline is None, row.deadline or soon, row.pk))
    return lines(found[:MOST], at)


def grave_here(by: Actor, at: datetime) -> list[Line]:
    """Return what is grave, still open and the reader's own office's to recheck: on top of the safety office's list.

    Source: 附2安-(5)b.
    """
    if by.office_id is None:
        return []
    rows = policy.visible_to(by).filter(owner_office_id=by.office_id, state__in=_LIVE, level__in=_GRAVE)
    return lines(rows.select_related(*LINE_COLUMNS).order_by("-id")[:MOST], at)


@dataclass(frozen=True)
class Unsent:
    """A finding that is a problem and has no case yet: what the spine said, and what the office must add."""

    line: Line
    code: str
    words: str
    at: datetime

    @property
    def needs_stop(self) -> bool:
        """Say whether the stop notice is what is missing."""
        return self.code.startswith("stop_")


@dataclass(frozen=True)
class Orphan:
    """An event whose finding never came."""

    id: "UUID"
    enterprise: str
    kind: str
    text: str
    by_name: str
    made_at: datetime


@dataclass(frozen=True)
class Attention:
    """What the office has to see to."""

    unsent: list[Unsent]
    orphans: list[Orphan]
    doubtful: list[Finding]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.unsent) + len(self.orphans) + len(self.doubtful)


def attention(by: Actor, at: datetime) -> Attention:
    """Return what phones brought that a person must see to: problems without a case, events without a finding, doubts."""
    if not policy.may_open(by):
        return Attention([], [], [])
    seen = policy.visible_to(by)
    waiting_for = Unreported.objects.filter(settled_at__isnull=True, finding__in=seen.values("pk"))
    rows = list(waiting_for.select_related(*(f"finding__{name}" for name in LINE_COLUMNS)).order_by("at")[:MOST])
    orphans = policy.held_for(by).filter(state=Holding.ORPHAN.value, settled_at__isnull=True)
    doubts = seen.exclude(flags=[]).filter(state__in=_LIVE, unreported__isnull=True)
    return Attention(
        [Unsent(lines([row.finding], at)[0], row.code, row.words, row.at) for row in rows],
        [_orphan(row) for row in orphans.select_related("enterprise").order_by("made_at")[:MOST]],
        list(doubts.select_related(*LINE_COLUMNS).order_by("-id")[:MOST]),
    )


def unsent_of(finding: Finding) -> Unreported | None:
    """Return why a finding that is a problem has no case yet, None where it has one or needs none."""
    return Unreported.objects.filter(finding=finding, settled_at__isnull=True).first()


def _orphan(row: HeldEvent) -> Orphan:
    return Orphan(
        row.pk,
        row.enterprise.name if row.enterprise else "企业不明",
        EventKind.label_of(str(row.body.get("kind", ""))),
        str(row.body.get("text", "")),
        row.by_name,
        row.made_at,
    )
