"""The beats every press shares: take (lock, may they) at the start, tell (books, ledger) at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from qinqing.cases import policy
from qinqing.cases.actions import keeping
from qinqing.cases.facts.base import CaseFact
from qinqing.cases.files import MOST, Received
from qinqing.cases.lifecycle import BY_VERB, CREATION_CLAUSES, Step
from qinqing.cases.models import Attachment, Case, Task
from qinqing.cases.rules.offers import why_not
from qinqing.cases.rules.sight import Sight
from qinqing.cases.terms import Terms, terms_of
from qinqing.cases.words import LIVE_TASKS, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger import reads as entries
from qinqing.people import reads as people


@dataclass
class Hand:
    """A case taken in hand: locked, permitted, with its tasks and terms. Lives for one press."""

    case: Case
    tasks: list[Task]
    task: Task | None
    step: Step | None
    before: Sight | None
    terms: Terms
    digests: list[str] = field(default_factory=list)
    offices: list[int] = field(default_factory=list)
    accounts: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember the rows as they are stored, to write afterwards only what the press changes."""
        rows: list[Case | Task] = [self.case, *self.tasks]
        self._stored = {row: _values(row) for row in rows}

    def add(self, task: Task) -> None:
        """Take a task just written along."""
        self.tasks.append(task)
        self._stored[task] = _values(task)

    def keep(self, row: Case | Task) -> None:
        """Write what the press has changed in the case or one of its tasks."""
        values, stored = _values(row), self._stored[row]
        changed = [name for name, value in values.items() if stored[name] != value]
        if changed:
            row.save(update_fields=changed)
        self._stored[row] = values

    @cached_property
    def town_offices(self) -> dict[int, tuple[str, str]]:
        """Return name and kind of the active offices of the case's town; asked once a press however many it names."""
        return people.office_names(self.case.town_id)

    @property
    def sight(self) -> Sight:
        """Return what the rules see of it now."""
        return policy.sight_of(self.case, self.tasks)

    @property
    def lead(self) -> Task | None:
        """Return the live lead task."""
        return next((t for t in self.tasks if t.part == "lead" and t.state in LIVE_TASKS), None)

    @property
    def my_task(self) -> Task:
        """Return the task the press is on; a press on the case as a whole has none."""
        if self.task is None:
            raise Refused("task_missing", "请指明是哪一项办理任务。")
        return self.task


def _values(row: Case | Task) -> dict[str, Any]:
    """Return what a press may change in a row, by column."""
    return {
        column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields if not column.primary_key
    }


def take(case_id: int, verb: Verb, *, by: Actor, at: datetime, task_id: int | None = None) -> Hand:
    """Lock a case the person may see, and make sure this press may go on.

    Raises:
        NotFound: no such case for this person. NotAllowed, TooLate, Refused: see `policy.require`.
    """
    # SQLite knows no row locks: there the transaction has the whole file from its beginning.
    case = policy.visible_to(by).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotFound("没有找到这件事项，或不在您的查看范围内。")
    tasks = list(Task.objects.filter(case_id=case_id))
    sight = policy.sight_of(case, tasks)
    task = (
        next((t for t in tasks if t.pk == task_id), None)
        if task_id is not None
        else _only_task(verb, tasks, by, sight, at)
    )
    seen = next((t for t in sight.tasks if task is not None and t.id == task.pk), None)
    step = policy.require(verb, by, case, sight, seen if BY_VERB[verb].task else None, at, lambda: _last_press(case))
    return Hand(case, tasks, task if step.task else None, step, sight, terms_of(case.plan_version_id))


def _only_task(verb: Verb, tasks: list[Task], by: Actor, sight: Sight, at: datetime) -> Task | None:
    """Find the task a press means when it does not say: the one of the person's own office that allows it."""
    step = BY_VERB[verb]
    if not step.task:
        return None
    mine = [t for t in tasks if t.office_id == by.office_id]
    pressable = [t for t in mine if why_not(verb, by, sight, policy.task_sight(t), at)[0] == ""]
    live = [t for t in mine if t.state in LIVE_TASKS]
    return next(iter(pressable or live or mine[-1:] or tasks[-1:]), None)


def _last_press(case: Case) -> str:
    """Say who did what last, for the person who came second."""
    entry = entries.entries_of("case", case.pk).last()
    if entry is None:
        return "无"
    who = f"{entry.actor_name}（{entry.office_name}）" if entry.office_name else entry.actor_name
    return f"{who} {entry.at.astimezone(SHANGHAI):%m-%d %H:%M} {entry.verb}"


def office_name(office_id: int, by: Actor) -> str:
    """Return an office's name; of the office one presses from it is known."""
    return by.office_name if office_id == by.office_id else people.office(office_id).name


def attach(hand: Hand, files: Sequence[Received], *, by: Actor, at: datetime, for_enterprise: bool = False) -> None:
    """Hang received files on the case.

    Raises:
        Refused: more files than one press may bring.
    """
    if len(files) > MOST:
        raise Refused("too_many_files", f"一次最多传{MOST}个附件，请分次上传。", field="files")
    Attachment.objects.bulk_create(
        Attachment(
            case=hand.case,
            digest=f.digest,
            name=f.name,
            size=f.size,
            mime=f.mime,
            for_enterprise=for_enterprise,
            by_name=by.name,
            at=at,
        )
        for f in files
    )
    hand.digests.extend(f.digest for f in files)


def involve(hand: Hand, *, offices: Iterable[int] = (), accounts: Iterable[int | None] = ()) -> None:
    """Note who has to do with the case, for good: they keep reading it. Written when the press is told."""
    hand.offices.extend(offices)
    hand.accounts.extend(accounts)


def tell(hand: Hand, fact: CaseFact, verb: Verb, *, by: Actor, at: datetime) -> Case:
    """Save the case, keep the books beside it, and append the one entry of this press. Always the last beat."""
    case = hand.case
    case.touched_at = at
    hand.keep(case)
    keeping.involve(case, offices=hand.offices, accounts=[*hand.accounts, by.account_id])
    keeping.keep_books(hand.before, hand.sight, case, at)
    clause = hand.step.clause if hand.step else CREATION_CLAUSES[verb]
    ledger.record(
        fact, book=case.book, on=("case", case.pk), label=case.number, by=by, at=at, clause=clause, files=hand.digests
    )
    return case


def tidy(text: str, *, field: str, label: str, limit: int = 2000, required: bool = True) -> str:
    """Return people's text as stored.

    Raises:
        Refused: empty where it is needed, or too long; beside the field.
    """
    value = clean(text)
    if required and not value:
        raise Refused("missing", f"请填写{label}。", field=field)
    if len(value) > limit:
        raise Refused("too_long", f"{label}最多{limit}字，现在{len(value)}字。", field=field)
    return value
