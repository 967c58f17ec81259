"""The receipt: issued once, inside a row lock, when body and all attachments are here and verified."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from qinqing.evidence import reads as evidence
from qinqing.field.facts import RecordReceived
from qinqing.field.models import Loss, Receipt, ReceiptBook, Record
from qinqing.field.reads.answers import Slip, slip_of
from qinqing.field.rules.receipts import manifest_sha256
from qinqing.field.words import Kind, Whole
from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of


def be_patient() -> None:
    """Wait for a row that somebody else holds a few seconds and not for ever: the phone is told to come again (423)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '8s'")


def issue(key: UUID, *, by: Actor, at: datetime) -> Slip | None:
    """Give a record its receipt if it is whole; return the one it has, or None while something is missing.

    Runs inside the caller's transaction. The record's row is locked first, then the town's book, then the number: every way
    here takes them in this order, so that two last photos at once give one receipt and nobody waits for ever.

    Source: 二(四)-1.
    """
    row = Record.objects.defer("body").select_for_update(of=("self",)).select_related("enterprise").get(pk=key)
    if row.whole == Whole.COMPLETE:
        return slip_of(Receipt.objects.get(pk=key))
    brought = evidence.of_records([key]).get(key, []) if row.expected else []
    if len(brought) != row.expected or not all(one.is_here for one in brought):
        return None
    digest = manifest_sha256(row.sha256, ((one.id, one.sha256) for one in brought))
    ledger.hold(by.book)
    receipt = Receipt.objects.create(
        record=row, town_id=row.town_id, no=_next(row.town_id), manifest_sha256=digest, at=at
    )
    Record.objects.filter(pk=key).update(whole=Whole.COMPLETE.value, completed_at=at)
    Loss.objects.filter(pk=key, found_at__isnull=True).update(found_at=at)
    fact = RecordReceived(
        record=str(key),
        record_kind=row.kind,
        kind_label=Kind.label_of(row.kind),
        enterprise_id=row.enterprise_id,
        enterprise=row.enterprise.name if row.enterprise else "",
        attachments=len(brought),
        body_sha256=row.sha256,
        manifest_sha256=digest,
        receipt_no=receipt.no,
    )
    files = [row.sha256, *sorted({one.sha256 for one in brought})]
    ledger.record(
        fact, book=by.book, on=("record", number_of(key)), label=f"№ {receipt.no:06d}", by=by, at=at, files=files
    )
    return slip_of(receipt)


def _next(town_id: int) -> int:
    """Return the town's next number; the row stays locked until the transaction ends, so that none is left out."""
    rows = ReceiptBook.objects.filter(pk=town_id)
    if not rows.update(last=F("last") + 1):
        ReceiptBook.objects.bulk_create([ReceiptBook(town_id=town_id, last=0)], ignore_conflicts=True)
        rows.update(last=F("last") + 1)
    return rows.values_list("last", flat=True).get()
