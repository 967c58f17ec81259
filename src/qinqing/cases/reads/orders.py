"""催办单 and 督办单 of everything a person may see: what waits for a reply, late ones on top, and what is settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from qinqing.cases import policy
from qinqing.cases.models import Case, Rating, Urge
from qinqing.cases.terms import terms_of
from qinqing.cases.words import BEFORE_ANSWER, Complaint, Ground, Satisfaction, UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.workdays.rules import Lamp, is_late, lamp
from qinqing.workdays.words import Tone

PAGE = 40


@dataclass(frozen=True)
class Order:
    """A numbered order. `state` is open, late (open past its reply-by), replied, cancelled, or ended with the matter."""

    id: int
    number: str
    level: str
    level_label: str
    ground: str
    ground_label: str
    case_id: int
    case_number: str
    title: str
    enterprise: str
    is_key: bool
    office_id: int
    office: str
    note: str
    by_name: str
    at: datetime
    reply_by: datetime
    reply: str
    replied_at: datetime | None
    replied_by_name: str
    cancelled_at: datetime | None
    cancelled_by_name: str
    cancel_reason: str
    state: str
    lamp: Lamp

    @property
    def is_open(self) -> bool:
        """Say whether it waits for a reply."""
        return self.state in ("open", "late")

    @property
    def replied_late(self) -> bool:
        """Say whether the reply came after its time."""
        return self.replied_at is not None and is_late(self.replied_at, self.reply_by)


def waiting(by: Actor, at: datetime, *, level: str = "", after: int = 0) -> list[Order]:
    """Return the orders that wait for a reply, the latest first; one more than a page, going on after the order `after`."""
    rows = _rows(by, level).filter(replied_at__isnull=True, cancelled_at__isnull=True, case__state__in=_OPEN)
    last = Urge.objects.filter(pk=after).first() if after else None
    if last is not None and last.reply_by is not None:
        rows = rows.filter(Q(reply_by__gt=last.reply_by) | Q(reply_by=last.reply_by, pk__gt=last.pk))
    return [_order(row, at) for row in rows.order_by("reply_by", "pk")[: PAGE + 1]]


def settled(by: Actor, at: datetime, *, level: str = "", before: int = 0) -> list[Order]:
    """Return the orders replied to, cancelled or ended, newest first; one more than a page, going on before `before`."""
    rows = _rows(by, level).exclude(replied_at__isnull=True, cancelled_at__isnull=True, case__state__in=_OPEN)
    if before:
        rows = rows.filter(pk__lt=before)
    return [_order(row, at) for row in rows.order_by("-pk")[: PAGE + 1]]


def order(by: Actor, order_id: int, at: datetime) -> Order:
    """Return one order.

    Raises:
        NotFound: no such order, or of a case out of sight.
    """
    row = _rows(by, "").filter(pk=order_id).first()
    if row is None:
        raise NotFound("没有找到这份催办或督办，或不在您的查看范围内。")
    return _order(row, at)


def of_case(case_id: int, at: datetime) -> list[Order]:
    """Return a case's orders, oldest first. Who asks has the case in sight already."""
    rows = Urge.objects.filter(case_id=case_id).exclude(number="").select_related("case", "office").order_by("pk")
    return [_order(row, at) for row in rows]


def given_between(town_id: int, since: datetime, until: datetime) -> list[Order]:
    """Return every order of a town given from `since` up to before `until`, oldest first: for statistics and lists."""
    rows = Urge.objects.filter(case__town_id=town_id, at__gte=since, at__lt=until).exclude(number="")
    return [_order(row, until) for row in rows.select_related("case", "office").order_by("pk")]


@dataclass(frozen=True)
class Pressing:
    """An unanswered case as the ladder sees it."""

    id: int
    number: str
    title: str
    round: int
    due_at: datetime
    plan_version_id: int
    handler_ids: tuple[int, ...]
    office_ids: tuple[int, ...]
    enterprise_id: int


def pressing(town_id: int, until: datetime, *, after: int = 0, most: int = 500) -> list[Pressing]:
    """Return unanswered cases of a town that are due by `until`, by id from above `after`."""
    rows = Case.objects.filter(town_id=town_id, state__in=_OPEN, due_at__lte=until, pk__gt=after).order_by("pk")
    return [_pressing(case) for case in rows.prefetch_related("tasks")[:most]]


def dissatisfied_again(town_id: int) -> list[Pressing]:
    """Return cases being done again that were rated dissatisfied, with those ratings dismissed left out."""
    rated = Rating.objects.filter(satisfaction=Satisfaction.DISSATISFIED.value)
    rows = Case.objects.filter(
        town_id=town_id,
        state__in=_OPEN,
        round__gt=1,
        pk__in=rated.exclude(complaint=Complaint.DISMISSED.value).values("case_id"),
    )
    return [_pressing(case) for case in rows.prefetch_related("tasks").order_by("pk")]


def dissatisfied_times(case_id: int) -> int:
    """Return how often the enterprise was dissatisfied with a case, unless the hub found it unfounded."""
    rows = Rating.objects.filter(case_id=case_id, satisfaction=Satisfaction.DISSATISFIED.value)
    return rows.exclude(complaint=Complaint.DISMISSED.value).count()


def supervised(town_id: int) -> list[tuple[Pressing, datetime]]:
    """Return unanswered cases of a town with the moment of their last 督办一级 that stands."""
    rows = Urge.objects.filter(
        case__town_id=town_id,
        case__state__in=_OPEN,
        level=UrgeLevel.SUPERVISE.value,
        cancelled_at__isnull=True,
    )
    last = {row.case_id: row.at for row in rows.order_by("pk")}
    cases = Case.objects.filter(pk__in=last).prefetch_related("tasks").order_by("pk")
    return [(_pressing(case), last[case.pk]) for case in cases]


def levels_on(case_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the levels of orders that stand on each of these cases."""
    found: dict[int, set[str]] = {}
    rows = Urge.objects.filter(case_id__in=list(case_ids), cancelled_at__isnull=True).exclude(number="")
    for case_id, level in rows.values_list("case_id", "level"):
        found.setdefault(case_id, set()).add(level)
    return found


_OPEN = [state.value for state in BEFORE_ANSWER]


def _rows(by: Actor, level: str) -> "QuerySet[Urge]":
    rows = Urge.objects.exclude(number="").filter(case__in=policy.visible_to(by)).select_related("case", "office")
    if by.enterprise_id is not None:
        return rows.none()
    return rows.filter(level=level) if level else rows


def _pressing(case: Case) -> Pressing:
    live = [task for task in case.tasks.all() if task.state in ("offered", "working")]
    return Pressing(
        id=case.pk,
        number=case.number,
        title=case.title,
        round=case.round,
        due_at=case.due_at,
        plan_version_id=case.plan_version_id,
        handler_ids=tuple(task.handler_id for task in live if task.handler_id),
        office_ids=tuple(dict.fromkeys(task.office_id for task in live)) or (case.hub_id,),
        enterprise_id=case.enterprise_id,
    )


def _order(row: Urge, at: datetime) -> Order:
    reply_by = row.reply_by or row.at
    state, light = _state(row, reply_by, at)
    return Order(
        id=row.pk,
        number=row.number,
        level=row.level,
        level_label=UrgeLevel.label_of(row.level),
        ground=row.ground,
        ground_label=Ground.label_of(row.ground),
        case_id=row.case_id,
        case_number=row.case.number,
        title=row.case.title,
        enterprise=row.case.enterprise_name,
        is_key=row.case.is_key,
        office_id=row.office_id,
        office=row.office.short,
        note=row.note,
        by_name=row.by_name,
        at=row.at,
        reply_by=reply_by,
        reply=row.reply,
        replied_at=row.replied_at,
        replied_by_name=row.replied_by_name,
        cancelled_at=row.cancelled_at,
        cancelled_by_name=row.cancelled_by_name,
        cancel_reason=row.cancel_reason,
        state=state,
        lamp=light,
    )


def _state(row: Urge, reply_by: datetime, at: datetime) -> tuple[str, Lamp]:
    if row.cancelled_at is not None:
        return "cancelled", Lamp(Tone.CALM, "已撤销")
    if row.replied_at is not None:
        late = is_late(row.replied_at, reply_by)
        return "replied", Lamp(Tone.CALM, "已回复（迟）" if late else "已回复")
    if row.case.state not in _OPEN:
        return "ended", Lamp(Tone.CALM, "随事项办结")
    light = lamp(at, reply_by, terms_of(row.case.plan_version_id).calendar)
    return ("late" if is_late(at, reply_by) else "open"), light
