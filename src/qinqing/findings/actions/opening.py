"""A finding comes to be: from a visit on a phone, or at the desk. 疑似重大 stands at the safety office in the same transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import Status
from qinqing.evidence.actions.uploads import publish
from qinqing.evidence.words import Flag
from qinqing.findings import policy
from qinqing.findings.actions import held, reporting
from qinqing.findings.actions.hand import (
    PREFIX,
    about,
    append,
    home_of,
    next_number,
    take_photos,
    tell,
    terms_for,
    tidy,
    weigh,
)
from qinqing.findings.actions.locking import lock_for
from qinqing.findings.facts.findings import FindingFound, GraveFound
from qinqing.findings.models import Finding, FindingEvent
from qinqing.findings.rules.deadlines import default_deadline
from qinqing.findings.rules.shape import Found, Stop, as_uuid, read_finding
from qinqing.findings.rules.sight import Happening
from qinqing.findings.words import SAFETY_ONLY, EventKind, Level, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise
    from qinqing.findings.terms import Terms

GONE = frozenset({Status.MOVED, Status.DEREGISTERED})
"""A firm that is no longer there has no hazards."""
_FURTHEST = timedelta(days=366)


def open_from_visit(
    finding: Mapping[str, Any],
    *,
    visit_id: UUID,
    enterprise_id: int,
    made_at: datetime,
    by: Actor,
    at: datetime,
    item_text: str = "",
) -> list[Flag]:
    """Take in one FINDING of a visit (docs/field-protocol.md) and return what is questionable about it. Never refuses.

    The same id a second time changes nothing. `repeat_of` an open finding of the firm becomes an event of that one.
    A problem becomes a case in the same transaction; if the spine refuses, the finding stays and the office has a row to
    press again.

    Args:
        finding: as the phone sent it, unchecked.
        visit_id: the visit's record id.
        enterprise_id: the visit's firm.
        made_at: the corrected moment.
        by: the officer whose phone it was.
        at: now.
        item_text: the checklist item's words in the version that was used; kept with the finding.

    Source: 附2安-(5)a, 附2安-(5)b, 附2违-(1)b, 二(二)2-问题-网格-上报.
    """
    found, flags = read_finding(finding, made_at=made_at)
    if found is None:
        return flags
    if item_text and not found.item_text:
        found = replace(found, item_text=item_text[:500])
    try:
        return _take_in(found, flags, visit_id, enterprise_id, made_at=made_at, by=by, at=at)
    except IntegrityError:
        if _is_here(found.uid):  # a twin was faster: the database let one in
            return []
        raise


def _take_in(
    found: Found,
    flags: list[Flag],
    visit_id: UUID,
    enterprise_id: int,
    *,
    made_at: datetime,
    by: Actor,
    at: datetime,
) -> list[Flag]:
    with transaction.atomic():
        if _is_here(found.uid):
            return []
        lock_for([{"id": str(found.uid), "repeat_of": str(found.repeat_of or "")}], [], by=by)
        try:
            firm = enterprises.of_town(by.town_id, enterprise_id)
        except NotFound:
            return [*flags, Flag("enterprise_unknown", "找不到这条隐患的企业，已原样保存，请联系上传的网格员。")]
        its, earlier = terms_for(by), _earlier(found, firm.pk)
        flags += _doubts(found, firm, its, earlier)
        if not its.category_or_other(found.category).is_restricted:
            publish(found.photos, enterprise_id=firm.pk, by=by, at=at)
        if earlier is not None and earlier.state != State.PASSED:
            return flags + _seen_again(earlier, found, made_at=made_at, by=by, at=at, its=its)
        row = _write(found, firm, its, by=by, made_at=made_at, at=at, visit_id=visit_id, repeat_of=earlier)
        if reporting.is_problem(row):
            flags += reporting.try_report(row, by=by, at=at, its=its)
        doubts = [flag for flag in flags if flag.code != reporting.NOT_REPORTED]  # that one stands in a list of its own
        row.flags = [{"code": flag.code, "words": flag.words} for flag in doubts]
        row.save(update_fields=["flags"])
        _announce(row, its, by=by, at=at)
        held.apply_to(row, at=at)
    return flags


def _doubts(found: Found, firm: "Enterprise", its: "Terms", earlier: Finding | None) -> Iterator[Flag]:
    """Yield what is questionable about a finding from a phone."""
    if firm.status in GONE:
        state = Status.label_of(firm.status)
        yield Flag("enterprise_closed", f"这家企业已登记为{state}，仍收下这条隐患，请核对。")
    if its.category(found.category) is None:
        yield Flag("category_unknown", "隐患类别不在方案里，按“其他”登记，请核对。")
    if found.repeat_of is not None and earlier is None:
        yield Flag("repeat_unknown", "所说的上次隐患没有找到，按新隐患登记，请核对。")


def register(
    *,
    enterprise_id: int,
    category: str,
    text: str,
    by: Actor,
    at: datetime,
    level: str = Level.MINOR.value,
    place_text: str = "",
    advice: str = "",
    deadline: date | None = None,
    is_fixed_on_spot: bool = False,
    is_problem: bool = False,
    stop: Stop | None = None,
    photos: Sequence[UUID | str] = (),
    found_at: datetime | None = None,
    press_key: str = "",
) -> Finding:
    """Write down a finding at the desk; the same `press_key` gives the same finding again.

    Raises:
        NotFound: the firm is not in sight. NotAllowed: the post makes no visits.
        Refused: the firm has moved or is deregistered; text or category is missing; the deadline is not usable; or,
            for a problem, whatever the spine says (no stop notice, a 两违 without pictures).

    Source: 附2安-(5)a, 附2安-(5)b.
    """
    policy.require_open(by)
    found = Found(
        uid=as_uuid(str(UUID(press_key))) if _is_key(press_key) else uuid4(),  # type: ignore[arg-type]  # a UUID either way
        category=category,
        level=Level(level) if level in ("minor", "grave") else Level.MINOR,
        text=tidy(text, field="text", label="发现的情况", limit=10_000),
        place_text=tidy(place_text, field="place_text", label="具体地点", limit=120, required=False),
        advice=tidy(advice, field="advice", label="劝导意见", required=False),
        deadline=deadline,
        is_fixed_on_spot=is_fixed_on_spot,
        is_problem=is_problem,
        stop=stop,
    )
    try:
        return _register(found, enterprise_id, photos, found_at or at, by=by, at=at)
    except IntegrityError:
        if again := Finding.objects.filter(uid=found.uid, town_id=by.town_id).first():
            return again
        raise


def _register(
    found: Found, enterprise_id: int, photos: Sequence[UUID | str], found_at: datetime, *, by: Actor, at: datetime
) -> Finding:
    with transaction.atomic():
        if again := Finding.objects.filter(uid=found.uid, town_id=by.town_id).first():
            return again
        firm = enterprises.get_for(by, enterprise_id)
        its = terms_for(by)
        _require_usable(found, firm, its, at)
        found = replace(found, photos=tuple(take_photos(photos, enterprise_id=firm.pk, by=by, at=at)))
        row = _write(found, firm, its, by=by, made_at=found_at, at=at)
        if reporting.is_problem(row):
            reporting.report(row, by=by, at=at, its=its)
        _announce(row, its, by=by, at=at)
    return row


def _is_key(press_key: str) -> bool:
    return len(press_key) == 32 and all(letter in "0123456789abcdef" for letter in press_key)


def _require_usable(found: Found, firm: "Enterprise", its: "Terms", at: datetime) -> None:
    if firm.status in GONE:
        state = Status.label_of(firm.status)
        raise Refused(
            "enterprise_closed",
            f"{firm.name}已登记为{state}，不能再登记隐患。企业仍在经营的，请先在企业档案里更正状态；原址换了别的企业的，请登记到那家企业名下。",
            field="firm",
        )
    if its.category(found.category) is None:
        raise Refused("category_unknown", "请从列表里选择隐患类别。", field="category")
    today = at.astimezone(SHANGHAI).date()
    if found.deadline is not None and not today <= found.deadline <= today + _FURTHEST:
        raise Refused("deadline_unusable", "整改期限要在今天以后、一年以内，请核对。", field="deadline")


def _is_here(uid: UUID) -> bool:
    return Finding.objects.filter(uid=uid).exists() or FindingEvent.objects.filter(pk=uid).exists()


def _earlier(found: Found, enterprise_id: int) -> Finding | None:
    if found.repeat_of is None:
        return None
    mine = Finding.objects.select_for_update(of=("self",)).filter(enterprise_id=enterprise_id)
    direct = mine.filter(uid=found.repeat_of).first()
    return direct or mine.filter(events__id=found.repeat_of).first()


def _seen_again(
    earlier: Finding, found: Found, *, made_at: datetime, by: Actor, at: datetime, its: "Terms"
) -> list[Flag]:
    """Add what was seen again to the finding that is still open, under the new id; a graver look makes it grave.

    Source: 附2安-(5)b.
    """
    given = Happening(EventKind.SEEN_AGAIN, made_at=made_at)
    if found.level in SAFETY_ONLY and earlier.level == Level.MINOR:
        earlier.level, earlier.safety_office, earlier.owner_office = (
            found.level.value,
            its.safety_office,
            its.safety_office,
        )
    earlier.is_problem = earlier.is_problem or found.is_problem
    earlier.stop = reporting.stored(found.stop) or earlier.stop
    flags: list[Flag] = []
    if reporting.is_problem(earlier) and earlier.case_id is None:
        earlier.save()
        flags = reporting.try_report(earlier, by=by, at=at, its=its)
    effect = weigh(earlier, given, by=by, at=at, its=its)
    append(earlier, given, effect, text=found.text, photos=found.photos, by=by, at=at, its=its, id_=found.uid)
    return flags + [Flag(one.code, one.words) for one in effect.objections]


def _write(
    found: Found,
    firm: "Enterprise",
    its: "Terms",
    *,
    by: Actor,
    made_at: datetime,
    at: datetime,
    visit_id: UUID | None = None,
    repeat_of: Finding | None = None,
) -> Finding:
    category = its.category_or_other(found.category)
    is_safetys = found.level in SAFETY_ONLY
    safety = its.safety_office if is_safetys else None
    line = its.office(category.office)
    state = State.OPEN
    if found.is_fixed_on_spot:
        state = State.CLAIMED if is_safetys else State.PASSED
    deadline = None
    if state is State.OPEN:
        found_on = made_at.astimezone(SHANGHAI).date()
        deadline = found.deadline or default_deadline(found.level, found_on, its.days)
    row = Finding(
        uid=found.uid,
        town_id=by.town_id,
        number=next_number(by.town_id, PREFIX, at),
        enterprise=firm,
        community_id=firm.community_id,
        visit=visit_id,
        checklist=found.checklist,
        item=found.item,
        item_text=found.item_text,
        category=category.code,
        category_name=category.name,
        level=found.level.value,
        text=found.text,
        place_text=found.place_text,
        photos=list(found.photos),
        advice=found.advice,
        stop=reporting.stored(found.stop),
        is_fixed_on_spot=found.is_fixed_on_spot,
        is_shared=not category.is_restricted,
        is_problem=found.is_problem,
        repeat_of=repeat_of,
        found_by_id=by.account_id,
        found_by_name=by.name,
        found_office_id=by.office_id,
        line_office=line,
        owner_office_id=by.office_id or its.safety_office.pk,
        safety_office=safety,
        state=state.value,
        deadline=deadline,
        first_deadline=deadline,
        closed_made_at=made_at if state is State.PASSED else None,
        made_at=made_at,
        received_at=at,
        touched_at=at,
    )
    row.owner_office_id = safety.pk if safety else home_of(row)
    row.save(force_insert=True)
    return row


def _announce(row: Finding, its: "Terms", *, by: Actor, at: datetime) -> None:
    said: dict[str, Any] = {
        **about(row),
        "text": row.text,
        "flags": tuple(flag["words"] for flag in row.flags),
        "category": row.category_name,
        "deadline": row.deadline.isoformat() if row.deadline else "",
        "advice": row.advice,
        "place": row.place_text,
        "is_fixed_on_spot": row.is_fixed_on_spot,
        "case_number": row.case.number if row.case else "",
    }
    is_grave = row.level in SAFETY_ONLY
    fact = GraveFound(**said, safety_office=its.safety_office.name) if is_grave else FindingFound(**said)
    tell(row, fact, by=by, at=at, photos=row.photos)
