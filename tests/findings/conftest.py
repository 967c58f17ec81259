"""Every test of findings has the small demonstration town of the cases' tests."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()
