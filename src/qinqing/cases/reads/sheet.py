"""The case page: everything about one case a person may see, as ready values."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from qinqing.cases import policy
from qinqing.cases.facts.base import KINDS, CaseFact
from qinqing.cases.facts.closing import Finished, Instructed, Rated, Supervised, Urged
from qinqing.cases.facts.work import StageReplied, SubmittedUpward, SuspensionAsked
from qinqing.cases.models import (
    Attachment,
    Case,
    Feedback,
    Instruction,
    Problem,
    Rating,
    Suspension,
    Task,
    Upward,
    Urge,
)
from qinqing.cases.reads.find import get_for, tasks_of
from qinqing.cases.reads.lines import lamp_of, state_words
from qinqing.cases.rules.offers import Offer, offers, task_standing
from qinqing.cases.rules.sight import Sight
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import BEFORE_ANSWER, LIVE_TASKS, CaseState, Kind, Part, TaskState, UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import reads as ledger
from qinqing.people.words import EVERYTHING_ROLES, Role
from qinqing.workdays.rules import Due, Lamp

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

_ENDS_EARLY = (CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.MERGED)
Row = TypeVar("Row", Feedback, Instruction, Rating, Suspension, Upward, Urge)


@dataclass(frozen=True)
class Step:
    """One stop of the journey line: `state` is done, now or todo."""

    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Sheet:
    """One case for one reader."""

    case: Case
    sight: Sight
    tasks: list[Task]
    offers: list[Offer]
    entries: "list[Entry]"
    journey: list[Step]
    lamp: Lamp
    state_label: str
    due: Due | None
    terms: Terms
    attachments: list[Attachment]
    feedbacks: list[Feedback]
    ratings: list[Rating]
    suspension: Suspension | None
    upwards: list[Upward]
    urges: list[Urge]
    instructions: list[Instruction]
    problem: Problem | None
    joined: list[Case]

    @property
    def still_supporting(self) -> list[Task]:
        """Return the supporting tasks the lead office waits for before it can answer. Source: 二(二)1-诉求-会商."""
        live = [task for task in self.tasks if task.state in LIVE_TASKS]
        leads = any(task.part == Part.LEAD and task.state == TaskState.WORKING for task in live)
        return [task for task in live if task.part == Part.SUPPORT] if leads else []

    @property
    def ended_early(self) -> bool:
        """Say whether it ended before any limit could count: declined, withdrawn, merged."""
        return self.sight.state in _ENDS_EARLY


def sheet(by: Actor, case_id: int, at: datetime) -> Sheet:
    """Return the page of a case.

    Raises:
        NotFound: out of sight.
    """
    case = get_for(by, case_id)
    tasks = tasks_of([case.pk]).get(case.pk, [])
    sight = policy.sight_of(case, tasks)
    terms = terms_of(case.plan_version_id)
    is_enterprise = by.enterprise_id is not None
    story = list(ledger.entries_of("case", case.pk))
    beside = _Beside(case, story)
    return Sheet(
        case=case,
        sight=sight,
        tasks=tasks,
        offers=offers(by, sight, at),
        entries=public_story(case, story) if is_enterprise else story,
        journey=journey(case, tasks),
        lamp=lamp_of(case, at),
        state_label=state_words(case),
        due=explain(case, terms),
        terms=terms,
        attachments=[file for file in beside.files() if file.for_enterprise or not is_enterprise],
        feedbacks=beside.rows(Feedback, Finished, StageReplied),
        ratings=_ratings(by, beside.rows(Rating, Rated), sight, at),
        suspension=next(reversed(beside.rows(Suspension, SuspensionAsked)), None),
        upwards=[] if is_enterprise else beside.rows(Upward, SubmittedUpward),
        urges=[] if is_enterprise else beside.rows(Urge, Urged, Supervised),
        instructions=[] if is_enterprise else beside.rows(Instruction, Instructed),
        problem=Problem.objects.filter(case=case).first() if case.kind == Kind.PROBLEM and not is_enterprise else None,
        joined=list(policy.visible_to(by).filter(merged_into=case).order_by("id")),
    )


class _Beside:
    """The rows beside a case. A table is asked only where the ledger tells of a press that writes it."""

    def __init__(self, case: Case, story: "list[Entry]") -> None:
        self._case, self._story = case, story
        self._told = {entry.kind for entry in story}

    def rows(self, table: type[Row], *facts: type[CaseFact]) -> list[Row]:
        """Return the case's rows of a table that the presses behind these facts write, oldest first."""
        if self._told.isdisjoint(fact.kind for fact in facts):
            return []
        return list(table._default_manager.filter(case=self._case).order_by("pk"))

    def files(self) -> list[Attachment]:
        """Return the files that entries vouch for."""
        has_files = any(entry.files_text for entry in self._story)
        return list(Attachment.objects.filter(case=self._case).order_by("id")) if has_files else []


def public_story(case: Case, story: "list[Entry]") -> "list[Entry]":
    """Return the entries whose sentences the enterprise may read; of a problem only what was published to it."""
    kinds = {kind for kind, fact in KINDS.items() if fact.public}
    if case.kind == Kind.PROBLEM:
        kinds = {"case.published", "case.finished", "case.written_off"}
    return [entry for entry in story if entry.kind in kinds or is_told(entry)]


def is_told(entry: "Entry") -> bool:
    """Say whether an entry of a kind that is inner as a rule was meant for the enterprise: told to it, or its own."""
    if entry.kind == Urged.kind:
        return bool(entry.facts["level"] == UrgeLevel.ENTERPRISE.label)
    return bool(entry.facts.get("told_enterprise") or entry.facts.get("to_enterprise"))


def explain(case: Case, terms: Terms) -> Due | None:
    """Return the day-by-day explanation of the limit in force; None where it is a date a leader set (长期挂账).

    The number of working days is counted back from the date itself, so what is explained is what is promised.
    """
    if case.state == CaseState.SUSPENDED:
        return None
    start = case.clock_at
    if case.round > 1:
        start = (
            Task.objects.filter(case=case, round=case.round, part=Part.LEAD.value)
            .values_list("offered_at", flat=True)
            .first()
            or start
        )
    found = terms.explain(start, max(terms.elapsed(start, case.due_at), 1))
    return found if found.at == case.due_at else None


def _ratings(by: Actor, rows: list[Rating], sight: Sight, at: datetime) -> list[Rating]:
    """Return the ratings this reader may see yet: who handles the case only when the time for rating is over.

    Source: 三要(四)-5.
    """
    if by.enterprise_id is not None or by.post in EVERYTHING_ROLES or by.post == Role.LEADER:
        return rows
    handles = any(task_standing(by, sight, task) for task in sight.tasks)
    return [row for row in rows if row.open_at <= at or not handles]


def journey(case: Case, tasks: list[Task]) -> list[Step]:
    """Return the journey line of a case, the plan's words at every stop: 提交 → 接办 → 交办 → 签收 → 办理 → 反馈 → 整理 → 销账."""
    state = CaseState(case.state)
    lead = next(
        (task for task in reversed(tasks) if task.part == Part.LEAD and task.state not in ("recalled", "returned")),
        None,
    )
    sent = {"community": "交办", "department": "转办", "consultation": "会商", "own": "自行处置", "": "交办"}[
        case.route
    ]
    first = "上报" if case.kind == Kind.PROBLEM else "提交"
    office = case.lead_office.short if case.lead_office else ""
    working = "会商中" if state is CaseState.CONSULTING else "挂账" if state is CaseState.SUSPENDED else "办理"
    done = [
        (first, case.submitted_at),
        ("接办", case.accepted_at),
        # Returned and not yet sent on, it stands before the dispatch again.
        (sent, None if state is CaseState.ACCEPTED else case.dispatched_at),
        ("签收", lead.signed_at if lead else None),
        (working, case.answered_at),
        ("反馈", case.answered_at),
        ("整理", case.registered_at),
        ("销账", case.ended_at if state is CaseState.WRITTEN_OFF else None),
    ]
    if state in _ENDS_EARLY:
        walked = [Step(label, _short(moment), "done") for label, moment in done[:3] if moment]
        return [*walked, Step(state.label, _short(case.ended_at), "now")]
    steps: list[Step] = []
    reached = True
    for label, moment in done:
        if moment and reached:
            steps.append(Step(label, office if label == working else _short(moment), "done"))
        elif reached:
            steps.append(Step(label, office if label == working else _promise(label, case), "now"))
            reached = False
        else:
            steps.append(Step(label, _promise(label, case), "todo"))
    return steps


def _promise(label: str, case: Case) -> str:
    if label != "反馈" or case.state not in BEFORE_ANSWER:
        return ""
    due = case.due_at.astimezone(SHANGHAI)
    return f"{due:%m-%d} 前"


def _short(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}" if moment else ""


def portal_journey(case: Case) -> list[Step]:
    """Return the five stops an owner sees: like a parcel on its way."""
    state = CaseState(case.state)
    office = case.lead_office.short if case.lead_office else "办理"
    if state in _ENDS_EARLY:
        return [Step("提交", "", "done"), Step(state.label, "", "now")]
    moments = [case.submitted_at, case.accepted_at, case.answered_at, case.answered_at, case.ended_at]
    labels = ["提交", "接办", office, "反馈", "销账"]
    walked = sum(1 for _ in _walked(moments))
    return [
        Step(label, "", "done" if place < walked else "now" if place == walked else "todo")
        for place, label in enumerate(labels)
    ]


def _walked(moments: list[datetime | None]) -> list[datetime]:
    found: list[datetime] = []
    for moment in moments:
        if moment is None:
            break
        found.append(moment)
    return found


def live_task_of(sheet_: Sheet, task_id: int | None) -> Task | None:
    """Return a task of the sheet by its id."""
    return next((task for task in sheet_.tasks if task.pk == task_id and task.state != TaskState.RECALLED), None)
