"""Visits of a span, office by office: a line of the annual table, never a score."""

from datetime import date

from django.db.models import Count

from qinqing.patrol.models import Visit


def visits_by_office(town_id: int, first: date, end: date) -> dict[int, int]:
    """Return how many firms were visited on behalf of each office from `first` until before `end`. Source: 附1-内容-2."""
    rows = Visit.objects.filter(town_id=town_id, made_on__gte=first, made_on__lt=end, office__isnull=False)
    found = rows.order_by().values("office_id").annotate(n=Count("enterprise_id", distinct=True))
    return {row["office_id"]: row["n"] for row in found}
