"""Every test of people has a town with its offices and three administrators."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from qinqing.people.models import Account
    from tests.people.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.people.world import make_world

    return make_world()


@pytest.fixture
def handler(world: "World", clock: Any) -> "Account":
    """An official who has set his own password."""
    from qinqing.people.words import Role
    from tests.people.door import settle
    from tests.people.world import GOOD

    account = world.person("wang", "build", Role.HANDLER, password=GOOD)
    settle(account)
    return account
