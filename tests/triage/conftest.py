"""The same town as the cases'."""

from tests.cases.conftest import world

__all__ = ["world"]
