"""Visits made in some days, for whoever asks whether a firm was visited then."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from qinqing.patrol.models import Visit
from qinqing.patrol.words import COUNTS


def visits_during(
    enterprise: OuterRef, since: date | OuterRef, until: date | OuterRef, checklist: str | OuterRef = ""
) -> QuerySet[Visit]:
    """Return the visits to a firm in some days, latest first, of whatever nature: for `Subquery` alone.

    Records that came late and were not accepted are left out.

    Args:
        enterprise: the column of the outer row that names the firm.
        since, until: days, or columns of the outer row.
        checklist: a code, or a column: only visits on which this list was gone through, not merely opened; "" any visit.

    Source: 三职(一)-4.
    """
    rows = Visit.objects.filter(
        enterprise_id=enterprise, made_on__gte=since, made_on__lte=until, lateness__in=sorted(COUNTS)
    )
    if checklist:
        answered = Q(runs__ok__gt=0) | Q(runs__bad__gt=0) | Q(runs__na__gt=0) | Q(runs__other__gt=0)
        rows = rows.filter(answered, runs__code=checklist)
    return rows.order_by("-made_on", "-pk")
