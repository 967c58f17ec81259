"""The people who speak for a firm. Their phones are sealed; whoever looks at one leaves an entry."""

from datetime import date, datetime

from django.db import transaction

from qinqing.enterprises import policy, values
from qinqing.enterprises.actions import writing
from qinqing.enterprises.facts import people as facts
from qinqing.enterprises.models import Contact, Enterprise
from qinqing.enterprises.words import Duty
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.kernel.text import mask_phone
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.actions import accounts
from qinqing.people.rights import Right

PHONE = "contact.phone"
"""The purpose contact phones are sealed for."""


def add_contact(
    *,
    enterprise_id: int,
    name: str,
    duty: str,
    phone: str,
    starts_on: date,
    by: Actor,
    at: datetime,
    account_id: int | None = None,
) -> Contact:
    """Name somebody who speaks for the firm. `account_id` ties him to an account with which he signs in.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: neither the hub nor the firm's community; only the hub ties accounts.
        Refused: name or phone cannot be taken; there is a main contact already.
    Source: 附1-(1)b.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        policy.require_tend(by, enterprise)
        contact = Contact(enterprise=enterprise, starts_on=starts_on)
        _fill(contact, name, duty, phone)
        _require_only_main(contact)
        if account_id is not None:
            _tie(contact, account_id, by)
        contact.save()
        told = facts.ContactAdded(
            name=enterprise.name,
            contact_id=contact.pk,
            person=contact.name,
            duty=Duty.label_of(contact.duty),
            phone_mask=contact.phone_mask,
            starts_on=starts_on.isoformat(),
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(1)b")
    return contact


def change_contact(*, contact_id: int, name: str, duty: str, phone: str | None, by: Actor, at: datetime) -> Contact:
    """Put a contact's name, duty or phone right; `phone` None leaves it as it is.

    Raises:
        NotFound, NotAllowed, Refused: as `add_contact`; nothing changes.
    Source: 附1-(1)b.
    """
    with transaction.atomic():
        enterprise, contact = _take(contact_id, by)
        before = (contact.name, contact.duty, contact.phone_hash)
        old_name = contact.name
        _fill(contact, name, duty, phone)
        now = (contact.name, contact.duty, contact.phone_hash)
        if before == now:
            raise Refused("nothing_changed", "没有改动。")
        _require_only_main(contact)
        contact.save()
        what = [word for word, a, b in zip(("姓名", "身份", "电话"), before, now, strict=True) if a != b]
        told = facts.ContactChanged(
            name=enterprise.name, contact_id=contact.pk, person=old_name, what="更正" + "、".join(what)
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(1)b")
    return contact


def end_contact(*, contact_id: int, ends_on: date, by: Actor, at: datetime) -> Contact:
    """Say that somebody no longer speaks for the firm; his account no longer opens it from this moment on.

    Raises:
        NotFound, NotAllowed: as `add_contact`.
        Refused: the last day is still to come, or lies before the first.
    Source: 附1-(1)b.
    """
    with transaction.atomic():
        enterprise, contact = _take(contact_id, by)
        if ends_on > at.date():
            raise Refused("ends_later", "停用日期不能晚于今天，请到当天再办。", field="ends_on")
        if ends_on < contact.starts_on:
            raise Refused("ends_before_start", f"停用日期不能早于开始日期{contact.starts_on}。", field="ends_on")
        contact.ends_on = ends_on
        contact.save(update_fields=["ends_on"])
        told = facts.ContactEnded(
            name=enterprise.name,
            contact_id=contact.pk,
            person=contact.name,
            duty=Duty.label_of(contact.duty),
            ends_on=ends_on.isoformat(),
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(1)b")
    return contact


def link_account(*, contact_id: int, account_id: int, by: Actor, at: datetime) -> Contact:
    """Tie a contact to the account with which he signs in.

    Raises:
        NotFound: no such contact or account in his town.
        NotAllowed: not the hub.
        Refused: the account speaks for another firm already, or belongs to staff.
    Source: 一-1.
    """
    with transaction.atomic():
        enterprise, contact = _take(contact_id, by)
        _tie(contact, account_id, by)
        contact.save(update_fields=["account"])
        told = facts.ContactChanged(
            name=enterprise.name, contact_id=contact.pk, person=contact.name, what="开通登录账号"
        )
        writing.tell(told, enterprise, by=by, at=at, clause="一-1")
    return contact


def open_account(*, contact_id: int, username: str, password: str, by: Actor, at: datetime) -> Contact:
    """Make an account for a contact and tie it to him; he changes the password when he first signs in.

    Raises:
        NotFound, NotAllowed, Refused: as `link_account` and `people.actions.accounts.add_contact_account`.
    Source: 一-1.
    """
    with transaction.atomic():
        enterprise, contact = _take(contact_id, by)
        if contact.account_id is not None:
            raise Refused("account_exists", f"{contact.name}已有登录账号。")
        account = accounts.add_contact_account(
            username=username, name=contact.name, password=password, by=by, at=at, is_demo=enterprise.is_demo
        )
        return link_account(contact_id=contact_id, account_id=account.pk, by=by, at=at)


def reveal_phone(*, contact_id: int, by: Actor, at: datetime) -> str:
    """Return a contact's full phone number, and write down that this person looked.

    Raises:
        NotFound: not a contact of a firm he may see.
        NotAllowed: his post does not look at phone numbers.
        Refused: there is none.
    Source: permission matrix; 个人信息保护 (domain research §9).
    """
    with transaction.atomic():
        enterprise, contact = _find(contact_id, by)
        rights.require(by, Right.REVEAL_PHONE)
        if not contact.phone_encrypted:
            raise Refused("no_phone", "没有登记电话。")
        phone = secrets.unseal(contact.phone_encrypted, PHONE)
        told = facts.PhoneRevealed(
            name=enterprise.name, contact_id=contact.pk, person=contact.name, phone_mask=contact.phone_mask
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附1-(1)b")
    return phone


def seal_phone(contact: Contact, phone: str) -> None:
    """Set a contact's phone, already in stored form: sealed, masked, indexed; "" takes it away."""
    contact.phone_encrypted = secrets.seal(phone, PHONE) if phone else ""
    contact.phone_mask = mask_phone(phone)
    contact.phone_hash = secrets.index(phone, PHONE) if phone else ""


def _fill(contact: Contact, name: str, duty: str, phone: str | None) -> None:
    contact.name = values.name("name", name, 60)
    if not contact.name:
        raise Refused("name_missing", "请填写姓名", field="name")
    contact.duty = values.choice("duty", duty, Duty)
    if not contact.duty:
        raise Refused("duty_missing", "请选择身份", field="duty")
    if phone is not None:
        seal_phone(contact, values.phone("phone", phone))


def _require_only_main(contact: Contact) -> None:
    if contact.duty != Duty.CONTACT:
        return
    others = Contact.objects.filter(enterprise=contact.enterprise, duty=Duty.CONTACT.value, ends_on__isnull=True)
    if other := others.exclude(pk=contact.pk).first():
        sentence = f"已有企业联系人（主）{other.name}：请先停用，或把新的登记为“企业联系人（备）”。"
        raise Refused("main_contact_exists", sentence, field="duty")


def _tie(contact: Contact, account_id: int, by: Actor) -> None:
    if not rights.may(by.post, Right.OPEN_CONTACT_ACCOUNT):
        raise NotAllowed("企业联系人的账号由中转站开通。")
    account = people.account(account_id)
    if account.town_id != by.town_id:
        raise NotFound("没有这个账号。", code="account_not_found")
    taken = Contact.objects.filter(account=account, ends_on__isnull=True).exclude(pk=contact.pk).first()
    if taken is not None:
        raise Refused("account_taken", f"该账号已是“{taken.enterprise.name}”的联系人。", field="account_id")
    if account.posts.exists():
        raise Refused("account_of_staff", "该账号有工作岗位，不能同时作为企业联系人。", field="account_id")
    contact.account = account


def _find(contact_id: int, by: Actor) -> tuple[Enterprise, Contact]:
    contact = Contact.objects.select_related("enterprise").filter(pk=contact_id, ends_on__isnull=True).first()
    if contact is None or not policy.visible_to(by).filter(pk=contact.enterprise_id).exists():
        raise NotFound("没有找到这位联系人，或不在您的查看范围内。")
    return contact.enterprise, contact


def _take(contact_id: int, by: Actor) -> tuple[Enterprise, Contact]:
    enterprise, contact = _find(contact_id, by)
    enterprise = policy.take(enterprise.pk, by)
    policy.require_tend(by, enterprise)
    locked = Contact.objects.select_for_update().filter(pk=contact.pk, ends_on__isnull=True).first()
    if locked is None:
        raise NotFound("这位联系人刚刚已被停用。")
    locked.enterprise = enterprise
    return enterprise, locked
