"""Storing what a phone sends: the bytes as they came, once, however often they come; never refused for what they say.

`INSERT … ON CONFLICT DO NOTHING` decides who was first: looking first and inserting then doubles rows.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as digest
from uuid import UUID

from django.db import connection, transaction

from qinqing.enterprises import reads as enterprises
from qinqing.evidence import reads as evidence
from qinqing.evidence.actions import chunks
from qinqing.evidence.words import Flag
from qinqing.field.actions import receipts
from qinqing.field.actions.taking import Taken, flag, hand_over, note
from qinqing.field.models import Conflict, Record
from qinqing.field.reads.answers import Status, status_of
from qinqing.field.reads.senders import Sender
from qinqing.field.rules import envelope
from qinqing.field.rules.envelope import Envelope
from qinqing.field.words import DeviceState, Mark, Taking

LARGEST = 1024 * 1024
"""Bytes a body may have."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a record's arrival: stored now, known before (`is_new` False), or in conflict (no status).

    `is_taken`: its folder has entered it just now; something else may have waited for that.
    """

    status: Status | None
    is_new: bool = False
    is_taken: bool = False


def store(kind: str, key: UUID, raw: bytes, *, by: Sender, at: datetime) -> Stored:
    """Keep a record, hand it to its folder, and give its receipt if nothing is missing: one transaction, once.

    The caller has compared the bytes with their digest. Other bytes under a known id, and anybody else's id, are kept aside
    as a conflict and told as one, without a word of what is here.

    Source: 二(二)2-问题-网格-上报.
    """
    read = envelope.read(raw, kind=kind, key=key, received_at=at)
    with transaction.atomic():
        receipts.be_patient()
        firm = _firm(by.actor.town_id, read.enterprise_id)
        row = _row(kind, key, raw, read, firm, by, at)
        if not _insert(row):
            return _met_before(row, by, at)
        if read.attachments:
            chunks.expect(key, read.attachments, enterprise_id=firm, by=by.actor, at=at)
        marks = _marks(row, read, firm, by)
        if _is_for_review(by, read):
            taken = Taken(Taking.REVIEW if read.data is not None else Taking.UNREADABLE, ())
        else:
            taken = hand_over(row, read, by=by.actor, at=at)
        note(row, taken, marks, at=at)
        if not row.expected:
            receipts.issue(key, by=by.actor, at=at)
            row = Record.objects.defer("body").select_related("receipt").get(pk=key)
        return Stored(status_of(row), is_new=True, is_taken=taken.taking == Taking.TAKEN)


def _firm(town_id: int, enterprise_id: int | None) -> int | None:
    """Return the id of the firm a record names if the town has it."""
    found = enterprises.by_ids([enterprise_id]).get(enterprise_id) if enterprise_id is not None else None
    return found.pk if found is not None and found.town_id == town_id else None


def _row(kind: str, key: UUID, raw: bytes, read: Envelope, firm: int | None, by: Sender, at: datetime) -> Record:
    return Record(
        id=key,
        town_id=by.actor.town_id,
        kind=kind,
        account_id=by.account_id,
        post_id=by.post_id,
        office_id=by.actor.office_id,
        device_id=by.device_id,
        by_name=by.actor.name,
        enterprise_id=firm,
        body=raw,
        sha256=digest(raw).hexdigest(),
        size=len(raw),
        made_at=read.clock.made_at,
        wall_at=read.clock.wall_at,
        offset_ms=read.clock.offset_ms,
        received_at=at,
        expected=read.expected,
    )


def _insert(row: Record) -> bool:
    """Insert a record unless its id is taken; say whether it was inserted. A twin under way is waited for."""
    fields = Record._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    holes = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO field_record ({columns}) VALUES ({holes}) ON CONFLICT (id) DO NOTHING", values)  # noqa: S608
        inserted = bool(cursor.rowcount == 1)
    row._state.adding, row._state.db = not inserted, connection.alias
    return inserted


def _met_before(row: Record, by: Sender, at: datetime) -> Stored:
    known = Record.objects.defer("body").select_related("receipt").get(pk=row.pk)
    if (known.account_id, known.kind, known.sha256) == (row.account_id, row.kind, row.sha256):
        if known.expected and receipts.issue(row.pk, by=by.actor, at=at):
            known = Record.objects.defer("body").select_related("receipt").get(pk=row.pk)
        return Stored(status_of(known))
    kept = Conflict(
        record=known,
        town_id=row.town_id,
        kind=row.kind,
        account_id=row.account_id,
        office_id=row.office_id,
        device_id=row.device_id,
        by_name=row.by_name,
        body=row.body,
        sha256=row.sha256,
        at=at,
    )
    Conflict.objects.bulk_create([kept], ignore_conflicts=True)
    return Stored(None)


def _marks(row: Record, read: Envelope, firm: int | None, by: Sender) -> list[Flag]:
    """Return what the field itself finds questionable."""
    marks = [flag(mark) for mark in read.marks]
    if read.enterprise_id is not None and firm is None:
        marks.append(flag(Mark.ENTERPRISE))
    if read.by_account is not None and read.by_account != by.account_id:
        marks.append(flag(Mark.OTHER_AUTHOR))
    if by.standing == DeviceState.REVOKED:
        marks.append(flag(Mark.REVOKED))
    elif by.standing == DeviceState.RETIRED:
        marks.append(flag(Mark.RETIRED))
    if read.attachments and len(evidence.of_records([row.pk]).get(row.pk, [])) != read.expected:
        marks.append(flag(Mark.MANIFEST))  # an id of the manifest already belongs to another record
    return marks


def _is_for_review(by: Sender, read: Envelope) -> bool:
    is_anothers = read.by_account is not None and read.by_account != by.account_id
    return by.standing != DeviceState.ACTIVE or is_anothers
