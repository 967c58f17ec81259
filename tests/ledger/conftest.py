"""A book with something in it."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ledger.book import MONDAY, SYSTEM, Signed, append

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry


@pytest.fixture
def ten(db: None) -> "list[Entry]":
    """Ten entries of three cases in one book, an hour apart, the last by the system."""
    made = [append(n % 3 + 1, at=MONDAY + timedelta(hours=n)) for n in range(9)]
    return [*made, append(1, by=SYSTEM, fact=Signed(), at=MONDAY + timedelta(hours=9), clause="")]
