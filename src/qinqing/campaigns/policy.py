"""Who opens and sums up campaigns, and who sees which of their enterprises."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinqing.campaigns.models import Campaign, CampaignFirm
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind, Role

NOT_FOUND = "没有找到这次专项行动，或不在您的查看范围内。"


def firms_visible_to(by: Actor) -> QuerySet[CampaignFirm]:
    """Return the enterprises of campaigns a person may see.

    Hub, supervision, departments (the working group that answers for campaigns) and leaders without a charge: the town's. Other
    leaders: of their communities, and whole campaigns of their offices. A community's people: its own. An officer: those he
    leads or stands in for today, whoever led them when the list was frozen. Firms, discipline and administrators: none.

    Source: 三职(一)-4.
    """
    rows = CampaignFirm.objects.filter(campaign__town_id=by.town_id)
    if by.is_system or by.post in EVERYTHING_ROLES:
        return rows
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_VISITS):
        return rows.none()
    if by.post == Role.GRID_OFFICER:
        return rows.filter(enterprise__in=grids.enterprise_ids_of(by.account_id or 0))
    if by.post == Role.LEADER:
        mine = Q(community_id__in=by.charge_ids) | Q(campaign__office_id__in=by.charge_ids)
        return rows.filter(mine) if by.charge_ids else rows
    if by.office_kind == OfficeKind.COMMUNITY:
        return rows.filter(community_id=by.office_id)
    return rows


def visible_to(by: Actor) -> QuerySet[Campaign]:
    """Return the campaigns with an enterprise this person may see."""
    seen = firms_visible_to(by).filter(campaign_id=OuterRef("pk"))
    return Campaign.objects.filter(Exists(seen), town_id=by.town_id)


def may_open(by: Actor) -> bool:
    """Say whether a person opens campaigns: the hub, and the head of a department. Source: 三职(一)-4."""
    return rights.may(by.post, Right.OPEN_CAMPAIGN) and by.office_kind in (OfficeKind.HUB, OfficeKind.DEPARTMENT)


def require_open(by: Actor) -> None:
    """Let pass only who opens campaigns.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_open(by):
        raise NotAllowed("专项行动由中转站或部门负责人开展。")


def may_close(by: Actor, campaign: Campaign) -> bool:
    """Say whether a person sums this one up: who may open, of the office that opened it, or the hub."""
    return may_open(by) and (by.office_id == campaign.office_id or by.office_kind == OfficeKind.HUB)


def take(campaign_id: int, by: Actor) -> Campaign:
    """Lock a campaign this person may see.

    Raises:
        NotFound: none, or not one of his.
    """
    found = visible_to(by).filter(pk=campaign_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return Campaign.objects.select_for_update(of=("self",)).get(pk=found)
