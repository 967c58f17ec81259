"""The demonstration town and browsers of its people."""

from tests.web.conftest import as_, world

__all__ = ["as_", "world"]
