"""The balance of an office's account, month by month: opening + hung − cleared = closing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from qinqing.cases import policy
from qinqing.cases.models import Balance, Holding
from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.kernel.clock import SHANGHAI

HELD_PAGE = 100


class Figure(Words):
    """A figure of the balance."""

    OPENING = "opening", "月初在账"
    HUNG = "hung", "本月挂账"
    CLEARED = "cleared", "本月销账"
    CLOSING = "closing", "月末在账"


@dataclass(frozen=True)
class MonthBalance:
    """One month of an office's account."""

    month: str
    opening: int
    hung: int
    cleared: int

    @property
    def closing(self) -> int:
        """Return what is on the account at the month's end."""
        return self.opening + self.hung - self.cleared


def balance(office_id: int, month: str) -> MonthBalance:
    """Return an office's balance of a month ("2026-11"), from the maintained counters. One query. Source: 二(四)-2c."""
    before, now = Q(month__lt=month), Q(month=month)
    found = Balance.objects.filter(office_id=office_id).aggregate(
        opening=Sum("hung", filter=before, default=0) - Sum("cleared", filter=before, default=0),
        hung=Sum("hung", filter=now, default=0),
        cleared=Sum("cleared", filter=now, default=0),
    )
    return MonthBalance(month, found["opening"], found["hung"], found["cleared"])


def balances(town_id: int, month: str) -> dict[int, MonthBalance]:
    """Return the balance of every office of a town that has an account, by office. Two queries."""
    months = Balance.objects.filter(office__town_id=town_id)
    opening = {
        row["office_id"]: (row["hung"] or 0) - (row["cleared"] or 0)
        for row in months.filter(month__lt=month).values("office_id").annotate(hung=Sum("hung"), cleared=Sum("cleared"))
    }
    now = {row.office_id: row for row in months.filter(month=month)}
    return {
        office: MonthBalance(
            month,
            opening.get(office, 0),
            now[office].hung if office in now else 0,
            now[office].cleared if office in now else 0,
        )
        for office in sorted(opening.keys() | now.keys())
    }


def recount(town_id: int) -> dict[int, int]:
    """Count what is on every office's account from the holdings themselves: the check on the counters."""
    rows = Holding.objects.filter(case__town_id=town_id).values("office_id")
    return {row["office_id"]: row["open"] for row in rows.annotate(open=Count("pk", filter=Q(closed_at__isnull=True)))}


def held(by: Actor, office_id: int, month: str, figure: Figure, *, before: int = 0) -> list[Holding]:
    """Return the rows behind a figure of the balance, as far as a person may see them, newest first: a page and one more.

    Args:
        by: the reader.
        office_id: whose account.
        month: "2026-11".
        figure: which figure is opened.
        before: go on after the row with that id.

    Source: 二(四)-2c.
    """
    start, end = _bounds(month)
    parts = {
        Figure.OPENING: Q(opened_at__lt=start) & (Q(closed_at__isnull=True) | Q(closed_at__gte=start)),
        Figure.HUNG: Q(opened_at__gte=start, opened_at__lt=end),
        Figure.CLEARED: Q(closed_at__gte=start, closed_at__lt=end),
        Figure.CLOSING: Q(opened_at__lt=end) & (Q(closed_at__isnull=True) | Q(closed_at__gte=end)),
    }
    rows = Holding.objects.filter(parts[figure], office_id=office_id, case__in=policy.visible_to(by).values("pk"))
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("case").order_by("-id")[: HELD_PAGE + 1])


def _bounds(month: str) -> tuple[datetime, datetime]:
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=SHANGHAI)
    following = start.year * 12 + start.month
    return start, start.replace(year=following // 12, month=following % 12 + 1)
