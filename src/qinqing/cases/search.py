"""Finding cases by what is written in them: two-character Chinese words, numbers, names, pinyin initials.

Own bigrams in the database's own full-text index, because neither trigram index knows two-character words (ADR 0013).
Every document carries its town as a token, so that a common word costs what it costs in one town, not in forty.
The one file with a dialect for each database; the tables are made by migration 0002.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from qinqing.cases.models import Case
from qinqing.kernel.text import grams

_PG_INSERT = "INSERT INTO cases_search (case_id, tokens) VALUES (%s, %s::tsvector)"
_PG_EXTEND = "UPDATE cases_search SET tokens = tokens || %s::tsvector WHERE case_id = %s"
_PG_FIND = "SELECT case_id FROM cases_search WHERE tokens @@ %s::tsquery"
_LITE_INSERT = "INSERT INTO cases_search (rowid, tokens) VALUES (%s, %s)"
_LITE_EXTEND = "UPDATE cases_search SET tokens = tokens || ' ' || %s WHERE rowid = %s"
_LITE_FIND = "SELECT rowid FROM cases_search WHERE cases_search MATCH %s"
_MOST_WORDS = 8
_LATEST_INITIAL = 6


def index(case: Case, *, initials: str) -> None:
    """Make a new case findable by number, title, text, enterprise and the enterprise's pinyin initials."""
    parts = (case.number, case.enterprise_name, case.title, case.text, case.submitter_name, case.track_code)
    _write(case.pk, words_of(case.town_id, initials, parts), is_new=True)


def words_of(town_id: int, initials: str, parts: Iterable[str]) -> list[str]:
    """Return all words a case is found by, in order: its town, the beginnings of the initials, the parts' bigrams."""
    heads = [initials[start:] for start in range(min(len(initials), _LATEST_INITIAL)) if len(initials[start:]) > 1]
    words = [_town(town_id), *heads]
    for part in parts:
        words.extend(grams(part, tails=True))
    return words


def document(words: list[str]) -> str:
    """Return words in the form this database's index takes."""
    # Tokens hold only Chinese characters, a to z and 0 to 9 (kernel.text.grams) and the town's own mark, so quoting them is
    # safe in both dialects.
    if connection.vendor == "postgresql":
        return " ".join([f"'{word[:200]}':{min(place, 16_000)}" for place, word in enumerate(words, 1)])
    return " ".join(words)


def extend(case: Case, text: str) -> None:
    """Add what was written later (a supplement, a rectification) to what the case is found by."""
    _write(case.pk, grams(text, tails=True), is_new=False)


def matching(rows: QuerySet[Case], typed: str, town_id: int) -> QuerySet[Case]:
    """Return those of the cases in which every typed word occurs; nothing searchable typed finds nothing."""
    phrases = [tokens for word in typed.split()[:_MOST_WORDS] if (tokens := grams(word))]
    if not phrases:
        return rows.none()
    if connection.vendor == "postgresql":
        query = " & ".join([f"'{_town(town_id)}'", *(_tsquery(tokens) for tokens in phrases)])
        return rows.filter(pk__in=RawSQL(_PG_FIND, [query]))  # noqa: S611
    query = " AND ".join([f'"{_town(town_id)}"', *(_fts(tokens) for tokens in phrases)])
    return rows.filter(pk__in=RawSQL(_LITE_FIND, [query]))  # noqa: S611


def _town(town_id: int) -> str:
    r"""Return the word that stands for a town: no text gives it, because `grams` passes over U+E000, a character nobody types.

    Both indexes keep it: a private-use character counts as a letter there.
    """
    return f"\ue000{town_id}"


def _open_ended(token: str) -> bool:
    """Say whether a last token matches as a beginning: numbers and Latin words do, and a single Chinese character."""
    return token.isascii() or len(token) == 1


def _tsquery(tokens: list[str]) -> str:
    words = [f"'{token}'" for token in tokens]
    if _open_ended(tokens[-1]):
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"


def _fts(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"' + ("*" if _open_ended(tokens[-1]) else "")


def _write(case_id: int, words: list[str], *, is_new: bool) -> None:
    given = document(words)
    if connection.vendor == "postgresql":
        statement = _PG_INSERT if is_new else _PG_EXTEND
    else:
        statement = _LITE_INSERT if is_new else _LITE_EXTEND
    with connection.cursor() as cursor:
        cursor.execute(statement, [case_id, given] if is_new else [given, case_id])
