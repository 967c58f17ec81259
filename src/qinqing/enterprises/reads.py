"""Everything fetched about firms. Rows reach a door only through `visible_to`, `get_for` and what builds on them.

Lists with search and pages are in `listing`, the hub's waiting lists (待归属, 待审核, counts) in `queues`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.enterprises import policy, showing, uscc, values
from qinqing.enterprises.models import Card, Contact, Enterprise, Park
from qinqing.enterprises.words import Duty, Scale, Status, Tag
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people.words import Role

if TYPE_CHECKING:
    from qinqing.people.models import Account

CARD_TOKEN = "card.token"  # noqa: S105  the purpose card tokens are sealed for, not a token

visible_to = policy.visible_to


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One person who speaks, or spoke, for a firm."""

    id: int
    name: str
    duty: str
    duty_label: str
    phone_mask: str
    has_account: bool
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The enterprise card shown beside a matter."""

    id: int
    name: str
    number: str
    community: str
    community_id: int | None
    park: str
    status_label: str
    scale_label: str
    is_key: bool
    is_demo: bool
    tags: list[str]
    workers: int | None
    address: str
    industry: str
    main_contact: ContactLine | None


def get_for(by: Actor, enterprise_id: int) -> Enterprise:
    """Return a firm this person may see, its community and park fetched along.

    Raises:
        NotFound: no such firm, or not one of his: the answers are the same on purpose.
    """
    found = visible_to(by).select_related("town", "community", "park").filter(pk=enterprise_id).first()
    if found is None:
        raise NotFound("没有找到这家企业，或不在您的查看范围内。")
    return found


def version(enterprise: Enterprise) -> str:
    """Return what a page puts into its form, so that a save over somebody else's newer one is noticed."""
    return str(round(enterprise.updated_at.timestamp() * 1_000_000))


def card(enterprise: Enterprise) -> Summary:
    """Return what stands beside a matter about this firm. Expects a firm the asker may see."""
    contacts = contacts_of(enterprise.pk)
    return Summary(
        id=enterprise.pk,
        name=enterprise.name,
        number=showing.number(enterprise.uscc, enterprise.old_number),
        community=enterprise.community.name if enterprise.community else "",
        community_id=enterprise.community_id,
        park=enterprise.park.name if enterprise.park else "",
        status_label=Status.label_of(enterprise.status),
        scale_label=Scale.label_of(enterprise.scale),
        is_key=enterprise.is_key,
        is_demo=enterprise.is_demo,
        tags=[Tag.label_of(code) for code in enterprise.tags],
        workers=enterprise.workers,
        address=enterprise.production_address or enterprise.registered_address,
        industry=showing.in_words("industry", enterprise.industry),
        main_contact=next((line for line in contacts if line.duty == Duty.CONTACT), contacts[0] if contacts else None),
    )


def contacts_of(enterprise_id: int, *, ended: bool = False) -> list[ContactLine]:
    """Return who speaks for a firm, in the order they were named; with `ended` also who did."""
    rows = Contact.objects.filter(enterprise_id=enterprise_id)
    if not ended:
        rows = rows.filter(ends_on__isnull=True)
    return [_line(contact) for contact in rows]


def main_contacts(enterprise_ids: Iterable[int]) -> dict[int, ContactLine]:
    """Return whom to call at each of these firms, whose scope was checked elsewhere: the main contact, else the first. One query."""
    rows = Contact.objects.filter(enterprise_id__in=list(enterprise_ids), ends_on__isnull=True).order_by("id")
    found: dict[int, ContactLine] = {}
    for row in rows:
        if row.enterprise_id not in found or row.duty == Duty.CONTACT:
            found[row.enterprise_id] = _line(row)
    return found


def contact_for(by: Actor, contact_id: int) -> tuple[ContactLine, int]:
    """Return somebody who speaks for a firm this person may see, and the firm's id.

    Raises:
        NotFound: nobody, or not one of his firms.
    """
    found = Contact.objects.filter(
        pk=contact_id, ends_on__isnull=True, enterprise__in=visible_to(by).values("pk")
    ).first()
    if found is None:
        raise NotFound("没有找到这位联系人，或不在您的查看范围内。")
    return _line(found), found.enterprise_id


def _line(contact: Contact) -> ContactLine:
    return ContactLine(
        id=contact.pk,
        name=contact.name,
        duty=contact.duty,
        duty_label=Duty.label_of(contact.duty),
        phone_mask=contact.phone_mask,
        has_account=contact.account_id is not None,
        starts_on=contact.starts_on,
        ends_on=contact.ends_on,
    )


def contact_actor(account: "Account | int", *, via: str = "web") -> Actor | None:
    """Return the actor an account is for its firm, or None if it speaks for none.

    Source: 一-1.
    """
    account_id = account if isinstance(account, int) else account.pk
    contact = (
        Contact.objects.select_related("enterprise__town", "account")
        .filter(account_id=account_id, account__is_active=True, ends_on__isnull=True)
        .first()
    )
    return _actor(contact.enterprise, account_id, contact.name, Role.CONTACT, via) if contact else None


def contact_accounts(enterprise_id: int) -> list[int]:
    """Return the accounts that speak for a firm now: whom notices reach."""
    rows = Contact.objects.filter(enterprise_id=enterprise_id, ends_on__isnull=True, account__is_active=True)
    return list(rows.values_list("account_id", flat=True))


def actor_of_card(token: str) -> Actor | None:
    """Return the actor that the bearer of a QR card is, or None if the card is unknown or ended."""
    hashes = secrets.indexes(token, CARD_TOKEN)
    found = (
        Card.objects.select_related("enterprise__town").filter(token_hash__in=hashes, revoked_at__isnull=True).first()
    )
    if found is None:
        return None
    return _actor(
        found.enterprise, None, f"{found.enterprise.short or found.enterprise.name}（扫码）", Role.CARD, "card"
    )


def card_token(by: Actor, enterprise_id: int) -> str:
    """Return what is printed on a firm's valid card, "" if it has none; the same each time, so a faded one can be reprinted.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: neither the hub nor the firm's community.
    """
    enterprise = get_for(by, enterprise_id)
    policy.require_tend(by, enterprise)
    found = Card.objects.filter(enterprise=enterprise, revoked_at__isnull=True).first()
    return secrets.unseal(found.token_encrypted, CARD_TOKEN) if found else ""


def _actor(enterprise: Enterprise, account_id: int | None, name: str, role: Role, via: str) -> Actor:
    return Actor(
        account_id=account_id,
        name=name,
        post=role.value,
        post_label=role.label,
        town_id=enterprise.town_id,
        book=enterprise.town.code,
        enterprise_id=enterprise.pk,
        via=via,
    )


def by_ids(enterprise_ids: Iterable[int]) -> dict[int, Enterprise]:
    """Return firms by id for rows whose scope was checked elsewhere (matters, ties); unknown ids are left out."""
    return Enterprise.objects.select_related("community", "park").in_bulk(set(enterprise_ids))


def by_number(by: Actor, number: str) -> Enterprise | None:
    """Return the firm this person may see with this code or old number, or None."""
    text = uscc.normalise(number)
    return visible_to(by).filter(Q(uscc=text) | Q(old_number=text)).first() if text else None


def parks(town_id: int) -> list[Park]:
    """Return the town's parks in the plan's order."""
    return list(Park.objects.filter(town_id=town_id))


def of_town(town_id: int, enterprise_id: int) -> Enterprise:
    """Return a firm of a town, whoever asks: any member of staff may bring in a matter for any firm (首问负责制).

    Raises:
        NotFound: no such firm in this town.
    Source: 二(一)-7.
    """
    found = Enterprise.objects.filter(pk=enterprise_id, town_id=town_id).first()
    if found is None:
        raise NotFound("没有找到这家企业。")
    return found


def by_exact_name(town_id: int, typed: str) -> int | None:
    """Return the id of the town's firm with exactly this name or code, None if there is none. Source: 二(一)-7."""
    wanted = Q(name_key=values.name_key(typed)) | Q(uscc=typed.strip().upper())
    return Enterprise.objects.filter(wanted, town_id=town_id).values_list("pk", flat=True).first()
