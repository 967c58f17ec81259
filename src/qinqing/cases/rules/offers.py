"""Who stands how to a case, and what may be pressed now. Buttons, permissions, API and the random walk all ask here."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.cases.lifecycle import BY_VERB, Step, Who, steps_of
from qinqing.cases.rules.guards import GUARDS
from qinqing.cases.rules.sight import Sight, TaskSight
from qinqing.cases.words import CaseState, Kind, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.people.words import HUB_ROLES, OfficeKind, Role


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: what, on which task (None = the case), and how near at hand (smaller = more obvious)."""

    step: Step
    task_id: int | None
    weight: int

    @property
    def verb(self) -> Verb:
        """Return what is pressed."""
        return self.step.verb


def standing(by: Actor, sight: Sight) -> frozenset[Words]:
    """Say how a person stands to the case as a whole (clauses 二(二)0-1, 三要(二)-2; `domain` permission matrix)."""
    found: set[Words] = set()
    if by.is_system:
        found.add(Who.SYSTEM)
    if by.enterprise_id is not None and by.enterprise_id == sight.enterprise_id:
        found.add(Who.ENTERPRISE)
    if by.account_id is not None and by.account_id == sight.submitter_id and by.post != Role.CARD:
        found.add(Who.SUBMITTER)
    if by.post in HUB_ROLES and by.office_id == sight.hub_id:
        found.add(Who.HUB)
        if by.post == Role.HUB_HEAD:
            found.add(Who.HUB_HEAD)
    if by.post == Role.LEADER and _in_charge(by, sight):
        found.add(Who.LEADER)
    if by.post == Role.SUPERVISOR:
        found.add(Who.SUPERVISOR)
    return frozenset(found)


def _in_charge(by: Actor, sight: Sight) -> bool:
    """Say whether the case lies in a leader's line or community; a leader without a named charge answers for the whole town."""
    return not by.charge_ids or bool(by.charge_ids & ({sight.community_id} | {task.office_id for task in sight.tasks}))


def task_standing(by: Actor, sight: Sight, task: TaskSight) -> frozenset[Words]:
    """Say how a person stands to one task. A grid officer acts only on what was given to him by name.

    Source: 三要(二)-1 (定人定岗定责), 二(二)1-诉求-落实.
    """
    found = set(standing(by, sight))
    if by.office_id != task.office_id or by.account_id is None:
        return frozenset(found)
    is_head = by.post in (Role.OFFICE_HEAD, Role.HUB_HEAD, Role.HUB_CLERK)
    if by.post in (Role.OFFICE_HEAD, Role.HANDLER, Role.HUB_HEAD, Role.HUB_CLERK):
        found.add(Who.OFFICE)
    if task.handler_id == by.account_id or (is_head and task.handler_id is not None):
        found.add(Who.HANDLER)
        if by.office_kind in (OfficeKind.DEPARTMENT, OfficeKind.HUB):
            found.add(Who.DEPARTMENT_HANDLER)
    return frozenset(found)


def _handler_of_last(by: Actor, sight: Sight) -> bool:
    """Say whether this person (or his office's head) finished the lead task: he owes the 回头看 after write-off."""
    lead = [task for task in sight.tasks if task.office_id == sight.lead_office_id]
    return any(Who.HANDLER in task_standing(by, sight, task) for task in lead[-1:])


def _blocked(step: Step, sight: Sight, task: TaskSight | None, who: frozenset[Words], now: datetime) -> tuple[str, str]:
    """Return (guard name, reason) of the first guard that does not hold, or ("", "")."""
    for name in step.guards:
        reason = GUARDS[name](sight, task, who, now)
        if reason:
            return name, reason
    return "", ""


def _standing_for(step: Step, by: Actor, sight: Sight, task: TaskSight | None) -> frozenset[Words]:
    """Return the standings that may press this step; empty when none."""
    who = task_standing(by, sight, task) if task else standing(by, sight)
    if task is None and Who.HANDLER in step.who and not step.task:
        who = who | _case_wide(by, sight)
    return who if who & step.who else frozenset()


def _case_wide(by: Actor, sight: Sight) -> frozenset[Words]:
    """Give HANDLER/OFFICE for steps pressed on the case as a whole (回头看, 回复催办, 恢复办理, 查看投诉人)."""
    if sight.state is CaseState.WRITTEN_OFF:
        return frozenset({Who.HANDLER}) if _handler_of_last(by, sight) else frozenset()
    found: set[Words] = set()
    for task in sight.live_tasks():
        found |= task_standing(by, sight, task)
    return frozenset(found)


def why_not(verb: Verb, by: Actor, sight: Sight, task: TaskSight | None, now: datetime) -> tuple[str, str]:
    """Return ("", "") if the press may go on, else (code, reason); code is "who", "state", or a guard's name."""
    step = BY_VERB[verb]
    if sight.kind not in step.kinds:
        return "state", f"{sight.kind.label}没有“{step.label}”这一步。"
    who = _standing_for(step, by, sight, task)
    if not who:
        return "who", f"“{step.label}”不由您的岗位办理。"
    if sight.state not in step.start or (step.task and (task is None or task.state not in step.task)):
        return "state", ""
    return _blocked(step, sight, task, who, now)


_STARTING = {
    (kind, state): tuple(step for step in steps_of(kind) if state in step.start) for kind in Kind for state in CaseState
}
"""The rows that start from a state: a list of sixty cases asks for offers sixty times, most rows are out of question."""
_WAYS = {Verb.HAND: "community", Verb.FORWARD: "department", Verb.CONVENE: "consultation"}


def _weight(step: Step, sight: Sight) -> int:
    """Return how near at hand a press is: the way the plan gives the topic comes first, a proposed consultation before all."""
    if step.verb is Verb.CONVENE and sight.proposes_consultation:
        return 4
    return 15 if sight.state is CaseState.ACCEPTED and _WAYS.get(step.verb) == sight.likely_route else step.weight


def offers(by: Actor, sight: Sight, now: datetime) -> list[Offer]:
    """Return every button this person may press now, the most obvious first."""
    found = [
        Offer(step, task.id if task else None, _weight(step, sight))
        for step in _STARTING.get((sight.kind, sight.state), ())
        for task in (sight.tasks if step.task else (None,))
        if (task is None or task.state in step.task) and why_not(step.verb, by, sight, task, now) == ("", "")
    ]
    return sorted(found, key=lambda offer: offer.weight)
