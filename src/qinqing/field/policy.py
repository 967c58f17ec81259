"""Who may send from a phone, who sees phones and records, who may act on them."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from qinqing.field.models import Device
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people import rights
from qinqing.people.rights import Right

Row = TypeVar("Row", bound=Model)


def may_carry(by: Actor) -> bool:
    """Say whether this person goes out to firms, and so may carry a phone of the field."""
    return by.account_id is not None and by.office_id is not None and rights.may(by.post, Right.VISIT)


def require_carry(by: Actor) -> None:
    """Let pass only who goes out to firms.

    Raises:
        NotAllowed: his post does not.
    """
    rights.require(by, Right.VISIT)


def may_see(by: Actor) -> bool:
    """Say whether there is anything of the field for this person to see: those who go out, those who look after it."""
    return any(rights.may(by.post, right) for right in (Right.VISIT, Right.TEND_FIELD, Right.READ_TOWN))


def within(rows: QuerySet[Row], by: Actor) -> QuerySet[Row]:
    """Return the phones, records, conflicts or losses this person may see.

    Hub and supervision: the town's. The head of an office: his people's. Whoever carries a phone: his own.
    """
    rows = rows.filter(town_id=by.town_id)
    if rights.may(by.post, Right.READ_TOWN):
        return rows
    if rights.may(by.post, Right.TEND_FIELD):
        return rows.filter(office_id=by.office_id)
    return rows.filter(account_id=by.account_id) if may_see(by) else rows.none()


def take_device(rows: QuerySet[Device], by: Actor) -> Device:
    """Lock a phone, for its owner or for one who looks after phones.

    Raises:
        NotFound: none, or not one of his.
        NotAllowed: he may see it, and no more.
    """
    found = within(rows, by).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if found.account_id != by.account_id:
        rights.require(by, Right.TEND_FIELD)
    return found


def take(rows: QuerySet[Row], by: Actor) -> Row:
    """Lock the one row, for one who looks after it.

    Raises:
        NotFound: none, or not one of his.
        NotAllowed: he may see it, and no more.
    """
    found = within(rows, by).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    rights.require(by, Right.TEND_FIELD)
    return found
