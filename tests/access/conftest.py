"""The same town as the cases', with every role in it."""

from typing import TYPE_CHECKING

import pytest

from qinqing.people.words import Role
from tests.api.conftest import speak
from tests.cases.conftest import world

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

__all__ = ["peopled", "speak", "world"]


@pytest.fixture
def peopled(world: "World", clock: "Clock") -> "World":
    clock.at("2026-11-23 09:30")
    world.person("security", "xitong", Role.SECURITY_ADMIN)
    world.person("auditor", "xitong", Role.AUDITOR)
    return world
