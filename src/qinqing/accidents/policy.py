"""Who sees an accident, who is told of it, who notes what was done."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinqing.accidents.models import Accident, Told
from qinqing.accidents.words import Why
from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.lines import SAFETY, office_of_line
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, HUB_ROLES, OfficeKind, Role


def visible_to(by: Actor) -> QuerySet[Accident]:
    """Return the accidents a person may read.

    Hub, supervision and the safety office: the town's. Community: its own. Officer: his firms'. Leader: those in his charge
    (all without a named charge). Everybody: what he reported or was told. An enterprise: none, it is inner.

    Source: domain §1.14 巡查/隐患; 附2安-(6)a.
    """
    town = Accident.objects.filter(town_id=by.town_id)
    if by.is_system:
        return town
    if by.enterprise_id is not None or not rights.may(by.post, Right.REPORT_ACCIDENT):
        return town.none()
    return town.filter(_scope(by)) if not _reads_town(by) else town


def _reads_town(by: Actor) -> bool:
    """Say whether a person reads the town's: hub, supervision, the safety office, and the leaders above it."""
    if by.post in EVERYTHING_ROLES:
        return True
    safety = office_of_line(SAFETY, town_id=by.town_id, book=by.book)
    if by.post == Role.LEADER:
        return not by.charge_ids or (safety is not None and safety.pk in by.charge_ids)
    return safety is not None and safety.pk == by.office_id


def _scope(by: Actor) -> Q:
    who = by.account_id or 0
    mine = Q(reporter_id=who) | Q(Exists(Told.objects.filter(accident_id=OuterRef("pk"), account_id=who)))
    if by.post == Role.GRID_OFFICER:
        return mine | Q(enterprise__in=enterprises.visible_to(by).values("pk"))
    if by.office_kind == OfficeKind.COMMUNITY:
        return mine | Q(community_id=by.office_id)
    return mine | Q(community_id__in=by.charge_ids) if by.charge_ids else mine


def is_safety(by: Actor) -> bool:
    """Say whether the actor sits at the office that stands for 镇安委办."""
    office = office_of_line(SAFETY, town_id=by.town_id, book=by.book)
    return office is not None and office.pk == by.office_id


def take(accident_id: UUID, by: Actor) -> Accident:
    """Lock an accident this person may see.

    Raises:
        NotFound: no such accident, or not one of his.
    """
    found = visible_to(by).select_for_update(of=("self",)).filter(pk=accident_id).first()
    if found is None:
        raise NotFound("没有找到这份快报，或不在您的查看范围内。")
    return found


def may_close(by: Actor) -> bool:
    """Say whether this person ends the handling on the spot: the safety office and the hub."""
    return by.post in HUB_ROLES or is_safety(by)


def require_close(by: Actor) -> None:
    """Let pass only the safety office and the hub.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_close(by):
        raise NotAllowed("处置结束由综执安监办或中转站登记。")


def to_tell(
    by: Actor, *, community_id: int | None, enterprise_id: int | None, on: date
) -> tuple[dict[int, Why], tuple[int, ...]]:
    """Return whom a report goes to, each once with the first reason, and the offices it concerns.

    The safety office whether or not there is a hub; all leaders where none has office or village in his charge.

    Source: 附2安-(6)a, 附1-(3)b.
    """
    safety = office_of_line(SAFETY, town_id=by.town_id, book=by.book)
    offices = [office for office in (safety.pk if safety else None, community_id) if office is not None]
    found: dict[int, Why] = {}

    def add(why: Why, accounts: Iterable[int | None]) -> None:
        for account in accounts:
            if account is not None and account != by.account_id:
                found.setdefault(account, why)

    def sitting(office_id: int, *roles: Role) -> list[int]:
        return [post.account_id for post in people.people_of(office_id, roles, on)]

    if safety:
        add(Why.SAFETY, sitting(safety.pk, Role.OFFICE_HEAD, Role.HANDLER))
    for hub in people.offices(by.town_id, [OfficeKind.HUB]):
        add(Why.HUB, sitting(hub.pk, Role.HUB_HEAD, Role.HUB_CLERK))
    if community_id is not None:
        add(Why.COMMUNITY, sitting(community_id, Role.OFFICE_HEAD))
    leaders = [post.account_id for post in people.leaders_of(offices, on)]
    add(Why.LEADER, leaders or [post.account_id for post in people.holders(by.town_id, [Role.LEADER], on)])
    if enterprise_id is not None:
        add(Why.OFFICER, (grids.lead_of(enterprise_id, on), grids.deputy_of(enterprise_id, on)))
    return found, tuple(offices)
