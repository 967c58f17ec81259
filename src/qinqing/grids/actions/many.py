"""Giving a lead to many enterprises at once: what a village does on its first day."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from qinqing.enterprises.rules import is_active
from qinqing.grids import rules
from qinqing.grids.actions.desk import take
from qinqing.grids.actions.periods import (
    CLAUSE,
    chosen,
    held,
    later,
    period,
    receiver,
    settle,
    step_up,
    taken,
    write,
)
from qinqing.grids.facts.ties import ManyTied
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate


def tie_many(
    *,
    enterprise_ids: Collection[int],
    officer_id: int,
    by: Actor,
    at: datetime,
    grid_id: int | None = None,
    on: date | None = None,
) -> ManyTied:
    """Give enterprises of one community, none of which has a lead, the same lead officer from a day on; all or none.

    Args:
        enterprise_ids: active enterprises of the community.
        officer_id: the officer's account.
        by: who keeps the community's lists.
        at: now.
        grid_id: needed only if the officer serves several grids.
        on: first day, today if not given.

    Raises:
        NotFound, NotAllowed, TooLate, Refused: as `ties.tie`, naming the enterprise; also when nothing is chosen.

    Source: 二(一)-3.
    """
    with transaction.atomic():
        firms, community_id = chosen(enterprise_ids, by)
        desk = take(community_id, by=by, at=at)
        start = on or desk.today
        leads, deputies = held(firms, str(Rank.LEAD)), held(firms, str(Rank.DEPUTY))
        for pk, firm in firms.items():
            if not is_active(firm.status):
                raise Refused("enterprise_not_active", f"{firm.name}已不在营，不必再定网格员。", field="enterprises")
            if later(leads[pk], start):
                raise taken(later(leads[pk], start)[0])
            rules.require_first_day([period(row) for row in leads[pk]], start, today=desk.today)
        to = receiver(desk, officer_id, start)
        grids = {
            pk: rules.choose_grid(to.grids, grid_id, next((row.grid_id for row in later(deputies[pk], start)), None))
            for pk in firms
        }
        step_up(desk, deputies, start, to.account_id)
        changes = {pk: settle(leads[pk], start, to.account_id, grids[pk]) for pk in firms}
        targets = {pk: (to.account_id, grid) for pk, grid in grids.items()}
        try:
            with transaction.atomic():
                write(desk, changes, start, "", rank=str(Rank.LEAD), to=targets)
        except IntegrityError:
            # Only a press that got past the community's lock comes here: the unique index is the last guard.
            raise TooLate(
                "already_tied", "所选企业中有的刚刚已由别人定了网格员，请刷新后再选。", field="enterprises"
            ) from None
        fact = ManyTied(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=to.account_id,
            officer=to.name,
            starts_on=start.isoformat(),
            enterprises=tuple((pk, firm.name, to.grids[grids[pk]]) for pk, firm in firms.items()),
        )
        desk.tell(fact, CLAUSE)
    return fact
