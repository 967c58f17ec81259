"""Every test of people has a town with its offices and three administrators."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.people.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.people.world import make_world

    return make_world()
