"""The small town with its checklists and phones, as the patrol's tests have it."""

from tests.patrol.conftest import rounds

__all__ = ["rounds"]
