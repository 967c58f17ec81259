"""What changes the calendar: taking in a notice."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.workdays import reads, rules
from qinqing.workdays.models import CalendarDay, Notice
from qinqing.workdays.rules import Change


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking in a notice did.

    Attributes:
        year: the notice's year, now confirmed.
        papers: what it rests on.
        days: how many days the notice lists.
        changes: days that count differently now, or carry another name.
        is_newly_confirmed: the year had no notice before: its deadlines are no longer 暂定.
        is_unchanged: this very notice was in already; nothing was written.
        warnings: 中文 sentences worth a second look.
    """

    year: int
    papers: tuple[str, ...]
    days: int
    changes: tuple[Change, ...]
    is_newly_confirmed: bool
    is_unchanged: bool
    warnings: tuple[str, ...]


def preview_notice(*, text: str, year: int | None = None, source: str = "") -> Imported:
    """Return what `import_notice` would do with the same input, writing nothing.

    Raises:
        Refused: as `import_notice`.
    """
    return _outcome(rules.read_notice(text, year=year, source=source))


def import_notice(*, text: str, by: Actor, at: datetime, year: int | None = None, source: str = "") -> Imported:
    """Take in a year's notice, replacing an earlier import of the same year, and confirm that year.

    The calendar is nationwide: rights, the ledger entry and recomputing of deadlines are the caller's, one floor up.

    Args:
        text: holiday-cn JSON, or rows of date, name, 放假/上班.
        by: whose name stands beside the confirmation.
        at: when.
        year: for rows: the notice's year, if not the one most rows are in.
        source: title, number or address of the notice.

    Raises:
        Refused: a row cannot be right; nothing is changed, the sentence names row and reason.

    Source: 二(四)-4 (工作日).
    """
    notice = rules.read_notice(text, year=year, source=source)
    with transaction.atomic():
        # Imports wait for each other at the oldest row, which the seed put there and nobody removes.
        Notice.objects.select_for_update().order_by("id").first()
        outcome = _outcome(notice)
        if outcome.is_unchanged:
            return outcome
        CalendarDay.objects.filter(notice_year=notice.year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(notice_year=notice.year, on=day.on, mark=day.mark.value, label=day.label) for day in notice.days
        )
        Notice.objects.create(
            year=notice.year,
            papers="\n".join(notice.papers),
            digest=_digest(notice),
            confirmed_at=at,
            confirmed_by=" · ".join(part for part in (by.office_name, by.name) if part)[:60],
        )
        reads.forget()
    return outcome


def _outcome(notice: rules.Notice) -> Imported:
    newest = Notice.objects.filter(year=notice.year).order_by("-id").first()
    return Imported(
        year=notice.year,
        papers=notice.papers,
        days=len(notice.days),
        changes=reads.changes(notice),
        is_newly_confirmed=newest is None,
        is_unchanged=newest is not None and newest.digest == _digest(notice),
        warnings=notice.warnings,
    )


def _digest(notice: rules.Notice) -> str:
    """Return the SHA-256 of what the notice says, in one fixed form."""
    lines = [str(notice.year), *notice.papers, *(f"{day.on} {day.mark} {day.label}" for day in notice.days)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
