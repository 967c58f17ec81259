"""A town with its offices and three administrators, made by the real actions from a small plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import reads as ledger
from qinqing.people import reads
from qinqing.people.actions import accounts, posts, towns
from qinqing.people.models import Account, Post, Town
from qinqing.people.words import Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
GOOD = "Meng-He 2026 镇"


def plan(code: str = "demo", **more: Any) -> Any:
    """A plan as far as people read it."""
    office = SimpleNamespace
    return SimpleNamespace(
        town=SimpleNamespace(code=code, name="演示镇", short="演示"),
        offices=more.get("offices")
        or [
            office(code="hub", kind="hub", name="经济和科技发展办公室", short="经科办", is_outpost=False),
            office(code="build", kind="department", name="建设管理办公室", short="建管办", is_outpost=False),
            office(code="land", kind="department", name="自然资源所", short="资规所", is_outpost=True),
        ],
        communities=more.get("communities")
        or [
            office(code="v1", kind="community", name="示范一村", short="一村"),
            office(code="v2", kind="community", name="示范二村", short="二村"),
        ],
    )


def root(town: Town | None = None, code: str = "demo") -> Actor:
    return Actor.system("安装", town_id=town.pk if town else 0, book=code)


@dataclass
class World:
    """A town, hands that act in it, and short ways to make people."""

    town: Town
    root: Actor
    system_admin: Actor
    security_admin: Actor
    auditor: Actor

    def account(self, username: str, name: str = "", password: str | None = None) -> Account:
        return accounts.add_account(
            username=username, name=name or f"演示{username}", password=password, by=self.root, at=NOW
        )

    def post(
        self, account: Account, office: str, role: Role, starts_on: date = TODAY, ends_on: date | None = None
    ) -> Post:
        return posts.name_post(
            account_id=account.pk,
            office_id=reads.office_by_code(self.town.pk, office).pk,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            by=self.root,
            at=NOW,
        )

    def person(self, username: str, office: str, role: Role, password: str | None = None) -> Account:
        account = self.account(username, password=password)
        self.post(account, office, role)
        return account

    def actor(self, account: Account, on: date = TODAY) -> Actor:
        return reads.actor_of(reads.posts_of(account, on)[0])

    def entries(self, account: Account) -> list[Any]:
        return list(ledger.entries_of("account", account.pk))


def make_world(code: str = "demo") -> World:
    town = towns.install_town(plan(code), by=root(code=code), at=NOW, is_demo=True)
    by = root(town, code)
    towns.install_offices(plan(code), town=town, by=by, at=NOW)
    world = World(town, by, by, by, by)
    admins = {}
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        account = accounts.add_account(username=f"{code}-{role}", name=role.label, password=None, by=by, at=NOW)
        world.post(account, "administration", role)
        admins[str(role)] = world.actor(account)
    world.system_admin, world.security_admin, world.auditor = admins.values()
    return world


def days(count: int) -> timedelta:
    return timedelta(days=count)
