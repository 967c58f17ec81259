"""Which items of a list are asked at all, given the answers so far. The phone decides in the same way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from qinqing.checklists.rules.items import Content, ShowIf
from qinqing.checklists.words import AnswerKind, Op


def asked(content: Content, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the items that are asked, in walking order.

    Args:
        content: of the version.
        values: the answers by key: a mark, a choice's code, a number, a date, words; "" or missing: none yet.
    """
    found: dict[str, None] = {}
    for item in content.items:
        shown = item.show_if
        # An item that was not asked has no answer that counts, whatever was typed before.
        if shown is None or (shown.item in found and _fits(shown, content, values.get(shown.item, ""))):
            found[item.key] = None
    return tuple(found)


def _fits(shown: ShowIf, content: Content, value: str) -> bool:
    """Say whether an answer fits a condition; no answer fits none."""
    if not value:
        return False
    if shown.op in (Op.IS, Op.IS_NOT):
        same = _same(content.by_key[shown.item].answer, value, shown.value)
        return same == (shown.op == Op.IS)
    order = _order(content.by_key[shown.item].answer, value, shown.value)
    return order is not None and (order >= 0 if shown.op == Op.AT_LEAST else order <= 0)


def _same(kind: AnswerKind, value: str, wanted: str) -> bool:
    return _order(kind, value, wanted) == 0 if kind == AnswerKind.NUMBER else value == wanted


def _order(kind: AnswerKind, value: str, wanted: str) -> int | None:
    """Return whether an answer is less (-1), equal (0) or more (1) than what a condition names; None: neither."""
    try:
        if kind == AnswerKind.NUMBER:
            given, limit = Decimal(value), Decimal(wanted)
            return None if given.is_nan() else (given > limit) - (given < limit)
        day, last = date.fromisoformat(value), date.fromisoformat(wanted)
        return (day > last) - (day < last)
    except (InvalidOperation, ValueError):
        return None
