"""走访告知: announcing a visit, going along on another office's, moving it, giving it up; and the firm's answer."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from qinqing.checklists import reads as checklists
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Announced
from qinqing.patrol import facts, policy
from qinqing.patrol.actions import given
from qinqing.patrol.actions.settling import signature, today_of
from qinqing.patrol.models import PlannedVisit
from qinqing.patrol.words import AHEAD, Nature, PlanState
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

CLAUSE = "三要(四)-3"


def plan_visit(
    *,
    enterprise_id: int,
    nature: str,
    on: date,
    purpose: str,
    by: Actor,
    at: datetime,
    hours: str = "",
    who: str = "",
    basis: str = "",
    exception: str = "",
    codes: Iterable[str] = (),
) -> PlannedVisit:
    """Announce a visit to a firm; it reads who comes, what for, on what ground and when, and may answer.

    Args:
        enterprise_id: a firm he may see.
        nature: a code of `Nature`.
        on: the day, today or later.
        purpose: what for, as the firm reads it.
        by: who announces; the visit is his office's.
        at: now.
        hours: 上午, 14:00左右, …
        who: who comes; he himself if not said.
        basis: on what ground.
        exception: why on a quiet day; needed there for ordinary visits.
        codes: checklists to go through; those the firm needs are offered, others are refused.

    Raises:
        NotFound: not a firm he may see. NotAllowed: his post makes no visits.
        Refused: a field is missing or cannot be; the day is a quiet one and no reason is given.

    Source: 三要(四)-3, 附2安-(2)a, 附2安-(3)a.
    """
    with transaction.atomic():
        rights.require(by, Right.VISIT)
        if by.office_id is None:
            raise NotAllowed
        firm = enterprises.get_for(by, enterprise_id)
        kind = _nature(nature)
        day = given.ahead(on, today=today_of(at))
        reason = given.optional(exception, field="exception", label="宁静日走访理由")
        _quiet(by.book, firm, kind, day, reason)
        planned = PlannedVisit.objects.create(
            town_id=by.town_id,
            enterprise=firm,
            office_id=by.office_id,
            nature=kind.value,
            on=day,
            hours=given.optional(hours, field="hours", label="时段", limit=40),
            people=given.optional(who, field="who", label="走访人员") or by.name,
            purpose=given.needed(purpose, field="purpose", label="走访目的", limit=400),
            basis=given.optional(basis, field="basis", label="依据"),
            checklists=_lists(firm, codes),
            exception=reason,
            planned_by_id=by.account_id,
            planned_name=signature(by),
            planned_at=at,
            is_demo=firm.is_demo,
        )
        fact = facts.VisitPlanned(
            enterprise=firm.name,
            offices=(by.office_name,),
            nature=kind.label,
            on=_said(day),
            hours=planned.hours,
            purpose=planned.purpose,
            basis=planned.basis,
            exception=reason,
            **concerned(planned),
        )
        _tell(fact, planned, by=by, at=at)
    return planned


def join(
    *, planned_id: int, by: Actor, at: datetime, codes: Iterable[str] = (), instead_of: int | None = None
) -> PlannedVisit:
    """合并走访: go along on another office's announced visit instead of coming again; one record, several lists.

    `instead_of`: an announced visit of one's own office to the same firm, which is given up for it.

    Raises:
        NotFound: no such announced visit of a firm he may see.
        NotAllowed: his post makes no visits.
        TooLate: it is over, given up, or his office goes already.
        Refused: `instead_of` is another firm's or another office's.

    Source: 三要(四)-3; domain §4.3 (综合查一次).
    """
    with transaction.atomic():
        rights.require(by, Right.VISIT)
        host = _host(planned_id, by)
        if by.office_id is None or by.office_id == host.office_id or host.joint_with.filter(pk=by.office_id).exists():
            raise TooLate("goes_already", f"{by.office_name}已经在这次走访里了。")
        added = _lists(host.enterprise, codes)
        dropped = _dropped(instead_of, host, by, at) if instead_of is not None else None
        host.checklists = list(dict.fromkeys([*host.checklists, *added, *(dropped.checklists if dropped else [])]))
        host.save(update_fields=["checklists"])
        host.joint_with.add(by.office_id)
        fact = facts.PlanMerged(
            enterprise=host.enterprise.name,
            office=by.office_name,
            host=host.office.name,
            on=_said(host.on),
            checklists=tuple(added),
            dropped=dropped.pk if dropped else 0,
            **concerned(host),
        )
        _tell(fact, host, by=by, at=at)
    return host


def _host(planned_id: int, by: Actor) -> PlannedVisit:
    """Lock an announced visit of a firm the actor may see, whichever office announced it, while it is still to come."""
    row = PlannedVisit.objects.filter(pk=planned_id, town_id=by.town_id).first()
    if row is not None:
        enterprises.get_for(by, row.enterprise_id)
        row = PlannedVisit.objects.select_for_update(of=("self",)).select_related("enterprise", "office").get(pk=row.pk)
        return _still_ahead(row)
    return policy.take_plan(planned_id, by)


def _dropped(own_id: int, host: PlannedVisit, by: Actor, at: datetime) -> PlannedVisit:
    own = policy.take_plan(own_id, by)
    policy.require_change_plan(by, own)
    if own.enterprise_id != host.enterprise_id or own.pk == host.pk:
        raise Refused("another_firm", "只能把到同一家企业的走访合并。", field="instead_of")
    _still_ahead(own)
    own.state, own.merged_into = PlanState.MERGED.value, host
    own.answered_at = own.answered_at or at
    own.save(update_fields=["state", "merged_into", "answered_at"])
    return own


def move(*, planned_id: int, on: date, by: Actor, at: datetime, hours: str = "", exception: str = "") -> PlannedVisit:
    """改期: set another day for an announced visit; the firm is asked again.

    Raises:
        NotFound: not one he may see. NotAllowed: not his to move. TooLate: it is over or given up.
        Refused: the day cannot be, or is a quiet one and no reason is given.

    Source: 三要(四)-3.
    """
    with transaction.atomic():
        planned = _still_ahead(policy.take_plan(planned_id, by))
        policy.require_change_plan(by, planned)
        day = given.ahead(on, today=today_of(at))
        reason = given.optional(exception, field="exception", label="宁静日走访理由") or planned.exception
        _quiet(by.book, planned.enterprise, Nature(planned.nature), day, reason)
        old, planned.on, planned.exception = planned.on, day, reason
        planned.hours = given.optional(hours, field="hours", label="时段", limit=40)
        planned.state, planned.wanted_on = PlanState.PLANNED.value, None
        planned.save(update_fields=["on", "exception", "hours", "state", "wanted_on"])
        fact = facts.PlanMoved(
            enterprise=planned.enterprise.name,
            old_on=_said(old),
            new_on=_said(day),
            hours=planned.hours,
            **concerned(planned),
        )
        _tell(fact, planned, by=by, at=at)
    return planned


def cancel(*, planned_id: int, reason: str, by: Actor, at: datetime) -> PlannedVisit:
    """取消走访.

    Raises:
        NotFound: not one he may see. NotAllowed: not his to cancel. TooLate: it is over or given up. Refused: no reason.
    """
    with transaction.atomic():
        planned = _still_ahead(policy.take_plan(planned_id, by))
        policy.require_change_plan(by, planned)
        planned.end_reason = given.needed(reason, field="reason", label="取消原因")
        planned.state = PlanState.CANCELLED.value
        planned.save(update_fields=["state", "end_reason"])
        fact = facts.PlanCancelled(
            enterprise=planned.enterprise.name, on=_said(planned.on), reason=planned.end_reason, **concerned(planned)
        )
        _tell(fact, planned, by=by, at=at)
    return planned


def _still_ahead(planned: PlannedVisit) -> PlannedVisit:
    if planned.state not in [state.value for state in AHEAD]:
        label = PlanState.label_of(planned.state)
        raise TooLate("plan_is_over", f"这次走访安排{label}，不能再改。")
    return planned


def _nature(raw: str) -> Nature:
    try:
        return Nature(raw)
    except ValueError:
        raise Refused("nature_unknown", "请选择走访类型。", field="nature") from None


def _quiet(book: str, firm: "Enterprise", nature: Nature, day: date, reason: str) -> None:
    plan = plans.current(book)
    known = plan.visit_nature(nature.value)
    quiet = plan.quiet_on(day, firm.park.code if firm.park else "")
    if quiet is not None and (known is None or known.guarded) and not reason:
        raise Refused(
            "quiet_day", f"{day:%-m月%-d日}是{quiet.name}，一般走访请改期；确需前往的请写明理由。", field="exception"
        )


def _lists(firm: "Enterprise", codes: Iterable[str]) -> list[str]:
    """Return the chosen checklists in the plan's order.

    Raises:
        Refused: one that the firm's class and traits do not ask for.

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    chosen, needed = set(codes), checklists.needed_by(firm)
    if beside := sorted(chosen - set(needed)):
        raise Refused("checklist_unsuited", f"按{firm.name}的类别不需要清单{'、'.join(beside)}。", field="codes")
    return [code for code in needed if code in chosen]


class Concerned(TypedDict):
    """Whom an announced visit concerns, as the facts say it."""

    about: str
    title: str
    enterprise_ids: tuple[int, ...]
    office_ids: tuple[int, ...]
    account_ids: tuple[int, ...]


def concerned(planned: PlannedVisit) -> Concerned:
    """Return whom an announced visit concerns: the firm, the offices that go, who announced it."""
    offices = {planned.office_id, *planned.joint_with.values_list("pk", flat=True)}
    return {
        "about": f"planned:{planned.pk}",
        "title": f"{planned.enterprise.short or planned.enterprise.name} {planned.on:%m-%d}",
        "enterprise_ids": (planned.enterprise_id,),
        "office_ids": tuple(sorted(offices)),
        "account_ids": (planned.planned_by_id,) if planned.planned_by_id else (),
    }


def _said(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"


def _tell(fact: Announced, planned: PlannedVisit, *, by: Actor, at: datetime) -> None:
    ledger.record(
        fact,
        book=by.book,
        on=("planned_visit", planned.pk),
        label=f"{planned.enterprise.name} {planned.on:%Y-%m-%d}走访安排",
        by=by,
        at=at,
        clause=CLAUSE,
    )
