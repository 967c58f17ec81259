"""A small demonstration town made by the real actions: offices and plan of plans/demo.toml, a handful of people, two firms."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qinqing.cases.actions.submit import report, submit
from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.consultations.actions import press
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import contacts, files, parks
from qinqing.grids.actions import grids, officers, ties
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.actions import accounts, posts, towns
from qinqing.people.models import Town
from qinqing.people.words import Role
from qinqing.plan import actions as plans
from qinqing.plan import loader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
PLAN = Path(__file__).parents[2] / "plans" / "demo.toml"
_reading: list[loader.Reading] = []


def moment(text: str) -> datetime:
    """Return "2026-11-23 09:00" as a moment in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class World:
    """The town and its people; each person is an Actor by a short name."""

    town: Town
    root: Actor
    who: dict[str, Actor] = field(default_factory=dict)
    firms: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        if name in self.who:
            return self.who[name]
        raise AttributeError(name)

    def office(self, code: str) -> int:
        return people.office_by_code(self.town.pk, code).pk

    def person(self, name: str, office: str, role: Role, charge: tuple[str, ...] = ()) -> Actor:
        account = accounts.add_account(username=name, name=f"示{name}", password=None, by=self.root, at=NOW)
        post = posts.name_post(
            account_id=account.pk,
            office_id=self.office(office),
            role=role,
            starts_on=date(2026, 1, 5),
            by=self.root,
            at=NOW,
        )
        if charge:
            posts.set_charge(post_id=post.pk, office_ids=[self.office(c) for c in charge], by=self.root, at=NOW)
        self.who[name] = people.actor_of(post)
        return self.who[name]

    def demand(self, by: str = "owner", at: datetime = NOW, firm: str = "lamp", **more: Any) -> Case:
        text = more.pop("text", "厂区东门外三盏路灯不亮，夜班工人下班不安全。麻烦尽快修一下。")
        return submit(by=self.who[by], at=at, enterprise_id=self.firms[firm], text=text, **more)

    def problem(self, by: str, at: datetime = NOW, firm: str = "lamp", **more: Any) -> Case:
        given: dict[str, Any] = {"text": "车间疏散通道堆放纸箱，疑似影响疏散。", "topic": "fire"}
        if by.startswith("officer"):
            given |= {"stop_whom": "演示厂长", "stop_at": at, "stop_way": "当面", "stop_response": "stopped"}
        return report(by=self.who[by], at=at, enterprise_id=self.firms[firm], **(given | more))

    def press(
        self, verb: Verb, case: Case, by: str, at: datetime = NOW, task_id: int | None = None, **values: Any
    ) -> Case:
        return press(verb, case.pk, by=self.who[by], at=at, values=values, task_id=task_id)

    def accepted(self, at: datetime = NOW, **more: Any) -> Case:
        case = self.demand(at=at, **more)
        return self.press(Verb.ACCEPT, case, "clerk", at, topic="streetlight", grade="ordinary")

    def in_hand(self, at: datetime = NOW, **more: Any) -> Case:
        case = self.accepted(at, **more)
        case = self.press(Verb.FORWARD, case, "clerk", at, lead=self.office("jianguan"))
        return self.press(Verb.SIGN, case, "build", at, handler=self.build.account_id)

    def answered(self, at: datetime = NOW, **more: Any) -> Case:
        case = self.in_hand(at, **more)
        return self.press(Verb.FINISH, case, "build", at, outcome="solved", reply="三盏灯都已修好。", told_way="phone")

    def verbs(self, case: Case) -> list[str]:
        return [entry.verb for entry in ledger.entries_of("case", case.pk)]


def reading() -> loader.Reading:
    if not _reading:
        _reading.append(loader.read(PLAN))
    return _reading[0]


def make_world(at: datetime = NOW) -> World:
    plan = reading().plan
    town = towns.install_town(plan, by=Actor.system("安装", town_id=0, book="demo"), at=at, is_demo=True)
    root = Actor.system("安装", town_id=town.pk, book=town.code)
    plans.load(plan, book=town.code, by=root, at=at)
    towns.install_offices(plan, town=town, by=root, at=at)
    parks.install_parks(parks=plan.parks, by=root, at=at)
    world = World(town, root)
    world.person("clerk", "jingke", Role.HUB_CLERK)
    world.person("clerk2", "jingke", Role.HUB_CLERK)
    world.person("head", "jingke", Role.HUB_HEAD)
    world.person("build", "jianguan", Role.HANDLER)
    world.person("build_head", "jianguan", Role.OFFICE_HEAD)
    world.person("law", "zhifa", Role.HANDLER)
    world.person("land", "ziran", Role.HANDLER)
    world.person("social", "shewu", Role.HANDLER)
    world.person("village", "cun01", Role.OFFICE_HEAD)
    world.person("village2", "cun02", Role.OFFICE_HEAD)
    world.person("supervisor", "ducha", Role.SUPERVISOR)
    world.person("discipline", "jiwei", Role.DISCIPLINE)
    world.person("leader", "lingdao", Role.LEADER, ("jianguan", "cun01"))
    world.person("leader2", "lingdao", Role.LEADER, ("shewu", "cun02"))
    world.person("sysadmin", "xitong", Role.SYSTEM_ADMIN)
    for name, code in (("officer", "cun01"), ("officer2", "cun02")):
        village = world.village if code == "cun01" else world.village2
        grid = grids.add_grid(community_id=world.office(code), name="第1网格", by=village, at=at)
        row = officers.name_officer(
            community_id=world.office(code),
            name=f"示{name}",
            grid_ids=[grid.pk],
            starts_on=at.date(),
            by=village,
            at=at,
        )
        seats = people.posts_of(row.post.account_id, at.date())
        world.who[name] = people.actor_of(seats[0])
    _firm(world, at, "lamp", "演示车灯有限公司", "cun01", "91320411MA0FAKE01M", "owner", "officer")
    _firm(world, at, "mould", "演示模具有限公司", "cun02", "91320411MA0FAKE02Q", "owner2", "officer2")
    return world


def _firm(
    world: World, at: datetime, code: str, name: str, community: str, uscc: str, owner: str, officer: str
) -> None:
    village = world.village if community == "cun01" else world.village2
    firm = files.create(
        raw={"name": name, "uscc": uscc}, community_id=world.office(community), by=world.clerk, at=at, is_demo=True
    )
    world.firms[code] = firm.pk
    account = accounts.add_contact_account(username=owner, name=f"示{owner}", password=None, by=world.clerk, at=at)
    contacts.add_contact(
        enterprise_id=firm.pk,
        name=f"示{owner}",
        duty="contact",
        phone="10000000001",
        starts_on=at.date(),
        by=world.clerk,
        at=at,
        account_id=account.pk,
    )
    actor = enterprises.contact_actor(account)
    assert actor is not None
    world.who[owner] = actor
    ties.tie(enterprise_id=firm.pk, officer_id=world.who[officer].account_id or 0, by=village, at=at)
