"""How far each community of a town has come with its two lists: one line each, five queries in all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES
from qinqing.grids import reads
from qinqing.grids.models import Liaison, ListConfirmation, Officer
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor


@dataclass(frozen=True)
class CoverageLine:
    """One community: its active enterprises, how many have a lead, its officers, how many have none to look after."""

    community_id: int
    name: str
    enterprises: int
    led: int
    officers: int
    idle: int
    confirmed_at: datetime | None

    @property
    def without_lead(self) -> int:
        """Return how many active enterprises nobody answers for."""
        return self.enterprises - self.led


def coverage(*, by: Actor, on: date) -> list[CoverageLine]:
    """Return one line for each community whose lists the actor may see, in the plan's order.

    `confirmed_at` is the last confirmation in the year of `on`.

    Source: 二(一)-3.
    """
    active = [status.value for status in ACTIVE_STATUSES]
    firms = enterprises.visible_to(by).filter(status__in=active, community__isnull=False)
    totals = dict(firms.order_by().values_list("community_id").annotate(total=Count("pk")))
    leads = Liaison.objects.filter(
        reads.in_force(on), rank=Rank.LEAD.value, enterprise__town_id=by.town_id, enterprise__status__in=active
    )
    led = dict(
        leads.order_by().values_list("enterprise__community_id").annotate(total=Count("enterprise", distinct=True))
    )
    tied = Liaison.objects.filter(reads.in_force(on), enterprise__town_id=by.town_id)
    busy = set(tied.order_by().values_list("enterprise__community_id", "officer_id").distinct())
    roster = list(
        Officer.objects.filter(
            Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=on),
            post__office__town_id=by.town_id,
            post__starts_on__lte=on,
            post__account__is_active=True,
        ).values_list("post__office_id", "post__account_id")
    )
    officers = Counter(community for community, _ in roster)
    idle = Counter(community for community, account in roster if (community, account) not in busy)
    confirmed = dict(
        ListConfirmation.objects.filter(year=on.year, community__town_id=by.town_id)
        .order_by()
        .values_list("community_id")
        .annotate(last=Max("at"))
    )
    return [
        CoverageLine(
            community_id=one.pk,
            name=one.name,
            enterprises=totals.get(one.pk, 0),
            led=led.get(one.pk, 0),
            officers=officers[one.pk],
            idle=idle[one.pk],
            confirmed_at=confirmed.get(one.pk),
        )
        for one in reads.communities(by)
    ]
