"""Timing a piece of work again and again, counting its statements, and running the same statements bare beside it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

Statement = tuple[str, Any]
_WRITES = ("INSERT", "UPDATE", "DELETE")
_READS = ("SELECT", "WITH")


@dataclass
class Row:
    """One row of the table: milliseconds, statements, and the same statements run bare in the same process."""

    key: str
    what: str
    aim: str = ""
    p50: float = 0.0
    p95: float = 0.0
    own: float = 0.0
    """p50 of the processor time of this process alone: what the load of the machine does not change."""
    statements: int = 0
    bare_p50: float | None = None
    bare_p95: float | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def percentiles(seconds: Iterable[float]) -> tuple[float, float]:
    """Return (p50, p95) in milliseconds."""
    ranked = sorted(seconds)
    last = len(ranked) - 1
    return tuple(round(ranked[round(last * share)] * 1000, 2) for share in (0.5, 0.95))  # type: ignore[return-value]


class Listener:
    """Hears every statement on the connection."""

    def __init__(self) -> None:
        self.heard: list[Statement] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.heard.append((sql, params))
        return execute(sql, params, many, context)

    def only(self, beginnings: tuple[str, ...]) -> list[Statement]:
        return [(sql, params) for sql, params in self.heard if sql.lstrip(" (").upper().startswith(beginnings)]


def heard(work: Callable[[], Any]) -> Listener:
    """Run a piece of work and return what it asked of the database."""
    listener = Listener()
    with connection.execute_wrapper(listener):
        work()
    return listener


def reading(row: Row, works: list[Callable[[], Any]], *, warm: int = 3) -> Row:
    """Time pieces of work that only read, one after the other; then the statements of each, bare."""
    for work in works[:warm]:
        work()
    bare, counts = [], []
    took = _timed(row, works)
    for work in works[: max(len(works) // 2, 10)]:
        listener = heard(work)
        counts.append(len(listener.heard))
        bare.append(_bare(listener.only(_READS)))
    row.p50, row.p95 = percentiles(took)
    row.bare_p50, row.bare_p95 = percentiles(bare)
    row.statements = max(counts)
    return row


def _timed(row: Row, works: list[Callable[[], Any]]) -> list[float]:
    took, own = [], []
    for work in works:
        begun, spent = time.perf_counter(), time.process_time()
        work()
        took.append(time.perf_counter() - begun)
        own.append(time.process_time() - spent)
    row.own = percentiles(own)[0]
    return took


def _bare(statements: list[Statement]) -> float:
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
    return time.perf_counter() - begun


def writing(row: Row, works: list[Callable[[], Any]], others: list[Callable[[], Any]]) -> Row:
    """Time presses that write, each committed; then the rows of as many others written by bare SQL.

    The others are pressed inside a transaction that is rolled back, only their INSERTs and UPDATEs are kept and then run
    again, a transaction each, under the very ids they had: the rows of both halves are of the same kind, and the ledger
    is whole afterwards.
    """
    took = _timed(row, works)
    row.p50, row.p95 = percentiles(took)
    bare, counts = [], []
    for listener in _rehearse(others):
        writes = listener.only(_WRITES)
        counts.append(len(listener.heard))
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in writes:
                cursor.execute(sql, params)
        bare.append(time.perf_counter() - begun)
    row.bare_p50, row.bare_p95 = percentiles(bare)
    row.statements = max(counts)
    row.more["rate_of_bare"] = round(row.bare_p50 / row.p50, 2)
    return row


def _rehearse(others: list[Callable[[], Any]]) -> list[Listener]:
    sequences = _sequences()
    with transaction.atomic():
        listeners = [heard(work) for work in others]
        transaction.set_rollback(True)
    if sequences:
        with connection.cursor() as cursor:
            for name, last, called in sequences:
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last, called])
    return listeners


def _sequences() -> list[tuple[str, int, bool]]:
    """Return where PostgreSQL's sequences stand: they do not come back by themselves when a transaction does."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), coalesce(last_value, start_value),"
            " last_value IS NOT NULL FROM pg_sequences"
        )
        return [(str(name), int(last), bool(called)) for name, last, called in cursor.fetchall()]


def resident_mb() -> float:
    """Return the memory this process holds now, in MB."""
    return _status("VmRSS:")


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    return _status("VmHWM:")


def _status(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0
