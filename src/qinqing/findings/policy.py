"""Who sees which findings and which lines of the two registers, and how a person stands to one of them."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from qinqing.enterprises import reads as enterprises
from qinqing.findings.models import Building, Finding, HeldEvent, IllegalBuilding
from qinqing.findings.rules.sight import Sight
from qinqing.findings.words import SAFETY_ONLY, Level, Standing, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES, OFFICE_ROLES, OfficeKind, Role

Row = TypeVar("Row", bound=Model)
_GRAVE = [level.value for level in SAFETY_ONLY]


def visible_to(by: Actor) -> QuerySet[Finding]:
    """Return the findings a person may read: every list, count, page, photo and export starts here.

    Enterprise: its own, but for lines of complaints; never the bearer of a card at the gate. Grid officer: his
    enterprises' and those he found. Community: its own 属地. Department: its line, what it found or follows, and, the
    safety office, what is grave. Leader: his line and villages, and what is grave; without a named charge all. Hub and
    supervision: the town.

    Source: domain §1.14 巡查/隐患; 附2安-(5)b.
    """
    town = Finding.objects.filter(town_id=by.town_id)
    if by.is_system:
        return town
    if by.enterprise_id is not None:
        return town.filter(enterprise_id=by.enterprise_id, is_shared=True) if by.post == Role.CONTACT else town.none()
    if not rights.may(by.post, Right.READ_VISITS):
        return town.none()
    return _in_scope(town, by)


def _in_scope(town: QuerySet[Finding], by: Actor) -> QuerySet[Finding]:
    if by.post == Role.GRID_OFFICER:
        return town.filter(Q(enterprise__in=enterprises.visible_to(by).values("pk")) | Q(found_by_id=by.account_id))
    if by.office_kind == OfficeKind.COMMUNITY:
        return town.filter(Q(community_id=by.office_id) | Q(found_office_id=by.office_id))
    if by.office_kind == OfficeKind.DEPARTMENT:
        mine = Q(line_office_id=by.office_id) | Q(found_office_id=by.office_id) | Q(owner_office_id=by.office_id)
        return town.filter(mine | Q(safety_office_id=by.office_id))
    if by.post == Role.LEADER and by.charge_ids:
        charge = Q(community_id__in=by.charge_ids) | Q(line_office_id__in=by.charge_ids)
        return town.filter(charge | Q(owner_office_id__in=by.charge_ids) | Q(level__in=_GRAVE))
    return town


def standing(by: Actor, finding: Finding) -> frozenset[Standing]:
    """Say how a person stands to a finding he may see.

    The head and the handlers of a community stand in for its officers, as with cases.

    Source: domain §1.14 巡查/隐患.
    """
    found: set[Standing] = set()
    if by.is_system:
        found.add(Standing.SYSTEM)
    if by.post == Role.CONTACT and by.enterprise_id == finding.enterprise_id:
        found.add(Standing.FIRM)
    if by.post == Role.GRID_OFFICER and (by.account_id == finding.found_by_id or _tends(by, finding)):
        found.add(Standing.OFFICER)
    stands_in = by.office_kind == OfficeKind.COMMUNITY and by.post in OFFICE_ROLES - {Role.GRID_OFFICER}
    if stands_in and by.office_id in (finding.community_id, finding.found_office_id):
        found.add(Standing.OFFICER)
    if by.post in OFFICE_ROLES | HUB_ROLES and by.office_id is not None and by.office_kind != OfficeKind.COMMUNITY:
        if by.office_id == finding.found_office_id:
            found.add(Standing.FINDER)
        if by.office_id == finding.safety_office_id:
            found.add(Standing.SAFETY)
    if by.post in HUB_ROLES:
        found.add(Standing.HUB)
    return frozenset(found)


def _tends(by: Actor, finding: Finding) -> bool:
    return enterprises.visible_to(by).filter(pk=finding.enterprise_id).exists()


def sight_of(finding: Finding) -> Sight:
    """Return what the rules see of a row."""
    return Sight(
        level=Level(finding.level),
        state=State(finding.state),
        deadline=finding.deadline,
        version=finding.version,
        extensions=finding.extensions,
        is_transferred=finding.is_transferred,
        closed_made_at=finding.closed_made_at,
        closed_version=finding.closed_version,
    )


def take(finding_id: int, by: Actor) -> Finding:
    """Lock a finding this person may see, or answer as if there were none.

    Raises:
        NotFound: no such finding, or not one of his.
    """
    found = visible_to(by).select_for_update(of=("self",)).filter(pk=finding_id).first()
    if found is None:
        raise NotFound("没有找到这条隐患线索，或不在您的查看范围内。")
    return found


def may_open(by: Actor) -> bool:
    """Say whether this person may write down a finding: whoever makes visits."""
    return by.office_id is not None and rights.may(by.post, Right.VISIT)


def require_open(by: Actor) -> None:
    """Let pass only who makes visits.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_open(by):
        raise NotAllowed("隐患线索由网格员、村（社区）和部门的工作人员登记。")


def held_for(by: Actor) -> QuerySet[HeldEvent]:
    """Return the events without a finding that wait for somebody of this person's office, or that his firms have."""
    rows = HeldEvent.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in HUB_ROLES:
        return rows
    if not may_open(by):
        return rows.none()
    return rows.filter(Q(enterprise__in=enterprises.visible_to(by).values("pk")) | Q(office_id=by.office_id))


# ── 登记册 ────────────────────────────────────────────────────────────────────


def buildings(by: Actor) -> QuerySet[Building]:
    """Return the buildings on the register a person may read. Source: domain §1.14, 附3房-内容."""
    return _register(Building.objects.filter(town_id=by.town_id), by)


def illegal_buildings(by: Actor) -> QuerySet[IllegalBuilding]:
    """Return the 两违 on the register a person may read. Source: domain §1.14, 附2违-内容."""
    return _register(IllegalBuilding.objects.filter(town_id=by.town_id), by)


def _register(rows: QuerySet[Row], by: Actor) -> QuerySet[Row]:
    """Narrow a register to a person's firms, villages or charge; departments, hub and supervision read the town's."""
    if by.is_system:
        return rows
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_VISITS):
        return rows.none()
    if by.post == Role.GRID_OFFICER:
        return rows.filter(enterprise__in=enterprises.visible_to(by).values("pk"))
    if by.office_kind == OfficeKind.COMMUNITY:
        return rows.filter(community_id=by.office_id)
    if by.post == Role.LEADER and by.charge_ids:
        return rows.filter(Q(community_id__in=by.charge_ids) | Q(finding__line_office_id__in=by.charge_ids))
    return rows


def require_tend(by: Actor, community_id: int | None) -> None:
    """Let pass only who keeps a register's line: the community with its officers, and the departments of the line.

    Expects a line he may see.

    Raises:
        NotAllowed: he may only read it.
    """
    if not may_open(by) or by.post in HUB_ROLES:
        raise NotAllowed("登记册由属地村（社区）、网格员和主管部门登记，您可以查看。")
    if by.office_kind == OfficeKind.COMMUNITY and community_id not in (None, by.office_id):
        raise NotAllowed("这一条由它的属地村（社区）登记，您可以查看。")
