"""What every change of a finding shares: its number, one event more, the columns brought in step, one entry told."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from qinqing.evidence import actions as evidence
from qinqing.evidence import reads as photos_of
from qinqing.findings import policy, terms
from qinqing.findings.facts import findings as facts
from qinqing.findings.models import Finding, FindingEvent, Serial
from qinqing.findings.rules.events import judge
from qinqing.findings.rules.sight import Effect, Happening, Objection
from qinqing.findings.words import EventKind, Level, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger

if TYPE_CHECKING:
    from qinqing.findings.terms import Terms

PREFIX = "隐"
CLAUSE = "附2安-(5)b"
ADVICE_CLAUSE = "附2安-(5)a"


def next_number(town_id: int, prefix: str, at: datetime) -> str:
    """Give out the next number of the town, kind and year: 隐〔2026〕0001号. A number given is never given again."""
    year = at.astimezone(SHANGHAI).year
    Serial.objects.bulk_create([Serial(town_id=town_id, prefix=prefix, year=year)], ignore_conflicts=True)
    serial = Serial.objects.select_for_update().get(town_id=town_id, prefix=prefix, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return str(serial)


def tidy(raw: str, *, field: str, label: str, limit: int = 2000, required: bool = True) -> str:
    """Return people's text as stored.

    Raises:
        Refused: empty where it is needed, or too long; beside the field.
    """
    value = clean(raw)
    if required and not value:
        raise Refused("missing", f"请填写{label}。", field=field)
    if len(value) > limit:
        raise Refused("too_long", f"{label}最多{limit}字，现在{len(value)}字。", field=field)
    return value


def take_photos(given: Sequence[UUID | str], *, enterprise_id: int, by: Actor, at: datetime) -> list[str]:
    """Hang the photos a form brought on the firm, which may look at them; return their ids as stored."""
    kept = evidence.claim(given, enterprise_id=enterprise_id, by=by, at=at, for_enterprise=True) if given else []
    return [str(one) for one in kept]


def weigh(finding: Finding, given: Happening, *, by: Actor, at: datetime, its: "Terms") -> Effect:
    """Return what an event would do to a finding taken in hand."""
    seen = given.base_version
    later = (
        list(FindingEvent.objects.filter(finding=finding, version__gt=seen).values_list("version", "kind"))
        if seen is not None and seen < finding.version
        else []
    )
    return judge(
        policy.sight_of(finding),
        given,
        policy.standing(by, finding),
        [(version, EventKind(kind)) for version, kind in later],
        today=at.astimezone(SHANGHAI).date(),
        longest=its.days,
    )


def refuse(objections: Iterable[Objection]) -> None:
    """Turn what speaks against a press at the desk into a refusal.

    Raises:
        NotAllowed: it is not his. TooLate: the finding has moved on. Refused: anything else.
    """
    for one in objections:
        if not one.is_his:
            raise NotAllowed(one.words, code=one.code)
        if one.code in ("out_of_step", "older_than_closing"):
            raise TooLate(one.code, f"{one.words.removesuffix('，只留作记录。')}，请刷新看看最新情况。")
        raise Refused(one.code, one.words, field=one.field)


def append(
    finding: Finding,
    given: Happening,
    effect: Effect,
    *,
    text: str,
    photos: Sequence[str],
    by: Actor,
    at: datetime,
    its: "Terms",
    id_: UUID | None = None,
    record: UUID | None = None,
) -> FindingEvent:
    """Write one event, bring the finding's columns in step, and tell the ledger. The last beat of every follow-up."""
    _settle(finding, effect, at, its)
    event = FindingEvent.objects.create(
        id=id_ or uuid4(),
        finding=finding,
        version=finding.version,
        kind=given.kind.value,
        base_version=given.base_version,
        text=text,
        photos=list(photos),
        until=given.until,
        level=given.level.value if given.level else "",
        is_parallel=effect.is_parallel,
        objections=[{"code": one.code, "words": one.words} for one in effect.objections],
        state_after=finding.state,
        by_id=by.account_id,
        by_name=by.name,
        office_name=by.office_name,
        is_firms=by.enterprise_id is not None,
        record=record,
        made_at=given.made_at,
        received_at=at,
    )
    fact = _FACTS[given.kind](finding, event, its)
    tell(
        finding, fact, by=by, at=at, photos=photos, clause=ADVICE_CLAUSE if given.kind is EventKind.ADVISED else CLAUSE
    )
    return event


def _settle(finding: Finding, effect: Effect, at: datetime, its: "Terms") -> None:
    after = effect.after
    was_safetys = policy.sight_of(finding).is_safetys
    finding.state, finding.level = after.state.value, after.level.value
    finding.deadline, finding.extensions, finding.is_transferred = (
        after.deadline,
        after.extensions,
        after.is_transferred,
    )
    finding.version = after.version
    finding.closed_made_at, finding.closed_version = after.closed_made_at, after.closed_version
    finding.is_parallel = finding.is_parallel or effect.is_parallel
    if after.is_safetys and not was_safetys:
        finding.safety_office = finding.owner_office = its.safety_office
    elif was_safetys and not after.is_safetys:
        finding.owner_office_id = home_of(finding)
    finding.touched_at = at
    finding.save()


def home_of(finding: Finding) -> int:
    """Return the office that follows a finding which is not the safety office's: 属地, or the department that found it."""
    found_by_village = finding.found_office_id is None or finding.found_office_id == finding.community_id
    home = finding.community_id if found_by_village else finding.found_office_id
    return home or finding.community_id or finding.owner_office_id


def tell(
    finding: Finding,
    fact: facts.OnFinding,
    *,
    by: Actor,
    at: datetime,
    photos: Sequence[str] = (),
    clause: str = CLAUSE,
) -> None:
    """Append the one entry of a change under the finding."""
    ledger.record(
        fact,
        book=by.book,
        on=("finding", finding.pk),
        label=finding.number,
        by=by,
        at=at,
        clause=clause,
        files=digests(photos),
    )


def digests(photos: Sequence[str]) -> list[str]:
    """Return the digests of photos, as the ledger vouches for them, whether or not their bytes have arrived."""
    return [one.sha256 for one in photos_of.photos(photos)] if photos else []


def about(finding: Finding) -> dict[str, object]:
    """Return what every fact of a finding says of it, and whom it concerns."""
    offices = (finding.owner_office_id, finding.community_id)
    return {
        "about": f"finding:{finding.pk}",
        "title": f"{finding.enterprise.name} 疑似{finding.category_name}隐患",
        "office_ids": tuple(dict.fromkeys(pk for pk in offices if pk)),
        "account_ids": (finding.found_by_id,) if finding.found_by_id else (),
        "enterprise_ids": (finding.enterprise_id,) if finding.is_shared else (),
        "enterprise": finding.enterprise.name,
        "level": Level.label_of(finding.level),
    }


def _common(finding: Finding, event: FindingEvent) -> dict[str, object]:
    said = about(finding)
    if event.is_parallel:
        others = FindingEvent.objects.filter(finding=finding, version__gt=event.base_version or 0, by__isnull=False)
        known = said["account_ids"]
        assert isinstance(known, tuple)  # noqa: S101  made so above
        said["account_ids"] = tuple(dict.fromkeys((*known, *others.values_list("by_id", flat=True))))
    return {
        **said,
        "text": event.text,
        "is_parallel": event.is_parallel,
        "flags": tuple(one["words"] for one in event.objections),
    }


def _until(event: FindingEvent) -> str:
    return event.until.isoformat() if event.until else ""


_Maker = Callable[[Finding, FindingEvent, "Terms"], facts.OnFinding]
_FACTS: dict[EventKind, _Maker] = {
    EventKind.ADVISED: lambda f, e, _: facts.FindingAdvised(**_common(f, e)),  # type: ignore[arg-type]  # of the class's own fields
    EventKind.CLAIM: lambda f, e, _: facts.FindingClaimed(**_common(f, e)),  # type: ignore[arg-type]
    EventKind.PASS: lambda f, e, _: facts.FindingPassed(**_common(f, e)),  # type: ignore[arg-type]
    EventKind.FAIL: lambda f, e, _: facts.FindingFailed(**_common(f, e), until=_until(e)),  # type: ignore[arg-type]
    EventKind.TRANSFER: lambda f, e, its: facts.FindingTransferred(**_common(f, e), to_office=its.safety_office.name),  # type: ignore[arg-type]
    EventKind.EXTEND: lambda f, e, _: facts.FindingExtended(**_common(f, e), until=_until(e)),  # type: ignore[arg-type]
    EventKind.CLOSE: lambda f, e, _: facts.FindingClosed(**_common(f, e)),  # type: ignore[arg-type]
    EventKind.REOPEN: lambda f, e, _: facts.FindingReopened(**_common(f, e)),  # type: ignore[arg-type]
    EventKind.JUDGE: lambda f, e, _: facts.FindingJudged(
        **_common(f, e),  # type: ignore[arg-type]
        judged=Level.label_of(e.level),
        until=_until(e),
    ),
    EventKind.SEEN_AGAIN: lambda f, e, _: facts.FindingSeenAgain(**_common(f, e)),  # type: ignore[arg-type]
}


def terms_for(by: Actor) -> "Terms":
    """Return the plan and offices of the actor's town."""
    return terms.of_town(by.book, by.town_id)


def is_closed(finding: Finding) -> bool:
    """Say whether a finding is off the list."""
    return finding.state == State.PASSED
