"""The database itself refuses to change or remove what happened to a finding, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from qinqing.findings.guards import TABLE
from qinqing.findings.models import Finding, FindingEvent
from qinqing.ledger import guards
from tests.findings.sent import opened, press

if TYPE_CHECKING:
    from tests.cases.world import World

CHANGES = (
    "text = '别的'",
    "kind = 'closed'",
    "state_after = 'closed'",
    "version = version + 7",
    "by_id = NULL",
    "by_name = '别人'",
    "photos = '[]'",
    "made_at = '2020-01-01'",
    "objections = '[]'",
)
REFUSED = "隐患的跟进只增不改"


def run(sql: str, values: Sequence[object] = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def rows() -> list[dict[str, object]]:
    return list(FindingEvent.objects.order_by("finding", "version").values())


@pytest.fixture
def row(world: "World") -> Finding:
    """Return a finding with a story."""
    made = opened(world)
    press(world, made, "advised", "officer")
    press(world, made, "rectified_claim", "officer")
    assert len(rows()) == 2
    return made


@pytest.mark.usefixtures("row")
def test_a_step_does_not_change() -> None:
    before = rows()
    for change in CHANGES:
        with pytest.raises(IntegrityError, match=REFUSED):
            run(f"UPDATE {TABLE} SET {change}")  # noqa: S608
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        FindingEvent.objects.update(text="别的")
    assert rows() == before


def test_nor_is_it_removed(row: Finding) -> None:
    before = rows()
    with pytest.raises(IntegrityError, match=REFUSED):
        run(f"DELETE FROM {TABLE}")  # noqa: S608
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingEvent.objects.filter(finding=row).delete()
    assert rows() == before


@pytest.mark.usefixtures("row")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_nor_truncated() -> None:
    connection.check_constraints()
    before = rows()
    with pytest.raises(IntegrityError, match=REFUSED):
        run(f"TRUNCATE {TABLE} CASCADE")
    assert rows() == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="OR REPLACE is SQLite's")
def test_nor_pushed_out_by_another_row(row: Finding) -> None:
    before = rows()
    names = [field.column for field in FindingEvent._meta.concrete_fields]
    for taken in ("id", "version"):
        kept = [name for name in names if name in ("id", "version") and name != taken]
        new = {"id": f"'{'0' * 32}'", "version": "99"}
        values = ", ".join(new[name] if name in kept else name for name in names)
        with pytest.raises(IntegrityError, match=REFUSED):
            run(
                f"INSERT OR REPLACE INTO {TABLE} ({', '.join(names)}) "  # noqa: S608
                f"SELECT {values} FROM {TABLE} WHERE version = 1 AND finding_id = %s",
                [row.pk],
            )
    assert rows() == before


def test_the_next_step_is_added_all_the_same(world: "World", row: Finding) -> None:
    before = rows()
    press(world, row, "recheck_pass", "officer")
    assert rows()[: len(before)] == before
    assert len(rows()) == len(before) + 1


@pytest.mark.usefixtures("row")
def test_a_missing_guard_is_missed_and_put_back() -> None:
    connection.check_constraints()
    assert guards.missing() == []
    name = f"{TABLE}_no_update" if connection.vendor == "sqlite" else f"{TABLE}_no_change"
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}"))
    assert guards.missing() == [name]
    guards.install()
    assert guards.missing() == []
    with pytest.raises(IntegrityError, match=REFUSED):
        run(f"UPDATE {TABLE} SET text = '别的'")  # noqa: S608
