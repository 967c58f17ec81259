"""The towns of the bench: forty variants of the demonstration plan, staffed and with firms. Everything is invented."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.db import transaction

from bench.house import ROOT
from bench.loading import Table, Writer, defaults, line, utc
from qinqing.enterprises.actions.settling import settle
from qinqing.enterprises.models import Contact, Enterprise, Park
from qinqing.grids.models import Grid, Liaison
from qinqing.kernel.actor import Actor
from qinqing.kernel.text import initials
from qinqing.people.models import Account, Office, Post
from qinqing.people.words import OfficeKind, Role
from qinqing.plan import loader
from qinqing.plan import reads as plans
from qinqing.plan.spec import Plan

_SURNAMES = "示范样例演试甲乙丙丁"
_GIVEN = "安平康宁远明达和顺成立新春华东海"
_TRADES = (
    "车灯",
    "汽配",
    "注塑",
    "模具",
    "五金",
    "电镀",
    "精密",
    "轴承",
    "线束",
    "包装",
    "纺织",
    "机械",
    "电子",
    "门窗",
)
_WORDS = ("宏", "盛", "联", "诚", "锦", "瑞", "恒", "泰", "鑫", "达", "源", "捷", "丰", "凯", "润", "博")
_initials = cache(initials)
LOADED = (Enterprise, Liaison)
"""Tables whose rows come with ids of ours."""
_CONTACTS = 40
"""Firms of a town whose owner has an account; the others spoke up through staff or their card."""


@dataclass
class Person:
    id: int
    name: str


@dataclass
class Seat:
    """An office and who sits there."""

    id: int
    code: str
    name: str
    people: list[Person] = field(default_factory=list)


@dataclass
class Firm:
    id: int
    name: str
    initials: str
    community: int
    park: int | None
    owner: Person | None = None


@dataclass
class BenchTown:
    id: int
    code: str
    version: int
    plan: Plan
    hub: Seat
    departments: list[Seat]
    communities: dict[int, Seat]
    firms: list[Firm] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    """Written once the firms are."""


def build(count: int, firms: int, *, at: datetime, dice: random.Random, writer: Writer) -> list[BenchTown]:
    """Set up `count` towns with `firms` firms together; the firms are written by `writer`."""
    base = loader.read(ROOT / "plans" / "demo.toml").plan
    since = date(at.year - 3, 1, 4)
    made = []
    for number in range(1, count + 1):
        with transaction.atomic():
            made.append(_town(base, number, at, since, firms // count, dice, writer))
    return made


def _town(
    base: Plan, number: int, at: datetime, since: date, firms: int, dice: random.Random, writer: Writer
) -> BenchTown:
    code = f"bench{number:02d}"
    spec = base.town.model_copy(update={"code": code, "name": f"演示{number:02d}镇", "short": f"演示{number:02d}"})
    plan = base.model_copy(update={"town": spec})
    town = settle(plan, by=Actor.system("演示装载", town_id=0, book=code), at=at)
    seats = {office.pk: Seat(office.pk, office.code, office.name) for office in Office.objects.filter(town=town)}
    kinds: dict[str, list[Seat]] = {}
    for office in Office.objects.filter(town=town, is_active=True):
        kinds.setdefault(office.kind, []).append(seats[office.pk])
    communities = {seat.id: seat for seat in kinds[OfficeKind.COMMUNITY.value]}
    _staff(town.pk, code, kinds, at, since, dice)
    version = plans.current_version(code)[0]
    made = BenchTown(
        town.pk, code, version, plan, kinds[OfficeKind.HUB.value][0], kinds[OfficeKind.DEPARTMENT.value], communities
    )
    _firms(made, firms, at, since, dice, writer)
    return made


_ROLES: dict[str, tuple[Role, ...]] = {
    OfficeKind.HUB.value: (Role.HUB_CLERK, Role.HUB_HEAD, Role.HUB_CLERK),
    OfficeKind.DEPARTMENT.value: (Role.HANDLER, Role.OFFICE_HEAD, Role.HANDLER),
    OfficeKind.COMMUNITY.value: (Role.GRID_OFFICER, Role.OFFICE_HEAD, Role.GRID_OFFICER),
    OfficeKind.SUPERVISION.value: (Role.SUPERVISOR,),
    OfficeKind.LEADERSHIP.value: (Role.LEADER,),
}


def _staff(town: int, code: str, kinds: dict[str, list[Seat]], at: datetime, since: date, dice: random.Random) -> None:
    accounts, places = [], []
    for kind, roles in _ROLES.items():
        for seat in kinds.get(kind, []):
            for place, role in enumerate(roles):
                name = dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN)
                accounts.append(_account(town, f"{code}.{seat.code}.{place}", name, at))
                places.append((seat, role))
    Account.objects.bulk_create(accounts)
    rows = [
        Post(account=account, office_id=seat.id, role=role.value, starts_on=since)
        for account, (seat, role) in zip(accounts, places, strict=True)
    ]
    Post.objects.bulk_create(rows)
    for account, (seat, _role) in zip(accounts, places, strict=True):
        seat.people.append(Person(account.pk, account.name))


def _account(town: int, username: str, name: str, at: datetime) -> Account:
    return Account(
        town_id=town, username=username, name=name, password="!", is_demo=True, created_at=at, password_changed_at=at
    )


def _firms(town: BenchTown, count: int, at: datetime, since: date, dice: random.Random, writer: Writer) -> None:
    """Give a town its firms, each with its officer; some with an owner who has an account."""
    seats = list(town.communities.values())
    parks = list(Park.objects.filter(town_id=town.id).values_list("pk", flat=True))
    grids = {seat.id: Grid(community_id=seat.id, name="第一网格") for seat in seats}
    Grid.objects.bulk_create(grids.values())
    firms, ties = Table.of(Enterprise, writer), Table.of(Liaison, writer)
    moment, blank, tie = utc(at), defaults(Enterprise), defaults(Liaison)
    first = (town.id - 1) * count + 1
    for number in range(count):
        key, seat = first + number, dice.choice(seats)
        parts = (
            "演示",
            dice.choice(_WORDS),
            dice.choice(_WORDS),
            dice.choice(_TRADES),
            f"{number + 1:04d}",
            "有限公司",
        )
        firm = Firm(
            key, "".join(parts), "".join(map(_initials, parts)), seat.id,
            dice.choice(parks) if parks and dice.random() < 0.5 else None,
        )  # fmt: skip
        town.firms.append(firm)
        firms.rows.append(
            line({
                **blank, "id": key, "town_id": town.id, "name": firm.name, "name_key": firm.name.lower(), "short": firm.name[2:8],
                "initials": firm.initials, "number_kind": "none", "no_code_reason": "演示数据", "community_id": seat.id,
                "park_id": firm.park, "is_demo": True, "created_at": moment, "updated_at": moment,
            }.values())
        )  # fmt: skip
        ties.rows.append(
            line({
                **tie, "id": key, "enterprise_id": key, "officer_id": seat.people[key % 2 * 2].id, "grid_id": grids[seat.id].pk,
                "starts_on": since, "started_by": "演示", "started_at": moment,
            }.values())
        )  # fmt: skip
    firms.flush()
    ties.flush()
    owners = [_account(town.id, f"{town.code}.owner{n}", f"示老板{n}", at) for n in range(min(_CONTACTS, count))]
    Account.objects.bulk_create(owners)
    for owner, firm in zip(owners, town.firms, strict=False):
        firm.owner = Person(owner.pk, owner.name)
    town.contacts = [
        Contact(enterprise_id=firm.id, account=owner, name=owner.name, starts_on=since)
        for owner, firm in zip(owners, town.firms, strict=False)
    ]
