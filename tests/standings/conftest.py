"""The lists stand on the small town of the cases, with a quarter in which one office had enough to do."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.standings.actions import calculating, deciding
from qinqing.standings.models import Listing, Score
from tests.cases.world import NOW, moment
from tests.web.conftest import as_, world

if TYPE_CHECKING:
    from tests.cases.world import World

__all__ = ["as_", "world"]
CODE = "2026-Q4"
COUNTED = moment("2027-01-05 09:00")
IN_WINDOW = moment("2027-01-07 09:00")
AFTER = moment("2027-01-12 09:00")


@pytest.fixture
def quarter(world: "World") -> list[Case]:
    """Six matters of 建管办: four solved and praised, one answered in time that displeased, one nobody answered."""
    found = []
    for _ in range(4):
        case = world.answered()
        world.press(Verb.RATE, case, "owner", solved="yes", satisfaction="very")
        world.press(Verb.REGISTER, case, "clerk")
        found.append(world.press(Verb.WRITE_OFF, case, "clerk"))
    case = world.answered()
    found.append(world.press(Verb.RATE, case, "owner", solved="no", satisfaction="dissatisfied", comment="又坏了。"))
    found.append(world.in_hand(NOW))
    return found


def calculated(world: "World") -> Listing:
    return calculating.calculate(code=CODE, by=world.clerk, at=COUNTED)


def opened(world: "World") -> Listing:
    return deciding.open_appeals(calculated(world).pk, by=world.clerk, at=COUNTED)


def submitted(world: "World") -> Listing:
    return deciding.submit(opened(world).pk, by=world.clerk, at=AFTER)


def published(world: "World") -> Listing:
    row = submitted(world)
    deciding.approve(row.pk, by=world.leader, at=AFTER)
    return deciding.publish(row.pk, by=world.clerk, at=AFTER)


def of(world: "World", row: Listing, code: str = "jianguan") -> Score:
    return Score.objects.get(listing=row, office_id=world.office(code))
