"""The demonstration town: people and firms of plans/demo.toml, put in by the real actions. Everything is invented and marked 演示."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from qinqing.checklists import actions as checklists
from qinqing.demo import checklists as checklist_story
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import cards, contacts, files, settling
from qinqing.enterprises.words import KEY_TAGS
from qinqing.grids import reads as grids
from qinqing.grids.actions import grids as grid_actions
from qinqing.grids.actions import officers, ties
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.people.actions import accounts, posts
from qinqing.people.words import Role
from qinqing.plan import loader
from qinqing.plan.demo_spec import DemoFirm, DemoPerson, DemoSpec

_HERE = Path(__file__).resolve().parent
PLAN_PLACES = (_HERE.parents[2] / "plans" / "demo.toml", _HERE.parent / "plans" / "demo.toml")
"""Where the town's file lies: in a checkout, or packed into the wheel."""
_YEAR_BEGAN = (1, 4)


@dataclass(frozen=True)
class Loaded:
    """What a load found or made."""

    book: str
    people: int
    firms: int
    is_new: bool


def load(*, at: datetime) -> Loaded:
    """Set up the demonstration town, all of it or nothing; a second time changes nothing.

    Raises:
        Refused: the town's file is not where it should be.
    """
    reading = loader.read(_plan_file())
    spec, book = reading.demo, reading.plan.town.code
    if spec is None:
        raise Refused("no_demo", "演示镇的方案文件里没有演示人员和企业。")
    machine = replace(Actor.system("演示装载", town_id=0, book=book), via="job")
    with transaction.atomic():
        town = settling.settle(reading.plan, by=machine, at=at)
        root = replace(machine, town_id=town.pk)
        checklists.settle(reading.plan, by=root, at=at)
        if people.holders(town.pk, [Role.HUB_CLERK], at.date()):
            return Loaded(book, len(spec.people), len(spec.firms), is_new=False)
        _Settlers(root, at, spec).move_in()
        checklist_story.keep(at)
    return Loaded(book, len(spec.people), len(spec.firms), is_new=True)


def _plan_file() -> Path:
    for place in PLAN_PLACES:
        if place.exists():
            return place
    raise Refused("no_demo_file", "没有找到演示镇的方案文件 plans/demo.toml。")


class _Settlers:
    """Moves people and firms in, in the order in which they need each other."""

    def __init__(self, root: Actor, at: datetime, spec: DemoSpec) -> None:
        self.root, self.at, self.spec = root, at, spec
        self.since = date(at.year, *_YEAR_BEGAN)
        self.offices = {office.code: office.pk for office in people.offices(root.town_id)}
        self.accounts: dict[str, int] = {}
        self.firms: dict[str, int] = {}

    def move_in(self) -> None:
        """Staff first, then firms with their officers, then the owners."""
        for person in self.spec.people:
            if person.role not in ("contact", "grid_officer"):
                self._staff(person)
        hub = self._acting(Role.HUB_CLERK)
        for person in self.spec.people:
            if person.role == "grid_officer":
                self._officer(person)
        parks = {park.code: park.pk for park in enterprises.parks(self.root.town_id)}
        for firm in self.spec.firms:
            self._firm(firm, hub, parks)
        for person in self.spec.people:
            if person.role == "contact":
                self._owner(person, hub)

    def _staff(self, person: DemoPerson) -> None:
        account = self._account(person)
        post = posts.name_post(
            account_id=account,
            office_id=self.offices[person.office],
            role=person.role,
            starts_on=self.since,
            by=self.root,
            at=self.at,
        )
        if person.charge:
            charge = [self.offices[code] for code in person.charge]
            posts.set_charge(post_id=post.pk, office_ids=charge, by=self.root, at=self.at)

    def _account(self, person: DemoPerson) -> int:
        made = accounts.add_account(
            username=person.username, name=person.name, password=None, is_demo=True, by=self.root, at=self.at
        )
        self.accounts[person.username] = made.pk
        return made.pk

    def _acting(self, role: Role, office: str = "") -> Actor:
        """Return somebody who holds a role, to act for what follows."""
        seats = people.holders(self.root.town_id, [role], self.at.date())
        return people.actor_of(next(s for s in seats if not office or s.office.code == office), via="job")

    def _officer(self, person: DemoPerson) -> None:
        head = self._acting(Role.OFFICE_HEAD, person.office)
        community = self.offices[person.office]
        known = {grid.name: grid.pk for grid in grids.grids_of(community)}
        grid = known.get(person.grid)
        if grid is None:
            grid = grid_actions.add_grid(community_id=community, name=person.grid, by=head, at=self.at).pk
        account = self._account(person)
        posts.name_post(
            account_id=account,
            office_id=community,
            role=Role.GRID_OFFICER,
            starts_on=self.since,
            by=self.root,
            at=self.at,
        )
        officers.name_officer(
            community_id=community, account_id=account, phone=person.phone, grid_ids=[grid], by=head, at=self.at
        )

    def _firm(self, firm: DemoFirm, hub: Actor, parks: dict[str, int]) -> None:
        raw = {
            "name": firm.name,
            "short": firm.short,
            "uscc": firm.uscc,
            "kind": firm.kind,
            "scale": firm.scale,
            "scale_year": str(self.at.year - 1),
            "industry": firm.industry,
            "workers": str(firm.workers),
            "production_address": firm.address,
            "park_id": parks.get(firm.park),
            "tags": list(firm.tags),
            "is_key": bool(KEY_TAGS.intersection(firm.tags)),
        }
        made = files.create(
            raw={name: value for name, value in raw.items() if value not in (None, [], "")},
            community_id=self.offices[firm.community],
            source="演示",
            is_demo=True,
            by=hub,
            at=self.at,
        )
        self.firms[firm.code] = made.pk
        head = self._acting(Role.OFFICE_HEAD, firm.community)
        ties.tie(enterprise_id=made.pk, officer_id=self.accounts[firm.officer], by=head, at=self.at)

    def _owner(self, person: DemoPerson, hub: Actor) -> None:
        account = accounts.add_contact_account(
            username=person.username, name=person.name, password=None, is_demo=True, by=hub, at=self.at
        )
        contacts.add_contact(
            enterprise_id=self.firms[person.firm],
            name=person.name,
            duty="contact",
            phone=person.phone,
            starts_on=self.since,
            by=hub,
            at=self.at,
            account_id=account.pk,
        )
        cards.issue_card(enterprise_id=self.firms[person.firm], by=hub, at=self.at)
