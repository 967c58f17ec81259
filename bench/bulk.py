"""The long works: the sheet of all rows, the ledger's check, deadline arithmetic. Each alone in a process."""

import json
import random
import sys
import time
from datetime import datetime, timedelta

from bench.house import open_house

open_house()

from bench import cast  # noqa: E402
from bench.measure import Row, peak_mb, resident_mb  # noqa: E402
from qinqing.cases.models import Case  # noqa: E402
from qinqing.cases.reads.ledger import Filter  # noqa: E402
from qinqing.cases.terms import current_terms  # noqa: E402
from qinqing.kernel import clock  # noqa: E402
from qinqing.kernel.clock import SHANGHAI  # noqa: E402
from qinqing.ledger.verify import verify  # noqa: E402
from qinqing.people.words import Role  # noqa: E402
from qinqing.web.cases.book_sheet import stream_book  # noqa: E402


def sheet() -> Row:
    hub = cast.actor(Role.HUB_CLERK)
    count = Case.objects.filter(book=cast.book()).count()
    before, begun, spent = resident_mb(), time.perf_counter(), time.process_time()
    size = sum(len(part) for part in stream_book(hub, Filter(stand="all"), clock.now()))
    took = time.perf_counter() - begun
    more = {
        "rows": count, "seconds": round(took, 1), "rows_per_second": round(count / took), "own_seconds": round(time.process_time() - spent, 1), "peak_mb": peak_mb(),
        "before_mb": before, "file_mb": round(size / 1e6, 1),
    }  # fmt: skip
    return Row("xlsx", "the book as .xlsx", "100 000 rows: ≤ 250 MB peak, ≤ 30 s", more=more)


def ledger() -> Row:
    spent = time.process_time()
    verdict = verify(cast.book())
    spent = time.process_time() - spent
    if not verdict.ok:
        raise SystemExit(verdict.sentence())
    more = {
        "entries": verdict.checked,
        "per_second": round(verdict.checked / verdict.seconds),
        "per_own_second": round(verdict.checked / spent),
    }
    return Row("verify", "ledger verify, one book", "≥ 150 000 entries/s a core", more=more)


def deadlines() -> Row:
    terms, dice = current_terms(cast.book())[1], random.Random(3)
    first = datetime(2025, 1, 2, 8, tzinfo=SHANGHAI)
    moments = [first + timedelta(minutes=dice.randint(0, 900_000)) for _ in range(100_000)]
    begun, spent = time.perf_counter(), time.process_time()
    for moment in moments:
        terms.due(moment, 5)
    took, spent = time.perf_counter() - begun, time.process_time() - spent
    more = {"per_second": round(len(moments) / took), "per_own_second": round(len(moments) / spent)}
    return Row("due", "deadline arithmetic", "≥ 200 000/s", more=more)


if __name__ == "__main__":
    chosen = {"xlsx": sheet, "verify": ledger, "due": deadlines}[sys.argv[1]]
    print(json.dumps([chosen().as_json()], ensure_ascii=False))
