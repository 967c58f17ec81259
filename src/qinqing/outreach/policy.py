"""Who reads what of the other contacts with enterprises, and who arranges them. Rows follow the firms a person serves."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from qinqing.enterprises import reads as enterprises
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.outreach.models import Alert, AlertFirm, Batch, ContactNote, Errand, Meeting, Message, Receipt, Share
from qinqing.outreach.words import Line
from qinqing.people import rights
from qinqing.people.lines import ENVIRONMENT, SAFETY, office_of_line
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, HUB_ROLES, OfficeKind, Role

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

NOT_FOUND = "没有找到，或不在您的查看范围内。"


def firm_ids(by: Actor, line: str = SAFETY) -> "QuerySet[Enterprise, int]":
    """Return the ids of the firms whose rows of a line this person reads, fit for `__in`.

    A department reads its own line only, a leader what is in his charge. The bearer of a card at the gate reads none.

    Source: domain §1.14.
    """
    rows = enterprises.visible_to(by)
    if not _reads_firms(by, line):
        rows = rows.none()
    elif by.post == Role.LEADER and not reads_town(by, line):
        rows = rows.filter(community_id__in=by.charge_ids)
    return rows.values_list("pk", flat=True)


def _reads_firms(by: Actor, line: str) -> bool:
    if by.enterprise_id is not None:
        return by.post == Role.CONTACT
    if not by.is_system and not rights.may(by.post, Right.READ_OUTREACH):
        return False
    return by.office_kind != OfficeKind.DEPARTMENT or is_of_line(by, line)


def reads_town(by: Actor, line: str = SAFETY) -> bool:
    """Say whether a person reads a line's rows of the whole town, those of no firm among them: hub, supervision, the office
    of the line, and the leaders above it.
    """
    if by.is_system or by.post in EVERYTHING_ROLES:
        return True
    office = office_of_line(line, town_id=by.town_id, book=by.book)
    if by.post == Role.LEADER:
        return not by.charge_ids or (office is not None and office.pk in by.charge_ids)
    return office is not None and office.pk == by.office_id


def is_of_line(by: Actor, line: str) -> bool:
    """Say whether the actor sits at the office competent for a line."""
    office = office_of_line(line, town_id=by.town_id, book=by.book)
    return office is not None and office.pk == by.office_id


def _who(by: Actor) -> int:
    return by.account_id or 0


# ── meetings ──


def meetings_visible_to(by: Actor) -> "QuerySet[Meeting]":
    """Return the meetings a person reads: held by him or at his community, or with firms he reads.

    A firm: those it was asked to.
    """
    rows = Meeting.objects.filter(town_id=by.town_id)
    if reads_town(by):
        return rows
    scope = Q(pk__in=Meeting.objects.filter(attendances__enterprise__in=firm_ids(by)).values("pk"))
    if by.enterprise_id is None:
        scope |= Q(host_id=_who(by))
    if by.office_kind == OfficeKind.COMMUNITY and by.post != Role.GRID_OFFICER:
        scope |= Q(community_id=by.office_id)
    return rows.filter(scope)


def take_meeting(meeting_id: UUID, by: Actor) -> Meeting:
    """Lock a meeting this person may correct: he held it, or heads the community it was held at.

    Raises:
        NotFound: not one he reads. NotAllowed: he may only read it.
    """
    found = meetings_visible_to(by).select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    if not may_correct(by, found):
        raise NotAllowed("到会情况由召集人或本村（社区）负责人更正。")
    return found


def may_correct(by: Actor, meeting: Meeting) -> bool:
    """Say whether this person puts attendance right."""
    if by.enterprise_id is not None:
        return False
    heads = by.post == Role.OFFICE_HEAD and by.office_id == meeting.community_id
    return meeting.host_id == by.account_id or heads


# ── publicity ──


def batches_visible_to(by: Actor) -> "QuerySet[Batch]":
    """Return the batches a person reads: of his office, or to firms he reads."""
    rows = Batch.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in EVERYTHING_ROLES:
        return rows
    scope = Q(pk__in=receipts_visible_to(by).values("batch_id"))
    if by.enterprise_id is None and by.office_id is not None and by.post != Role.GRID_OFFICER:
        scope |= Q(office_id=by.office_id)
    return rows.filter(scope | Q(account_id=_who(by)) if by.account_id else scope)


def receipts_visible_to(by: Actor) -> "QuerySet[Receipt]":
    """Return the receipts a person reads: of firms he reads in the batch's line, and of what his office sent."""
    rows = Receipt.objects.filter(batch__town_id=by.town_id)
    if by.office_kind != OfficeKind.DEPARTMENT:
        return rows.filter(enterprise__in=firm_ids(by))
    scope = Q(batch__office_id=by.office_id)
    for line in (Line.SAFETY, Line.ENVIRONMENT, Line.BUILDING):
        if is_of_line(by, line):
            scope |= Q(batch__line=line.value)
    return rows.filter(scope)


def require_arrange(by: Actor) -> None:
    """Let pass only who arranges publicity: hub, departments, communities, officers for their firms.

    Raises:
        NotAllowed: the post does not.
    """
    rights.require(by, Right.ARRANGE)


# ── alerts ──


def alerts_visible_to(by: Actor) -> "QuerySet[Alert]":
    """Return the alerts a person reads: all for those who read the environment's line, else those with firms of his."""
    rows = Alert.objects.filter(town_id=by.town_id)
    if reads_town(by, ENVIRONMENT):
        return rows
    return rows.filter(pk__in=alert_firms_visible_to(by).values("alert_id"))


def alert_firms_visible_to(by: Actor) -> "QuerySet[AlertFirm]":
    """Return the lines of alerts about firms a person reads."""
    return AlertFirm.objects.filter(alert__town_id=by.town_id, enterprise__in=firm_ids(by, ENVIRONMENT))


def may_start_alert(by: Actor) -> bool:
    """Say whether this person starts and lifts alerts: the environment's office and the hub. Source: 附2环-(5)."""
    return rights.may(by.post, Right.ARRANGE) and (by.post in HUB_ROLES or is_of_line(by, ENVIRONMENT))


def require_start_alert(by: Actor) -> None:
    """Let pass only who starts alerts.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_start_alert(by):
        raise NotAllowed("减排通知由环保主管部门（综执安监办）或中转站启动、解除。")


def may_reply(by: Actor) -> bool:
    """Say whether this person notes how far enterprises are: whoever serves them."""
    return by.enterprise_id is None and rights.may(by.post, Right.REACH_OUT)


# ── errands ──


def errands_visible_to(by: Actor) -> "QuerySet[Errand]":
    """Return the errands a person reads: given by his office, with a share of his or of his community's officers."""
    rows = Errand.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in EVERYTHING_ROLES or (by.post == Role.LEADER and not by.charge_ids):
        return rows
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_OUTREACH):
        return rows.none()
    if by.post == Role.LEADER:
        mine = Q(office_id__in=by.charge_ids) | Q(shares__community_id__in=by.charge_ids)
    elif by.post == Role.GRID_OFFICER:
        mine = Q(shares__account_id=_who(by))
    else:
        mine = Q(office_id=by.office_id) | Q(shares__community_id=by.office_id)
    return rows.filter(pk__in=Errand.objects.filter(mine).values("pk"))


def shares_visible_to(by: Actor) -> "QuerySet[Share]":
    """Return the shares a person reads of the errands he reads: an officer his own, a community its officers'."""
    rows = Share.objects.filter(errand__in=errands_visible_to(by).values("pk"))
    if by.post == Role.GRID_OFFICER:
        return rows.filter(account_id=_who(by))
    if by.office_kind == OfficeKind.COMMUNITY:
        return rows.filter(Q(community_id=by.office_id) | Q(errand__office_id=by.office_id))
    return rows


def may_give_errand(by: Actor) -> bool:
    """Say whether this person gives errands: departments (镇安委办 sits at one) and the hub. Source: 附2安-(7)."""
    return rights.may(by.post, Right.ARRANGE) and by.office_kind in (OfficeKind.DEPARTMENT, OfficeKind.HUB)


def require_give_errand(by: Actor) -> None:
    """Let pass only who gives errands.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_give_errand(by):
        raise NotAllowed("临时任务由综执安监办（镇安委办）等部门或中转站布置。")


# ── contact log and messages ──


def contacts_visible_to(by: Actor) -> "QuerySet[ContactNote]":
    """Return the contact notes a person reads: his own, his firms', his community's; hub and supervision the town's."""
    rows = ContactNote.objects.filter(town_id=by.town_id)
    if by.is_system or by.post in EVERYTHING_ROLES:
        return rows
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_OUTREACH):
        return rows.none()
    mine = Q(account_id=_who(by))
    if by.office_kind == OfficeKind.DEPARTMENT:
        return rows.filter(mine | Q(office_id=by.office_id))
    return rows.filter(mine | Q(enterprise__in=firm_ids(by)))


def messages_visible_to(by: Actor) -> "QuerySet[Message]":
    """Return the messages a person reads: an enterprise its own, an officer those of firms he leads or stands in for.

    Nobody else reads any, whatever he otherwise sees of the town.

    Source: 附1-(1)a.
    """
    if by.post == Role.CONTACT and by.enterprise_id is not None:
        return Message.objects.filter(enterprise_id=by.enterprise_id)
    if by.post == Role.GRID_OFFICER and by.account_id is not None:
        return Message.objects.filter(enterprise__in=grids.enterprise_ids_of(by.account_id))
    return Message.objects.none()


def require_thread(by: Actor, enterprise_id: int) -> None:
    """Let pass only the enterprise itself and its officers.

    Raises:
        NotFound: anybody else.

    Source: 附1-(1)a.
    """
    if by.post == Role.CONTACT and by.enterprise_id == enterprise_id:
        return
    if by.post == Role.GRID_OFFICER and grids.enterprise_ids_of(_who(by)).filter(enterprise_id=enterprise_id).exists():
        return
    raise NotFound(NOT_FOUND)
