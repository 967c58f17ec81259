"""房屋登记册: owner and user are told, the building is appraised where need be, made safe, and written off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from qinqing.enterprises import reads as enterprises
from qinqing.findings import policy
from qinqing.findings.actions.hand import digests, next_number, take_photos, terms_for, tidy
from qinqing.findings.facts import registers as facts
from qinqing.findings.models import Building, RegisterEntry
from qinqing.findings.rules.registers import BUILDING_STARTS, OFFICES_ONLY_BUILDING, remedy_due
from qinqing.findings.words import (
    DANGEROUS,
    BuildingState,
    BuildingStep,
    Grade,
    LandType,
    Remedy,
    Structure,
)
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.people.words import Role

PREFIX = "房"
CLAUSE = "附3房-(2)"
DETAILS = (
    "name", "address", "owner", "user", "land_type", "structure", "floors", "area_m2", "built_year", "is_listed", "hazard",
)  # fmt: skip
"""What the register holds of a building, by the name of the column."""
_LIMITS = {"name": 60, "address": 120, "owner": 120, "user": 120, "hazard": 2000}
_OPTIONAL = frozenset({"address"})


def register_building(
    *,
    enterprise_id: int,
    details: Mapping[str, Any],
    by: Actor,
    at: datetime,
    finding_id: int | None = None,
    photos: Sequence[UUID | str] = (),
) -> Building:
    """Put a building on the register.

    Args:
        enterprise_id: the firm that uses it.
        details: by the names of `DETAILS`; name, owner, user and hazard must be there.
        by: the firm's village with its officers, or a department.
        at: now.
        finding_id: the finding it comes from.
        photos: attachments brought along.

    Raises:
        NotFound: firm or finding are not in sight. NotAllowed: not his to keep. Refused: something is missing.
    Source: 附3房-内容, 附3房-(2).
    """
    with transaction.atomic():
        firm = enterprises.get_for(by, enterprise_id)
        if firm.community_id is None:
            raise Refused("enterprise_unassigned", "这家企业还没有明确属地村（社区），请先明确属地。", field="firm")
        policy.require_tend(by, firm.community_id)
        finding = None
        if finding_id is not None:
            finding = policy.visible_to(by).filter(pk=finding_id, enterprise=firm).first()
            if finding is None:
                raise NotFound("没有找到这条隐患线索，或它不是这家企业的。")
        kept = take_photos(photos, enterprise_id=firm.pk, by=by, at=at)
        row = Building(
            town_id=by.town_id,
            number=next_number(by.town_id, PREFIX, at),
            enterprise=firm,
            community_id=firm.community_id,
            finding=finding,
            photos=kept or (finding.photos if finding else []),
            state=BuildingState.FOUND.value,
            found_on=(finding.made_at if finding else at).astimezone(SHANGHAI).date(),
            made_at=at,
            touched_at=at,
        )
        _set(row, details)
        row.save(force_insert=True)
        fact = facts.BuildingRegistered(
            **_about(row), text=row.hazard, owner=row.owner, user=row.user, is_listed=row.is_listed
        )
        _tell(row, BuildingStep.REGISTER, fact, text=row.hazard, photos=kept, by=by, at=at)
    return row


def edit_building(*, building_id: int, details: Mapping[str, Any], by: Actor, at: datetime) -> Building:
    """Put right what the register says of a building.

    Raises:
        NotFound, NotAllowed: as `register_building`. Refused: nothing would change, or something is missing.
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.EDIT, by)
        changed = _set(row, details)
        if not changed:
            raise Refused("nothing_changed", "没有改动。")
        fact = facts.BuildingEdited(**_about(row), changed=tuple(changed))
        _tell(row, BuildingStep.EDIT, fact, text="、".join(changed), photos=(), by=by, at=at)
    return row


def tell_building(
    *,
    building_id: int,
    text: str,
    by: Actor,
    at: datetime,
    owner_at: datetime | None = None,
    user_at: datetime | None = None,
    photos: Sequence[UUID | str] = (),
) -> Building:
    """Record that owner and user were told; it goes on only when both were. One may be told before the other.

    Raises:
        Refused: neither was told, or a moment lies in the future. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.TELL, by)
        words = tidy(text, field="text", label="怎样告知、说了什么")
        if owner_at is None and user_at is None:
            raise Refused("nobody_told", "请填写告知产权人或使用人的时间。", field="owner_at")
        for moment, field in ((owner_at, "owner_at"), (user_at, "user_at")):
            if moment is not None and moment > at:
                raise Refused("told_in_future", "告知时间不能晚于现在。", field=field)
        row.owner_told_at, row.user_told_at = owner_at or row.owner_told_at, user_at or row.user_told_at
        told = [f"产权人{row.owner}"] if owner_at else []
        told += [f"使用人{row.user}"] if user_at else []
        if row.owner_told_at and row.user_told_at:
            row.state = BuildingState.TOLD.value
        kept = take_photos(photos, enterprise_id=row.enterprise_id, by=by, at=at)
        fact = facts.BuildingTold(**_about(row), text=words, told=tuple(told))
        _tell(row, BuildingStep.TELL, fact, text=f"{'、'.join(told)}：{words}", photos=kept, by=by, at=at)
    return row


def appraise_building(
    *,
    building_id: int,
    grade: str,
    on: date,
    appraiser: str,
    report_no: str,
    by: Actor,
    at: datetime,
    photos: Sequence[UUID | str] = (),
) -> Building:
    """Record an appraisal: C and D must be made safe within the limit, A and B may be written off.

    Raises:
        Refused: no grade, organisation or number, or a day to come. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.APPRAISE, by)
        if grade not in {one.value for one in Grade if one}:
            raise Refused("grade_missing", "请选择鉴定等级。", field="grade")
        if on > at.astimezone(SHANGHAI).date():
            raise Refused("day_in_future", "鉴定日期不能晚于今天。", field="on")
        row.grade, row.appraised_on = grade, on
        row.appraiser = tidy(appraiser, field="appraiser", label="鉴定机构", limit=120)
        row.report_no = tidy(report_no, field="report_no", label="报告编号", limit=60)
        row.remedy_due_on = remedy_due(Grade(grade), on, terms_for(by).remedy_days)
        dangerous = Grade(grade) in DANGEROUS
        row.state = (BuildingState.APPRAISED if dangerous else BuildingState.REMEDIED).value
        kept = take_photos(photos, enterprise_id=row.enterprise_id, by=by, at=at)
        fact = facts.BuildingAppraised(
            **_about(row),
            grade=Grade.label_of(grade),
            appraiser=row.appraiser,
            report_no=row.report_no,
            remedy_due_on=row.remedy_due_on.isoformat() if row.remedy_due_on else "",
        )
        text = f"{Grade.label_of(grade)}，{row.appraiser}，{row.report_no}"
        _tell(row, BuildingStep.APPRAISE, fact, text=text, photos=kept, by=by, at=at)
    return row


def skip_appraisal(*, building_id: int, text: str, by: Actor, at: datetime) -> Building:
    """Record why no appraisal is needed (必要时进行评估鉴定); it is to be put right all the same.

    Raises:
        Refused: no reason. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.SKIP_APPRAISAL, by)
        words = tidy(text, field="text", label="不需鉴定的理由")
        row.state = BuildingState.APPRAISED.value
        fact = facts.BuildingAppraised(
            **_about(row), text=words, grade="", appraiser="", report_no="", remedy_due_on=""
        )
        _tell(row, BuildingStep.SKIP_APPRAISAL, fact, text=words, photos=(), by=by, at=at)
    return row


def remedy_building(
    *,
    building_id: int,
    remedy: str,
    on: date,
    text: str,
    by: Actor,
    at: datetime,
    photos: Sequence[UUID | str] = (),
) -> Building:
    """Record how it was made safe: 停用, 加固 or 拆除.

    Raises:
        Refused: no way chosen, or a day to come. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.REMEDY, by)
        if remedy not in {one.value for one in Remedy if one}:
            raise Refused("remedy_missing", "请选择停用、加固或拆除。", field="remedy")
        if on > at.astimezone(SHANGHAI).date():
            raise Refused("day_in_future", "整治日期不能晚于今天。", field="on")
        words = tidy(text, field="text", label="整治情况")
        row.remedy, row.remedied_on, row.state = remedy, on, BuildingState.REMEDIED.value
        kept = take_photos(photos, enterprise_id=row.enterprise_id, by=by, at=at)
        fact = facts.BuildingRemedied(**_about(row), text=words, remedy=Remedy.label_of(remedy))
        _tell(
            row,
            BuildingStep.REMEDY,
            fact,
            text=f"{Remedy.label_of(remedy)}：{words}",
            photos=kept,
            by=by,
            at=at,
        )
    return row


def close_building(*, building_id: int, text: str, by: Actor, at: datetime) -> Building:
    """Write a building off: it is safe, or gone.

    Raises:
        Refused: nothing said. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.CLOSE, by)
        words = tidy(text, field="text", label="销号意见")
        row.state, row.closed_at = BuildingState.CLOSED.value, at
        _tell(
            row,
            BuildingStep.CLOSE,
            facts.BuildingClosed(**_about(row), text=words),
            text=words,
            photos=(),
            by=by,
            at=at,
        )
    return row


def reopen_building(*, building_id: int, text: str, by: Actor, at: datetime) -> Building:
    """Put a closed building on the list again: told, appraised and made safe anew; the earlier story stays.

    Raises:
        Refused: nothing said. NotFound, NotAllowed, TooLate: as ever.
    Source: 附3房-(2).
    """
    with transaction.atomic():
        row = _take(building_id, BuildingStep.REOPEN, by)
        words = tidy(text, field="text", label="发现的隐患")
        row.state, row.closed_at, row.hazard = BuildingState.FOUND.value, None, words
        row.owner_told_at = row.user_told_at = row.appraised_on = row.remedied_on = row.remedy_due_on = None
        row.grade = row.remedy = row.appraiser = row.report_no = ""
        fact = facts.BuildingReopened(**_about(row), text=words)
        _tell(row, BuildingStep.REOPEN, fact, text=words, photos=(), by=by, at=at)
    return row


def _take(building_id: int, step: BuildingStep, by: Actor) -> Building:
    row = policy.buildings(by).select_for_update(of=("self",)).filter(pk=building_id).first()
    if row is None:
        raise NotFound("没有找到这处房屋，或不在您的查看范围内。")
    policy.require_tend(by, row.community_id)
    if by.post == Role.GRID_OFFICER and step in OFFICES_ONLY_BUILDING:
        raise NotAllowed(f"“{step.label}”由村（社区）或主管部门办理。")
    state = BuildingState(row.state)
    if state not in BUILDING_STARTS[step]:
        first = "请先告知产权人和使用人。" if state is BuildingState.FOUND else "请刷新看看最新情况。"
        raise TooLate("moved_on", f"现在是“{state.label}”，不能“{step.label}”。{first}")
    return row


def _set(row: Building, details: Mapping[str, Any]) -> list[str]:
    """Set what is known of a building and return the 中文 names of what changed; the row is not saved."""
    labels = {field.name: str(field.verbose_name) for field in Building._meta.fields}
    changed = []
    for name in DETAILS:
        if name not in details:
            continue
        value = details[name]
        if name in _LIMITS:
            value = tidy(
                str(value or ""), field=name, label=labels[name], limit=_LIMITS[name], required=name not in _OPTIONAL
            )
        elif name in ("land_type", "structure"):
            value = _one_of(str(value or ""), LandType if name == "land_type" else Structure, name, labels[name])
        elif name == "area_m2" and value is not None:
            value = Decimal(value)
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(labels[name])
    return changed


def _one_of(code: str, words: Any, field: str, label: str) -> str:
    if code not in {one.value for one in words}:
        raise Refused("unknown", f"请选择{label}。", field=field)
    return code


def _about(row: Building) -> dict[str, Any]:
    return {
        "about": f"building:{row.pk}",
        "title": f"{row.enterprise.name} {row.name}",
        "office_ids": (row.community_id,),
        "enterprise_ids": (row.enterprise_id,),
        "enterprise": row.enterprise.name,
        "what": row.name,
    }


def _tell(
    row: Building,
    step: BuildingStep,
    fact: facts.OnRegister,
    *,
    text: str,
    photos: Sequence[str],
    by: Actor,
    at: datetime,
) -> None:
    row.touched_at = at
    row.save()
    RegisterEntry.objects.create(
        building=row,
        step=step.value,
        text=text,
        photos=list(photos),
        by_name=by.name,
        office_name=by.office_name,
        at=at,
    )
    ledger.record(
        fact,
        book=by.book,
        on=("building", row.pk),
        label=row.number,
        by=by,
        at=at,
        clause=CLAUSE,
        files=digests(photos),
    )
