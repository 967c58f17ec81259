"""Accounts: made, edited, shut, opened; passwords that keep the rules; sessions and second factors ended."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.people import reads
from qinqing.people.actions import access, accounts
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.people.world import GOOD, NOW, World, days, make_world


class TestAdding:
    def test_makes_an_account_that_must_change_its_password(self, world: World) -> None:
        account = accounts.add_account(
            username=" Wang.Jun ", name=" 王 军 ", password=GOOD, by=world.system_admin, at=NOW
        )
        assert (account.username, account.name) == ("wang.jun", "王 军")
        assert account.must_change_password
        assert account.check_password(GOOD)
        assert account.password.startswith("argon2")
        assert account.password_changed_at == NOW
        entry = world.entries(account)[-1]
        assert (entry.kind, entry.sentence) == ("account.added", "为王 军（wang.jun）建立账号。")
        assert GOOD not in json.dumps(entry.facts, ensure_ascii=False)

    @pytest.mark.parametrize("username", ["", "a", "两 字", "a b", "-ab", "x" * 41, "<b>", "a/b"])
    def test_refuses_a_user_name_nobody_could_type(self, world: World, username: str) -> None:
        before = Account.objects.count()
        with pytest.raises(Refused) as refusal:
            accounts.add_account(username=username, name="某人", password=None, by=world.root, at=NOW)
        assert (refusal.value.code, refusal.value.field) == ("username_bad", "username")
        assert Account.objects.count() == before

    @pytest.mark.parametrize("name", ["", "  ", "名" * 41, "\u200b"])
    def test_refuses_a_person_without_a_name(self, world: World, name: str) -> None:
        with pytest.raises(Refused) as refusal:
            accounts.add_account(username="somebody", name=name, password=None, by=world.root, at=NOW)
        assert refusal.value.field == "name"
        assert not Account.objects.filter(username="somebody").exists()

    def test_a_user_name_is_taken_in_any_letter_case_in_every_town(self, world: World) -> None:
        world.account("wang")
        other = make_world("other")
        for username, by in (("WANG", world.root), ("wang", other.root)):
            with pytest.raises(Refused) as refusal:
                accounts.add_account(username=username, name="某人", password=None, by=by, at=NOW)
            assert refusal.value.code == "username_taken"
        assert Account.objects.filter(username__iexact="wang").count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(username="Wang", name="某人", town=world.town, created_at=NOW)

    def test_only_the_system_administrator_makes_staff_accounts(self, world: World) -> None:
        hub = world.actor(world.person("head", "hub", Role.HUB_HEAD))
        for by in (world.security_admin, world.auditor, hub):
            with pytest.raises(NotAllowed):
                accounts.add_account(username="somebody", name="某人", password=None, by=by, at=NOW)
        assert (
            accounts.add_contact_account(username="factory", name="厂长", password=None, by=hub, at=NOW).town
            == world.town
        )
        assert not Account.objects.filter(username="somebody").exists()


class TestPasswords:
    @pytest.mark.parametrize(
        ("password", "says"),
        [
            ("Ab1!", "至少10位"),
            ("abcdefghij", "至少三类"),
            ("abcdefgh12", "至少三类"),
            ("ABCDEFGH12", "至少三类"),
            ("Xx-wangjun-9", "不能含有用户名"),
            ("Xx-nujgnaw-9", "不能含有用户名"),
            ("X" * 200 + "a1", "最长128位"),
        ],
    )
    def test_weak_ones_are_refused_with_the_rule_they_break(self, world: World, password: str, says: str) -> None:
        with pytest.raises(Refused) as refusal:
            accounts.add_account(username="wangjun", name="王军", password=password, by=world.root, at=NOW)
        assert refusal.value.field == "password"
        assert says in refusal.value.sentence
        assert not Account.objects.filter(username="wangjun").exists()

    def test_all_broken_rules_are_told_at_once(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            accounts.add_account(username="wangjun", name="王军", password="password", by=world.root, at=NOW)
        assert all(part in refusal.value.sentence for part in ("至少10位", "至少三类", "太常见"))

    def test_the_last_five_may_not_come_back_but_the_sixth_may(self, world: World) -> None:
        account = world.account("wang", password=f"{GOOD}-0")
        me = reads.himself(account)
        for n in range(1, 5):
            accounts.change_password(account_id=account.pk, password=f"{GOOD}-{n}", by=me, at=NOW + days(n))
        for n in range(5):
            with pytest.raises(Refused, match="最近5次"):
                accounts.change_password(account_id=account.pk, password=f"{GOOD}-{n}", by=me, at=NOW + days(9))
        accounts.change_password(account_id=account.pk, password=f"{GOOD}-5", by=me, at=NOW + days(9))
        accounts.change_password(account_id=account.pk, password=f"{GOOD}-0", by=me, at=NOW + days(10))
        account.refresh_from_db()
        assert account.check_password(f"{GOOD}-0")
        assert account.old_passwords.count() <= 5

    def test_changing_ones_own_ends_the_duty_to_change(self, world: World) -> None:
        account = world.account("wang", password=GOOD)
        accounts.change_password(
            account_id=account.pk, password=GOOD + "!", by=reads.himself(account), at=NOW + days(1)
        )
        account.refresh_from_db()
        assert not account.must_change_password
        assert account.password_changed_at == NOW + days(1)
        assert world.entries(account)[-1].sentence.endswith("修改了自己的密码。")

    def test_a_reset_ends_every_session_and_asks_for_a_new_one(self, world: World) -> None:
        account = world.account("wang", password=GOOD)
        before = account.get_session_auth_hash()
        accounts.set_password(account_id=account.pk, password=GOOD + "?", by=world.system_admin, at=NOW)
        account.refresh_from_db()
        assert account.must_change_password
        assert account.get_session_auth_hash() != before

    def test_nobody_resets_his_own_or_changes_anothers(self, world: World) -> None:
        account = world.account("wang", password=GOOD)
        admin = world.system_admin
        with pytest.raises(NotAllowed):
            accounts.set_password(account_id=admin.account_id or 0, password=GOOD, by=admin, at=NOW)
        with pytest.raises(NotAllowed):
            accounts.change_password(account_id=account.pk, password=GOOD + "?", by=admin, at=NOW)
        account.refresh_from_db()
        assert account.check_password(GOOD)

    def test_the_hub_resets_contacts_but_never_staff(self, world: World) -> None:
        hub = world.actor(world.person("head", "hub", Role.HUB_HEAD))
        factory = accounts.add_contact_account(username="factory", name="厂长", password=GOOD, by=hub, at=NOW)
        handler = world.person("li", "build", Role.HANDLER, password=GOOD)
        accounts.set_password(account_id=factory.pk, password=GOOD + "?", by=hub, at=NOW)
        with pytest.raises(NotAllowed):
            accounts.set_password(account_id=handler.pk, password=GOOD + "?", by=hub, at=NOW)
        handler.refresh_from_db()
        assert handler.check_password(GOOD)


class TestShutting:
    def test_shuts_and_opens_again(self, world: World) -> None:
        account = world.person("li", "build", Role.HANDLER)
        before = account.get_session_auth_hash()
        accounts.disable_account(account_id=account.pk, reason="调离", by=world.system_admin, at=NOW)
        account.refresh_from_db()
        assert not account.is_active
        assert account.get_session_auth_hash() != before
        assert world.entries(account)[-1].sentence == "停用演示li（li）的账号：调离。"
        with pytest.raises(Refused) as refusal:
            accounts.disable_account(account_id=account.pk, by=world.root, at=NOW)
        assert refusal.value.code == "already_disabled"
        accounts.enable_account(account_id=account.pk, by=world.system_admin, at=NOW)
        account.refresh_from_db()
        assert account.is_active

    def test_nobody_shuts_his_own(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            accounts.disable_account(account_id=world.system_admin.account_id or 0, by=world.system_admin, at=NOW)
        assert refusal.value.code == "not_himself"
        assert Account.objects.get(pk=world.system_admin.account_id).is_active

    def test_another_towns_account_does_not_exist(self, world: World) -> None:
        theirs = make_world("other").account("theirs", password=GOOD)
        calls = [
            lambda: accounts.disable_account(account_id=theirs.pk, by=world.system_admin, at=NOW),
            lambda: accounts.enable_account(account_id=theirs.pk, by=world.system_admin, at=NOW),
            lambda: accounts.edit_account(account_id=theirs.pk, name="x", email="", by=world.system_admin, at=NOW),
            lambda: accounts.set_password(account_id=theirs.pk, password=GOOD + "?", by=world.system_admin, at=NOW),
            lambda: access.end_sessions(account_id=theirs.pk, by=world.system_admin, at=NOW),
            lambda: access.unlock_account(account_id=theirs.pk, by=world.system_admin, at=NOW),
            lambda: access.clear_second_factor(account_id=theirs.pk, by=world.system_admin, at=NOW),
        ]
        before = Account.objects.filter(pk=theirs.pk).values().get()
        for call in calls:
            with pytest.raises(NotFound):
                call()
        assert Account.objects.filter(pk=theirs.pk).values().get() == before


class TestAccess:
    def test_a_lost_second_factor_is_cleared_by_somebody_else(self, world: World) -> None:
        account = world.person("li", "build", Role.HANDLER)
        for kind in ("totp", "recovery_codes"):
            Authenticator.objects.create(user=account, type=kind, data={})
        assert reads.has_second_factor(account)
        before = account.get_session_auth_hash()
        access.clear_second_factor(account_id=account.pk, by=world.system_admin, at=NOW)
        account.refresh_from_db()
        assert not Authenticator.objects.filter(user=account).exists()
        assert account.get_session_auth_hash() != before
        with pytest.raises(NotAllowed):
            access.clear_second_factor(account_id=world.system_admin.account_id or 0, by=world.system_admin, at=NOW)

    def test_anybody_ends_his_own_sessions_and_only_his_own(self, world: World) -> None:
        mine, yours = world.account("mine"), world.account("yours")
        before = mine.get_session_auth_hash()
        access.end_sessions(account_id=mine.pk, by=reads.himself(mine), at=NOW)
        mine.refresh_from_db()
        assert mine.get_session_auth_hash() != before
        with pytest.raises(NotAllowed):
            access.end_sessions(account_id=yours.pk, by=reads.himself(mine), at=NOW)

    def test_editing_keeps_the_former_name_in_the_ledger(self, world: World) -> None:
        account = world.account("wang", "王军")
        accounts.edit_account(account_id=account.pk, name="王俊", email="w@example.cn", by=world.system_admin, at=NOW)
        account.refresh_from_db()
        assert (account.name, account.email) == ("王俊", "w@example.cn")
        assert world.entries(account)[-1].sentence == "修改王俊（wang）的账号资料，原名王军。"
