"""Publicity of a span, office by office: a line of the annual table."""

from datetime import date, datetime, time

from django.db.models import Count

from qinqing.kernel.clock import SHANGHAI
from qinqing.outreach.models import Batch


def batches_by_office(town_id: int, first: date, end: date) -> dict[int, int]:
    """Return how many batches of policies and publicity each office sent from `first` until before `end`. Source: 附1-内容-2."""
    start, until = (datetime.combine(day, time(), SHANGHAI) for day in (first, end))
    rows = Batch.objects.filter(town_id=town_id, at__gte=start, at__lt=until, office__isnull=False)
    return {row["office_id"]: row["n"] for row in rows.order_by().values("office_id").annotate(n=Count("pk"))}
