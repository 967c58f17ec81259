"""Cases pressed at random by everybody until they end: nothing breaks, everything adds up."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.words import ENDS
from tests.cases.invariants import check_case, check_town
from tests.cases.walk import Walk
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.mark.parametrize("seed", range(6))
def test_random_presses_of_random_people_bring_every_case_to_an_end(world: "World", seed: int) -> None:
    walk = Walk(world, seed, NOW)
    cases = [
        world.demand(),
        world.demand("officer", text="招不到注塑工，请帮忙发布招聘信息。"),
        world.demand("owner2", firm="mould", text="厂门口道路破损。"),
        world.problem("officer"),
        world.problem("law"),
        world.problem("law", several_offices=True),
    ]
    walk.at = NOW + timedelta(minutes=5)
    for _ in range(40):
        case = walk.dice.choice(cases)
        case.refresh_from_db()
        walk.step(case)
        check_case(case)
    for case in cases:
        case.refresh_from_db()
        walk.to_an_end(case)
        check_case(case)
        assert case.state in ENDS, (
            case.number,
            walk.refused[-6:],
            [(a.name, o.verb.label) for a, o in walk.offered(case)],
        )
    check_town(world)
