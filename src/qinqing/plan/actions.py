"""Putting a plan into force."""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.plan import facts, loader, policy, reads, rules
from qinqing.plan.models import PlanVersion
from qinqing.plan.spec import Plan


def load(source: str | Path | Plan, *, book: str, by: Actor, at: datetime) -> PlanVersion:
    """Put a plan into force for matters that begin from `at` on; running cases keep the version they began under.

    The same plan as the one in force gives that version back and writes nothing: loading twice is harmless.

    Args:
        source: a file (`Path`), the text of one, or a plan built by a program.
        book: code of the town; the plan must be written for it.
        by: the town's system administrator, or a command.
        at: when, aware.

    Raises:
        PlanRefused: the file is no plan; it names every mistake.
        Refused: the plan is another town's.
        NotAllowed: `by` may not.
        TooLate: somebody loaded another version at the same moment.

    Source: 序-1 (the plan is a document with versions).
    """
    reading = _read(source)
    with transaction.atomic():
        newest = PlanVersion.objects.select_for_update().filter(book=book).order_by("-number").first()
        policy.require_load(by, book)
        if reading.plan.town.code != book:
            town = reading.plan.town
            raise Refused(
                "plan_of_another_town", f"这份方案是写给{town.name}（{town.code}）的，不能用于 {book}。", field="town"
            )
        if newest is not None and newest.digest == reading.digest:
            return newest
        version = _write(reading, newest, book, by, at)
        ledger.record(
            facts.PlanLoaded(
                number=version.number, title=version.title, digest=version.digest, changes=tuple(version.changes)
            ),
            book=book,
            on=("plan", version.pk),
            label=f"方案第{version.number}版",
            by=by,
            at=at,
            clause="序-1",
        )
    return version


def _read(source: str | Path | Plan) -> loader.Reading:
    if isinstance(source, Plan):
        return loader.of_plan(source)
    return loader.read(source) if isinstance(source, Path) else loader.parse(source)


def _write(reading: loader.Reading, newest: PlanVersion | None, book: str, by: Actor, at: datetime) -> PlanVersion:
    """Store the version after `newest`; the database lets only one of two at once have the number."""
    version = PlanVersion(
        book=book,
        number=newest.number + 1 if newest else 1,
        title=reading.plan.title,
        digest=reading.digest,
        body=reading.body,
        changes=rules.changes(reads.version(newest.pk), reading.plan) if newest else [],
        loaded_at=at,
        loaded_by=by.name,
    )
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise TooLate("plan_loaded_meanwhile", "刚刚有人启用了另一版方案，请先看那一版，再决定是否载入。") from None
    reads.forget(version.pk)
    return version
