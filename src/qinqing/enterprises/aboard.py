"""What an officer's phone takes along of his firms: names, standing, whom to talk to. Asked for many firms at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from qinqing.enterprises import showing
from qinqing.enterprises.models import Contact, Enterprise
from qinqing.enterprises.words import ACTIVE_STATUSES, Duty
from qinqing.kernel import secrets

PHONE = "contact.phone"


@dataclass(frozen=True, slots=True)
class Talker:
    """Somebody who speaks for a firm; `phone` is "" unless full numbers were asked for."""

    id: int
    name: str
    duty: str
    phone_mask: str
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as it fits on a phone."""

    id: int
    name: str
    short: str
    number: str
    address: str
    community: str
    park: str
    status: str
    scale: str
    is_key: bool
    tags: tuple[str, ...]
    talkers: tuple[Talker, ...]


def firms(enterprise_ids: Iterable[int], *, with_phones: bool, most: int) -> list[Firm]:
    """Return the working ones of these firms by name, at most so many; two queries.

    Whoever calls has checked the scope; who asks for full numbers also tells the ledger that they were handed out.
    """
    active = sorted(status.value for status in ACTIVE_STATUSES)
    rows = Enterprise.objects.filter(pk__in=enterprise_ids, status__in=active).select_related("community", "park")
    found = list(rows.order_by("name", "pk")[:most])
    talkers: dict[int, list[Talker]] = {}
    for contact in Contact.objects.filter(enterprise__in=[row.pk for row in found], ends_on__isnull=True):
        talkers.setdefault(contact.enterprise_id, []).append(_talker(contact, with_phones=with_phones))
    return [_firm(row, tuple(talkers.get(row.pk, ()))) for row in found]


def _talker(contact: Contact, *, with_phones: bool) -> Talker:
    phone = secrets.unseal(contact.phone_encrypted, PHONE) if with_phones and contact.phone_encrypted else ""
    return Talker(contact.pk, contact.name, Duty.label_of(contact.duty), contact.phone_mask, phone)


def _firm(row: Enterprise, talkers: tuple[Talker, ...]) -> Firm:
    return Firm(
        id=row.pk,
        name=row.name,
        short=row.short or row.name,
        number=showing.number(row.uscc, row.old_number),
        address=row.production_address or row.registered_address,
        community=row.community.short if row.community else "",
        park=row.park.name if row.park else "",
        status=row.status,
        scale=row.scale,
        is_key=row.is_key,
        tags=tuple(row.tags),
        talkers=talkers,
    )
