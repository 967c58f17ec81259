"""Who sees which firms: the matrix, row by row; what is not his does not exist for him."""

import pytest

from qinqing.enterprises import listing, queues, reads
from qinqing.enterprises.actions import cards, contacts
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.people.actions import accounts, posts
from qinqing.people.words import Role
from tests.enterprises.town import Town, make_town
from tests.people.world import NOW, TODAY


def seen(by: Actor) -> set[str]:
    return set(reads.visible_to(by).values_list("name", flat=True))


@pytest.fixture
def firms(town: Town) -> Town:
    for name, village in (("甲厂", "v1"), ("乙厂", "v1"), ("丙厂", "v2")):
        town.firm(f"演示{name}", village)
    return town


ALL = {"演示甲厂", "演示乙厂", "演示丙厂"}
V1 = {"演示甲厂", "演示乙厂"}


class TestScope:
    @pytest.mark.parametrize(
        ("who", "rows"),
        [
            ("clerk", ALL),
            ("hub_head", ALL),
            ("handler", ALL),
            ("supervisor", ALL),
            ("leader", ALL),
            ("v1_head", V1),
            ("v1_handler", V1),
            ("v2_head", {"演示丙厂"}),
            ("discipline", set()),
        ],
    )
    def test_of_each_post(self, firms: Town, who: str, rows: set[str]) -> None:
        assert seen(firms.who[who]) == rows

    def test_of_the_three_administrators(self, firms: Town) -> None:
        world = firms.world
        for admin in (world.system_admin, world.security_admin, world.auditor):
            assert seen(admin) == set()

    def test_of_an_officer_is_his_own_firms(self, firms: Town) -> None:
        first = reads.visible_to(firms.clerk).get(name="演示甲厂")
        assert seen(firms.officer("甲", first)) == {"演示甲厂"}
        assert seen(firms.officer("乙")) == set()

    def test_of_a_leader_with_only_villages_is_theirs(self, firms: Town) -> None:
        post = posts.reads.posts_of(firms.leader.account_id or 0, TODAY)[0]
        posts.set_charge(post_id=post.pk, office_ids=[firms.office("v2")], by=firms.world.root, at=NOW)
        assert seen(posts.reads.actor_of(post)) == {"演示丙厂"}
        posts.set_charge(
            post_id=post.pk, office_ids=[firms.office("v2"), firms.office("build")], by=firms.world.root, at=NOW
        )
        assert seen(posts.reads.actor_of(post)) == ALL

    def test_of_another_town_is_its_own(self, firms: Town) -> None:
        other = make_town("other")
        assert seen(other.clerk) == set()
        other.firm("邻镇厂")
        assert seen(other.clerk) == {"邻镇厂"}
        assert seen(firms.clerk) == ALL

    def test_one_row_not_his_is_not_found(self, firms: Town) -> None:
        other = reads.visible_to(firms.clerk).get(name="演示丙厂")
        for by in (firms.v1_head, firms.discipline, firms.world.auditor):
            with pytest.raises(NotFound):
                reads.get_for(by, other.pk)
        assert reads.get_for(firms.clerk, other.pk) == other

    def test_lists_and_counts_keep_to_it(self, firms: Town) -> None:
        assert {row.name for row in listing.search(firms.v1_head).rows} == V1
        assert listing.count(firms.v1_head) == 2
        assert queues.counts(firms.v1_head, NOW).active == 2
        assert {firm.name for firm in queues.without_contact(firms.v1_head)} == V1
        with pytest.raises(NotAllowed):
            queues.unassigned(firms.v1_head)
        with pytest.raises(NotAllowed):
            queues.proposals_waiting(firms.v1_head)


class TestContactAndCard:
    @pytest.mark.clause("一-1")
    def test_a_contact_is_his_firm_only(self, firms: Town) -> None:
        firm = reads.visible_to(firms.clerk).get(name="演示甲厂")
        account = accounts.add_contact_account(username="owner", name="演示厂长", password=None, by=firms.clerk, at=NOW)
        assert reads.contact_actor(account) is None
        contact = contacts.add_contact(
            enterprise_id=firm.pk,
            name="演示厂长",
            duty="contact",
            phone="13800000000",
            starts_on=TODAY,
            account_id=account.pk,
            by=firms.clerk,
            at=NOW,
        )
        actor = reads.contact_actor(account.pk)
        assert actor is not None
        assert (actor.post, actor.enterprise_id, actor.book) == (Role.CONTACT, firm.pk, "demo")
        assert seen(actor) == {"演示甲厂"}
        contacts.end_contact(contact_id=contact.pk, ends_on=TODAY, by=firms.clerk, at=NOW)
        assert reads.contact_actor(account) is None

    def test_a_disabled_account_speaks_for_nobody(self, firms: Town) -> None:
        firm = reads.visible_to(firms.clerk).get(name="演示甲厂")
        account = accounts.add_contact_account(username="owner", name="演示厂长", password=None, by=firms.clerk, at=NOW)
        contacts.add_contact(
            enterprise_id=firm.pk, name="演示厂长", duty="contact", phone="", starts_on=TODAY,
            account_id=account.pk, by=firms.clerk, at=NOW,
        )  # fmt: skip
        accounts.disable_account(account_id=account.pk, by=firms.world.root, at=NOW)
        assert reads.contact_actor(account) is None

    @pytest.mark.clause("一-1")
    def test_a_card_is_its_firm_only_until_it_is_revoked(self, firms: Town) -> None:
        firm = reads.visible_to(firms.clerk).get(name="演示甲厂")
        cards.issue_card(enterprise_id=firm.pk, by=firms.v1_head, at=NOW)
        token = reads.card_token(firms.clerk, firm.pk)
        assert len(token) >= 22
        actor = reads.actor_of_card(token)
        assert actor is not None
        assert (actor.post, actor.account_id, actor.via) == (Role.CARD, None, "card")
        assert seen(actor) == {"演示甲厂"}
        cards.issue_card(enterprise_id=firm.pk, by=firms.v1_head, at=NOW)
        assert reads.actor_of_card(token) is None
        newer = reads.card_token(firms.clerk, firm.pk)
        cards.revoke_card(enterprise_id=firm.pk, reason="遗失", by=firms.clerk, at=NOW)
        assert reads.actor_of_card(newer) is None
        assert reads.card_token(firms.clerk, firm.pk) == ""

    def test_unknown_tokens_are_nobody(self, firms: Town) -> None:
        for token in ("", "x", "../../etc", "\x00", "令牌"):
            assert reads.actor_of_card(token) is None

    def test_the_database_alone_gives_no_working_card(self, firms: Town) -> None:
        firm = reads.visible_to(firms.clerk).get(name="演示甲厂")
        card = cards.issue_card(enterprise_id=firm.pk, by=firms.clerk, at=NOW)
        token = reads.card_token(firms.clerk, firm.pk)
        assert token not in card.token_hash + card.token_encrypted

    def test_departments_print_no_cards(self, firms: Town) -> None:
        firm = reads.visible_to(firms.clerk).get(name="演示甲厂")
        with pytest.raises(NotAllowed):
            cards.issue_card(enterprise_id=firm.pk, by=firms.handler, at=NOW)
        with pytest.raises(NotAllowed):
            reads.card_token(firms.handler, firm.pk)
