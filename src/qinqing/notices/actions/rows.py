"""Rows taken by one worker and passed over by the others."""

from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from qinqing.notices.models import Cursor, Post

Row = TypeVar("Row", Cursor, Post)


def unlocked(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Lock rows, passing over those another worker holds, where the database can."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows
