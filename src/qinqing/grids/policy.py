"""Who may see a community's two lists, and who may change them."""

from datetime import date
from typing import TYPE_CHECKING

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES, OfficeKind, Role

if TYPE_CHECKING:
    from qinqing.people.models import Office


def reads_town(by: Actor) -> bool:
    """Say whether the actor reads the lists of every community of his town: all offices but the communities do."""
    return rights.may(by.post, Right.READ_ROSTER) and by.office_kind != OfficeKind.COMMUNITY


def reads_own_lines_only(by: Actor) -> bool:
    """Say whether the actor sees only himself and his enterprises on his community's lists."""
    return by.post == Role.GRID_OFFICER


def may_read(by: Actor, community: "Office") -> bool:
    """Say whether the actor may see this community's lists (a grid officer: his own lines of them)."""
    if not rights.may(by.post, Right.READ_ROSTER) or community.town_id != by.town_id:
        return False
    return reads_town(by) or by.office_id == community.pk


def require_read(by: Actor, community: "Office") -> None:
    """Let pass only who may see this community's lists.

    Raises:
        NotFound: not a community, or not one whose lists this person may see.
    """
    if community.kind != OfficeKind.COMMUNITY or not may_read(by, community):
        raise NotFound


def has_head(community: "Office", on: date) -> bool:
    """Say whether somebody heads the community on a day."""
    return bool(people.people_of(community.pk, [Role.OFFICE_HEAD], on))


def may_edit(by: Actor, community: "Office", on: date) -> bool:
    """Say whether the actor may change this community's lists: its own head; the hub only while there is no head.

    Source: 二(一)-1, 三职(一)-1.
    """
    if by.town_id != community.town_id or community.kind != OfficeKind.COMMUNITY:
        return False
    if rights.may(by.post, Right.EDIT_ROSTER) and by.office_id == community.pk:
        return True
    return by.post in HUB_ROLES and not has_head(community, on)


def require_edit(by: Actor, community: "Office", on: date) -> bool:
    """Let pass only who may change this community's lists; return whether the hub stands in for a missing head.

    Raises:
        NotFound: not a community of the actor's town.
        NotAllowed: the lists are another community's, or he does not keep them.

    Source: 二(一)-1, 三职(一)-1.
    """
    if by.town_id != community.town_id or community.kind != OfficeKind.COMMUNITY:
        raise NotFound
    if not may_edit(by, community, on):
        who = "该村（社区）负责人" if has_head(community, on) else "中转站（该村（社区）暂无负责人）"
        raise NotAllowed(f"{community.name}的两张名单由{who}维护，您可以查看，不能修改。", code="not_your_lists")
    return by.office_id != community.pk


def require_see_phones(by: Actor, community: "Office") -> None:
    """Let pass only who may be shown full phone numbers of this community's officers.

    Raises:
        NotFound: he may not see these lists.
        NotAllowed: his post does not reveal phones.
    """
    require_read(by, community)
    rights.require(by, Right.REVEAL_PHONE)
