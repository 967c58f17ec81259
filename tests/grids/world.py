"""Two villages with heads, grids, officers and firms, made by the real actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinqing.enterprises.actions import contacts, files
from qinqing.enterprises.models import Enterprise
from qinqing.grids.actions import grids, officers, ties
from qinqing.grids.models import Grid, Liaison, Officer
from qinqing.kernel.actor import Actor
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.models import Office
from qinqing.people.words import Role
from tests.people.world import NOW, World, make_world

TODAY = NOW.date()


def day(number: int) -> date:
    """Return today plus so many days."""
    return TODAY + timedelta(days=number)


def moment(number: int) -> datetime:
    """Return nine o'clock of today plus so many days."""
    return NOW + timedelta(days=number)


@dataclass
class Village:
    """One village: its office, its head, two grids, three officers (甲 in both grids, 乙 in the first, 丙 in none)."""

    world: World
    office: Office
    head: Actor
    first: Grid
    second: Grid
    jia: Officer
    yi: Officer
    bing: Officer

    def firm(self, name: str = "", *, contact: bool = True) -> Enterprise:
        hub = hub_of(self.world)
        number = Enterprise.objects.count() + 1
        firm = files.create(
            raw={"name": name or f"演示汽配{number}厂", "no_code_reason": "正在办理"},
            community_id=self.office.pk,
            by=hub,
            at=NOW,
        )
        if contact:
            contacts.add_contact(
                enterprise_id=firm.pk,
                name=f"演示联系人{number}",
                duty="contact",
                phone="13800000000",
                starts_on=TODAY,
                by=hub,
                at=NOW,
            )
        return firm

    def tied(self, officer: Officer | None = None, *, rank: str = "lead", firm: Enterprise | None = None) -> Enterprise:
        firm = firm or self.firm()
        ties.tie(
            enterprise_id=firm.pk,
            officer_id=(officer or self.yi).post.account_id,
            rank=rank,
            grid_id=self.first.pk,
            by=self.head,
            at=NOW,
        )
        return firm

    def entries(self) -> list[str]:
        return [entry.kind for entry in ledger.entries_of("lists", self.office.pk)]


def account(officer: Officer) -> int:
    return officer.post.account_id


def periods(firm: Enterprise, rank: str = "lead") -> list[tuple[int, date, date | None]]:
    rows = Liaison.objects.filter(enterprise=firm, rank=rank).order_by("starts_on", "pk")
    return list(rows.values_list("officer_id", "starts_on", "ends_on"))


def hub_of(world: World) -> Actor:
    found = people.holders(world.town.pk, [Role.HUB_CLERK], TODAY)
    if found:
        return people.actor_of(found[0])
    return world.actor(world.person("clerk", "hub", Role.HUB_CLERK))


def make_village(world: World, code: str) -> Village:
    office = people.office_by_code(world.town.pk, code)
    head = world.actor(world.person(f"{code}-head", code, Role.OFFICE_HEAD))
    first, second = (
        grids.add_grid(community_id=office.pk, name=name, by=head, at=NOW) for name in ("第一网格", "第二网格")
    )
    named = [
        officers.name_officer(
            community_id=office.pk,
            name=f"演示{code}{name}",
            phone="13900000001",
            title="村委委员",
            grid_ids=[grid.pk for grid in served],
            by=head,
            at=NOW,
        )
        for name, served in (("甲", (first, second)), ("乙", (first,)), ("丙", ()))
    ]
    return Village(world, office, head, first, second, *named)


def make_villages() -> tuple[Village, Village]:
    world = make_world()
    return make_village(world, "v1"), make_village(world, "v2")
