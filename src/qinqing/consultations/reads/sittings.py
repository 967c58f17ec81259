"""Sittings: one with its offices and cases, the coming ones, and what stands in their way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from qinqing.consultations import policy
from qinqing.consultations.models import Invitation, Session, Sitting
from qinqing.consultations.rules import LASTS, clash
from qinqing.consultations.words import Answer, Presence
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.workdays import reads as workdays

_MOST = 200


@dataclass(frozen=True)
class Called:
    """One office called to a sitting."""

    office_id: int
    office: str
    answer: str
    answer_label: str
    tone: str
    who: str
    reason: str
    presence: str
    presence_label: str
    note: str


@dataclass(frozen=True)
class Sheet:
    """One sitting as a person sees it: only those of its cases that he may see."""

    sitting: Sitting
    sessions: list[Session]
    offices: list[Called]
    own: Called | None
    troubles: list[str]
    may_answer: bool
    may_lead: bool
    is_over: bool


def sheet(by: Actor, sitting_id: int, at: datetime) -> Sheet:
    """Return one sitting.

    Raises:
        NotFound: no such sitting, or out of sight.
    """
    sitting = policy.sittings_visible_to(by).filter(pk=sitting_id).first()
    if sitting is None:
        raise NotFound("没有这场会商，或不在您的查看范围内。")
    rows = policy.visible_to(by).filter(sitting=sitting).select_related("case").order_by("pk")
    offices = [_called(row) for row in sitting.invitations.select_related("office")]
    own = next((one for one in offices if one.office_id == by.office_id), None)
    is_over = at >= sitting.held_at
    return Sheet(
        sitting=sitting,
        sessions=list(rows.prefetch_related("offices", "items__office", "items__task")),
        offices=offices,
        own=own,
        troubles=[] if is_over else troubles(sitting, offices),
        may_answer=not is_over and policy.may_answer(by, {one.office_id for one in offices}),
        may_lead=rights.may(by.post, Right.CONVENE),
        is_over=is_over,
    )


def troubles(sitting: Sitting, offices: list[Called]) -> list[str]:
    """Return what stands in a sitting's way, in sentences: a day off, people on leave, other sittings of its offices."""
    on = sitting.held_at.astimezone(SHANGHAI).date()
    found = [] if workdays.calendar().is_workday(on) else ["这一天不是工作日。"]
    names = {one.office_id: one.office for one in offices}
    away: dict[int, list[str]] = {}
    for leave in people.leaves_on(names, on):
        until = f"{leave.ends_on.month}月{leave.ends_on.day}日"
        away.setdefault(leave.office_id, []).append(f"{leave.account.name}请假到{until}（代办：{leave.deputy.name}）")
    found += [f"{names[office]}：{'；'.join(people_)}。" for office, people_ in away.items()]
    return found + [
        f"{names[row.office_id]}同时还有一场会商（{row.sitting.place}）。" for row in _others(sitting, names)
    ]


def _others(sitting: Sitting, names: dict[int, str]) -> list[Invitation]:
    rows = Invitation.objects.filter(
        sitting__town_id=sitting.town_id,
        sitting__held_at__gt=sitting.held_at - LASTS,
        sitting__held_at__lt=sitting.held_at + LASTS,
        office_id__in=names,
    ).exclude(sitting=sitting)
    return [row for row in rows.select_related("sitting") if clash(row.sitting.held_at, sitting.held_at)]


def between(by: Actor, first: date, last: date, *, own: bool = False) -> list[Sitting]:
    """Return the sittings of these days (inclusive) a person may see, or only those his office is called to; in order.

    Their visible sessions and their offices are fetched along.
    """
    begin = datetime.combine(first, time(), SHANGHAI)
    end = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
    rows = policy.sittings_visible_to(by).filter(held_at__gte=begin, held_at__lt=end)
    if own:
        rows = rows.filter(policy.mine(by)).distinct()
    return list(rows.prefetch_related("invitations__office").order_by("held_at", "pk")[:_MOST])


def coming(by: Actor, at: datetime) -> list[Sitting]:
    """Return the sittings that are not over a day, and those whose attendance nobody noted yet; the nearest first."""
    rows = policy.sittings_visible_to(by).filter(attended_at__isnull=True)
    return list(rows.prefetch_related("invitations__office").order_by("held_at", "pk")[:_MOST])


def _called(row: Invitation) -> Called:
    tones = {Answer.ATTEND: "ok", Answer.DELEGATE: "ok", Answer.CANNOT: "late", Answer.WAITING: "soon"}
    return Called(
        office_id=row.office_id,
        office=row.office.short,
        answer=row.answer,
        answer_label=Answer.label_of(row.answer),
        tone=tones[Answer(row.answer)],
        who=row.who,
        reason=row.reason,
        presence=row.presence,
        presence_label=Presence.label_of(row.presence),
        note=row.note,
    )
