"""Every test of evidence has the cases' small town, and pictures that are really pictures."""

from typing import TYPE_CHECKING

import pytest

from tests.evidence.pictures import jpeg

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()


@pytest.fixture
def picture() -> bytes:
    return jpeg()
