"""Setting up a town and its offices from the plan."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger import actions as ledger
from qinqing.people import rights
from qinqing.people.facts import OfficesInstalled, TownInstalled
from qinqing.people.models import Office, Town
from qinqing.people.rights import Right
from qinqing.people.rules import STANDING_OFFICES


class TownSpec(Protocol):
    """What the plan says of the town."""

    @property
    def code(self) -> str:
        """Key of the town and name of its ledger book."""

    @property
    def name(self) -> str:
        """Name of the town."""


class OfficeSpec(Protocol):
    """What the plan says of one office or community."""

    @property
    def code(self) -> str:
        """Key within the town, never reused."""

    @property
    def kind(self) -> str:
        """A code of `people.words.OfficeKind`."""

    @property
    def name(self) -> str:
        """Full name."""

    @property
    def short(self) -> str:
        """Short name."""


class PlanOfTown(Protocol):
    """The part of a plan that this file reads."""

    @property
    def town(self) -> TownSpec:
        """The town."""

    @property
    def offices(self) -> Sequence[Any]:
        """Its offices, each an `OfficeSpec`."""

    @property
    def communities(self) -> Sequence[Any]:
        """Its villages and communities, each an `OfficeSpec`."""


def install_town(plan: PlanOfTown, *, by: Actor, at: datetime, is_demo: bool = False) -> Town:
    """Set up the plan's town if it is not there yet, or take over its new name; anything else stays.

    Raises:
        NotAllowed: `by` may not load plans.
    """
    with transaction.atomic():
        town = Town.objects.select_for_update().filter(code=plan.town.code).first()
        rights.require(by, Right.LOAD_PLAN)
        if town is not None and (town.name, town.is_demo) == (plan.town.name, is_demo):
            return town
        town = town or Town(code=plan.town.code)
        town.name, town.is_demo = plan.town.name, is_demo
        town.save()
        fact = TownInstalled(code=town.code, name=town.name)
        ledger.record(fact, book=town.code, on=("town", town.pk), label=town.name, by=by, at=at)
    return town


def install_offices(plan: PlanOfTown, *, town: Town, by: Actor, at: datetime) -> OfficesInstalled:
    """Bring a town's offices in line with its plan and return what changed (recorded only when something did).

    Offices are matched by code: new ones are added, names and order taken over, those no longer listed retired — their rows
    and history stay. 镇领导, 督查 and 系统管理 are added where the plan lists no unit of that kind.

    Raises:
        NotAllowed: `by` may not load plans.
        NotFound: the plan is another town's.
    """
    with transaction.atomic():
        town = Town.objects.select_for_update().get(pk=town.pk)
        rights.require(by, Right.LOAD_PLAN)
        if plan.town.code != town.code:
            raise NotFound(f"这份方案是“{plan.town.code}”的，不是{town.name}的。", code="plan_of_another_town")
        fact = _apply(_wanted(plan), town)
        if fact.added or fact.changed or fact.retired:
            ledger.record(fact, book=town.code, on=("town", town.pk), label=town.name, by=by, at=at)
    return fact


def _wanted(plan: PlanOfTown) -> dict[str, dict[str, Any]]:
    """Return the offices a town should have, by code, in order of display."""
    specs: list[OfficeSpec] = [*plan.offices, *plan.communities]
    wanted = {
        spec.code: {
            "kind": str(spec.kind),
            "name": spec.name,
            "short": spec.short,
            "is_outpost": bool(getattr(spec, "is_outpost", False)),
        }
        for spec in specs
    }
    kinds = {row["kind"] for row in wanted.values()}
    for code, kind, name, short in STANDING_OFFICES:
        if kind not in kinds:
            wanted[code] = {"kind": kind.value, "name": name, "short": short, "is_outpost": False}
    for place, row in enumerate(wanted.values(), start=1):
        row |= {"place": place, "is_active": True}
    return wanted


def _apply(wanted: dict[str, dict[str, Any]], town: Town) -> OfficesInstalled:
    present = {office.code: office for office in Office.objects.filter(town=town)}
    added, changed = [], []
    for code, row in wanted.items():
        office = present.pop(code, None)
        if office is None:
            Office.objects.create(town=town, code=code, **row)
            added.append(row["name"])
        elif any(getattr(office, key) != value for key, value in row.items()):
            Office.objects.filter(pk=office.pk).update(**row)
            changed.append(row["name"])
    gone = [office for office in present.values() if office.is_active]
    Office.objects.filter(pk__in=[office.pk for office in gone]).update(is_active=False)
    return OfficesInstalled(added=tuple(added), changed=tuple(changed), retired=tuple(office.name for office in gone))
