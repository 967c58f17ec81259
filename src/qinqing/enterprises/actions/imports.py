"""Importing a list of firms: looked at first, written in one piece after.

Nothing is half done: whatever is written is written in one transaction, after judging every row again against the town as it is
at that moment. The ledger gets one entry for the whole list, with the file's digest and every number created or changed:
thousands of entries saying "imported" would hide the few that matter; each file also names the import it came from.
"""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from qinqing.enterprises import policy, queues
from qinqing.enterprises.actions import writing
from qinqing.enterprises.actions.contacts import seal_phone
from qinqing.enterprises.facts import lists as facts
from qinqing.enterprises.imports import headings, tables
from qinqing.enterprises.imports.checking import Cell, Checked, Known, Progress, check
from qinqing.enterprises.models import Contact, Enterprise, ImportRun, Park
from qinqing.enterprises.words import Decision, Duty, ImportState
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger

UPLOAD = "import.upload"
"""The purpose uploads are sealed for while they wait for the word."""
_CHUNK = 500
_KEPT_CELLS = 2000


class Choice(Words):
    """What becomes of the good rows when there are bad ones."""

    GOOD = "good", "好的先导入"
    ALL = "all", "全部无误才导入"


@dataclass(frozen=True)
class Result:
    """Every row judged, and what the reader had to guess."""

    rows: list[Checked]
    sheet: str
    notes: list[str]
    ignored: list[str]

    def of(self, *decisions: Decision) -> list[Checked]:
        """Return the rows with one of these decisions."""
        return [row for row in self.rows if row.decision in decisions]

    @property
    def problems(self) -> list[Cell]:
        """Return every bad cell, in the order of the sheet."""
        return [cell for row in self.rows for cell in row.problems]

    @property
    def remarks(self) -> list[Cell]:
        """Return every doubtful cell of rows that are taken."""
        return [cell for row in self.rows if row.decision != Decision.REJECT for cell in row.remarks]

    def counts(self) -> dict[str, int]:
        """Return the numbers of the report; `created` includes the `unassigned`."""
        return {
            "read": len(self.rows),
            "created": len(self.of(Decision.CREATE, Decision.UNASSIGNED)),
            "updated": len(self.of(Decision.UPDATE)),
            "unchanged": len(self.of(Decision.SAME)),
            "unassigned": len(self.of(Decision.UNASSIGNED)),
            "rejected_rows": len(self.of(Decision.REJECT)),
        }


def look(*, filename: str, content: bytes, by: Actor, progress: Progress | None = None) -> Result:
    """Judge a list without writing anything.

    Raises:
        NotAllowed: `by` may not import.
        Refused: the file is no list that can be read.
    """
    policy.require_manage(by)
    found = headings.locate(tables.read(filename, content))
    rows = check(found, _known(found, by), progress)
    return Result(rows, found.table.name, found.table.notes, found.ignored)


def prepare(
    *, filename: str, content: bytes, by: Actor, at: datetime, progress: Progress | None = None
) -> tuple[ImportRun, Result]:
    """Look at a list and keep it, sealed, until somebody says go (`carry_out`) or not (`drop`).

    Raises:
        NotAllowed, Refused: as `look`.
    """
    result = look(filename=filename, content=content, by=by, progress=progress)
    with transaction.atomic():
        run = ImportRun.objects.create(
            town_id=by.town_id,
            filename=clean(filename)[:200] or "未命名",
            digest=hashlib.sha256(content).hexdigest(),
            upload=secrets.seal_bytes(content, UPLOAD),
            total=len(result.rows),
            report=_report(result),
            started_by_id=by.account_id,
            started_name=writing.signature(by),
            started_at=at,
        )
        told = facts.ImportPrepared(filename=run.filename, digest=run.digest, **result.counts())
        _tell(told, run, by, at)
    return run, result


def carry_out(
    *, run_id: int, choice: str, by: Actor, at: datetime, progress: Progress | None = None
) -> tuple[ImportRun, Result]:
    """Write a prepared list: the good rows, or all or nothing. `progress` hears (rows written, rows to write).

    Raises:
        NotAllowed, NotFound, TooLate, Refused: as `steps`.
    """
    doing = steps(run_id=run_id, choice=choice, by=by, at=at)
    while True:
        try:
            done, total = next(doing)
        except StopIteration as stop:
            finished: tuple[ImportRun, Result] = stop.value
            return finished
        if progress:
            progress(done, total)


def steps(
    *, run_id: int, choice: str, by: Actor, at: datetime
) -> Generator[tuple[int, int], None, tuple[ImportRun, Result]]:
    """Write a prepared list step by step, for a page that shows how far it has come; returns run and result at the end.

    The rows are judged again: since the preview somebody may have opened one of these files. All steps are one transaction:
    whoever stops asking for the next one (a closed browser) undoes everything.

    Raises:
        NotAllowed: `by` may not import.
        NotFound: no such list in his town.
        TooLate: it was imported or dropped already, or a colleague opened one of these files this very moment.
        Refused: everything was to be right and is not (`rows_rejected`), or there is nothing to write.
    """
    with transaction.atomic():
        policy.require_manage(by)
        run = _take(run_id, by)
        wanted = _choice(choice)
        content = secrets.unseal_bytes(bytes(run.upload or b""), UPLOAD)
        result = look(filename=run.filename, content=content, by=by)
        counts = result.counts()
        if wanted is Choice.ALL and counts["rejected_rows"]:
            raise Refused("rows_rejected", f"有{counts['rejected_rows']}行有错，没有导入任何一行。请修正后重新上传。")
        if not counts["created"] and not counts["updated"]:
            raise Refused("nothing_to_import", "没有可以新增或更新的企业，没有导入任何一行。")
        try:
            with transaction.atomic():
                yield from _write(result, run, at)
        except IntegrityError as fault:
            raise TooLate("changed_meanwhile", "导入期间有同事登记了其中的企业，没有导入任何一行，请重试。") from fault
        run.state, run.done, run.finished_at, run.upload = ImportState.DONE.value, len(result.rows), at, None
        run.report = _report(result) | {"choice": wanted.value}
        run.save()
        told = facts.Imported(
            filename=run.filename,
            digest=run.digest,
            choice=wanted.label,
            read=counts["read"],
            created=counts["created"],
            updated=counts["updated"],
            unassigned=counts["unassigned"],
            rejected=counts["rejected_rows"],
            created_numbers=tuple(row.code or row.name for row in result.of(Decision.CREATE, Decision.UNASSIGNED)),
            updated_numbers=tuple(row.code or row.name for row in result.of(Decision.UPDATE)),
        )
        _tell(told, run, by, at)
    return run, result


def drop(*, run_id: int, by: Actor, at: datetime) -> ImportRun:
    """Let a prepared list go without writing anything; what was uploaded is deleted.

    Raises:
        NotAllowed: `by` may not import.
        NotFound: no such list in his town.
        TooLate: it was imported or dropped already.
    """
    with transaction.atomic():
        policy.require_manage(by)
        run = _take(run_id, by)
        run.state, run.finished_at, run.upload = ImportState.FAILED.value, at, None
        run.save()
        _tell(facts.ImportDropped(filename=run.filename, digest=run.digest), run, by, at)
    return run


def _choice(choice: str) -> Choice:
    if choice not in dict(Choice.choices()):
        raise Refused("unknown_choice", "请选择“好的先导入”或“全部无误才导入”。", field="choice")
    return next(one for one in Choice if one == choice)


def _take(run_id: int, by: Actor) -> ImportRun:
    run = ImportRun.objects.select_for_update().filter(pk=run_id, town_id=by.town_id).first()
    if run is None:
        raise NotFound("没有这次导入。")
    if run.state != ImportState.READY:
        raise TooLate("already_finished", f"这份名单{ImportState.label_of(run.state)}，请重新上传。")
    return run


def _tell(fact: Any, run: ImportRun, by: Actor, at: datetime) -> None:
    ledger.record(fact, book=by.book, on=("import", run.pk), label=run.filename, by=by, at=at, clause="一-1")


def _report(result: Result) -> dict[str, Any]:
    """Return what the report page shows later; cells beyond the first thousands are only counted."""
    return {
        **result.counts(),
        "sheet": result.sheet,
        "notes": result.notes,
        "ignored": result.ignored,
        "problems": [[c.row, c.column, c.reason, c.value] for c in result.problems[:_KEPT_CELLS]],
        "problem_count": len(result.problems),
        "remarks": [[c.row, c.column, c.reason, c.value] for c in result.remarks[:_KEPT_CELLS]],
        "remark_count": len(result.remarks),
        "sample": [[r.number, str(r.decision), r.name, r.code, r.suggested] for r in result.rows[:100]],
    }


def _known(found: headings.Headings, by: Actor) -> Known:
    """Fetch the town's firms; one statement, since a list usually is about most of them."""
    firms = list(Enterprise.objects.filter(town_id=by.town_id))
    mains = Contact.objects.filter(enterprise__town_id=by.town_id, duty=Duty.CONTACT.value, ends_on__isnull=True)
    return Known(
        by_uscc={firm.uscc: firm for firm in firms if firm.uscc},
        by_old={firm.old_number: firm for firm in firms if firm.old_number},
        by_name={firm.name_key: firm for firm in firms},
        places=queues.places(by.town_id),
        parks={park.name: park.pk for park in Park.objects.filter(town_id=by.town_id)},
        contacts={contact.enterprise_id: (contact.name, contact.phone_mask) for contact in mains},
    )


def _write(result: Result, run: ImportRun, at: datetime) -> Iterator[tuple[int, int]]:
    """Write the good rows in pieces, inside the caller's transaction; yield (written, to write) after each piece."""
    source = f"导入#{run.pk} {run.filename}"[:100]
    new = result.of(Decision.CREATE, Decision.UNASSIGNED)
    old = result.of(Decision.UPDATE)
    for start in range(0, len(new), _CHUNK):
        _create(new[start : start + _CHUNK], run, source, at)
        yield min(start + _CHUNK, len(new)), len(new) + len(old)
    firms = Enterprise.objects.in_bulk([row.enterprise_id for row in old])
    for done, row in enumerate(old, start=1):
        if row.values and row.enterprise_id is not None:
            writing.apply_checked(firms[row.enterprise_id], row.values, at)
        if done % _CHUNK == 0 or done == len(old):
            yield len(new) + done, len(new) + len(old)
    _add_contacts([(row, row.enterprise_id) for row in old if row.enterprise_id is not None], at)


def _create(rows: Sequence[Checked], run: ImportRun, source: str, at: datetime) -> None:
    firms = []
    for row in rows:
        firm = Enterprise(town_id=run.town_id, source=source, created_at=at, updated_at=at, **row.values)
        writing.follow_name(firm)
        firms.append(firm)
    made = Enterprise.objects.bulk_create(firms, batch_size=_CHUNK)
    _add_contacts([(row, firm.pk) for row, firm in zip(rows, made, strict=True)], at)


def _add_contacts(pairs: Sequence[tuple[Checked, int]], at: datetime) -> None:
    contacts = []
    for row, enterprise_id in pairs:
        if row.contact:
            contact = Contact(enterprise_id=enterprise_id, name=row.contact[0], starts_on=at.date())
            seal_phone(contact, row.contact[1])
            contacts.append(contact)
    Contact.objects.bulk_create(contacts, batch_size=_CHUNK)
