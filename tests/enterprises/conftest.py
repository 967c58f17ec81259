"""Every test of enterprises has a town with a hub, two departments, two villages."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.enterprises.town import Town


@pytest.fixture
def town(db: None) -> "Town":
    from tests.enterprises.town import make_town

    return make_town()
