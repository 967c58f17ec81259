"""The statistics stand on the small town of the cases."""

from tests.cases.conftest import world

__all__ = ["world"]
