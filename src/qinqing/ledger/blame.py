"""Where the chain breaks: which entry is at fault, and what happened to it, in 中文."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q

from qinqing.ledger.chain import FIELDS, digest_of, text_of
from qinqing.ledger.models import Entry, Head


@dataclass(frozen=True)
class Bad:
    """A bad entry, or a bad seal (`book` is then 封账单).

    Attributes:
        book, seq: which one; the number an entry should have if it is gone.
        label, stamp: as stored, empty if it is gone.
        reason: 中文, what is wrong.
    """

    book: str
    seq: int
    label: str
    stamp: str
    reason: str

    def sentence(self) -> str:
        """Return 中文 for people: where and what."""
        known = "，".join(word for word in (self.label, self.stamp[:19].replace("T", " ")) if word)
        return f"账册 {self.book} 第 {self.seq} 笔{f'（{known}）' if known else ''}：{self.reason}。"


def at_entry(book: str, seq: int, reason: str) -> Bad:
    """Return this reason with the label and time of the entry, as far as it is there."""
    row = Entry.objects.filter(book=book, seq=seq).values_list("label", "stamp").first()
    label, stamp = (_readable(word) for word in row) if row else ("", "")
    return Bad(book, seq, label, stamp, reason)


def whose_fault(book: str, seq: int, *, alone: bool = False) -> Bad | None:
    """Look closely at an entry and its neighbours.

    Args:
        book: the book.
        seq: number of the entry where the fast pass stumbled: all before it were sound.
        alone: nothing is known of the entries before; look at this one and both its links.

    Returns:
        The bad entry; None if this one is sound (possible only when `alone`).
    """
    near = {row.seq: row for row in Entry.objects.filter(book=book, seq__range=(seq - 1, seq + 2))}
    here, behind = near.get(seq), near.get(seq + 1)
    if here is None:
        return _gone(book, seq)
    if _own_digest(here) != here.digest:
        return at_entry(book, seq, _what_changed(here, behind))
    if bad := _link(here, near.get(seq - 1), behind):
        return bad
    if not alone:
        return at_entry(book, seq, "序号重复，或存法不是本系统的")
    if behind is not None and behind.previous != here.digest:
        return _either(behind, here, _remembered(behind, behind.digest, near.get(seq + 2)))
    return None


def _link(here: Entry, before: Entry | None, behind: Entry | None) -> Bad | None:
    """Return who breaks the link of a sound entry to the one before it, or None."""
    if here.seq == 1:
        return at_entry(here.book, 1, "首笔之前不应再有账目：开头被替换") if here.previous else None
    if before is None:
        return _gone(here.book, here.seq - 1)
    if here.previous != before.digest:
        return _either(here, before, _remembered(here, here.digest, behind))
    return None


def broken_steps(book: str | None) -> dict[str, Bad]:
    """Return, by book, the first entry of a subject whose steps do not run 1, 2, 3 …: one was taken out, all renumbered.

    One pass over the index of subjects, whether for one book or for all.
    """
    rows = Entry.objects.all() if book is None else Entry.objects.filter(book=book)
    subjects = (
        rows.values("subject_kind", "subject_id", "book")
        .annotate(steps=Count("subject_seq"), first=Min("subject_seq"), last=Max("subject_seq"))
        .filter(~Q(last=F("steps")) | ~Q(first=1))
        .order_by()
    )
    found: dict[str, Bad] = {}
    for subject in subjects[:1000]:
        bad = _missing_step(subject["book"], subject["subject_kind"], subject["subject_id"])
        if bad and (bad.book not in found or bad.seq < found[bad.book].seq):
            found[bad.book] = bad
    return found


def _missing_step(book: str, kind: str, subject_id: int) -> Bad | None:
    rows = Entry.objects.filter(book=book, subject_kind=kind, subject_id=subject_id).order_by("subject_seq")
    for step, (seq, number) in enumerate(rows.values_list("seq", "subject_seq"), start=1):
        if number != step:
            return at_entry(book, seq, f"缺账：该事项的第 {step} 步不在账上")
    return None


def _own_digest(row: Entry) -> str:
    """Return the digest the columns of a row should have; empty if they could not have been written by this program."""
    try:
        return digest_of(text_of({name: getattr(row, name) for name in FIELDS}), row.algorithm)
    except ValueError:
        return ""


def _what_changed(row: Entry, behind: Entry | None) -> str:
    """Tell an edited text from an edited digest by what the next entry, or the head, remembers."""
    own = _own_digest(row)
    if own and _remembered(row, own, behind):
        return "摘要被改动：内容未变，后面记得的是原来的摘要"
    return "内容与摘要不符：入账以后被改动"


def _remembered(row: Entry, digest: str, behind: Entry | None) -> bool:
    """Say whether the next entry, or else the head, remembers this digest as that of the row."""
    if behind is not None:
        return behind.previous == digest
    return Head.objects.filter(book=row.book, seq=row.seq, digest=digest).exists()


def _either(row: Entry, before: Entry, row_is_remembered: bool) -> Bad:
    """Blame one of two entries that are sound in themselves but do not join."""
    if row_is_remembered:
        return at_entry(before.book, before.seq, "整笔被替换：下一笔记得的不是它")
    return at_entry(row.book, row.seq, "与上一笔接不上：被替换、插入或调换了次序")


def _gone(book: str, seq: int) -> Bad:
    there = Entry.objects.filter(book=book, seq__gt=seq).order_by("seq").values_list("seq", flat=True).first()
    return Bad(book, seq, "", "", f"缺账：这一笔不在账上{f'，后面是第 {there} 笔' if there else ''}")


def _readable(value: object) -> str:
    """Return a stored word for people; a tampered row may hold anything."""
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
