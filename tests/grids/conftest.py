"""Every test of grids has a village; some have its neighbour too."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.grids.world import Village


@pytest.fixture
def villages(db: None) -> "tuple[Village, Village]":
    from tests.grids.world import make_villages

    return make_villages()


@pytest.fixture
def village(villages: "tuple[Village, Village]") -> "Village":
    return villages[0]


@pytest.fixture
def neighbour(villages: "tuple[Village, Village]") -> "Village":
    return villages[1]
