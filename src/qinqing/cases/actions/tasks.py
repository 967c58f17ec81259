"""Giving an office its share of a case, and taking it back."""

from datetime import datetime

from qinqing.cases.actions.hand import Hand, involve
from qinqing.cases.models import Task
from qinqing.cases.words import LIVE_TASKS, Part, TaskState
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people


def give(
    hand: Hand,
    *,
    office_id: int,
    part: Part,
    at: datetime,
    due_at: datetime,
    handler_id: int | None = None,
    what: str = "",
    guidance: str = "",
) -> Task:
    """Offer an office its share: 签收 and 退回 limits run from now, the case's own limit does not move.

    Source: 二(二)1-诉求-交村, -转办; domain §1.15 (unit.sign, unit.return).
    """
    limits = hand.terms.plan.limits
    task = Task(
        case=hand.case,
        office_id=office_id,
        part=part.value,
        state=TaskState.OFFERED.value,
        handler_id=handler_id,
        what=what,
        guidance=guidance,
        round=hand.case.round,
        offered_at=at,
        sign_due_at=hand.terms.due(at, limits.sign.value),
        return_due_at=hand.terms.due(at, limits.return_.value),
        due_at=due_at,
    )
    task.save(force_insert=True)
    hand.tasks.append(task)
    involve(hand.case, offices=[office_id], accounts=[handler_id])
    return task


def recall(hand: Hand) -> None:
    """Take back every live task: the case goes another way."""
    for task in hand.tasks:
        if task.state in LIVE_TASKS:
            task.state = TaskState.RECALLED.value
            task.upward = False
            task.save()
    hand.case.upward = False


def office_of_town(hand: Hand, office_id: int, kinds: tuple[str, ...], *, field: str) -> str:
    """Return the name of an active office of the case's town and of one of these kinds.

    Raises:
        Refused: it is none.
    """
    found = {office.pk: office.name for office in people.offices(hand.case.town_id, kinds)}
    if office_id not in found:
        raise Refused("office_unknown", "请从列表里选择单位。", field=field)
    return found[office_id]
