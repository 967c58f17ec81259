"""Putting a plan into force in a town: version, offices and parks, all of it or nothing."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.enterprises.actions.parks import install_parks
from qinqing.kernel.actor import Actor
from qinqing.people.actions import towns
from qinqing.plan import actions as plans

if TYPE_CHECKING:
    from qinqing.people.models import Town
    from qinqing.plan.spec import Plan


def settle(plan: "Plan", *, by: Actor, at: datetime) -> "Town":
    """Set up the town if need be, store the version, bring offices and parks in line. Doing it twice changes nothing.

    `by` is a job of the system; its town is set once there is one.

    Raises:
        NotAllowed: `by` may not load plans.
    """
    with transaction.atomic():
        town = towns.install_town(plan, by=replace(by, book=plan.town.code), at=at, is_demo=plan.town.is_demo)
        inside = replace(by, town_id=town.pk, book=town.code)
        plans.load(plan, book=town.code, by=inside, at=at)
        towns.install_offices(plan, town=town, by=inside, at=at)
        install_parks(parks=plan.parks, by=inside, at=at)
    return town
