"""Everything fetched of plans: the one in force, the one a case began under, the earlier ones."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from qinqing.kernel.errors import NotFound, Refused
from qinqing.plan import loader
from qinqing.plan.models import PlanVersion
from qinqing.plan.spec import Plan

_parsed: OrderedDict[int, Plan] = OrderedDict()
"""Versions read by this process, by id: a stored version never changes. Lookups ask no database once it is warm."""
_MOST_PARSED = 200
_answered: ContextVar[dict[str, int] | None] = ContextVar("plans_answered", default=None)
"""While a page is made: the versions in force it has asked for already, by book."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One line of the list of versions."""

    id: int
    number: int
    title: str
    digest: str
    changes: tuple[str, ...]
    loaded_at: datetime
    loaded_by: str


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask for the version in force once a book, however often a page needs it."""
    token = _answered.set({})
    try:
        yield
    finally:
        _answered.reset(token)


def current(book: str) -> Plan:
    """Return the plan in force in a town.

    Raises:
        NotFound: the town has no plan yet.
    """
    return current_version(book)[1]


def current_version(book: str) -> tuple[int, Plan]:
    """Return the id and the plan of the version in force: what a new case is to remember. One small query.

    Raises:
        NotFound: the town has no plan yet.
    """
    answered = _answered.get()
    if answered is not None and book in answered:
        return answered[book], version(answered[book])
    found = PlanVersion.objects.filter(book=book).order_by("-number").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("本镇还没有载入方案，请管理员执行：qinqing plan load 方案文件 --town 镇代码", code="no_plan")
    if answered is not None:
        answered[book] = found
    return found, version(found)


def version(version_id: int) -> Plan:
    """Return a version by its id. A version already read by this process costs no query.

    Raises:
        NotFound: no such version.
        Refused: the stored text no longer has the digest it was loaded with: somebody changed the database.
    """
    if version_id in _parsed:
        _parsed.move_to_end(version_id)
        return _parsed[version_id]
    row = PlanVersion.objects.filter(pk=version_id).values_list("body", "digest", "book", "number").first()
    if row is None:
        raise NotFound("没有这一版方案。", code="no_plan")
    body, digest, book, number = row
    if loader.digest_of(body) != digest:
        raise Refused(
            "plan_altered",
            f"方案（{book}第{number}版）在数据库里被改动过，与载入时的摘要不符，已停止使用；请管理员从备份恢复。",
        )
    _parsed[version_id] = loader.stored(body)
    while len(_parsed) > _MOST_PARSED:
        _parsed.popitem(last=False)
    return _parsed[version_id]


def versions(book: str) -> list[VersionLine]:
    """Return all versions of a town's plan, newest first."""
    rows = PlanVersion.objects.filter(book=book).order_by("-number").defer("body")
    return [
        VersionLine(row.pk, row.number, row.title, row.digest, tuple(row.changes), row.loaded_at, row.loaded_by)
        for row in rows
    ]


def forget(version_id: int) -> None:
    """Drop a version from this process's memory: it is new, or its id was given out anew after a transaction that failed."""
    _parsed.pop(version_id, None)
    if (answered := _answered.get()) is not None:
        answered.clear()
