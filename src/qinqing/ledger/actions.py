"""The only two ways the ledger changes: one entry more, one day closed."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Substr

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.ledger.chain import (
    ALGORITHM,
    BEIJING,
    FIELDS,
    SEAL_FIELDS,
    canonical_json,
    digest_of,
    stamp_of,
    text_of,
)
from qinqing.ledger.facts import Fact
from qinqing.ledger.models import SEALS, Entry, Head, Seal

_DIGEST = re.compile(r"[0-9a-f]{32,128}")
_DOUBLED = re.compile(r"(?<!。)。(?=[。；，](?![。]))")
"""A full stop people typed where the sentence around it goes on or ends by itself; what they typed stays in the facts."""
_COLUMNS = (*FIELDS, "digest")
_HEAD = "SELECT seq, digest FROM ledger_head WHERE book = %s"
_LOCK = {"sqlite": _HEAD, "postgresql": f"{_HEAD} FOR UPDATE"}  # SQLite: the transaction has locked the file
_LAST_STEP = "SELECT max(subject_seq) FROM ledger_entry WHERE subject_kind = %s AND subject_id = %s AND book = %s"
_INSERT = f"INSERT INTO ledger_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
_MOVE = "UPDATE ledger_head SET seq = %s, digest = %s WHERE book = %s"


def record(
    fact: Fact,
    *,
    book: str,
    on: tuple[str, int],
    label: str,
    by: Actor,
    at: datetime,
    clause: str = "",
    files: Sequence[str] = (),
) -> Entry:
    """Append one entry, in the transaction of the change it tells of: both stay or neither.

    Call it last: it locks the book until the transaction ends, so that order of numbers is order of commit.

    Args:
        fact: what happened.
        book: code of the town.
        on: kind and id of what it happened to, e.g. ("case", 12).
        label: the number people know it by, e.g. 诉〔2026〕0001号.
        by: who did it; his name, post and office are copied as they are now.
        at: the moment, aware.
        clause: the clause of the plan it rests on.
        files: hex digests of the files the entry vouches for.

    Raises:
        RuntimeError: outside a transaction: an entry that commits alone could tell of something that never was.
        ValueError: no book, a moment without time zone, or a file digest that is none.

    Source: 二(四)-1.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("ledger.record must run inside the transaction of the change it records")
    if not book or book == SEALS:
        raise ValueError(f"not a book: {book!r}")
    if wrong := [name for name in files if not _DIGEST.fullmatch(name)]:
        raise ValueError(f"not a digest: {wrong[0]!r}")
    subject_kind, subject_id = on
    # Everything that needs no lock is made ready before the lock is taken.
    values: dict[str, Any] = {
        "book": book,
        "algorithm": ALGORITHM,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "label": clean(label),
        "stamp": stamp_of(at),
        "kind": fact.kind,
        "verb": clean(fact.verb),
        "sentence": _DOUBLED.sub("", clean(fact.sentence())),
        "facts_text": canonical_json(fact.payload()),
        "clause": clean(clause),
        "actor_id": by.account_id,
        "actor_name": clean(by.name),
        "post": str(by.post),
        "office_id": by.office_id,
        "office_name": clean(by.office_name),
        "via": by.via,
        "files_text": " ".join(files),
    }
    return _append(values)


def hold(book: str) -> None:
    """Lock a book before telling, in the transaction of the change: for an action that must number something of its own in
    the order of the book. Whoever holds it locks nothing else that others lock before they tell.

    Raises:
        RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("ledger.hold must run inside the transaction of the change to be recorded")
    with connection.cursor() as cursor:
        cursor.execute(_LOCK[connection.vendor], [book])
        if cursor.fetchone() is None:
            _lock(book)


def seal(day: date, *, at: datetime) -> Seal:
    """Close a day that is over, for all books at once; days left out since the last seal are closed first.

    What a seal covers is decided by number, not by time: each book up to the last entry whose moment lies on or before
    that day. An entry that commits later with a moment on a closed day simply belongs to the next seal. The first seal
    covers everything up to its day. Closing a closed day again gives the seal it has.

    Raises:
        Refused: the day is not over (`day_not_over`), or lies before the first seal (`day_before_first_seal`).

    Source: 二(四)-1.
    """
    if day >= at.astimezone(BEIJING).date():
        raise Refused("day_not_over", f"{day:%Y-%m-%d} 还没有过完，次日起才能封账。", field="day")
    with transaction.atomic():
        head = _lock(SEALS)
        last = Seal.objects.order_by("-number").first()
        if last is not None and day <= last.day:
            found = Seal.objects.filter(day=day).first()
            if found is None:
                raise Refused(
                    "day_before_first_seal", f"{day:%Y-%m-%d} 早于第一次封账，已含在第一张封账单里。", field="day"
                )
            return found
        reached = _reached(last, day)
        for today in _days(last, day):
            last = _close(head, last, today, reached, at)
        assert last is not None  # noqa: S101  the range of days is never empty here
        return last


def _append(values: dict[str, Any]) -> Entry:
    """Lock the book, number and chain the entry, write it, move the head.

    Plain SQL: every press of every page comes through here, and building these four statements costs the ORM a
    millisecond, more than both databases need to run them.
    """
    book = values["book"]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK[connection.vendor], [book])
        found = cursor.fetchone()
        if found is None:
            begun = _lock(book)
            found = (begun.seq, begun.digest)
        cursor.execute(_LAST_STEP, [values["subject_kind"], values["subject_id"], book])
        step = cursor.fetchone()[0] or 0
        row = {**values, "seq": found[0] + 1, "subject_seq": step + 1, "previous": found[1]}
        row["digest"] = digest_of(text_of(row), ALGORITHM)
        cursor.execute(_INSERT, [row[name] for name in _COLUMNS])
        cursor.execute(_MOVE, [row["seq"], row["digest"], book])
    entry = Entry(**row)
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def _lock(book: str) -> Head:
    """Return the head of a book, locked until the transaction ends; begins the book if need be."""
    head = Head.objects.select_for_update().filter(book=book).first()
    if head is None:
        # Two that begin the same book: PostgreSQL lets the second wait here and then find the row of the first.
        Head.objects.bulk_create([Head(book=book, seq=0, digest="")], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(book=book)
    return head


def _move(head: Head, digest: str) -> None:
    head.seq += 1
    head.digest = digest
    head.save(update_fields=["seq", "digest"])


def _days(last: Seal | None, day: date) -> list[date]:
    if last is None:
        return [day]
    return [last.day + timedelta(days=n) for n in range(1, (day - last.day).days + 1)]


def _reached(last: Seal | None, day: date) -> dict[str, dict[str, int]]:
    """Return, by book and day (ISO), the last number that bears that day, among the entries not yet sealed."""
    sealed = last.heads if last else {}
    end = (day + timedelta(days=1)).isoformat()
    reached: dict[str, dict[str, int]] = {}
    for book in Head.objects.exclude(book=SEALS).order_by("book").values_list("book", flat=True):
        rows = Entry.objects.filter(book=book, seq__gt=sealed.get(book, {}).get("seq", 0), stamp__lt=end)
        by_day = rows.annotate(on=Substr("stamp", 1, 10)).values("on").annotate(last=Max("seq")).order_by()
        reached[book] = dict(by_day.values_list("on", "last"))
    return reached


def _close(head: Head, last: Seal | None, day: date, reached: dict[str, dict[str, int]], at: datetime) -> Seal:
    """Write the seal of one day."""
    heads = {book: {**before, "entries": 0} for book, before in (last.heads if last else {}).items()}
    for book, days in reached.items():
        before = heads.get(book, {"seq": 0})["seq"]
        seq = max((number for on, number in days.items() if on <= day.isoformat()), default=0)
        if seq > before:
            digest = Entry.objects.values_list("digest", flat=True).get(book=book, seq=seq)
            heads[book] = {"seq": seq, "digest": digest, "entries": seq - before}
    values: dict[str, Any] = {
        "number": head.seq + 1,
        "algorithm": ALGORITHM,
        "day": day,
        "sealed_at": stamp_of(at),
        "heads_text": canonical_json(heads),
        "entries": sum(line["entries"] for line in heads.values()),
        "previous": head.digest,
    }
    sealed = Seal(**values, digest=digest_of(text_of(values, SEAL_FIELDS), ALGORITHM))
    sealed.save(force_insert=True)
    _move(head, sealed.digest)
    return sealed
