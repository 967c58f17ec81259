"""What the office does about questionable records: have them entered after all, or say what was done about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from qinqing.field import policy
from qinqing.field.actions import taking
from qinqing.field.actions.taking import Taken
from qinqing.field.facts import RecordHandled, RecordTakenIn
from qinqing.field.models import Conflict, Loss, Record
from qinqing.field.words import Kind, Taking
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right

Row = TypeVar("Row", Record, Conflict, Loss)
MOST = 200
"""Records handled by one press."""


def take_in_again(*, record_id: UUID, by: Actor, at: datetime) -> Taken:
    """Have a record entered that was kept aside, in the name of the officer who made it; say how it went.

    Raises:
        NotFound: no such record, or not one of his. NotAllowed: he does not look after records.
        TooLate: it is entered already.
    """
    with transaction.atomic():
        row = policy.take(Record.objects.filter(pk=record_id).defer("body"), by)
        if row.taking == Taking.TAKEN:
            raise TooLate("already_taken", "这条记录已经登记，不必再登。")
        author = author_of(row)
        taken = taking.again(row.pk, by=author, at=at)
        if taken.taking in (Taking.TAKEN, Taking.WAITING):
            _close(Record.objects.filter(pk=row.pk), "已补登", by, at)
        fact = RecordTakenIn(
            record=str(row.pk), kind_label=Kind.label_of(row.kind), holder=author.name, outcome=taken.taking.label
        )
        ledger.record(fact, book=by.book, on=("record", number_of(row.pk)), label=_label(row), by=by, at=at)
    return taken


def handle(*, record_ids: Iterable[UUID], note: str, by: Actor, at: datetime) -> int:
    """Say what was done about questionable records, so that they leave the list; return how many.

    Raises:
        NotAllowed: he does not look after records. Refused: none chosen, or nothing said.
    """
    words = _said(note)
    with transaction.atomic():
        keys = _mine(Record.objects.filter(needs=True, handled_at__isnull=True), by, record_ids)
        _close(Record.objects.filter(pk__in=keys), words, by, at)
        _tell("存疑的现场记录", keys, words, by, at)
    return len(keys)


def handle_conflict(*, conflict_id: UUID, note: str, by: Actor, at: datetime) -> None:
    """Say which of two differing copies counts, and why; both stay.

    Raises:
        NotFound: no such conflict, or not one of his. NotAllowed: he does not look after records. Refused: nothing said.
    """
    words = _said(note)
    with transaction.atomic():
        row = policy.take(Conflict.objects.filter(pk=conflict_id, handled_at__isnull=True), by)
        _close(Conflict.objects.filter(pk=row.pk), words, by, at)
        _tell("内容不同的副本", [row.record_id], words, by, at)


def handle_losses(*, record_ids: Iterable[UUID], note: str, by: Actor, at: datetime) -> int:
    """Say what was done about records that a phone lost; return how many.

    Raises:
        NotAllowed: he does not look after records. Refused: none chosen, or nothing said.
    """
    words = _said(note)
    with transaction.atomic():
        keys = _mine(Loss.objects.filter(found_at__isnull=True, handled_at__isnull=True), by, record_ids)
        _close(Loss.objects.filter(pk__in=keys), words, by, at)
        _tell("手机上丢失的记录", keys, words, by, at)
    return len(keys)


def try_waiting(*, by: Actor, at: datetime, limit: int = 20) -> int:
    """Try again what waits for something of this person's that has just arrived; return how many are entered now.

    Each in a transaction of its own, after that of the arrival: whoever tells the ledger last locks nothing more.
    """
    done = 0
    waiting = Record.objects.filter(account_id=by.account_id or 0, taking=Taking.WAITING.value)
    for key in list(waiting.order_by("received_at").values_list("pk", flat=True)[:limit]):
        done += _try(key, by=by, at=at, is_last_try=False)
    return done


def give_up_waiting(*, at: datetime, limit: int = 500) -> int:
    """Enter, as far as it goes, what has waited five days in vain: a daily job. Return how many were tried."""
    overdue = Record.objects.filter(taking=Taking.WAITING.value, hold_until__lte=at)
    keys = list(overdue.order_by("hold_until").values_list("pk", flat=True)[:limit])
    for key in keys:
        row = Record.objects.defer("body").get(pk=key)
        _try(key, by=author_of(row), at=at, is_last_try=True)
    return len(keys)


def author_of(row: Record) -> Actor:
    """Return the actor a record was sent by, as of the post he sent it from."""
    found = people.post_in(row.town_id, row.post_id or 0)
    return people.actor_of(found, via="field")


def _try(key: UUID, *, by: Actor, at: datetime, is_last_try: bool) -> int:
    with transaction.atomic():
        row = Record.objects.defer("body").select_for_update(of=("self",)).get(pk=key)
        if row.taking != Taking.WAITING:
            return 0
        taken = taking.again(key, by=by, at=at, is_last_try=is_last_try)
        if taken.taking == Taking.WAITING and not is_last_try:
            return 0
        if taken.taking == Taking.WAITING:  # its folder waits on although told not to: a person decides
            row = Record.objects.get(pk=key)
            taking.note(row, Taken(Taking.REFUSED, taken.flags), (), at=at)
        fact = RecordTakenIn(
            record=str(key), kind_label=Kind.label_of(row.kind), holder=by.name, outcome=taken.taking.label
        )
        machine = Actor.system("补登", town_id=by.town_id, book=by.book)
        ledger.record(fact, book=by.book, on=("record", number_of(key)), label=_label(row), by=machine, at=at)
    return 1


def _label(row: Record) -> str:
    return f"{Kind.label_of(row.kind)} {row.pk}"


def _said(note: str) -> str:
    words = clean(note)[:500]
    if not words:
        raise Refused("note_missing", "请写明怎么处理的，如：已电话核实。", field="note")
    return words


def _mine(rows: QuerySet[Row], by: Actor, keys: Iterable[UUID]) -> list[UUID]:
    """Lock the rows of these keys that the actor looks after, and return their keys."""
    rights.require(by, Right.TEND_FIELD)
    wanted = list(keys)[:MOST]
    found = policy.within(rows.filter(pk__in=wanted), by).select_for_update(of=("self",))
    mine = list(found.values_list("pk", flat=True))
    if not mine:
        raise Refused("none_chosen", "请先勾选要处理的记录；已由别人处理的不必再选。", field="records")
    return mine


def _close(rows: QuerySet[Row], words: str, by: Actor, at: datetime) -> None:
    rows.update(handled_at=at, handled_by=f"{by.office_name} {by.name}".strip()[:80], handled_note=words)


def _tell(what: str, keys: list[UUID], words: str, by: Actor, at: datetime) -> None:
    fact = RecordHandled(records=tuple(str(key) for key in keys), what_label=what, note=words)
    label = str(keys[0]) if len(keys) == 1 else f"{what}{len(keys)}条"
    ledger.record(fact, book=by.book, on=("record", number_of(keys[0])), label=label, by=by, at=at)
