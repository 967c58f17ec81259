"""Granting and ending posts: dated, fitting, three administrators apart, never the hub's last clerk."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.people import reads
from qinqing.people.actions import accounts, posts
from qinqing.people.models import Account, Post
from qinqing.people.words import KINDS_OF_ROLE, OfficeKind, Role
from tests.people.world import NOW, TODAY, World, days, make_world

OFFICE_OF_KIND = {
    OfficeKind.HUB: "hub",
    OfficeKind.DEPARTMENT: "build",
    OfficeKind.COMMUNITY: "v1",
    OfficeKind.LEADERSHIP: "leadership",
    OfficeKind.SUPERVISION: "supervision",
    OfficeKind.ADMINISTRATION: "administration",
}


class TestNaming:
    @pytest.mark.clause("三要(二)-1")
    def test_names_a_person_a_post_and_a_duty(self, world: World) -> None:
        clerk = world.account("wang", "王演示")
        post = posts.name_post(
            account_id=clerk.pk,
            office_id=reads.office_by_code(world.town.pk, "hub").pk,
            role=Role.HUB_CLERK,
            starts_on=TODAY,
            by=world.security_admin,
            at=NOW,
        )
        actor = reads.actor_of(post)
        assert (actor.name, actor.post_label, actor.office_name) == ("王演示", "中转站专人", "经济和科技发展办公室")
        assert (actor.book, actor.town_id, actor.office_kind) == ("demo", world.town.pk, "hub")
        entry = world.entries(clerk)[-1]
        assert entry.sentence == "授予王演示（wang）经济和科技发展办公室“中转站专人”岗位，2026-11-23起。"
        assert entry.clause == "三要(二)-1"
        assert entry.actor_name == "安全管理员"

    @pytest.mark.parametrize("role", list(KINDS_OF_ROLE))
    def test_a_role_sits_only_where_it_belongs(self, world: World, role: Role) -> None:
        for kind, office in OFFICE_OF_KIND.items():
            account = world.account(f"p-{kind}")
            if kind in KINDS_OF_ROLE[role]:
                assert world.post(account, office, role).role == role
            else:
                with pytest.raises(Refused) as refusal:
                    world.post(account, office, role)
                assert refusal.value.code == "role_not_here"
                assert not account.posts.exists()

    @pytest.mark.parametrize("role", ["contact", "system", "card", "king", ""])
    def test_what_is_not_a_post_is_not_granted(self, world: World, role: str) -> None:
        account = world.account("somebody")
        with pytest.raises(Refused) as refusal:
            posts.name_post(
                account_id=account.pk,
                office_id=reads.office_by_code(world.town.pk, "hub").pk,
                role=role,
                starts_on=TODAY,
                by=world.root,
                at=NOW,
            )
        assert (refusal.value.code, refusal.value.field) == ("role_unknown", "role")
        assert not account.posts.exists()

    def test_nobody_grants_to_himself(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            posts.name_post(
                account_id=world.security_admin.account_id or 0,
                office_id=reads.office_by_code(world.town.pk, "hub").pk,
                role=Role.HUB_HEAD,
                starts_on=TODAY,
                by=world.security_admin,
                at=NOW,
            )
        assert refusal.value.code == "not_to_himself"
        assert Post.objects.filter(account_id=world.security_admin.account_id).count() == 1

    def test_only_the_security_administrator_grants(self, world: World) -> None:
        account = world.account("somebody")
        for by in (world.system_admin, world.auditor, world.actor(world.person("head", "hub", Role.HUB_HEAD))):
            with pytest.raises(NotAllowed):
                posts.name_post(
                    account_id=account.pk,
                    office_id=reads.office_by_code(world.town.pk, "hub").pk,
                    role=Role.HUB_CLERK,
                    starts_on=TODAY,
                    by=by,
                    at=NOW,
                )
        assert not account.posts.exists()

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
            (Role.AUDITOR, Role.SYSTEM_ADMIN),
            (Role.SECURITY_ADMIN, Role.AUDITOR),
            (Role.HUB_HEAD, Role.SYSTEM_ADMIN),
            (Role.AUDITOR, Role.HANDLER),
        ],
    )
    def test_three_administrators_are_kept_apart(self, world: World, first: Role, second: Role) -> None:
        places = {Role.HUB_HEAD: "hub", Role.HANDLER: "build"}
        account = world.person("both", places.get(first, "administration"), first)
        with pytest.raises(Refused) as refusal:
            world.post(account, places.get(second, "administration"), second)
        assert refusal.value.code == "roles_exclude"
        assert account.posts.count() == 1

    def test_the_same_post_twice_is_refused_until_the_first_has_ended(self, world: World) -> None:
        account = world.account("li")
        world.post(account, "build", Role.HANDLER, ends_on=TODAY + days(10))
        with pytest.raises(Refused) as refusal:
            world.post(account, "build", Role.HANDLER)
        assert refusal.value.code == "post_held"
        world.post(account, "build", Role.HANDLER, starts_on=TODAY + days(11))
        assert account.posts.count() == 2

    def test_a_disabled_account_gets_no_post(self, world: World) -> None:
        account = world.account("gone")
        accounts.disable_account(account_id=account.pk, by=world.root, at=NOW)
        with pytest.raises(Refused) as refusal:
            world.post(account, "build", Role.HANDLER)
        assert refusal.value.code == "account_disabled"

    def test_another_towns_people_and_offices_do_not_exist(self, world: World) -> None:
        other = make_world("other")
        theirs, ours = other.account("theirs"), world.account("ours")
        hub, their_hub = (reads.office_by_code(w.town.pk, "hub").pk for w in (world, other))
        for account_id, office_id in ((theirs.pk, hub), (ours.pk, their_hub)):
            with pytest.raises(NotFound):
                posts.name_post(
                    account_id=account_id, office_id=office_id, role="hub_clerk", starts_on=TODAY, by=world.root, at=NOW
                )
        assert not Post.objects.filter(account__in=[theirs, ours]).exists()


class TestDates:
    def test_a_post_is_open_from_its_first_to_its_last_day(self, world: World) -> None:
        account = world.account("dated")
        post = world.post(account, "build", Role.HANDLER, starts_on=TODAY, ends_on=TODAY + days(2))
        open_on = [reads.posts_of(account, TODAY + days(shift)) == [post] for shift in (-1, 0, 2, 3)]
        assert open_on == [False, True, True, False]
        assert reads.post_of(account, post.pk, TODAY) == post
        assert reads.post_of(account, post.pk, TODAY + days(3)) is None
        assert reads.post_of(world.account("other"), post.pk, TODAY) is None

    def test_ending_yesterday_takes_the_post_away_today_and_keeps_its_history(self, world: World) -> None:
        account = world.account("old")
        post = world.post(account, "build", Role.HANDLER, starts_on=TODAY - days(30))
        posts.end_post(post_id=post.pk, ends_on=TODAY - days(1), by=world.security_admin, at=NOW)
        assert reads.posts_of(account, TODAY) == []
        assert reads.posts_of(account, TODAY - days(1)) == [post]
        assert world.entries(account)[-1].kind == "post.ended"

    @pytest.mark.parametrize(("ends", "code"), [(-31, "ends_before_start"), (-2, "ends_in_the_past")])
    def test_history_is_not_rewritten(self, world: World, ends: int, code: str) -> None:
        account = world.account("old")
        post = world.post(account, "build", Role.HANDLER, starts_on=TODAY - days(30))
        with pytest.raises(Refused) as refusal:
            posts.end_post(post_id=post.pk, ends_on=TODAY + days(ends), by=world.root, at=NOW)
        assert refusal.value.code == code
        post.refresh_from_db()
        assert post.ends_on is None

    def test_a_disabled_account_and_a_retired_office_hold_nothing(self, world: World) -> None:
        account = world.person("li", "build", Role.HANDLER)
        assert reads.people_of(reads.office_by_code(world.town.pk, "build").pk, [Role.HANDLER], TODAY)
        accounts.disable_account(account_id=account.pk, by=world.root, at=NOW)
        assert reads.posts_of(account, TODAY) == []
        assert reads.people_of(reads.office_by_code(world.town.pk, "build").pk, None, TODAY) == []


class TestCharge:
    @pytest.mark.clause("三要(二)-2")
    def test_a_leader_brings_what_is_in_his_charge(self, world: World) -> None:
        leader = world.person("zhen", "leadership", Role.LEADER)
        post = reads.posts_of(leader, TODAY)[0]
        wanted = [reads.office_by_code(world.town.pk, code).pk for code in ("build", "v1")]
        posts.set_charge(post_id=post.pk, office_ids=wanted, by=world.security_admin, at=NOW)
        assert world.actor(leader).charge_ids == frozenset(wanted)
        assert reads.leaders_of([wanted[1]], TODAY) == [post]
        assert reads.leaders_of(wanted, TODAY) == [post]
        assert reads.leaders_of([reads.office_by_code(world.town.pk, "v2").pk], TODAY) == []
        assert world.entries(leader)[-1].sentence.endswith("的分管单位与蹲点村（社区）：建设管理办公室、示范一村。")

    def test_only_leaders_have_charge_and_only_of_offices_that_handle(self, world: World) -> None:
        head = reads.posts_of(world.person("head", "build", Role.OFFICE_HEAD), TODAY)[0]
        leader = reads.posts_of(world.person("zhen", "leadership", Role.LEADER), TODAY)[0]
        v1, audit = (reads.office_by_code(world.town.pk, code).pk for code in ("v1", "administration"))
        for post, office, code in ((head, v1, "not_a_leader"), (leader, audit, "not_in_charge")):
            with pytest.raises(Refused) as refusal:
                posts.set_charge(post_id=post.pk, office_ids=[office], by=world.root, at=NOW)
            assert refusal.value.code == code
            assert not post.in_charge_of.exists()


class TestLastClerk:
    @pytest.mark.clause("二(二)0-3")
    def test_the_last_named_person_of_the_hub_stays(self, world: World) -> None:
        clerk = world.person("wang", "hub", Role.HUB_CLERK)
        post = reads.posts_of(clerk, TODAY)[0]
        count = len(world.entries(clerk))
        with pytest.raises(Refused) as refusal:
            posts.end_post(post_id=post.pk, ends_on=TODAY, by=world.security_admin, at=NOW)
        assert refusal.value.code == "last_hub_clerk"
        with pytest.raises(Refused) as refusal:
            accounts.disable_account(account_id=clerk.pk, by=world.system_admin, at=NOW)
        assert refusal.value.code == "last_hub_clerk"
        post.refresh_from_db()
        clerk.refresh_from_db()
        assert post.ends_on is None
        assert clerk.is_active
        assert len(world.entries(clerk)) == count

    @pytest.mark.clause("二(二)0-3")
    def test_with_a_second_person_named_the_first_may_go(self, world: World) -> None:
        first, second = (world.person(name, "hub", Role.HUB_CLERK) for name in ("wang", "zhao"))
        posts.end_post(post_id=reads.posts_of(first, TODAY)[0].pk, ends_on=TODAY, by=world.root, at=NOW)
        assert [post.account for post in reads.holders(world.town.pk, [Role.HUB_CLERK], TODAY + days(1))] == [second]
        with pytest.raises(Refused):
            accounts.disable_account(account_id=second.pk, by=world.root, at=NOW + days(1))

    def test_a_successor_from_tomorrow_lets_the_first_end_today(self, world: World) -> None:
        first, second = world.person("wang", "hub", Role.HUB_CLERK), world.account("zhao")
        world.post(second, "hub", Role.HUB_CLERK, starts_on=TODAY + days(1))
        posts.end_post(post_id=reads.posts_of(first, TODAY)[0].pk, ends_on=TODAY, by=world.root, at=NOW)
        assert reads.holders(world.town.pk, [Role.HUB_CLERK], TODAY + days(1))[0].account == second

    def test_a_clerk_of_another_town_does_not_count(self, world: World) -> None:
        other = make_world("other")
        other.person("theirs", "hub", Role.HUB_CLERK)
        ours = world.person("ours", "hub", Role.HUB_CLERK)
        with pytest.raises(Refused):
            accounts.disable_account(account_id=ours.pk, by=world.root, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_last_clerks_cannot_end_one_another_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other anyway")
    world = make_world()
    pair = [world.person(name, "hub", Role.HUB_CLERK) for name in ("wang", "zhao")]
    ready, answers = Barrier(2), []

    def press(account: Account) -> None:
        ready.wait()
        try:
            accounts.disable_account(account_id=account.pk, by=world.root, at=NOW)
            answers.append("done")
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(account,)) for account in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "last_hub_clerk"]
    assert Account.objects.filter(pk__in=[account.pk for account in pair], is_active=True).count() == 1
