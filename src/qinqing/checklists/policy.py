"""Who may see the checklists, and who may change them."""

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES
from qinqing.plan.spec import Plan


def require_read(by: Actor) -> None:
    """Let pass only who works with the lists.

    Raises:
        NotAllowed: his post does not.
    """
    rights.require(by, Right.READ_CHECKLISTS)


def may_manage(by: Actor, code: str, plan: Plan) -> bool:
    """Say whether the actor may import, publish and retire a list: the hub's head, or the head of the office competent for it.

    Which office that is follows from the plan: the list's line of problems and that line's office.

    Source: 三职(四)-2, 三职(四)-7, 三职(三)-2, 三职(三)-3.
    """
    if by.book != plan.town.code or not rights.may(by.post, Right.MANAGE_CHECKLISTS):
        return False
    if by.is_system or by.post in HUB_ROLES:
        return True
    return by.office_id is not None and people.office(by.office_id).code == _keeper(code, plan)


def require_manage(by: Actor, code: str, plan: Plan) -> None:
    """Let pass only who may change a list.

    Raises:
        NotAllowed: the sentence says who may.
    """
    rights.require(by, Right.MANAGE_CHECKLISTS)
    if not may_manage(by, code, plan):
        office = plan.office(_keeper(code, plan))
        raise NotAllowed(
            f"清单 {code} 由{office.short if office else '主管单位'}负责人或经科办负责人维护，您可以查看，不能修改。",
            code="not_your_checklist",
        )


def _keeper(code: str, plan: Plan) -> str:
    listed = plan.checklist(code)
    line = plan.problem_category(listed.category) if listed else None
    return line.office if line else ""
