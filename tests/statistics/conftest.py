"""The statistics stand on the small town of the cases."""

from tests.web.conftest import as_, world

__all__ = ["as_", "world"]
