"""What a list is made from: the statistics' sums, the orders and the typical cases of a period, up to one entry of the book."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from qinqing.cases.words import Ground, UrgeLevel
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import reads as ledger
from qinqing.standings.facts import TypicalTaken
from qinqing.standings.words import Part
from qinqing.statistics.reads import counting, offices
from qinqing.statistics.rules.periods import Period
from qinqing.statistics.words import Dimension

Tallies = dict[int, Counter[str]]
"""By office."""
CaseTallies = dict[int, dict[int, Counter[str]]]
"""By office and case."""
_PAGE = 500
_LEVELS = {UrgeLevel.SUPERVISE.label: Part.SUPERVISED, UrgeLevel.SUPERVISE_AGAIN.label: Part.SUPERVISED_AGAIN}


def by_case(town_id: int, book: str, period: Period, *, until: int) -> CaseTallies:
    """Return what every case adds to every office, from the sums that are kept (which a recount holds against the ledger)."""
    found: CaseTallies = {}
    for office, case, adds in offices.adds_by_case(town_id, period.months):
        found.setdefault(office, {}).setdefault(case, Counter()).update(
            {measure.value: number for measure, number in adds.items()}
        )
    for office, case, part in beside(book, period, until=until):
        found.setdefault(office, {}).setdefault(case, Counter())[part] += 1
    return found


def from_entries(town_id: int, book: str, period: Period, *, now: datetime, until: int) -> Tallies:
    """Return every office's sums counted from raw entries alone, as of the moment and the entry a list was made from."""
    found: Tallies = {}
    for (month, dimension, key, _kind), counts in counting.from_entries(town_id, now=now, until=until).items():
        if dimension == Dimension.OFFICE and month in period.months:
            found.setdefault(int(key), Counter()).update({measure.value: number for measure, number in counts.items()})
    for office, _case, part in beside(book, period, until=until):
        found.setdefault(office, Counter())[part] += 1
    return found


def of_case(case_id: int, office_id: int, book: str, period: Period, *, now: datetime, until: int) -> Counter[str]:
    """Return what one case adds to one office, from raw entries."""
    found: Counter[str] = Counter()
    for _standing, counted in counting.count_cases([case_id], now=now, until=until):
        for (month, office), adds in counted.adds.items():
            if office == office_id and month in period.months:
                found.update({measure.value: number for measure, number in adds.items()})
    for office, case, part in beside(book, period, until=until):
        if (office, case) == (office_id, case_id):
            found[part] += 1
    return found


def beside(book: str, period: Period, *, until: int) -> Iterator[tuple[int, int, str]]:
    """Yield (office, case, part) of every order given and every typical case taken up in a period; orders taken back are none."""
    since, end = _start(period), datetime.combine(period.end, time(), SHANGHAI)
    cancelled = {facts["number"] for _, facts in _entries(book, "case.order_cancelled", since, None, until)}
    for case, facts in _entries(book, "case.supervised", since, end, until):
        if facts["number"] in cancelled or not facts["office_ids"]:
            continue
        part = Part.FALSE_FINISH if facts["ground"] == Ground.FALSE_FINISH.label else _LEVELS[facts["level"]]
        yield facts["office_ids"][0], case, part.value
    for _, facts in _entries(book, TypicalTaken.kind, since, end, until):
        yield facts["office_id"], facts["case_id"], Part.TYPICAL.value


def _start(period: Period) -> datetime:
    return datetime.combine(period.first, time(), SHANGHAI)


def _entries(
    book: str, kind: str, since: datetime, end: datetime | None, until: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    before: int | None = until + 1
    while before is not None:
        page = ledger.entries(book, kind=kind, since=since, until=end, before=before, limit=_PAGE)
        yield from ((entry.subject_id, entry.facts) for entry in page.entries)
        before = page.older
