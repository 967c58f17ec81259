"""Book-keeping derived from a case: which pile it lies on at which office, and whose account it is on."""

from collections import Counter
from collections.abc import Iterator

from qinqing.cases.rules.sight import Sight
from qinqing.cases.words import Asked, CaseState, Complaint, TaskState
from qinqing.kernel.choices import Words


class Pile(Words):
    """A pile on an office's desk."""

    OPEN = "open", "在账"
    TO_ACCEPT = "to_accept", "待接办"
    CLARIFYING = "clarifying", "待企业补充"
    TO_DISPATCH = "to_dispatch", "待交办"
    TO_RULE = "to_rule", "退回待裁定"
    CONSULTING = "consulting", "会商中"
    TO_EXTEND = "to_extend", "延期待审批"
    TO_SUSPEND = "to_suspend", "长期挂账待审批"
    SUSPENDED = "suspended", "长期挂账"
    TO_REGISTER = "to_register", "待整理"
    TO_WRITE_OFF = "to_write_off", "待销账"
    TO_VERIFY = "to_verify", "不满意待核实"
    TO_SIGN = "to_sign", "待签收"
    WORKING = "working", "办理中"
    UPWARD = "upward", "上级办理中"
    TO_REPLY = "to_reply", "批示待回复"


_HUB_PILE = {
    CaseState.SUBMITTED: Pile.TO_ACCEPT,
    CaseState.CLARIFYING: Pile.CLARIFYING,
    CaseState.ACCEPTED: Pile.TO_DISPATCH,
    CaseState.CONSULTING: Pile.CONSULTING,
    CaseState.SUSPENDED: Pile.SUSPENDED,
}


def holders(sight: Sight) -> frozenset[int]:
    """Return the offices on whose account the case stands: the hub while it is open, and every office that was given a share.

    A returned or recalled share leaves the account; a finished one stays until the case is written off.
    Source: 二(四)-2c (挂销账), 二(四)-6.
    """
    if not sight.is_open:
        return frozenset()
    gone = (TaskState.RETURNED, TaskState.RECALLED)
    return frozenset({sight.hub_id} | {task.office_id for task in sight.tasks if task.state not in gone})


def _of_hub(sight: Sight) -> Iterator[Pile]:
    """Yield the piles of the hub an open case lies on."""
    if sight.state in _HUB_PILE:
        yield _HUB_PILE[sight.state]
    if sight.state is CaseState.ANSWERED:
        yield Pile.TO_WRITE_OFF if sight.registered else Pile.TO_REGISTER
    if any(task.waits_for_ruling for task in sight.tasks):
        yield Pile.TO_RULE
    if sight.extension == Asked.ASKED:
        yield Pile.TO_EXTEND
    if sight.suspension == Asked.ASKED:
        yield Pile.TO_SUSPEND


def piles(sight: Sight) -> Counter[tuple[int, Pile]]:
    """Return on which piles the case lies, per office."""
    found: Counter[tuple[int, Pile]] = Counter({(office_id, Pile.OPEN): 1 for office_id in holders(sight)})
    hub = sight.hub_id
    if sight.complaint == Complaint.OPEN:
        found[hub, Pile.TO_VERIFY] += 1
    if not sight.is_open:
        return found
    found.update((hub, pile) for pile in _of_hub(sight))
    if sight.instruction_waits:
        found[sight.lead_task.office_id if sight.lead_task else hub, Pile.TO_REPLY] += 1
    for task in sight.live_tasks():
        found[task.office_id, Pile.TO_SIGN if task.state is TaskState.OFFERED else Pile.WORKING] += 1
        if task.upward:
            found[task.office_id, Pile.UPWARD] += 1
    return found
