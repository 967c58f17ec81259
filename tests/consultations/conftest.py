"""Consultations are about cases: the cases' town serves."""

from tests.cases.conftest import world

__all__ = ["world"]
