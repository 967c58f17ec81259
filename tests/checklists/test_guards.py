"""The database itself refuses to change or remove what was published, on SQLite and on PostgreSQL."""

from collections.abc import Sequence

import pytest
from django.db import IntegrityError, connection, transaction

from qinqing.checklists import actions, reads
from qinqing.checklists.guards import TABLE
from qinqing.checklists.models import ChecklistVersion
from qinqing.ledger import guards
from tests.cases.world import World
from tests.checklists.drafts import LATER, changed, prepared

MINE = "checklist_id = (SELECT id FROM checklists_checklist WHERE code = 'F4')"
CHANGES = (
    "content = '{}'",
    "content_sha256 = 'x'",
    "number = 9",
    "title = '别的'",
    "is_draft_text = NOT is_draft_text",
    "items = 1",
    "source = '别处'",
    "effective_from = '2020-01-01'",
    "published_at = NULL",
    "published_by = '别人'",
    "prepared_by = '别人'",
    "status = 'draft', effective_from = NULL, published_at = NULL",
    "effective_to = '2020-01-01'",
    "checklist_id = (SELECT id FROM checklists_checklist WHERE code = 'F5')",
    "id = 99999",
    "status = 'retired', content = '{}'",
)


def run(sql: str, values: Sequence[object] = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def rows() -> list[dict[str, object]]:
    return list(ChecklistVersion.objects.order_by("id").values())


def refused(*changes: str) -> None:
    before = rows()
    for change in changes:
        with pytest.raises(IntegrityError, match="已发布的清单版本不能修改或删除"):
            run(f"UPDATE {TABLE} SET {change} WHERE {MINE} AND number = 1")  # noqa: S608
    assert rows() == before


@pytest.mark.usefixtures("lists")
def test_a_published_version_does_not_change() -> None:
    refused(*CHANGES)


def test_a_retired_version_does_not_change(lists: World) -> None:
    actions.retire(code="F4", number=1, reason="试", by=lists.head, at=LATER)
    refused(*CHANGES[:-1], "status = 'published'", "effective_to = NULL")


def test_nor_is_it_removed(lists: World) -> None:
    before = rows()
    with pytest.raises(IntegrityError, match="已发布的清单版本不能修改或删除"):
        run(f"DELETE FROM {TABLE}")  # noqa: S608
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistVersion.objects.filter(checklist__code="F4").delete()
    assert rows() == before


@pytest.mark.usefixtures("lists")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_nor_truncated() -> None:
    connection.check_constraints()
    before = rows()
    with pytest.raises(IntegrityError, match="已发布的清单版本不能修改或删除"):
        run(f"TRUNCATE {TABLE} CASCADE")
    assert rows() == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="OR REPLACE is SQLite's")
def test_nor_pushed_out_by_another_row(lists: World) -> None:
    waiting = prepared(lists)
    before = rows()
    columns = "checklist_id, status, title, is_draft_text, content, content_sha256, items, source, prepared_at, prepared_by, published_by"
    with pytest.raises(IntegrityError):
        run(
            f"INSERT OR REPLACE INTO {TABLE} (number, {columns}) "  # noqa: S608
            f"SELECT 1, {columns} FROM {TABLE} WHERE id = %s",
            [waiting.id],
        )
    for change in ("number = 1", "status = 'published', effective_from = '2026-12-01', published_at = '2026-12-01'"):
        with pytest.raises(IntegrityError):
            run(f"UPDATE OR REPLACE {TABLE} SET {change} WHERE id = %s", [waiting.id])  # noqa: S608
    old = reads.current(lists.town.pk)["F4"]
    with pytest.raises(IntegrityError):
        run(f"UPDATE OR REPLACE {TABLE} SET id = {old.id} WHERE id = %s", [waiting.id])  # noqa: S608
    assert rows() == before


def test_a_draft_may_be_rewritten_and_thrown_away(lists: World) -> None:
    waiting = prepared(lists)
    run(f"UPDATE {TABLE} SET source = '改过' WHERE id = %s", [waiting.id])  # noqa: S608
    assert reads.version("F4", 2, by=lists.head).source == "改过"
    run(f"DELETE FROM {TABLE} WHERE id = %s", [waiting.id])  # noqa: S608
    assert reads.versions("F4", by=lists.head)[0].number == 1


def test_one_in_use_and_one_waiting_at_most(lists: World) -> None:
    waiting = prepared(lists)
    again = {"status": "draft", "title": "x", "content": "{}", "content_sha256": "x", "items": 1, "prepared_at": LATER}
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistVersion.objects.create(checklist_id=waiting.checklist_id, number=3, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistVersion.objects.filter(pk=waiting.id).update(
            status="published", effective_from=LATER.date(), published_at=LATER
        )


def test_a_missing_guard_is_missed_and_put_back(lists: World) -> None:
    connection.check_constraints()
    assert guards.missing() == []
    name = f"{TABLE}_no_update" if connection.vendor == "sqlite" else f"{TABLE}_no_change"
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}"))
    assert guards.missing() == [name]
    guards.install()
    assert guards.missing() == []
    before = rows()
    with pytest.raises(IntegrityError):
        run(f"UPDATE {TABLE} SET items = 1")  # noqa: S608
    assert rows() == before
    assert changed(lists).items
