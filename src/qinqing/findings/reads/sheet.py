"""The page of a finding: where it stands, its story, photos before and after, and only what this person may do now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from qinqing.evidence import reads as evidence
from qinqing.evidence.reads import Photo
from qinqing.findings import policy
from qinqing.findings.models import Finding, FindingEvent, Unreported
from qinqing.findings.reads.desk import unsent_of
from qinqing.findings.reads.find import get_for
from qinqing.findings.reads.papers import stop_words
from qinqing.findings.rules.deadlines import lamp
from qinqing.findings.rules.events import offers
from qinqing.findings.words import SAFETY_ONLY, TO_FIX, EventKind, Level, Standing, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.workdays.rules import Lamp

_SHOWS_REPAIR = (EventKind.CLAIM, EventKind.PASS)
_YEAR = 365


@dataclass(frozen=True)
class Step:
    """One stop of the journey line: `state` is done, now or todo."""

    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Told:
    """One event as the page shows it. `doubts` say why it had no effect; an enterprise is not shown those."""

    kind: str
    label: str
    text: str
    photos: list[Photo]
    until: date | None
    level: str
    is_parallel: bool
    doubts: tuple[str, ...]
    who: str
    made_at: datetime
    received_at: datetime
    version: int


@dataclass(frozen=True)
class Sheet:
    """One finding for one reader."""

    finding: Finding
    lamp: Lamp
    journey: list[Step]
    story: list[Told]
    before: list[Photo]
    after: list[Photo]
    offers: list[EventKind]
    standing: frozenset[Standing]
    stop: str
    unsent: Unreported | None
    repeats: int
    is_grave: bool

    @property
    def may_report(self) -> bool:
        """Say whether this person may report it again to the spine."""
        return self.unsent is not None and bool(self.standing - {Standing.FIRM, Standing.SYSTEM})


def sheet(by: Actor, finding_id: int, at: datetime) -> Sheet:
    """Return the page of a finding.

    Raises:
        NotFound: out of sight.
    """
    finding = get_for(by, finding_id)
    events = list(FindingEvent.objects.filter(finding=finding))
    named = [*finding.photos, *(one for event in events for one in event.photos)]
    photos = {str(photo.id): photo for photo in evidence.photos(named)} if named else {}
    standing, sight = policy.standing(by, finding), policy.sight_of(finding)
    repaired = next((event for event in reversed(events) if event.kind in _SHOWS_REPAIR and event.photos), None)
    is_firm = by.enterprise_id is not None
    return Sheet(
        finding=finding,
        lamp=lamp(sight, at.astimezone(SHANGHAI).date()),
        journey=journey(finding, events),
        story=[_told(event, photos, is_firm=is_firm) for event in events if not (is_firm and event.objections)],
        before=_pick(finding.photos, photos),
        after=_pick(repaired.photos, photos) if repaired else [],
        offers=offers(sight, standing),
        standing=standing,
        stop=stop_words(finding),
        unsent=None if is_firm else unsent_of(finding),
        repeats=0 if is_firm else _repeats(finding),
        is_grave=finding.level in SAFETY_ONLY,
    )


def _repeats(finding: Finding) -> int:
    """Return how many earlier findings of the same item at the same firm lie within twelve months. Source: domain §6.9."""
    if not finding.item:
        return 0
    same = Finding.objects.filter(
        enterprise_id=finding.enterprise_id, checklist=finding.checklist, item=finding.item, pk__lt=finding.pk
    )
    return Counter((finding.made_at - made).days <= _YEAR for made in same.values_list("made_at", flat=True))[True]


def _pick(ids: list[str], photos: dict[str, Photo]) -> list[Photo]:
    return [photos[one] for one in ids if one in photos]


def _told(event: FindingEvent, photos: dict[str, Photo], *, is_firm: bool) -> Told:
    who = event.by_name if not is_firm or event.is_firms else ""
    return Told(
        kind=event.kind,
        label=EventKind.label_of(event.kind),
        text=event.text,
        photos=_pick(event.photos, photos),
        until=event.until,
        level=Level.label_of(event.level) if event.level else "",
        is_parallel=event.is_parallel and not is_firm,
        doubts=() if is_firm else tuple(one["words"] for one in event.objections),
        who=" · ".join(part for part in (event.office_name, who) if part) or "系统",
        made_at=event.made_at.astimezone(SHANGHAI),
        received_at=event.received_at.astimezone(SHANGHAI),
        version=event.version,
    )


def journey(finding: Finding, events: list[FindingEvent]) -> list[Step]:
    """Return the journey line: 发现 → 劝导告知 → (综执安监办) → 整改 → 复查 → 销号."""
    state = State(finding.state)
    found = finding.made_at.astimezone(SHANGHAI)
    steps = [Step("发现", f"{found:%m-%d %H:%M}", "done")]
    advised = next((event for event in events if event.kind == EventKind.ADVISED), None)
    if finding.advice or finding.stop or advised:
        steps.append(Step("劝导告知", f"{found:%m-%d}", "done"))
    if finding.safety_office_id and finding.owner_office_id == finding.safety_office_id:
        word = "上报" if finding.level in SAFETY_ONLY else "移送"
        steps.append(Step(f"{word}综执安监办", "", "done"))
    fixed = state in (State.CLAIMED, State.PASSED)
    claim = _last(events, EventKind.CLAIM)
    due = f"{finding.deadline:%m-%d} 前" if finding.deadline else ""
    label = state.label if state in TO_FIX - {State.OPEN} else "整改"
    steps.append(Step("整改" if fixed else label, _day(claim) if fixed else due, "done" if fixed else "now"))
    passed = state is State.PASSED
    check = "done" if passed else "now" if state is State.CLAIMED else "todo"
    steps.append(Step("复查", _day(_last(events, EventKind.PASS)) if passed else "", check))
    closed = finding.closed_made_at
    steps.append(Step("销号", f"{closed.astimezone(SHANGHAI):%m-%d}" if closed else "", "now" if passed else "todo"))
    return steps


def _last(events: list[FindingEvent], kind: EventKind) -> FindingEvent | None:
    return next((event for event in reversed(events) if event.kind == kind and not event.objections), None)


def _day(event: FindingEvent | None) -> str:
    return f"{event.made_at.astimezone(SHANGHAI):%m-%d}" if event else ""
