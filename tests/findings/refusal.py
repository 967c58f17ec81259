"""A refusal that leaves nothing behind: findings, registers, cases and ledger are as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import serializers
from django.db.models import Model

from qinqing.findings import models
from qinqing.kernel.errors import Refused
from tests.cases import refusal as of_cases

TABLES: tuple[type[Model], ...] = tuple(getattr(models, name) for name in models.__all__)


def everything() -> dict[str, Any]:
    """Return every row of the findings' and the cases' tables and the numbers of the ledger's entries."""
    rows = {table.__name__: serializers.serialize("python", table._default_manager.order_by("pk")) for table in TABLES}
    return {**rows, "cases": of_cases.everything()}


@contextmanager
def refused(code: str, *, field: str = "", kind: type[Refused] = Refused) -> Iterator["pytest.ExceptionInfo[Refused]"]:
    """Expect a refusal with this code, beside this field, in a Chinese sentence, and nothing changed by the try."""
    before = everything()
    with pytest.raises(kind) as caught:
        yield caught
    assert (caught.value.code, caught.value.field) == (code, field)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.sentence)
    assert everything() == before, "a refusal leaves nothing behind"
