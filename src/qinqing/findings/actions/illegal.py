"""两违登记册: a line comes from a finding, goes its way to 销号, and is looked at again 30 and 90 days later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions import problems
from qinqing.cases.reads import find
from qinqing.cases.words import Verb
from qinqing.findings import policy
from qinqing.findings.actions.hand import digests, next_number, take_photos, terms_for, tidy
from qinqing.findings.facts import registers as facts
from qinqing.findings.models import Finding, IllegalBuilding, RegisterEntry
from qinqing.findings.rules.registers import (
    ILLEGAL_ENDS,
    ILLEGAL_STARTS,
    OFFICES_ONLY_ILLEGAL,
    SHOWN,
    look_backs,
)
from qinqing.findings.words import BuildStage, IllegalKind, IllegalSource, IllegalState, IllegalStep
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.people.words import Role

if TYPE_CHECKING:
    from qinqing.findings.terms import Terms

PREFIX = "违"
CLAUSES = {IllegalStep.LOOK_BACK: "附2违-(2)", IllegalStep.CLOSE: "附2违-(2)", IllegalStep.ASSIST: "附2违-(1)c"}
_SAME_PRESS = timedelta(seconds=2)


def from_finding(finding: Finding, *, by: Actor, at: datetime, its: "Terms") -> IllegalBuilding:
    """Open the line of a finding that has just become a case; once for each finding. Source: 附2违-(1)b."""
    known = IllegalBuilding.objects.filter(finding=finding).first()
    if known is not None:
        return known
    stop = finding.stop or {}
    was_told = stop.get("response") in ("stopped", "refused") and stop.get("at")
    stopped = datetime.fromisoformat(stop["at"]) if was_told else None
    row = IllegalBuilding.objects.create(
        town_id=finding.town_id,
        number=next_number(finding.town_id, PREFIX, at),
        enterprise_id=finding.enterprise_id,
        community_id=finding.community_id,
        finding=finding,
        case_id=finding.case_id,
        kind=IllegalKind.BUILDING.value,
        source=IllegalSource.PATROL.value,
        location=finding.place_text or finding.item_text[:120] or finding.text[:60],
        text=finding.text,
        photos=finding.photos,
        state=(IllegalState.STOPPED if stopped else IllegalState.FOUND).value,
        stopped_at=stopped,
        found_on=finding.made_at.astimezone(SHANGHAI).date(),
        made_at=at,
        touched_at=at,
    )
    tell_registered(row, by=by, at=at)
    return row


def tell_registered(row: IllegalBuilding, *, by: Actor, at: datetime) -> None:
    """Write the first line of the story and tell the ledger."""
    fact = facts.IllegalRegistered(
        **about(row),
        text=row.text,
        source=IllegalSource.label_of(row.source),
        photos=len(row.photos),
        case_number=row.case.number if row.case else "",
    )
    _tell(row, IllegalStep.REGISTER, fact, text=row.text, photos=row.photos, by=by, at=at)


def edit_illegal(
    *,
    illegal_id: int,
    by: Actor,
    at: datetime,
    kind: str,
    source: str,
    location: str,
    source_no: str = "",
    area_m2: Decimal | None = None,
    stage: str = "",
) -> IllegalBuilding:
    """Put right what the register says of a 两违.

    Raises:
        NotFound, NotAllowed: not in sight, or not his to keep. Refused: nothing would change, or no location.
    """
    with transaction.atomic():
        row = take(illegal_id, IllegalStep.EDIT, by)
        changed = set_details(
            row,
            kind=kind,
            source=source,
            source_no=source_no,
            location=location,
            area_m2=area_m2,
            stage=stage,
        )
        if not changed:
            raise Refused("nothing_changed", "没有改动。")
        fact = facts.IllegalEdited(**about(row), changed=tuple(changed))
        _tell(row, IllegalStep.EDIT, fact, text="、".join(changed), photos=(), by=by, at=at)
    return row


def set_details(
    row: IllegalBuilding,
    *,
    kind: str,
    source: str,
    source_no: str,
    location: str,
    area_m2: Decimal | None,
    stage: str,
) -> list[str]:
    """Set what is known of a 两违 and return the 中文 names of what changed; the row is not saved.

    Raises:
        Refused: a value that is not usable.
    """
    given = {
        "kind": _one_of(kind, IllegalKind, "kind", "类型"),
        "source": _one_of(source, IllegalSource, "source", "来源"),
        "source_no": tidy(source_no, field="source_no", label="信访或举报编号", limit=60, required=False),
        "location": tidy(location, field="location", label="位置", limit=120),
        "area_m2": area_m2,
        "stage": _one_of(stage, BuildStage, "stage", "建设阶段"),
    }
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    labels = {field.name: str(field.verbose_name) for field in IllegalBuilding._meta.fields}
    return [labels[name] for name in changed]


def _one_of(code: str, words: Any, field: str, label: str) -> str:
    if code not in {one.value for one in words}:
        raise Refused("unknown", f"请选择{label}。", field=field)
    return code


def step_illegal(
    *,
    illegal_id: int,
    step: str,
    text: str,
    by: Actor,
    at: datetime,
    photos: Sequence[UUID | str] = (),
    on: date | None = None,
    to_office: str = "",
    transfer_no: str = "",
    passed: bool | None = None,
) -> IllegalBuilding:
    """Do one step of a 两违: 告知停止, 移送, 配合拆除, 拆除整改到位, 销号, 回头看.

    Args:
        illegal_id: the line.
        step: a code of `words.IllegalStep`.
        text: what there is to say.
        by: the firm's village with its officers, or a department.
        at: now.
        photos: attachments; needed for 拆除或整改到位.
        on: the day it was handed over or cleared; today if not given.
        to_office, transfer_no: of 移送.
        passed: of 回头看; a failed one opens the line again, and its case with it where he may press that.

    Raises:
        NotFound, NotAllowed: not in sight, or not his. TooLate: it is no longer there. Refused: something is missing.
    Source: 附2违-(1)b, 附2违-(1)c, 附2违-(2).
    """
    chosen = IllegalStep(step)
    with transaction.atomic():
        row = take(illegal_id, chosen, by)
        words = tidy(text, field="text", label="情况")
        kept = take_photos(photos, enterprise_id=row.enterprise_id, by=by, at=at)
        if chosen in SHOWN and not kept:
            raise Refused("photo_missing", "请附拆除或整改到位后的影像资料。", field="files")
        today = at.astimezone(SHANGHAI).date()
        if on is not None and on > today:
            raise Refused("day_in_future", "日期不能晚于今天。", field="on")
        given = {"on": on or today, "to_office": to_office, "transfer_no": transfer_no, "passed": passed}
        if chosen is IllegalStep.LOOK_BACK:
            _look_back_case(row, words, by=by, at=at, passed=passed)
        due_on = date.fromisoformat(row.look_backs_due[0]) if row.look_backs_due else None
        fact = _STEPS[chosen](row, words, given, by, at)
        if chosen in ILLEGAL_ENDS:
            row.state = ILLEGAL_ENDS[chosen].value
        looked = chosen is IllegalStep.LOOK_BACK
        _tell(
            row,
            chosen,
            fact,
            text=words,
            photos=kept,
            by=by,
            at=at,
            passed=passed if looked else None,
            due_on=due_on if looked else None,
        )
    return row


def take(illegal_id: int, step: IllegalStep, by: Actor) -> IllegalBuilding:
    """Lock a line this person may see, and let pass only who keeps it, and only a step that may be done now.

    Raises:
        NotFound, NotAllowed, TooLate: as they say.
    """
    rows = policy.illegal_buildings(by).select_for_update(of=("self",))
    row = rows.filter(pk=illegal_id).first()
    if row is None:
        raise NotFound("没有找到这一条，或不在您的查看范围内。")
    policy.require_tend(by, row.community_id)
    if by.post == Role.GRID_OFFICER and step in OFFICES_ONLY_ILLEGAL:
        raise NotAllowed("销号由村（社区）或主管部门登记。")
    state = IllegalState(row.state)
    if state not in ILLEGAL_STARTS[step] or (step is IllegalStep.LOOK_BACK and not row.look_backs_due):
        raise TooLate("moved_on", f"现在是“{state.label}”，不能再“{step.label}”。请刷新看看最新情况。")
    return row


def _look_back_case(row: IllegalBuilding, words: str, *, by: Actor, at: datetime, passed: bool | None) -> None:
    """Press the case's own 回头看 with the same words, where one is due and it is his to press: one walk, one record."""
    if passed is None:
        raise Refused("passed_missing", "请选择合格或不合格。", field="passed")
    if row.case_id is None:
        return
    try:
        case = find.get_for(by, row.case_id)
    except NotFound:
        return
    if any(offer.verb is Verb.LOOK_BACK for offer in find.offers_for(by, case, at)):
        problems.look_back(case.pk, by=by, at=at, passed=passed, note=words)


def note_look_back(row: IllegalBuilding, *, passed: bool, due_on: str, note: str, by: Actor, at: datetime) -> None:
    """Note what the case's 回头看 found, unless the same press noted it here already. Source: 附2违-(2)."""
    near = RegisterEntry.objects.filter(
        illegal=row, step=IllegalStep.LOOK_BACK.value, at__gte=at - _SAME_PRESS, at__lte=at + _SAME_PRESS
    )
    told = RegisterEntry.objects.filter(illegal=row, step=IllegalStep.LOOK_BACK.value, text=note, passed=passed)
    if row.state != IllegalState.CLOSED or near.exists() or told.exists():
        return
    fact = _looked_back(row, note, {"passed": passed}, by, at)
    due = date.fromisoformat(due_on) if due_on else None
    _tell(row, IllegalStep.LOOK_BACK, fact, text=note, photos=(), by=by, at=at, passed=passed, due_on=due)


_Given = Mapping[str, Any]


def _stop(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    row.stopped_at = at
    return facts.IllegalStopped(**about(row), text=words)


def _transfer(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    row.transferred_to = tidy(given["to_office"], field="to_office", label="移送单位", limit=60)
    row.transfer_no = tidy(given["transfer_no"], field="transfer_no", label="移送文号", limit=60, required=False)
    row.transferred_on = given["on"]
    return facts.IllegalTransferred(**about(row), text=words, to_office=row.transferred_to, transfer_no=row.transfer_no)


def _assist(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    return facts.IllegalAssisted(**about(row), text=words)


def _clear(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    row.cleared_on = given["on"]
    return facts.IllegalCleared(**about(row), text=words)


def _close(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    due = look_backs(at.astimezone(SHANGHAI).date(), terms_for(by).look_back_days)
    row.closed_at, row.look_backs_due = at, [day.isoformat() for day in due]
    return facts.IllegalClosed(**about(row), text=words, look_backs=tuple(row.look_backs_due))


def _looked_back(row: IllegalBuilding, words: str, given: _Given, by: Actor, at: datetime) -> facts.OnRegister:
    if given["passed"]:
        row.look_backs_due = row.look_backs_due[1:]
    else:
        row.state, row.closed_at, row.look_backs_due = IllegalState.FOUND.value, None, []
    return facts.IllegalLookedBack(**about(row), text=words, passed=bool(given["passed"]))


_STEPS: dict[IllegalStep, Callable[[IllegalBuilding, str, _Given, Actor, datetime], facts.OnRegister]] = {
    IllegalStep.STOP: _stop,
    IllegalStep.TRANSFER: _transfer,
    IllegalStep.ASSIST: _assist,
    IllegalStep.CLEAR: _clear,
    IllegalStep.CLOSE: _close,
    IllegalStep.LOOK_BACK: _looked_back,
}


def about(row: IllegalBuilding) -> dict[str, Any]:
    """Return what every fact of a 两违 says of it, and whom it concerns."""
    return {
        "about": f"illegal_building:{row.pk}",
        "title": f"{row.enterprise.name} {IllegalKind.label_of(row.kind)}",
        "office_ids": (row.community_id,) if row.community_id else (),
        "enterprise_ids": (row.enterprise_id,),
        "enterprise": row.enterprise.name,
        "what": f"{row.location}{IllegalKind.label_of(row.kind)}",
    }


def _tell(
    row: IllegalBuilding,
    step: IllegalStep,
    fact: facts.OnRegister,
    *,
    text: str,
    photos: Sequence[str],
    by: Actor,
    at: datetime,
    passed: bool | None = None,
    due_on: date | None = None,
) -> None:
    row.touched_at = at
    row.save()
    RegisterEntry.objects.create(
        illegal=row,
        step=step.value,
        text=text,
        photos=list(photos),
        passed=passed,
        due_on=due_on,
        by_name=by.name,
        office_name=by.office_name,
        at=at,
    )
    ledger.record(
        fact,
        book=by.book,
        on=("illegal_building", row.pk),
        label=row.number,
        by=by,
        at=at,
        clause=CLAUSES.get(step, "附2违-(1)b"),
        files=digests(photos),
    )
