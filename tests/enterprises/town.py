"""The small town of tests/people with hands at every desk, and short ways to firms."""

from dataclasses import dataclass, field
from typing import Any

from qinqing.enterprises import uscc
from qinqing.enterprises.actions import files
from qinqing.enterprises.models import Enterprise
from qinqing.grids.actions import grids, officers, ties
from qinqing.kernel.actor import Actor
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.people.words import Role
from tests.people.world import NOW, World, make_world


def code(number: int, head: str = "91320411MA") -> str:
    """Return a code with every check digit right that no register ever gave out."""
    eight = f"{head[8:]}FK{number:04d}"
    seventeen = head[:8] + eight + uscc.organisation_digit(eight)
    return seventeen + uscc.check_digit(seventeen)


@dataclass
class Town:
    """People by short names: clerk, hub_head, handler, v1_head, v1_handler, v2_head, leader, supervisor, discipline."""

    world: World
    who: dict[str, Actor] = field(default_factory=dict)
    made: int = 0

    def __getattr__(self, name: str) -> Actor:
        if name in self.who:
            return self.who[name]
        raise AttributeError(name)

    @property
    def id(self) -> int:
        return self.world.town.pk

    def office(self, code: str) -> int:
        return people.office_by_code(self.id, code).pk

    def sit(self, name: str, office: str, role: Role) -> Actor:
        self.who[name] = self.world.actor(self.world.person(f"{self.world.town.code}-{name}", office, role))
        return self.who[name]

    def firm(self, name: str = "", village: str = "v1", **raw: Any) -> Enterprise:
        self.made += 1
        facts = {"name": name or f"演示汽配{self.made}厂", "uscc": code(self.made)} | raw
        return files.create(raw=facts, community_id=self.office(village), by=self.clerk, at=NOW)

    def officer(self, name: str, *firms: Enterprise, village: str = "v1") -> Actor:
        """Name a grid officer of a village, lead officer of these firms."""
        head = self.who[f"{village}_head"]
        known = list(people.office_by_code(self.id, village).grids.all())  # type: ignore[attr-defined]
        grid = (
            known[0] if known else grids.add_grid(community_id=self.office(village), name="第一网格", by=head, at=NOW)
        )
        named = officers.name_officer(
            community_id=self.office(village),
            name=f"演示{name}",
            phone="",
            title="",
            grid_ids=[grid.pk],
            by=head,
            at=NOW,
        )
        for firm in firms:
            ties.tie(
                enterprise_id=firm.pk, officer_id=named.post.account_id, rank="lead", grid_id=grid.pk, by=head, at=NOW
            )
        self.who[name] = people.actor_of(named.post)
        return self.who[name]


def entries(firm: Enterprise) -> list[str]:
    """Return the kinds of a firm's entries in order."""
    return [entry.kind for entry in ledger.entries_of("enterprise", firm.pk)]


def state(firm: Enterprise) -> dict[str, Any]:
    """Return everything stored of a firm and how many entries it has, to show that nothing changed."""
    row = Enterprise.objects.filter(pk=firm.pk).values().get()
    return row | {"entries": len(entries(firm)), "contacts": list(firm.contacts.order_by("pk").values())}


def make_town(code: str = "demo") -> Town:
    town = Town(make_world(code))
    for name, office, role in (
        ("clerk", "hub", Role.HUB_CLERK),
        ("hub_head", "hub", Role.HUB_HEAD),
        ("handler", "build", Role.HANDLER),
        ("v1_head", "v1", Role.OFFICE_HEAD),
        ("v1_handler", "v1", Role.HANDLER),
        ("v2_head", "v2", Role.OFFICE_HEAD),
        ("leader", "leadership", Role.LEADER),
        ("supervisor", "supervision", Role.SUPERVISOR),
        ("discipline", "supervision", Role.DISCIPLINE),
    ):
        if people.offices(town.id, active=False) and any(o.code == office for o in people.offices(town.id)):
            town.sit(name, office, role)
    return town
