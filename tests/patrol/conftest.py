"""Every test of the patrol has the small demonstration town with its checklists, and most what is owed in it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.patrol.world import Rounds


@pytest.fixture
def rounds(db: None) -> "Rounds":
    from tests.patrol.world import make_rounds

    return make_rounds()
