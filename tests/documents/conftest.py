"""The same town as the cases', and the same visits as the patrol's."""

from tests.cases.conftest import world
from tests.patrol.conftest import rounds

__all__ = ["rounds", "world"]
