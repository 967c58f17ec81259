"""The pages: book, search, case, today. Runs alone in a process, so that its memory is a worker's."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from bench.house import open_house

open_house()

from bench import cast  # noqa: E402
from bench.measure import Row, reading, resident_mb  # noqa: E402
from qinqing.cases.reads import ledger, today  # noqa: E402
from qinqing.cases.reads.ledger import Filter  # noqa: E402
from qinqing.cases.rules.books import Pile  # noqa: E402
from qinqing.kernel import clock  # noqa: E402
from qinqing.kernel.actor import Actor  # noqa: E402
from qinqing.people import reads as people  # noqa: E402
from qinqing.people.words import Role  # noqa: E402
from qinqing.statistics import actions as counting  # noqa: E402

TIMES = 20
WORDS = ("路灯", "环评", "消防", "增容", "招聘", "扬尘", "喷淋", "危废", "社保", "红线")
_PAGE = "p95 ≤ 60 ms, ≤ 12 statements"
Work = Callable[[], Any]


def main() -> int:
    rows = [*_books(), *_search(), *_cases(), *_today(), *_statistics()]
    memory = Row("worker", "a worker's memory after these pages", "≤ 150 MB", more={"mb": resident_mb()})
    print(json.dumps([row.as_json() for row in (*rows, memory)], ensure_ascii=False))
    return 0


def _books() -> list[Row]:
    hub, handler = cast.actor(Role.HUB_CLERK), cast.actor(Role.HANDLER)
    open_, all_demands = Filter(), Filter(stand="all", kind="demand")
    everything = Filter(stand="all")
    office = Filter(stand="all", office=handler.office_id or 0)
    return [
        _page("book_hub_first", "book, first page, as hub", hub, open_, 1),
        _page("book_hub_100", "book, 100th page of all demands, as hub", hub, all_demands, 100),
        _page("book_hub_office", "book, first page of one office's cases, as hub", hub, office, 1),
        _page("book_hub_late", "book, overdue cases, as hub", hub, Filter(stand="late"), 1),
        _page("book_handler_first", "book, first page, as department handler", handler, open_, 1),
        _page("book_handler_100", "book, 100th page of all, as department handler", handler, everything, 100),
        _read("read_hub_first", "read alone, first page, as hub", hub, open_, 1),
        _read("read_hub_100", "read alone, 100th page of all demands, as hub", hub, all_demands, 100),
    ]


def _cursor(by: Actor, wanted: Filter, page: int) -> tuple[str, int]:
    """Walk to a page as a reader would; return its cursor and how far there was to walk."""
    cursor, at, reached = "", clock.now(), 1
    for _ in range(page - 1):
        following = ledger.page(by, wanted, at, cursor=cursor).next
        if not following:
            break
        cursor, reached = following, reached + 1
    return cursor, reached


def _page(key: str, what: str, by: Actor, wanted: Filter, page: int) -> Row:
    cursor, reached = _cursor(by, wanted, page)
    query = wanted.as_query() | ({"at": cursor} if cursor else {})
    client = cast.browser(by)
    work = partial(cast.fetch, client, "/ledger?" + urlencode(query))
    return reading(Row(key, what, _PAGE, more={"page": reached}), [work] * TIMES)


def _read(key: str, what: str, by: Actor, wanted: Filter, page: int) -> Row:
    cursor, reached = _cursor(by, wanted, page)
    work = partial(ledger.page, by, wanted, clock.now(), cursor=cursor)
    return reading(Row(key, what, more={"page": reached}), [work] * TIMES)


def _search() -> list[Row]:
    rows = []
    for key, what, role, words, stand in (
        ("search_hub", "search, two Chinese characters, as hub", Role.HUB_CLERK, WORDS, "all"),
        ("search_hub_open", "the same among open cases, as hub", Role.HUB_CLERK, WORDS, "open"),
        ("search_handler", "the same, as department handler", Role.HANDLER, WORDS, "all"),
        ("search_frequent", "search, a word in every case, as hub", Role.HUB_CLERK, ("演示", "公司"), "all"),
        ("search_nothing", "search, a word in none, as hub", Role.HUB_CLERK, ("鲸鱼", "火箭"), "all"),
    ):
        client = cast.browser(cast.actor(role))
        works: list[Work] = [
            partial(cast.fetch, client, "/ledger?" + urlencode({"stand": stand, "q": word})) for word in words
        ] * (TIMES // len(words))
        rows.append(reading(Row(key, what, "p95 ≤ 150 ms"), works))
    return rows


def _cases() -> list[Row]:
    client = cast.browser(cast.actor(Role.HUB_CLERK))
    works: list[Work] = [partial(cast.fetch, client, f"/cases/{pk}") for pk in cast.long_cases(15)] * 3
    return [reading(Row("case", "case page with 30 entries, as hub", "p95 ≤ 60 ms"), works)]


def _today() -> list[Row]:
    rows = []
    for key, role in (("hub", Role.HUB_CLERK), ("handler", Role.HANDLER), ("officer", Role.GRID_OFFICER)):
        client = cast.browser(cast.actor(role))
        rows.append(
            reading(
                Row(f"today_{key}", f"today page, as {key}", "counters from a table"),
                [partial(cast.fetch, client, "/today")] * TIMES,
            )
        )
    office = cast.actor(Role.HUB_CLERK).office_id or 0
    counters = partial(today.pile_counts, office, tuple(Pile))
    rows.append(reading(Row("piles", "the counters of the today page", "from a table, not COUNT"), [counters] * TIMES))
    return rows


def _statistics() -> list[Row]:
    """The sums are made first, from the entries of the town that is measured: how long that takes is a row of its own."""
    by, at = cast.actor(Role.HUB_CLERK), clock.now()
    town = people.town_of(by.town_id)
    started = time.perf_counter()
    cases = counting.rebuild(town_id=town.pk, at=at)
    took = time.perf_counter() - started
    client = cast.browser(by)
    month, year = f"{at:%Y-%m}", f"{at:%Y}"
    return [
        Row(
            "statistics_rebuild",
            "all sums of the town from its entries",
            more={"cases": cases, "seconds": round(took, 1)},
        ),
        reading(
            Row("statistics_month", "month statistics by office, as hub", "≤ 1 s"),
            [partial(cast.fetch, client, f"/statistics/?period={month}")] * TIMES,
        ),
        reading(
            Row("statistics_year", "a year's statistics by topic, as hub", "≤ 1 s"),
            [partial(cast.fetch, client, f"/statistics/?period={year}&by=topic")] * TIMES,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
