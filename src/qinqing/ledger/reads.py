"""Everything fetched from the ledger. Who may see an entry is decided above, by the noun it belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from qinqing.ledger.chain import stamp_of
from qinqing.ledger.models import SEALS, Entry, Head, Seal


@dataclass(frozen=True)
class BookHead:
    """Where a book stands; `seq` 0 and an empty digest before its first entry."""

    book: str
    seq: int
    digest: str


@dataclass(frozen=True)
class Page:
    """One page of a book, newest first; `older` is the `before` of the next page, None on the last."""

    entries: list[Entry]
    older: int | None


@dataclass(frozen=True)
class SealLine:
    """One book on the seal sheet."""

    book: str
    seq: int
    digest: str
    entries: int


@dataclass(frozen=True)
class SealSheet:
    """What is printed for a closed day."""

    number: int
    day: date
    sealed_at: datetime
    algorithm: str
    digest: str
    previous: str
    entries: int
    lines: list[SealLine]


def entries_of(kind: str, subject_id: int) -> QuerySet[Entry]:
    """Return all entries of a subject, e.g. ("case", 12), in the order they happened."""
    return Entry.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("book", "subject_seq")


def entries_of_many(kind: str, subject_ids: Sequence[int]) -> QuerySet[Entry]:
    """Return all entries of several subjects of one kind, subject by subject, each in order."""
    return Entry.objects.filter(subject_kind=kind, subject_id__in=subject_ids).order_by(
        "subject_id", "book", "subject_seq"
    )


def entry(book: str, seq: int) -> Entry | None:
    """Return one entry, or None."""
    return Entry.objects.filter(book=book, seq=seq).first()


def after(book: str, seq: int, limit: int) -> list[Entry]:
    """Return up to `limit` entries of a book behind a reader's cursor, oldest first.

    Order of numbers is order of commit, so a reader that remembers the last number it saw never misses an entry.
    """
    return list(Entry.objects.filter(book=book, seq__gt=seq).order_by("seq")[:limit])


def books() -> list[str]:
    """Return the names of all books begun, in order."""
    return list(Head.objects.exclude(book=SEALS).order_by("book").values_list("book", flat=True))


def book_head(book: str) -> BookHead:
    """Return where a book stands."""
    head = Head.objects.filter(book=book).first()
    return BookHead(book, head.seq, head.digest) if head else BookHead(book, 0, "")


def entries(
    book: str,
    *,
    kind: str = "",
    without: Iterable[str] = (),
    on: tuple[str, int] | None = None,
    actor_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Page:
    """Return one page of a book, newest first.

    Args:
        book: the town's code.
        kind: only this kind of fact ("case.forwarded"), or a noun with a dot at its end ("case.").
        without: nouns with a dot at their end that are left out ("account.").
        on: only what happened to this subject, e.g. ("case", 12).
        actor_id: only what this account did.
        since: only from this moment on, inclusive.
        until: only before this moment, exclusive.
        before: number to go on from, exclusive: the `older` of the page before.
        limit: rows on the page.
    """
    rows = Entry.objects.filter(book=book)
    if on is not None:
        rows = rows.filter(subject_kind=on[0], subject_id=on[1])
    if out := tuple(without):
        rows = rows.exclude(kind__in=_kinds_of(book, out))
    if kind.endswith("."):
        rows = rows.filter(kind__in=_kinds_of(book, (kind,)))
    elif kind:
        rows = rows.filter(kind=kind)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if since is not None:
        rows = rows.filter(stamp__gte=stamp_of(since))
    if until is not None:
        rows = rows.filter(stamp__lt=stamp_of(until))
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: limit + 1])
    return Page(found[:limit], found[limit - 1].seq if len(found) > limit else None)


def _kinds_of(book: str, nouns: tuple[str, ...]) -> list[str]:
    """Return the kinds of some nouns. Not LIKE: PostgreSQL would not use the index for it in a Chinese collation."""
    return [kind for kind, _ in kinds(book) if kind.startswith(nouns)]


def kinds(book: str) -> list[tuple[str, str]]:
    """Return the kinds of fact that occur in a book with the verb people know them by, for a filter.

    Costs one index look-up per kind, not a pass over the book.
    """
    found: list[tuple[str, str]] = []
    last = ""
    while row := Entry.objects.filter(book=book, kind__gt=last).order_by("book", "kind", "seq").first():
        last = row.kind
        found.append((row.kind, row.verb))
    return found


def subjects_of(label: str, *, book: str = "") -> list[tuple[str, str, int]]:
    """Return (book, kind, id) of every subject known by this number, e.g. 诉〔2026〕0001号; one per town at most."""
    rows = Entry.objects.filter(label=label, subject_seq=1)
    if book:
        rows = rows.filter(book=book)
    return list(rows.order_by("book", "seq").values_list("book", "subject_kind", "subject_id"))


def last_seal() -> Seal | None:
    """Return the newest seal, or None before the first."""
    return Seal.objects.order_by("-number").first()


def seals(limit: int = 60) -> list[Seal]:
    """Return the newest seals, newest first."""
    return list(Seal.objects.order_by("-number")[:limit])


def seal_sheet(day: date) -> SealSheet | None:
    """Return what is printed for a closed day, or None if it is not sealed."""
    seal = Seal.objects.filter(day=day).first()
    if seal is None:
        return None
    lines = [SealLine(book, head["seq"], head["digest"], head["entries"]) for book, head in sorted(seal.heads.items())]
    return SealSheet(seal.number, seal.day, seal.at, seal.algorithm, seal.digest, seal.previous, seal.entries, lines)
