"""What is kept beside a case at every press: who has to do with it, whose account it is on, the month's balance, the counters.

Plain SQL, one statement a table: every press of every page comes through here, and the ORM takes longer to build such
statements than both databases to run them. Rows are written in one fixed order, so that two presses never wait for each other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from qinqing.cases.models import Case, Holding, Serial
from qinqing.cases.rules import books
from qinqing.cases.rules.sight import Sight
from qinqing.kernel.clock import SHANGHAI

_INVOLVE = "INSERT INTO cases_involvement (case_id, office_id, account_id) VALUES {} ON CONFLICT DO NOTHING"
_HANG = "INSERT INTO cases_holding (case_id, office_id, opened_at) VALUES {}"
_BALANCE = (
    "INSERT INTO cases_balance (office_id, month, hung, cleared) VALUES {} ON CONFLICT (office_id, month)"
    " DO UPDATE SET hung = cases_balance.hung + excluded.hung, cleared = cases_balance.cleared + excluded.cleared"
)
_TALLY = (
    "INSERT INTO cases_tally (office_id, pile, count) VALUES {} ON CONFLICT (office_id, pile)"
    " DO UPDATE SET count = cases_tally.count + excluded.count"
)
_NEXT = (
    "INSERT INTO cases_serial (town_id, prefix, year, last) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (town_id, prefix, year) DO UPDATE SET last = cases_serial.last + 1"
)
_GIVEN = "SELECT last FROM cases_serial WHERE town_id = %s AND prefix = %s AND year = %s"


def next_number(town_id: int, prefix: str, at: datetime) -> str:
    """Give out the next number of a town, kind and year: 诉〔2026〕0001号. A number given is never given again."""
    year = at.astimezone(SHANGHAI).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [town_id, prefix, year])
        cursor.execute(_GIVEN, [town_id, prefix, year])  # the row is ours until the transaction ends
        return str(Serial(prefix=prefix, year=year, last=cursor.fetchone()[0]))


def involve(case: Case, *, offices: Iterable[int] = (), accounts: Iterable[int | None] = ()) -> None:
    """Note who has to do with the case, for good: they keep reading it."""
    rows: list[Sequence[Any]] = [(case.pk, office, None) for office in dict.fromkeys(offices)]
    rows += [(case.pk, None, account) for account in dict.fromkeys(accounts) if account is not None]
    _write(_INVOLVE, rows)


def keep_books(before: Sight | None, after: Sight, case: Case, at: datetime) -> None:
    """Move the case between piles and accounts by the difference of before and after. Source: 二(四)-2c."""
    held = books.holders(before) if before else frozenset()
    holds = books.holders(after)
    moment = connection.ops.adapt_datetimefield_value(at)
    month = at.astimezone(SHANGHAI).strftime("%Y-%m")
    _write(_HANG, [(case.pk, office, moment) for office in sorted(holds - held)])
    if held - holds:
        Holding.objects.filter(case=case, office_id__in=held - holds, closed_at__isnull=True).update(closed_at=at)
    _write(_BALANCE, [(office, month, int(office in holds), int(office in held)) for office in sorted(holds ^ held)])
    change = books.piles(after)
    change.subtract(books.piles(before) if before else {})
    _write(_TALLY, [(office, pile.value, moved) for (office, pile), moved in sorted(change.items()) if moved])


def _write(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement with these rows as its values; no rows, no statement."""
    if not rows:
        return
    marks = f"({', '.join(['%s'] * len(rows[0]))})"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(", ".join([marks] * len(rows))), [cell for row in rows for cell in row])
