"""Notices are about cases: the cases' town serves."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()
