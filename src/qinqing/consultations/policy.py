"""Who sees which sittings and sessions, and who answers for an office."""

from django.db.models import Q, QuerySet

from qinqing.cases import policy as cases
from qinqing.consultations.models import Session, Sitting
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES


def visible_to(by: Actor) -> QuerySet[Session]:
    """Return the sessions about cases a person may see; an enterprise sees none. Source: domain §1.14."""
    if by.enterprise_id is not None:
        return Session.objects.none()
    rows = Session.objects.filter(town_id=by.town_id)
    if by.post in EVERYTHING_ROLES:
        return rows
    return rows.filter(case__in=cases.visible_to(by).values("pk"))


def sittings_visible_to(by: Actor) -> QuerySet[Sitting]:
    """Return the sittings at which something is consulted that a person may see. Source: domain §1.14."""
    rows = Sitting.objects.filter(town_id=by.town_id)
    if by.post in EVERYTHING_ROLES:
        return rows
    return rows.filter(pk__in=visible_to(by).values("sitting_id"))


def mine(by: Actor) -> Q:
    """Match the sittings a person's own office is called to; the hub's and supervision's are all."""
    return Q() if by.post in EVERYTHING_ROLES else Q(invitations__office_id=by.office_id or 0)


def take(sitting_id: int, by: Actor) -> Sitting:
    """Lock a sitting a person may see.

    Raises:
        NotFound: no such sitting, or out of his sight.
    """
    found = sittings_visible_to(by).select_for_update(of=("self",)).filter(pk=sitting_id).first()
    if found is None:
        raise NotFound("没有这场会商，或不在您的查看范围内。")
    return found


def may_answer(by: Actor, office_ids: set[int]) -> bool:
    """Say whether a person answers for one of these offices: his own, called to the sitting."""
    return by.office_id in office_ids and rights.may(by.post, Right.ANSWER_CONSULTATION)


def require_answer(by: Actor, office_ids: set[int]) -> None:
    """Let pass only who answers for his office.

    Raises:
        NotAllowed: his post does not, or his office is not called.
    """
    rights.require(by, Right.ANSWER_CONSULTATION)
    if by.office_id not in office_ids:
        raise NotAllowed("这场会商没有邀请您的单位，不用答复。")
