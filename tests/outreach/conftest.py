"""The small town of the cases' tests."""

from tests.cases.conftest import world

__all__ = ["world"]
