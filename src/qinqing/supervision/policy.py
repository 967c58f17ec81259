"""Who sees the proposals, and who decides on them."""

from django.db.models import QuerySet

from qinqing.cases import policy as cases
from qinqing.cases.words import UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people.words import HUB_ROLES, Role
from qinqing.supervision.models import Proposal
from qinqing.supervision.words import ProposalState


def visible_to(by: Actor) -> QuerySet[Proposal]:
    """Return the proposals a person reads: supervision the town's, leaders those of cases in their sight, the hub 催办.

    The office it is about does not: nothing has been decided yet.
    """
    rows = Proposal.objects.filter(town_id=by.town_id)
    if by.post == Role.SUPERVISOR:
        return rows
    if by.post == Role.LEADER:
        return rows.filter(case__in=cases.visible_to(by))
    return rows.filter(level=UrgeLevel.URGE.value) if by.post in HUB_ROLES else rows.none()


def may_decide(by: Actor, proposal: Proposal) -> bool:
    """Say whether this person decides: supervision and leaders on 督办, the hub on 催办."""
    if proposal.state != ProposalState.WAITING:
        return False
    if proposal.level == UrgeLevel.URGE:
        return by.post in HUB_ROLES
    return by.post in (Role.SUPERVISOR, Role.LEADER)


def require(by: Actor, proposal: Proposal) -> None:
    """Let pass only who decides on this proposal.

    Raises:
        NotAllowed: somebody else does.
    """
    if not may_decide(by, proposal):
        raise NotAllowed(f"这一条由{'中转站' if proposal.level == UrgeLevel.URGE else '督查或分管领导'}决定。")
