"""Who keeps an enterprise's environment file. Who sees the firm's basic data sees it: it is part of the firm's file."""

from typing import TYPE_CHECKING

from qinqing.enterprises import policy as enterprises
from qinqing.enterprises.rules import Reach
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people.lines import ENVIRONMENT, office_of_line

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise


def may_keep(by: Actor, enterprise: "Enterprise") -> bool:
    """Say whether this person writes into the file: the hub, the firm's community and officers, the office of the line.

    Expects a firm he may see.

    Source: 附2环-(1).
    """
    hand = enterprises.reach(by, enterprise)
    if hand is Reach.DEPARTMENT:
        return is_of_line(by)
    return hand in (Reach.HUB, Reach.COMMUNITY)


def is_of_line(by: Actor) -> bool:
    """Say whether the actor sits at the office competent for the environment. Source: 三职(四)-2."""
    office = office_of_line(ENVIRONMENT, town_id=by.town_id, book=by.book)
    return office is not None and office.pk == by.office_id


def take(enterprise_id: int, by: Actor) -> "Enterprise":
    """Lock a firm this person may see and whose environment file he keeps.

    Raises:
        NotFound: no such firm, or not one of his.
        NotAllowed: he may only read it.
    """
    found = enterprises.take(enterprise_id, by)
    if not may_keep(by, found):
        raise NotAllowed("环保档案由网格员、属地村（社区）、中转站和环保主管部门维护，您可以查看，不能修改。")
    return found
