"""Giving an office its share of a case, and taking it back."""

from datetime import datetime

from qinqing.cases.actions.hand import Hand, involve
from qinqing.cases.models import Task
from qinqing.cases.words import LIVE_TASKS, Part, TaskState
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES, OFFICE_ROLES


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
    hand.add(task)
    involve(hand, offices=[office_id], accounts=[handler_id])
    return task


def recall(hand: Hand, at: datetime) -> None:
    """Take back every live task: the case goes another way."""
    for task in hand.tasks:
        if task.state in LIVE_TASKS:
            task.state = TaskState.RECALLED.value
            task.upward, task.recalled_at = False, at
            hand.keep(task)
    hand.case.upward = False


def office_of_town(hand: Hand, office_id: int, kinds: tuple[str, ...], *, at: datetime, field: str) -> str:
    """Return the name of an active office of the case's town, of one of these kinds, with somebody at his post.

    Raises:
        Refused: it is none, or nobody sits there: a share nobody can sign for would lie still.
    Source: 三要(二)-1.
    """
    found = {office: name for office, (name, kind) in hand.town_offices.items() if kind in kinds}
    if office_id not in found:
        raise Refused("office_unknown", "请从列表里选择单位。", field=field)
    if not people.names_of(office_id, OFFICE_ROLES | HUB_ROLES, at.astimezone(SHANGHAI).date()):
        raise Refused(
            "office_empty", f"{found[office_id]}现在没有在岗人员，请先请管理员设岗，或另选单位。", field=field
        )
    return found[office_id]
