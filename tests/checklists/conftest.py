"""Every test of checklists has the small demonstration town; most also its eight drafts."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()


@pytest.fixture
def lists(world: "World") -> "World":
    from qinqing.checklists import actions
    from qinqing.plan import reads as plans
    from tests.cases.world import NOW

    actions.settle(plans.current(world.town.code), by=world.root, at=NOW)
    return world
