"""Who may look at a photo or file."""

from django.db.models import Q, QuerySet

from qinqing.enterprises import policy as enterprises
from qinqing.evidence.models import Attachment
from qinqing.kernel.actor import Actor
from qinqing.people import rights
from qinqing.people.rights import Right


def visible_to(by: Actor) -> QuerySet[Attachment]:
    """Return the attachments this person may look at: what he brought; what his office brought; what hangs on a firm he sees.

    Hub and supervision see the town's. A firm sees its own uploads and what was published to it. The three administrators
    see none.
    """
    rows = Attachment.objects.filter(town_id=by.town_id)
    mine = Q(account_id=by.account_id) if by.account_id is not None else Q(pk__in=[])
    if by.enterprise_id is not None:
        return rows.filter(mine | Q(enterprise_id=by.enterprise_id, for_enterprise=True))
    if rights.may(by.post, Right.READ_TOWN):
        return rows
    if not rights.may(by.post, Right.READ_ENTERPRISES):
        return rows.none()
    firms = Q(enterprise_id__in=enterprises.visible_to(by).values("pk"))
    # An officer sees his own and his firms'; whoever else sits at an office sees what its people brought.
    office = Q(office_id=by.office_id) if rights.may(by.post, Right.NAME_HANDLER) else Q(pk__in=[])
    return rows.filter(mine | firms | office)
