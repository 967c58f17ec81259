"""Checking the ledger: is every entry still what was written, where it was written?

A fast pass over each book checks numbers, links and digests. Where it stumbles, `blame.py` looks closely and says in
中文 what is wrong. Then the ends are checked, which a chain alone cannot hold: the head says how far the book had come,
and every seal says how far it had come by a day that is over. What remains possible to the owner of the machine (to
rewrite entries, head and seals together) is found by yesterday's printed seal: `same_as_printed`.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from qinqing.ledger import guards
from qinqing.ledger.blame import Bad, at_entry, broken_steps, whose_fault
from qinqing.ledger.chain import hasher
from qinqing.ledger.models import SEALS, Entry, Head, Seal
from qinqing.ledger.seals import broken_seal, sealed_points
from qinqing.ledger.texts import strange, stream

Progress = Callable[[int], None]
_ENOUGH = 16  # hex digits of a printed digest that settle the matter: 64 bits


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes:
        bad: the first bad entry of each book, and the first bad seal; empty when all is well.
        checked: entries looked at.
        seconds: how long it took.
        warnings: 中文, what weakens the ledger without having harmed it.
    """

    bad: tuple[Bad, ...]
    checked: int
    seconds: float
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.bad

    @property
    def first_bad(self) -> Bad | None:
        """Return the first bad entry, or None."""
        return self.bad[0] if self.bad else None

    def sentence(self) -> str:
        """Return the result in one 中文 sentence."""
        if self.first_bad is None:
            took = f"{self.seconds:.1f} 秒" if self.seconds >= 0.1 else "不到 0.1 秒"
            return f"完好：共校验 {self.checked} 笔，用时 {took}。"
        return f"不完好：{self.first_bad.sentence()}"


@dataclass
class _Pass:
    """Where the fast pass has come in one book."""

    book: str
    progress: Progress | None = None
    done: int = 0
    seq: int = 0
    digest: str = ""
    bad: Bad | None = None


def verify(
    book: str | None = None, subject: tuple[str, int] | None = None, progress: Progress | None = None
) -> Verdict:
    """Check the whole ledger, one book, or all entries of one subject.

    Args:
        book: code of a town; None for all.
        subject: kind and id, e.g. ("case", 12): its entries and their links to both neighbours in the book. Only the
            check of the whole book can see that entries at the end are gone.
        progress: called now and then with the number of entries looked at so far.
    """
    begun = time.perf_counter()
    if subject is not None:
        bad, checked = _subject(*subject, book)
    else:
        bad, checked = _books([book] if book is not None else _all_books(), progress)
        if seal := broken_seal():
            bad.append(seal)
    return Verdict(tuple(bad), checked, time.perf_counter() - begun, _warnings())


def same_as_printed(day: date, code: str) -> bool:
    """Say whether the seal of a day is the one on paper.

    Args:
        day: the day on the sheet.
        code: the digest as printed, or its first 16 digits or more; spaces and letter case do not matter.
    """
    digits = re.sub(r"[\s·-]", "", code).lower()
    seal = Seal.objects.filter(day=day).first()
    return seal is not None and len(digits) >= _ENOUGH and seal.digest.startswith(digits)


def _all_books() -> list[str]:
    """Return every book that has a head, entries or a line in a seal, so that a book wiped out is still missed."""
    books = set(Head.objects.exclude(book=SEALS).values_list("book", flat=True))
    book = ""
    while row := Entry.objects.filter(book__gt=book).order_by("book").values_list("book", flat=True).first():
        book = row
        books.add(book)
    return sorted(books | set(sealed_points()))


def _books(names: list[str], progress: Progress | None) -> tuple[list[Bad], int]:
    points = sealed_points()
    bad: list[Bad] = []
    done = 0
    only = names[0] if len(names) == 1 else None
    odd, steps = strange(only), broken_steps(only)
    for name in names:
        # The head first: entries that commit while we read are more than it promised, never fewer.
        head = Head.objects.filter(book=name).first()
        run = _Pass(name, progress, done)
        _fast(run)
        done = run.done
        found = run.bad or _ends(run, head) or _sealed(run, points.get(name, {})) or steps.get(name)
        if odd and odd[0] == name and (found is None or odd[1] <= found.seq):
            found = at_entry(*odd, "有的栏目不是按本系统的方式存的（类型不对，或含看不见的空字符）")
        if found:
            bad.append(found)
    return bad, done


def _fast(run: _Pass) -> None:
    """Walk through a book until something is wrong."""
    number, algorithm, before = 0, "", b"\x1f"
    base = None
    for rows in stream(run.book, after=-1):
        for seq, text, digest, by in rows:
            number += 1
            if base is None or by != algorithm:
                try:
                    base = hasher(by)
                except ValueError:
                    run.bad = at_entry(run.book, seq, f"摘要算法“{by}”本机不认识：不是本系统写的，或本机缺少该算法")
                    return
                algorithm = by
            mine = base.copy()
            if text is not None:
                mine.update(text)
            if seq != number or text is None or not text.startswith(before) or mine.hexdigest() != digest:
                run.done += number - run.seq
                run.bad = whose_fault(run.book, number)
                return
            before = digest.encode() + b"\x1f"
        run.done += number - run.seq
        run.seq, run.digest = number, digest
        if run.progress:
            run.progress(run.done)


def _ends(run: _Pass, head: Head | None) -> Bad | None:
    """Compare the end of the book with its head, read before (`head`) and after the pass."""
    if head is None:
        head = Head(book=run.book, seq=0, digest="")
    if run.seq < head.seq:
        return Bad(run.book, run.seq + 1, "", "", f"末尾缺账：账册记到第 {head.seq} 笔，账上只剩 {run.seq} 笔")
    if head.seq and head.digest != _digest(run, head.seq):
        return at_entry(run.book, head.seq, "与账册记下的最后摘要不符：这一笔或账册头被改动")
    now = Head.objects.filter(book=run.book).values_list("seq", flat=True).first() or 0
    if run.seq > now:
        return at_entry(run.book, now + 1, f"多出的账目：账册只记到第 {now} 笔")
    return None


def _digest(run: _Pass, seq: int) -> str | None:
    if seq == run.seq:
        return run.digest
    return Entry.objects.filter(book=run.book, seq=seq).values_list("digest", flat=True).first()


def _sealed(run: _Pass, points: dict[int, tuple[str, date]]) -> Bad | None:
    """Compare a sound chain with the seals: a chain rewritten from some entry on is sound, but not what was sealed."""
    if not points:
        return None
    numbers = sorted(points)
    kept: dict[int, str] = {}
    for some in _chunks(numbers):
        kept |= dict(Entry.objects.filter(book=run.book, seq__in=some).values_list("seq", "digest"))
    sound = 0
    for number in numbers:
        digest, day = points[number]
        if number > run.seq:
            wrong = f"末尾缺账：{day:%Y-%m-%d} 封账时已有 {number} 笔，账上只剩 {run.seq} 笔"
            return Bad(run.book, run.seq + 1, "", "", wrong)
        if kept.get(number) != digest:
            wrong = f"与 {day:%Y-%m-%d} 的封账单不符：第 {sound + 1} 至 {number} 笔中有账目在封账后被改写"
            return at_entry(run.book, number, wrong)
        sound = number
    return None


def _chunks(numbers: list[int], size: int = 500) -> Iterator[list[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _subject(kind: str, subject_id: int, book: str | None) -> tuple[list[Bad], int]:
    rows = Entry.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("book", "subject_seq")
    if book is not None:
        rows = rows.filter(book=book)
    steps: dict[str, int] = {}
    checked = 0
    for entry in rows.iterator():
        checked += 1
        step = steps[entry.book] = steps.get(entry.book, 0) + 1
        if entry.subject_seq != step:
            wrong = f"缺账：该事项的第 {step} 步不在账上"
            return [at_entry(entry.book, entry.seq, wrong)], checked
        if bad := whose_fault(entry.book, entry.seq, alone=True):
            return [bad], checked
    return [], checked


def _warnings() -> tuple[str, ...]:
    gone = guards.missing()
    if not gone:
        return ()
    return (f"数据库对账目的保护不完整（{'、'.join(gone)}），请执行 qinqing upgrade 恢复，并查明原因。",)
