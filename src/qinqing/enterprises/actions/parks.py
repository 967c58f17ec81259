"""The plan's parks."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.enterprises.facts import lists as facts
from qinqing.enterprises.models import Park
from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right

if TYPE_CHECKING:
    from qinqing.plan.spec import ParkSpec


def install_parks(*, parks: Sequence["ParkSpec"], by: Actor, at: datetime) -> list[Park]:
    """Bring the town's parks in line with the plan: new ones in, names and communities as it says.

    A park the plan no longer names stays, since firms may stand in it. Doing it twice changes and records nothing.

    Raises:
        NotAllowed: `by` may not load plans.
        NotFound: a park names a community that the town does not have.
    Source: 二(三)-4.
    """
    with transaction.atomic():
        rights.require(by, Right.LOAD_PLAN)
        done: list[Park] = []
        touched: list[str] = []
        for place, spec in enumerate(parks):
            known = Park.objects.filter(town_id=by.town_id, code=spec.code).first()
            park = known or Park(town_id=by.town_id, code=spec.code)
            communities = {people.office_by_code(by.town_id, code).pk for code in spec.communities}
            before = (park.name, park.place, set(park.communities.values_list("pk", flat=True)) if known else set())
            park.name, park.place = spec.name, place
            if known is None or before != (spec.name, place, communities):
                park.save()
                park.communities.set(communities)
                touched.append(park.name)
            done.append(park)
        if touched:
            told = facts.ParksInstalled(names=tuple(touched))
            ledger.record(told, book=by.book, on=("town", by.town_id), label="园区", by=by, at=at, clause="二(三)-4")
    return done
