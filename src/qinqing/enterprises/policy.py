"""Who sees which firms, and whose hand reaches how far into a file."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from qinqing.enterprises.models import Enterprise
from qinqing.enterprises.rules import Reach
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind, Role


def visible_to(by: Actor) -> QuerySet[Enterprise]:
    """Return the firms this person may see; every list, count, search and single row starts here.

    A contact or the bearer of a card: his own. A grid officer: those he leads or stands in for. A community's people: their
    community's. A leader who has only communities in charge: theirs. Hub, departments, other leaders, supervision: the town's.
    The three administrators and discipline inspection: none.

    Source: permission matrix "enterprise basic data"; 二(一)-3.
    """
    rows = Enterprise.objects.filter(town_id=by.town_id)
    if by.enterprise_id is not None:
        return rows.filter(pk=by.enterprise_id)
    if by.is_system:
        return rows
    return _staff_scope(rows, by) if rights.may(by.post, Right.READ_ENTERPRISES) else rows.none()


def _staff_scope(rows: QuerySet[Enterprise], by: Actor) -> QuerySet[Enterprise]:
    if by.post == Role.GRID_OFFICER:
        return rows.filter(pk__in=_tied_to(by))
    if by.office_kind == OfficeKind.COMMUNITY:
        return rows.filter(community_id=by.office_id)
    if by.post == Role.LEADER and by.charge_ids:
        communities = {office.pk for office in people.offices(by.town_id, [OfficeKind.COMMUNITY], active=False)}
        if by.charge_ids <= communities:
            return rows.filter(community_id__in=by.charge_ids)
    return rows


def _tied_to(by: Actor) -> QuerySet[Enterprise, int]:
    """Return the firms an officer is tied to, from the moment the tie is recorded until its last day has passed.

    The ties belong to the grids above; the reverse name `liaisons` reaches them without an import. The day is the
    database's: whoever is named for next week may read up beforehand, whoever has handed over stops reading.
    """
    still = Q(liaisons__ends_on__isnull=True) | Q(liaisons__ends_on__gte=TruncDate(Now(), tzinfo=SHANGHAI))
    return Enterprise.objects.filter(still, liaisons__officer_id=by.account_id).values_list("pk", flat=True)


def take(enterprise_id: int, by: Actor) -> Enterprise:
    """Lock a firm this person may see, or answer as if there were none: the only lock on a firm.

    Raises:
        NotFound: no such firm, or not one of his.
    """
    found = visible_to(by).select_for_update(of=("self",)).filter(pk=enterprise_id).first()
    if found is None:
        raise NotFound("没有找到这家企业，或不在您的查看范围内。")
    return found


def reach(by: Actor, enterprise: Enterprise) -> Reach | None:
    """Say how far this person's hand goes in this firm's file; None if he may only read it.

    Expects a firm he may see.
    """
    if may_manage(by):
        return Reach.HUB
    if by.post == Role.CONTACT and by.enterprise_id == enterprise.pk:
        return Reach.OWN
    if not rights.may(by.post, Right.EDIT_ENTERPRISE):
        return None
    return Reach.COMMUNITY if by.office_kind == OfficeKind.COMMUNITY else Reach.DEPARTMENT


def require_reach(by: Actor, enterprise: Enterprise) -> Reach:
    """Let pass only whose hand goes into this file at all.

    Raises:
        NotAllowed: he may only read it.
    """
    found = reach(by, enterprise)
    if found is None:
        raise NotAllowed("您可以查看这家企业，但不能修改它的档案。")
    return found


def may_manage(by: Actor) -> bool:
    """Say whether this person opens files, imports, assigns and decides proposals: the hub, and the machine for it."""
    return rights.may(by.post, Right.MANAGE_ENTERPRISES)


def require_manage(by: Actor) -> None:
    """Let pass only the hub.

    Raises:
        NotAllowed: anybody else.
    """
    rights.require(by, Right.MANAGE_ENTERPRISES)


def may_tend(by: Actor, enterprise: Enterprise) -> bool:
    """Say whether this person keeps the firm's contacts and standing: the hub, and its community with its officers.

    Source: 附1-(1)b, 附1-(2)a.
    """
    return reach(by, enterprise) in (Reach.HUB, Reach.COMMUNITY)


def require_tend(by: Actor, enterprise: Enterprise) -> Reach:
    """Let pass only who keeps contacts and standing.

    Raises:
        NotAllowed: anybody else.
    """
    found = reach(by, enterprise)
    if found is None or not may_tend(by, enterprise):
        raise NotAllowed("联系人和经营状态由中转站、属地村（社区）及其网格员维护。")
    return found


def may_reveal(by: Actor) -> bool:
    """Say whether this person may ask for full phone numbers of the firms he sees."""
    return rights.may(by.post, Right.REVEAL_PHONE)
