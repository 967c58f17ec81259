"""Who speaks for a firm; phones sealed, masked, and every look at one written down."""

from typing import Any

import pytest
from django.db import connection

from qinqing.enterprises import queues, reads
from qinqing.enterprises.actions import contacts
from qinqing.enterprises.models import Contact, Enterprise
from qinqing.kernel import secrets
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.people.actions import accounts
from tests.enterprises.town import Town, entries, state
from tests.people.world import GOOD, NOW, TODAY, days


@pytest.fixture
def firm(town: Town) -> Enterprise:
    return town.firm("演示甲厂")


def add(town: Town, firm: Enterprise, **more: Any) -> Contact:
    facts = {"name": "演示厂长", "duty": "contact", "phone": "13800000000", "starts_on": TODAY, "by": town.clerk}
    return contacts.add_contact(enterprise_id=firm.pk, at=NOW, **(facts | more))


@pytest.mark.clause("附1-(1)b")
class TestAdd:
    def test_names_the_main_contact_and_closes_the_gap(self, town: Town, firm: Enterprise) -> None:
        assert list(queues.without_contact(town.clerk)) == [firm]
        contact = add(town, firm, by=town.v1_head)
        assert list(queues.without_contact(town.clerk)) == []
        assert (contact.phone_mask, contact.duty) == ("138****0000", "contact")
        entry = ledger.entries_of("enterprise", firm.pk)[1]
        assert "企业联系人（主）：演示厂长，电话138****0000" in entry.sentence

    def test_one_main_contact(self, town: Town, firm: Enterprise) -> None:
        add(town, firm)
        before = state(firm)
        with pytest.raises(Refused, match="演示厂长") as refusal:
            add(town, firm, name="演示副厂长")
        assert refusal.value.code == "main_contact_exists"
        assert state(firm) == before
        add(town, firm, name="演示副厂长", duty="deputy")
        add(town, firm, name="演示安全员", duty="safety", phone="")

    @pytest.mark.parametrize(
        ("field", "value"), [("name", ""), ("name", "=1+1"), ("duty", "boss"), ("duty", ""), ("phone", "138")]
    )
    def test_refuses_beside_the_field(self, town: Town, firm: Enterprise, field: str, value: str) -> None:
        before = state(firm)
        with pytest.raises(Refused) as refusal:
            add(town, firm, **{field: value})
        assert refusal.value.field == field
        assert state(firm) == before

    def test_departments_do_not(self, town: Town, firm: Enterprise) -> None:
        with pytest.raises(NotAllowed):
            add(town, firm, by=town.handler)
        with pytest.raises(NotFound):
            add(town, firm, by=town.v2_head)


class TestPhone:
    def test_is_nowhere_readable_in_the_database(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm, phone="13812345678")
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
                for row in cursor.fetchall():
                    assert "13812345678" not in str(row), table
        assert Contact.objects.get(phone_hash__in=secrets.indexes("13812345678", contacts.PHONE)) == contact

    @pytest.mark.parametrize("who", ["clerk", "handler", "v1_head", "leader", "supervisor"])
    def test_looking_at_it_is_an_entry(self, town: Town, firm: Enterprise, who: str) -> None:
        contact = add(town, firm)
        assert contacts.reveal_phone(contact_id=contact.pk, by=town.who[who], at=NOW) == "13800000000"
        entry = ledger.entries_of("enterprise", firm.pk)[2]
        assert (entry.kind, entry.actor_name) == ("enterprise.phone_revealed", town.who[who].name)
        assert "13800000000" not in entry.sentence + str(entry.facts)

    @pytest.mark.parametrize("who", ["v2_head", "discipline"])
    def test_others_do_not_see_it(self, town: Town, firm: Enterprise, who: str) -> None:
        contact = add(town, firm)
        before = state(firm)
        with pytest.raises(NotFound):
            contacts.reveal_phone(contact_id=contact.pk, by=town.who[who], at=NOW)
        assert state(firm) == before


class TestChange:
    def test_changes_are_told_without_the_number(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm)
        contacts.change_contact(
            contact_id=contact.pk, name="演示新厂长", duty="contact", phone="13900000000", by=town.clerk, at=NOW
        )
        assert "更正姓名、电话" in ledger.entries_of("enterprise", firm.pk)[2].sentence
        assert contacts.reveal_phone(contact_id=contact.pk, by=town.clerk, at=NOW) == "13900000000"

    def test_no_phone_given_leaves_it(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm)
        contacts.change_contact(contact_id=contact.pk, name="演示厂长", duty="legal", phone=None, by=town.clerk, at=NOW)
        with pytest.raises(Refused, match="没有改动"):
            contacts.change_contact(
                contact_id=contact.pk, name="演示厂长", duty="legal", phone="13800000000", by=town.clerk, at=NOW
            )
        contact.refresh_from_db()
        assert (contact.duty, contact.phone_mask) == ("legal", "138****0000")

    def test_ending_keeps_the_history(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm)
        for last in (TODAY + days(1), TODAY - days(1)):
            with pytest.raises(Refused):
                contacts.end_contact(contact_id=contact.pk, ends_on=last, by=town.clerk, at=NOW)
        contacts.end_contact(contact_id=contact.pk, ends_on=TODAY, by=town.clerk, at=NOW)
        assert reads.contacts_of(firm.pk) == []
        assert [line.ends_on for line in reads.contacts_of(firm.pk, ended=True)] == [TODAY]
        with pytest.raises(NotFound):
            contacts.reveal_phone(contact_id=contact.pk, by=town.clerk, at=NOW)
        assert entries(firm)[-1] == "enterprise.contact_ended"


class TestAccount:
    def test_the_hub_opens_one_and_it_speaks_for_the_firm(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm)
        contacts.open_account(contact_id=contact.pk, username="owner", password=GOOD, by=town.clerk, at=NOW)
        contact.refresh_from_db()
        actor = reads.contact_actor(contact.account_id or 0)
        assert actor is not None
        assert actor.enterprise_id == firm.pk
        assert reads.contact_accounts(firm.pk) == [contact.account_id]
        with pytest.raises(Refused, match="已有登录账号"):
            contacts.open_account(contact_id=contact.pk, username="owner2", password=GOOD, by=town.clerk, at=NOW)

    def test_others_do_not(self, town: Town, firm: Enterprise) -> None:
        contact = add(town, firm)
        with pytest.raises(NotAllowed):
            contacts.open_account(contact_id=contact.pk, username="owner", password=GOOD, by=town.v1_head, at=NOW)

    def test_one_account_one_firm_and_no_staff(self, town: Town, firm: Enterprise) -> None:
        account = accounts.add_contact_account(username="owner", name="演示厂长", password=None, by=town.clerk, at=NOW)
        add(town, firm, account_id=account.pk)
        other = town.firm("演示乙厂")
        with pytest.raises(Refused, match="演示甲厂"):
            add(town, other, account_id=account.pk)
        with pytest.raises(Refused, match="工作岗位"):
            add(town, other, account_id=town.handler.account_id)
        assert not other.contacts.exists()
