"""Checking the seals: their own chain, their head, and what they say of each book."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from qinqing.ledger.blame import Bad
from qinqing.ledger.chain import SEAL_FIELDS, digest_of, text_of
from qinqing.ledger.models import SEALS, Head, Seal

NAME = "封账单"


def sealed_points() -> dict[str, dict[int, tuple[str, date]]]:
    """Return, by book and number of an entry, its digest at the closing of a day, and that day (the first if several).

    A seal that cannot be read is passed over here; `broken_seal` names it.
    """
    points: dict[str, dict[int, tuple[str, date]]] = {}
    for seal in Seal.objects.order_by("number"):
        for book, seq, digest in _lines(seal):
            points.setdefault(book, {}).setdefault(seq, (digest, seal.day))
    return points


def broken_seal() -> Bad | None:
    """Return the first seal that is changed, missing, out of order or against the one before, or None."""
    head = Head.objects.filter(book=SEALS).first()
    before: Seal | None = None
    for seal in Seal.objects.order_by("number"):
        if wrong := _wrong(seal, before):
            return Bad(NAME, seal.number, str(seal.day), seal.sealed_at, wrong)
        before = seal
    number, digest = (before.number, before.digest) if before else (0, "")
    told, kept = (head.seq, head.digest) if head else (0, "")
    if number < told:
        return Bad(NAME, number + 1, "", "", f"缺封账单：应有 {told} 张，只剩 {number} 张")
    if (number, digest) != (told, kept):
        label, stamp = (str(before.day), before.sealed_at) if before else ("", "")
        return Bad(NAME, number, label, stamp, "与封账记下的最后摘要不符：最后一张封账单被替换或多出")
    return None


def _wrong(seal: Seal, before: Seal | None) -> str:
    """Return what is wrong with a seal, in 中文; empty when nothing is."""
    if seal.number != (before.number + 1 if before else 1):
        return "之前缺封账单"
    values = {name: getattr(seal, name) for name in SEAL_FIELDS}
    try:
        own = digest_of(text_of(values, SEAL_FIELDS), seal.algorithm)
    except ValueError:
        own = ""
    if own != seal.digest:
        return "内容与摘要不符：封账以后被改动"
    if seal.previous != (before.digest if before else ""):
        return "与上一张封账单接不上：有一张被替换"
    if before and seal.day != before.day + timedelta(days=1):
        return "日期不连续"
    if before and _goes_back(before, seal):
        return "某账册的序号比上一张封账单还小"
    return ""


def _goes_back(before: Seal, seal: Seal) -> bool:
    now = {book: seq for book, seq, _ in _lines(seal)}
    return any(now.get(book, 0) < seq for book, seq, _ in _lines(before))


def _lines(seal: Seal) -> Iterator[tuple[str, int, str]]:
    try:
        heads: dict[str, dict[str, Any]] = seal.heads
        yield from [(book, int(line["seq"]), str(line["digest"])) for book, line in heads.items()]
    except (ValueError, TypeError, KeyError, AttributeError):
        return
