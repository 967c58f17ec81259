"""Keeping the sums: the book is read on behind a cursor, and each case that moved is counted anew (ADR 0020).

What a case added before is taken off, what it adds now is put on, in one transaction with the cursor. So a sum is always the sum
of what the cases add, whatever happened to them in which order, and a figure nobody can explain cannot come about.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from qinqing.cases.reads import counting as cases
from qinqing.cases.reads.counting import Standing
from qinqing.ledger import reads as ledger
from qinqing.people import reads as people
from qinqing.statistics.models import Figure, Line, Reader, Ripening
from qinqing.statistics.reads.counting import BATCH, Sums, count_cases, figure_keys, line_values
from qinqing.statistics.words import Measure

if TYPE_CHECKING:
    from qinqing.people.models import Town

_MEASURES = [measure.value for measure in Measure]
_ADD = (
    f"INSERT INTO statistics_figure (town_id, month, dimension, key, kind, {', '.join(_MEASURES)}) VALUES {{}}"  # noqa: S608
    " ON CONFLICT (town_id, dimension, month, key, kind) DO UPDATE SET "
    + ", ".join(f"{name} = statistics_figure.{name} + excluded.{name}" for name in _MEASURES)
)
_ROWS_A_STATEMENT = 200
"""SQLite takes 32 766 values in one statement."""


def count(*, at: datetime) -> int:
    """Read every town's book on and keep the sums; return how many cases were counted. Source: 附1-内容-2."""
    return sum(count_town(town, at=at) for town in people.towns())


def count_town(town: "Town", *, at: datetime) -> int:
    """Read one town's book on by a batch: the cases that moved, then those whose limit ran out meanwhile.

    Several workers may try at once: one counts, the others go on with something else.
    """
    Reader.objects.bulk_create([Reader(town=town)], ignore_conflicts=True)
    with transaction.atomic():
        rows = Reader.objects.filter(town=town)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        reader = rows.first()
        if reader is None:
            return 0
        entries = ledger.after(town.code, reader.seq, BATCH)
        moved = {entry.subject_id for entry in entries if entry.subject_kind == "case"}
        ripe = Ripening.objects.filter(town=town, at__lt=at).order_by("at").values_list("pk", flat=True)
        moved |= set(ripe[: max(BATCH - len(moved), 0)])
        seq = entries[-1].seq if entries else reader.seq
        _count_anew(town.pk, sorted(moved), now=at, until=seq)
        if moved or entries or reader.counted_at is None or _is_stale(reader.counted_at, at):
            reader.seq, reader.counted_at = seq, at
            reader.save(update_fields=["seq", "counted_at"])
        return len(moved) or len(entries)


def rebuild(*, town_id: int, at: datetime) -> int:
    """Throw a town's sums away and count everything from the entries; return how many cases there are."""
    with transaction.atomic():
        Reader.objects.bulk_create([Reader(town_id=town_id)], ignore_conflicts=True)
        reader = Reader.objects.select_for_update().get(town_id=town_id)
        book = people.town_of(town_id).code
        for table in (Line, Figure, Ripening):
            table.objects.filter(town_id=town_id)._raw_delete(connection.alias)
        reader.seq, reader.counted_at = ledger.book_head(book).seq, at
        reader.save(update_fields=["seq", "counted_at"])
        done = last = 0
        while found := cases.ids_after(town_id, last, BATCH):
            last = found[-1]
            _count_anew(town_id, found, now=at, until=reader.seq)
            done += len(found)
        return done


def _is_stale(before: datetime, at: datetime) -> bool:
    """Say whether the page should say a newer moment, though nothing moved."""
    return (at - before).total_seconds() >= 300


def _count_anew(town_id: int, case_ids: Sequence[int], *, now: datetime, until: int) -> None:
    if not case_ids:
        return
    change: Sums = {}
    old = Line.objects.filter(case_id__in=case_ids)
    for line in old:
        standing = Standing(
            line.case_id, line.kind, 0, 0, int(line.community), int(line.park) if line.park else None,
            line.topic.partition(":")[2], line.source,
        )  # fmt: skip
        _shift(change, standing, line.month, line.office_id, line.counts, -1)
    old._raw_delete(connection.alias)
    new: list[Line] = []
    ripening: list[Ripening] = []
    for standing, counted in count_cases(case_ids, now=now, until=until):
        if counted.ripe_at is not None:
            ripening.append(Ripening(case_id=standing.id, town_id=town_id, at=counted.ripe_at))
        for (month, office), adds in counted.adds.items():
            _shift(change, standing, month, office, adds, 1)
            numbers = {measure.value: number for measure, number in adds.items()}
            new.append(
                Line(
                    case_id=standing.id,
                    town_id=town_id,
                    month=month,
                    office_id=office,
                    **line_values(standing),
                    **numbers,
                )
            )
    Line.objects.bulk_create(new, batch_size=_ROWS_A_STATEMENT)
    Ripening.objects.filter(case_id__in=case_ids).delete()
    Ripening.objects.bulk_create(ripening, batch_size=_ROWS_A_STATEMENT)
    _add(town_id, change)


def _shift(change: Sums, standing: Standing, month: str, office: int | None, adds: Counter[Measure], sign: int) -> None:
    for key in figure_keys(standing, month, office):
        sums = change.setdefault(key, Counter())
        for measure, number in adds.items():
            sums[measure] += sign * number


def _add(town_id: int, change: Sums) -> None:
    """Move the sums, in one fixed order."""
    rows = [
        [town_id, *key, *(sums[measure] for measure in Measure)]
        for key, sums in sorted(change.items())
        if any(sums.values())
    ]
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        _write(rows[start : start + _ROWS_A_STATEMENT])


def _write(rows: Sequence[Sequence[Any]]) -> None:
    marks = f"({', '.join(['%s'] * len(rows[0]))})"
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(", ".join([marks] * len(rows))), [cell for row in rows for cell in row])
