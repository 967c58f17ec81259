"""排应查: laying out what is owed to every firm, so that what was not done is a row. Run daily, and safe to run again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import Status
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger import actions as ledger
from qinqing.patrol.actions.settling import settle_firm, still, today_of
from qinqing.patrol.facts import DutiesLaidOut
from qinqing.patrol.models import ChecklistRun, Duty
from qinqing.patrol.rules.owing import Firm, Want, wanted
from qinqing.patrol.words import OWED, VISITED, DutyState
from qinqing.people import reads as people
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.plan.spec import Plan

WORKING = frozenset({Status.OPERATING, Status.PARTLY})
"""Firms that are visited. One that stands still is excused, one that is gone owes and is owed nothing."""
NOT_THIS_LIST = "企业类别、特征或方案有变化，不再适用"
CLAUSE = "附2安-(3)b"
_BATCH = 500
_OWED = frozenset(state.value for state in OWED)


def open_duties(*, at: datetime) -> str:
    """Lay out every town's duties of the day; return what was done, in 中文, for the worker's log.

    Source: 附2安-(3)b, 附2安-(3)d, 附2安-(4)a.
    """
    said = []
    for town in people.towns():
        found = lay_out(by=Actor.system("排应查", town_id=town.pk, book=town.code), at=at)
        said.append(f"{town.name}：{found.sentence()}" if found else f"{town.name}：没有变化。")
    return "".join(said)


def lay_out(*, by: Actor, at: datetime, enterprise_ids: Iterable[int] | None = None) -> DutiesLaidOut | None:
    """Lay out the duties of a town's firms (or of these): open what is missing, excuse what no longer is, call the rest late.

    A firm that stands still is excused, one that changed its class gets the other lists. Visits already made count.
    Returns None when nothing changed; then nothing is recorded either.

    Source: 附2安-(3)a, 附2安-(3)b, 附2安-(3)c, 附2安-(3)d.
    """
    try:
        plan = plans.current(by.book)
    except NotFound:
        return None
    with transaction.atomic():
        layout = _Layout(plan, Actor.system("排应查", town_id=by.town_id, book=by.book), today_of(at), at)
        layout.read(None if enterprise_ids is None else set(enterprise_ids))
        layout.write()
        fact = layout.fact
        if fact:
            ledger.record(fact, book=by.book, on=("duties", by.town_id), label="应查应办", by=by, at=at, clause=CLAUSE)
    return fact


@dataclass
class _Layout:
    """One pass over a town: what stands, what is wanted, what has to change."""

    plan: "Plan"
    machine: Actor
    today: date
    at: datetime
    new: list[Duty] = field(default_factory=list)
    excused: list[Duty] = field(default_factory=list)
    resumed: list[Duty] = field(default_factory=list)
    overdue: list[Duty] = field(default_factory=list)
    _known: dict[tuple[str, bool, tuple[str, ...]], list[Want]] = field(default_factory=dict)

    def read(self, only: set[int] | None) -> None:
        """Compare what the plan wants of each firm with what stands."""
        standing: dict[int, list[Duty]] = {}
        for duty in self._standing(only):
            standing.setdefault(duty.enterprise_id, []).append(duty)
        firms = enterprises.visible_to(self.machine)
        if only is not None:
            firms = firms.filter(pk__in=only)
        for pk, scale, is_key, tags, status in firms.values_list("pk", "scale", "is_key", "tags", "status"):
            self._firm(Firm(pk, scale, is_key, tuple(tags)), status, standing.get(pk, []))

    def _standing(self, only: set[int] | None) -> list[Duty]:
        """Return the duties of the present stretches of time, and older ones still open."""
        rows = Duty.objects.select_for_update(of=("self",)).filter(town_id=self.machine.town_id)
        if only is not None:
            rows = rows.filter(enterprise_id__in=only)
        return list(rows.filter(Q(due_on__gte=self.today) | Q(state=DutyState.OPEN.value)).order_by("id"))

    def _firm(self, firm: Firm, status: str, standing: list[Duty]) -> None:
        reason = "" if status in WORKING else f"企业{Status.label_of(status)}"
        wants = {want.key: want for want in self._wants(firm)}
        known = {(duty.kind, duty.code, duty.period): duty for duty in standing}
        if not reason or status == Status.HALTED:
            self.new += [self._duty(firm, want, reason) for key, want in wants.items() if key not in known]
        for key, duty in known.items():
            if duty.due_on < self.today:
                self._past(duty)
            elif reason or key not in wants:
                self._excuse(duty, reason or NOT_THIS_LIST)
            elif duty.state == DutyState.EXCUSED:
                self._resume(duty)

    def _wants(self, firm: Firm) -> list[Want]:
        key = (firm.scale, firm.is_key, firm.traits)
        if key not in self._known:
            ending = self.today + timedelta(days=self.plan.patrol.late_alert.value)
            found = wanted(firm, self.plan, self.today)
            self._known[key] = [one for one in found if one.span.due_on >= self.today and one.span.starts_on <= ending]
        return self._known[key]

    def _duty(self, firm: Firm, want: Want, reason: str) -> Duty:
        return Duty(
            town_id=self.machine.town_id,
            enterprise_id=firm.id,
            kind=want.kind.value,
            code=want.code,
            title=want.title,
            clause=want.clause,
            period=want.span.code,
            period_title=want.span.title,
            starts_on=want.span.starts_on,
            due_on=want.span.due_on,
            miss_on=want.span.due_on + timedelta(days=self.plan.patrol.late_received.value),
            need=want.need,
            state=(DutyState.EXCUSED if reason else DutyState.OPEN).value,
            excused_reason=reason,
        )

    def _past(self, duty: Duty) -> None:
        if duty.state == DutyState.OPEN and self.today > duty.miss_on:
            duty.state = DutyState.LATE.value
            self.overdue.append(duty)

    def _excuse(self, duty: Duty, reason: str) -> None:
        if duty.state in _OWED:
            duty.state, duty.excused_reason = DutyState.EXCUSED.value, reason
            self.excused.append(duty)

    def _resume(self, duty: Duty) -> None:
        duty.excused_reason = ""
        duty.state = still(duty, self.today)
        self.resumed.append(duty)

    def write(self) -> None:
        """Write what changed, and count what was already visited towards what is new."""
        Duty.objects.bulk_create(self.new, batch_size=_BATCH, ignore_conflicts=True)
        changed = [*self.excused, *self.resumed, *self.overdue]
        Duty.objects.bulk_update(changed, ["state", "excused_reason"], batch_size=_BATCH)
        self._count_made()

    def _count_made(self) -> None:
        visited = [kind.value for kind in VISITED]
        pairs = {(duty.enterprise_id, duty.code) for duty in (*self.new, *self.resumed) if duty.kind in visited}
        if not pairs:
            return
        since = min(duty.starts_on for duty in (*self.new, *self.resumed))
        made = ChecklistRun.objects.filter(visit__town_id=self.machine.town_id, visit__made_on__gte=since)
        for pair in sorted(set(made.values_list("visit__enterprise_id", "code")) & pairs):
            settle_firm(pair[0], [pair[1]], around=self.today, at=self.at)

    @property
    def fact(self) -> DutiesLaidOut | None:
        """Return what to tell the ledger, None when nothing changed."""
        numbers = [len(rows) for rows in (self.new, self.excused, self.resumed, self.overdue)]
        opened, excused, resumed, overdue = numbers
        return DutiesLaidOut(opened=opened, excused=excused, resumed=resumed, overdue=overdue) if any(numbers) else None
