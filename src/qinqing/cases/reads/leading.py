"""领导台: what a leader in charge has before him: to decide, twice dissatisfied, late, suspended, key; each with its one next press.

Every matter stands once, under the gravest of its grounds. Seven statements whatever there is to show.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from qinqing.cases import policy
from qinqing.cases.models import Case, Extension, Instruction, Suspension, Task
from qinqing.cases.reads.ledger import standing
from qinqing.cases.reads.lines import LINE_COLUMNS, Line, lines
from qinqing.cases.rules.offers import Offer
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import BEFORE_ANSWER, OPEN, Asked, Complaint, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.kernel.clock import SHANGHAI

MOST = 20
Request = TypeVar("Request", Extension, Suspension)
_OPEN = Q(state__in=[state.value for state in OPEN])


class Ground(Words):
    """Why a matter is on a leader's desk, the gravest first."""

    DISSATISFIED = "dissatisfied", "二次不满意"
    LATE = "late", "超期"
    SUSPENDED = "suspended", "长期挂账"
    KEY = "key", "重点"


PRESSES: dict[Ground, tuple[Verb, ...]] = {
    Ground.DISSATISFIED: (Verb.REOPEN, Verb.INSTRUCT),
    Ground.LATE: (Verb.SUPERVISE, Verb.INSTRUCT),
    Ground.SUSPENDED: (Verb.INSTRUCT,),
    Ground.KEY: (Verb.INSTRUCT,),
}
"""The press that is next on each ground: the first the lifecycle table offers."""


@dataclass(frozen=True)
class Row:
    """One matter on the desk and its one next press; none while an instruction of his waits for its reply."""

    line: Line
    press: Offer | None


@dataclass(frozen=True)
class Pile:
    """What is there on one ground, the nearest deadline first; `more`: the book has further ones."""

    ground: Ground
    rows: list[Row]
    more: bool


@dataclass(frozen=True)
class Approval:
    """What somebody asks this person to decide, whole, so that one press after reading is enough."""

    line: Line
    text: str
    title: str
    grant: Verb
    refuse: Verb
    office: str
    asked_by: str
    asked_at: datetime
    reason: str
    note: str
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Instructed:
    """An instruction of this leader and what became of it."""

    instruction: Instruction
    is_late: bool


def in_charge(by: Actor) -> Q:
    """Match the cases in a leader's line and villages; everything in sight for one without a named charge.

    Source: 三要(二)-2.
    """
    if not by.charge_ids:
        return Q()
    at_his_offices = Task.objects.filter(case_id=OuterRef("pk"), office_id__in=by.charge_ids)
    return Q(community_id__in=by.charge_ids) | Q(Exists(at_his_offices))


def piles(by: Actor, at: datetime) -> list[Pile]:
    """Return what lies on a leader's desk, by ground. Five statements. Source: 三要(二)-2, 三要(四)-5."""
    found = {ground: _of(by, condition) for ground, condition in _grounds(by, at).items()}
    met: set[int] = set()
    kept: dict[Ground, list[Case]] = {}
    for ground, rows in found.items():
        kept[ground] = [row for row in rows[:MOST] if row.pk not in met]
        met.update(row.pk for row in kept[ground])
    known = lines((row for rows in kept.values() for row in rows), at, by=by, press=_next(kept))
    by_id = {line.id: line for line in known}
    return [
        Pile(ground, [Row(by_id[row.pk], by_id[row.pk].next) for row in kept[ground]], more=len(found[ground]) > MOST)
        for ground in Ground
        if kept[ground]
    ]


def _grounds(by: Actor, at: datetime) -> dict[Ground, Q]:
    return {
        Ground.DISSATISFIED: Q(complaint=Complaint.OPEN.value, reopenings__gte=1) | _OPEN & Q(reopenings__gte=2),
        Ground.LATE: standing("late", by, at),
        Ground.SUSPENDED: standing("suspended", by, at),
        Ground.KEY: Q(is_key=True, state__in=[state.value for state in BEFORE_ANSWER]),
    }


def _of(by: Actor, condition: Q) -> list[Case]:
    rows = policy.visible_to(by).filter(condition).filter(in_charge(by))
    return list(rows.select_related(*LINE_COLUMNS).order_by("due_at", "id")[: MOST + 1])


def _next(kept: dict[Ground, list[Case]]) -> Callable[[Case, list[Offer]], Offer | None]:
    """Return the choice of the one next press: by the ground the matter stands under."""
    ground_of = {row.pk: ground for ground, rows in kept.items() for row in rows}

    def choose(row: Case, offered: list[Offer]) -> Offer | None:
        wanted = PRESSES[ground_of[row.pk]]
        usable = [verb for verb in wanted if not (verb is Verb.INSTRUCT and row.instruction_waits)]
        return next((offer for verb in usable for offer in offered if offer.verb is verb), None)

    return choose


def approvals(by: Actor, at: datetime) -> list[Approval]:
    """Return what waits for this person's yes or no: extensions for the hub's head, 长期挂账 for the leader in charge.

    At most four statements. Source: 二(四)-5, 二(四)-2c.
    """
    asked = Q(extension=Asked.ASKED.value) | Q(suspension=Asked.ASKED.value)
    rows = list(
        policy.visible_to(by).filter(_OPEN & asked).select_related(*LINE_COLUMNS).order_by("due_at", "id")[:MOST]
    )
    if not rows:
        return []
    deciding = lines(rows, at, by=by, press=lambda _, offered: next((o for o in offered if o.verb in _DECIDE), None))
    cases = {row.pk: row for row in rows}
    mine = [(line, line.next.verb) for line in deciding if line.next is not None]
    extensions = _asked(Extension, [line.id for line, verb in mine if verb is Verb.GRANT_EXTENSION])
    suspensions = _asked(Suspension, [line.id for line, verb in mine if verb is Verb.SUSPEND])
    found = []
    for line, verb in mine:
        case = cases[line.id]
        if verb is Verb.GRANT_EXTENSION and line.id in extensions:
            found.append(_extension(line, case, extensions[line.id]))
        elif verb is Verb.SUSPEND and line.id in suspensions:
            found.append(_suspension(line, case, suspensions[line.id]))
    return found


_DECIDE = (Verb.GRANT_EXTENSION, Verb.SUSPEND)


def _asked(table: type[Request], case_ids: Iterable[int]) -> dict[int, Request]:
    wanted = list(case_ids)
    if not wanted:
        return {}
    return {row.case_id: row for row in table._default_manager.filter(case_id__in=wanted, state=Asked.ASKED.value)}


def _extension(line: Line, case: Case, asked: Extension) -> Approval:
    terms = terms_of(case.plan_version_id)
    return Approval(
        line=line,
        text=case.text,
        title="申请延期",
        grant=Verb.GRANT_EXTENSION,
        refuse=Verb.REFUSE_EXTENSION,
        office=line.office_full,
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        reason=_reason(terms, "extension", asked.reason),
        note=asked.note,
        facts=[
            ("原期限", _when(asked.old_due_at)),
            ("延到", f"{_when(asked.new_due_at)}（共{asked.working_days}个工作日）"),
        ],
    )


def _suspension(line: Line, case: Case, asked: Suspension) -> Approval:
    terms = terms_of(case.plan_version_id)
    return Approval(
        line=line,
        text=case.text,
        title="申请长期挂账",
        grant=Verb.SUSPEND,
        refuse=Verb.REFUSE_SUSPENSION,
        office=line.office_full,
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        reason=_reason(terms, "suspension", asked.reason),
        note=asked.scheme,
        facts=[("现期限", _when(asked.due_before)), ("下次答复企业", _day(asked.next_reply_on))],
    )


def _reason(terms: Terms, sort: str, code: str) -> str:
    return next((one.name for one in getattr(terms.plan.reasons, sort) if one.code == code), code)


def _when(at: datetime) -> str:
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日 {here:%H:%M}"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"


def instructions(by: Actor, at: datetime, *, most: int = MOST) -> list[Instructed]:
    """Return this leader's latest instructions, those that wait for a reply first. One statement. Source: 三要(二)-3."""
    mine = Instruction.objects.filter(leader_id=by.account_id or 0, case__in=policy.visible_to(by).values("pk"))
    rows = list(mine.select_related("case").order_by("-id")[:most])
    found = [Instructed(row, is_late=row.replied_at is None and at > row.reply_by) for row in rows]
    return sorted(found, key=lambda one: one.instruction.replied_at is not None)
