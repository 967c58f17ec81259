"""The beats every press shares: take (lock, may they) at the start, tell (books, ledger) at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.models import F

from qinqing.cases import policy
from qinqing.cases.facts.base import CaseFact
from qinqing.cases.files import MOST, Received
from qinqing.cases.lifecycle import BY_VERB, CREATION_CLAUSES, Step
from qinqing.cases.models import Attachment, Balance, Case, Holding, Involvement, Tally, Task
from qinqing.cases.rules import books
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

if TYPE_CHECKING:
    from qinqing.people.models import Office

Row = TypeVar("Row", Balance, Tally)


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

    @cached_property
    def town_offices(self) -> "list[Office]":
        """Return the active offices of the case's town; asked once a press however many offices it names."""
        return people.offices(self.case.town_id)

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


def take(case_id: int, verb: Verb, *, by: Actor, at: datetime, task_id: int | None = None) -> Hand:
    """Lock a case the person may see, and make sure this press may go on.

    Raises:
        NotFound: no such case for this person. NotAllowed, TooLate, Refused: see `policy.require`.
    """
    lock = Case.objects.select_for_update() if connection.features.has_select_for_update else Case.objects
    case = lock.filter(pk=case_id, town_id=by.town_id).first()
    if case is None or not policy.visible_to(by).filter(pk=case_id).exists():
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


def involve(case: Case, *, offices: Sequence[int] = (), accounts: Sequence[int | None] = ()) -> None:
    """Note who has to do with the case, for good: they keep reading it."""
    rows = [Involvement(case=case, office_id=office) for office in dict.fromkeys(offices)]
    rows += [Involvement(case=case, account_id=account) for account in dict.fromkeys(accounts) if account is not None]
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)


def tell(hand: Hand, fact: CaseFact, verb: Verb, *, by: Actor, at: datetime) -> Case:
    """Save the case, keep the books beside it, and append the one entry of this press. Always the last beat."""
    case = hand.case
    case.touched_at = at
    case.save()
    involve(case, accounts=[by.account_id])
    _keep_books(hand.before, hand.sight, case, at)
    clause = hand.step.clause if hand.step else CREATION_CLAUSES[verb]
    ledger.record(
        fact, book=case.book, on=("case", case.pk), label=case.number, by=by, at=at, clause=clause, files=hand.digests
    )
    return case


def _keep_books(before: Sight | None, after: Sight, case: Case, at: datetime) -> None:
    """Move the case between piles and accounts by the difference of before and after, in one fixed order of rows."""
    held = books.holders(before) if before else frozenset()
    holds = books.holders(after)
    month = at.astimezone(SHANGHAI).strftime("%Y-%m")
    Holding.objects.bulk_create(Holding(case=case, office_id=office, opened_at=at) for office in sorted(holds - held))
    if held - holds:
        Holding.objects.filter(case=case, office_id__in=held - holds, closed_at__isnull=True).update(closed_at=at)
    for office in sorted(holds ^ held):
        hung = int(office in holds)
        _count(Balance, {"office_id": office, "month": month}, hung=hung, cleared=1 - hung)
    change = books.piles(after)
    change.subtract(books.piles(before) if before else {})
    for (office, pile), moved in sorted(change.items()):
        if moved:
            _count(Tally, {"office_id": office, "pile": pile.value}, count=moved)


def _count(table: type[Row], key: dict[str, object], **change: int) -> None:
    """Add to a counter row, making it on first use."""
    moved = {name: F(name) + by for name, by in change.items() if by}
    if not table._default_manager.filter(**key).update(**moved):
        table._default_manager.bulk_create([table(**key)], ignore_conflicts=True)
        table._default_manager.filter(**key).update(**moved)


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
