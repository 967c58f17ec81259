"""Who sees which visits, duties and announced visits, and who may do what with them."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinqing.enterprises import policy as enterprises
from qinqing.grids import policy as grids
from qinqing.grids import reads as ties
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.patrol.models import ChecklistRun, Duty, InspectionReference, PlannedVisit, Visit
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind, Role
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from uuid import UUID

TOWN_WIDE = frozenset({*EVERYTHING_ROLES})


def visible_to(by: Actor) -> QuerySet[Visit]:
    """Return the visits a person may read: every list, count and single row starts here.

    Officer: his own, and those of his firms. Community: its villages', and those its people made. Department: those it made
    or went along on, and those with a list of its own line. Leader: of the offices and communities in his charge. Hub and
    supervision: the town's. A firm's account: its own; the bearer of its card: none. Everybody else: none.

    Source: domain §1.14 (巡查/隐患).
    """
    town = Visit.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in TOWN_WIDE or (by.post == Role.LEADER and not by.charge_ids):
        return town
    if by.post == Role.CONTACT:
        return town.filter(enterprise_id=by.enterprise_id or 0)
    if not rights.may(by.post, Right.READ_VISITS):
        return town.none()
    if by.post == Role.GRID_OFFICER:
        mine = ties.enterprise_ids_of(by.account_id or 0)
        return town.filter(Q(officer_id=by.account_id) | Q(enterprise_id__in=mine))
    if by.post == Role.LEADER:
        return town.filter(_of_offices(by.charge_ids))
    return town.filter(_of_offices([by.office_id or 0]))


def _of_offices(office_ids: Collection[int]) -> Q:
    """Match visits that offices made, went along on, that lie in their village or belong to their line."""
    here = list(office_ids)
    line = ChecklistRun.objects.filter(visit_id=OuterRef("pk"), line_id__in=here)
    joint = Visit.joint_with.through.objects.filter(visit_id=OuterRef("pk"), office_id__in=here)
    places = Q(community_id__in=here) | Q(enterprise__community_id__in=here)
    return Q(office_id__in=here) | places | Q(Exists(line)) | Q(Exists(joint))


def own_lines_only(by: Actor, visit: Visit) -> bool:
    """Say whether a person reads only his line's lists of a visit he may see: a department that was not there itself."""
    if by.office_kind != OfficeKind.DEPARTMENT or by.post not in (Role.HANDLER, Role.OFFICE_HEAD):
        return False
    was_there = by.office_id == visit.office_id or visit.joint_with.filter(pk=by.office_id or 0).exists()
    return not was_there


def line_codes(book: str, office_ids: Collection[int]) -> list[str]:
    """Return the codes of the checklists that belong to the lines of these offices, as the plan has it."""
    offices = {people.office(office_id).code for office_id in office_ids}
    plan = plans.current(book)
    lines = {line.code for line in plan.problem_categories if line.office in offices}
    return [one.code for one in plan.checklists if one.category in lines]


def duties_visible_to(by: Actor) -> QuerySet[Duty]:
    """Return the duties of the firms a person may see, a department's as far as they are of its line.

    Firms themselves see none: what officers owe is not theirs to do.
    """
    if by.enterprise_id is not None or not (by.is_system or rights.may(by.post, Right.READ_VISITS)):
        return Duty.objects.none()
    rows = Duty.objects.filter(town_id=by.town_id)
    return rows if by.is_system or by.post in TOWN_WIDE else rows.filter(_owed_in_sight(by))


def _owed_in_sight(by: Actor) -> Q:
    if by.post == Role.LEADER and by.charge_ids:
        own = Q(enterprise__community_id__in=by.charge_ids)
        return own | Q(code__in=line_codes(by.book, by.charge_ids))
    if by.office_kind == OfficeKind.DEPARTMENT:
        return Q(code__in=line_codes(by.book, [by.office_id or 0]))
    if by.office_kind == OfficeKind.COMMUNITY and by.post != Role.GRID_OFFICER:
        return Q(enterprise__community_id=by.office_id)
    return Q(enterprise_id__in=enterprises.visible_to(by).values("pk"))


def plans_visible_to(by: Actor) -> QuerySet[PlannedVisit]:
    """Return the announced visits a person may read: of the firms he sees, and those of his own office."""
    town = PlannedVisit.objects.filter(town_id=by.town_id)
    if by.is_system:
        return town
    if by.enterprise_id is not None:
        return town.filter(enterprise_id=by.enterprise_id) if by.post == Role.CONTACT else town.none()
    if not rights.may(by.post, Right.READ_VISITS):
        return town.none()
    firms = Q(enterprise_id__in=enterprises.visible_to(by).values("pk"))
    if by.post == Role.GRID_OFFICER:
        return town.filter(firms | Q(planned_by_id=by.account_id))
    return town.filter(firms | Q(office_id=by.office_id or 0))


def inspections_visible_to(by: Actor) -> QuerySet[InspectionReference]:
    """Return the references to 行政检查 of the firms a person may see; a firm sees its own."""
    rows = InspectionReference.objects.filter(town_id=by.town_id)
    if by.enterprise_id is not None:
        return rows.filter(enterprise_id=by.enterprise_id) if by.post == Role.CONTACT else rows.none()
    if not (by.is_system or rights.may(by.post, Right.READ_VISITS)):
        return rows.none()
    return rows.filter(enterprise_id__in=enterprises.visible_to(by).values("pk"))


def take(uid: "UUID", by: Actor) -> Visit:
    """Lock a visit this person may see, or answer as if there were none.

    Raises:
        NotFound: no such visit, or not one of his.
    """
    found = visible_to(by).filter(uid=uid).values_list("pk", flat=True).first()
    if found is None or by.enterprise_id is not None:
        raise NotFound("没有找到这次走访，或不在您的查看范围内。")
    return Visit.objects.select_for_update(of=("self",)).select_related("enterprise", "office").get(pk=found)


def take_plan(planned_id: int, by: Actor) -> PlannedVisit:
    """Lock an announced visit this person may see.

    Raises:
        NotFound: none, or not one of his.
    """
    found = plans_visible_to(by).filter(pk=planned_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("没有找到这次走访安排，或不在您的查看范围内。")
    return PlannedVisit.objects.select_for_update(of=("self",)).select_related("enterprise", "office").get(pk=found)


def may_add(by: Actor, visit: Visit) -> bool:
    """Say whether a person may correct a visit or note it in the city's system: who made it, and the people of his office."""
    if not rights.may(by.post, Right.VISIT):
        return False
    if by.post == Role.GRID_OFFICER:
        return by.account_id == visit.officer_id
    return by.office_id == visit.office_id


def require_add(by: Actor, visit: Visit) -> None:
    """Let pass only who may add to a visit.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_add(by, visit):
        raise NotAllowed("只有走访人和他所在单位的同事可以更正、登记上报情况。")


def may_review(by: Actor, visit: Visit, on: date) -> bool:
    """Say whether a person may look at flags and decide on late records: the community's head; the hub where there is none,
    and where no community is concerned.

    Source: 三职(一)-2.
    """
    if visit.town_id != by.town_id:
        return False
    if by.post == Role.OFFICE_HEAD and by.office_id in (visit.community_id, visit.office_id):
        return True
    if by.office_kind != OfficeKind.HUB or not rights.may(by.post, Right.TAKE_IN):
        return False
    office_id = visit.community_id or visit.office_id
    return office_id is None or not grids.has_head(people.office(office_id), on)


def require_review(by: Actor, visit: Visit, on: date) -> bool:
    """Let pass only who may review; return whether the hub stands in for a missing head.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_review(by, visit, on):
        raise NotAllowed("疑点和迟到的记录由属地村（社区）负责人核看；没有负责人的由中转站代为核看。")
    return by.office_kind == OfficeKind.HUB


def may_change_plan(by: Actor, planned: PlannedVisit) -> bool:
    """Say whether a person may move or cancel an announced visit: his own, or as head of the office that announced it."""
    if not rights.may(by.post, Right.VISIT) or by.office_id != planned.office_id:
        return False
    return by.post != Role.GRID_OFFICER or by.account_id == planned.planned_by_id


def require_change_plan(by: Actor, planned: PlannedVisit) -> None:
    """Let pass only who may move or cancel it.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_change_plan(by, planned):
        raise NotAllowed("只有安排这次走访的单位可以改期或取消。")
