"""Who answers for one enterprise: tying and releasing. At most one lead and one deputy on any day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qinqing.enterprises.rules import is_active
from qinqing.grids import rules
from qinqing.grids.actions.desk import Desk, lock, reason_given, remark, take
from qinqing.grids.actions.periods import (
    CLAUSE,
    enterprise_of,
    held,
    later,
    period,
    receiver,
    settle,
    step_up,
    taken,
    write,
)
from qinqing.grids.facts.ties import Released, Tied
from qinqing.grids.models import Liaison
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise


def tie(
    *,
    enterprise_id: int,
    officer_id: int,
    by: Actor,
    at: datetime,
    rank: str = Rank.LEAD.value,
    grid_id: int | None = None,
    on: date | None = None,
    reason: str = "",
) -> Liaison:
    """Give an enterprise its lead or deputy officer from a day on.

    Args:
        enterprise_id: an active enterprise of the community.
        officer_id: the officer's account.
        by: who keeps the community's lists.
        at: now.
        rank: "lead" 主责 or "deputy" B角.
        grid_id: needed only if the officer serves several grids and the enterprise lies in none of them yet.
        on: first day, today if not given; a past day only where nobody answered on it or later.
        reason: optional.

    Raises:
        NotFound: no such enterprise, or not one of the actor's.
        NotAllowed: somebody else keeps these lists.
        TooLate: somebody holds that rank already, on that day or later; the sentence says who and who wrote it.
        Refused: the enterprise no longer works, the officer cannot take it, the day cannot be.

    Source: 二(一)-3.
    """
    with transaction.atomic():
        desk, firm = _take_firm(enterprise_id, by=by, at=at)
        start, rank = on or desk.today, _rank(rank)
        if not is_active(firm.status):
            raise Refused("enterprise_not_active", f"{firm.name}已不在营，不必再定网格员。", field="enterprise")
        mine = held([firm.pk], rank)[firm.pk]
        if later(mine, start):
            raise taken(later(mine, start)[0])
        rules.require_first_day([period(row) for row in mine], start, today=desk.today)
        to = receiver(desk, officer_id, start)
        others = held([firm.pk], _other(rank))
        beside = later(others[firm.pk], start)
        if rank == Rank.DEPUTY and any(row.officer_id == to.account_id for row in beside):
            raise Refused("is_lead", f"{to.name}已是{firm.name}的主责网格员，B角请另选一人。", field="officer")
        grid = rules.choose_grid(to.grids, grid_id, beside[0].grid_id if beside else None)
        if rank == Rank.LEAD:
            step_up(desk, others, start, to.account_id)
        try:
            with transaction.atomic():
                change = settle(mine, start, to.account_id, grid)
                write(desk, {firm.pk: change}, start, remark(reason), rank=rank, to={firm.pk: (to.account_id, grid)})
        except IntegrityError:
            # Only a press that got past the community's lock comes here: the unique index is the last guard.
            raise taken(later(held([firm.pk], rank)[firm.pk], start)[0]) from None
        fact = Tied(
            community=desk.community.name,
            stands_in=desk.stands_in,
            enterprise_id=firm.pk,
            enterprise=firm.name,
            officer_id=to.account_id,
            officer=to.name,
            rank=rank,
            rank_label=Rank.label_of(rank),
            grid=to.grids[grid],
            starts_on=start.isoformat(),
            reason=remark(reason),
        )
        desk.tell(fact, CLAUSE)
    return Liaison.objects.get(enterprise_id=firm.pk, rank=rank, ends_on=None)


def release(*, liaison_id: int, reason: str, by: Actor, at: datetime, effective_on: date | None = None) -> None:
    """Leave an enterprise without the officer of a tie from a day on; the gap shows the same day.

    Both the community the tie belongs to and the one the enterprise lies in now may do it: after a move they differ.

    Args:
        liaison_id: the tie, as seen on the page.
        reason: kept with the tie and in the ledger.
        by: who keeps the lists.
        at: now.
        effective_on: first day without; today if not given.

    Raises:
        NotFound: no such tie in the actor's town, or it is over by then.
        NotAllowed: somebody else keeps these lists.
        Refused: no reason; the day is past or too far ahead.
    """
    with transaction.atomic():
        desk, tied = _take_tie(liaison_id, by=by, at=at)
        start, reason = effective_on or desk.today, reason_given(reason)
        rules.require_day(start, today=desk.today, field="effective_on")
        mine = held([tied.enterprise_id], tied.rank)
        if tied not in later(mine[tied.enterprise_id], start):
            raise NotFound("这条联系关系到那天已经结束，或已由别人改过，请刷新后再看。", code="tie_is_over")
        if start < tied.starts_on:
            # Else taking back a plan would end the present officer too.
            raise Refused(
                "tie_not_begun",
                f"这条联系关系从{tied.starts_on}才开始，最早从那天起解除。要撤销交接计划，请交接回原网格员。",
                field="effective_on",
            )
        change = settle(mine[tied.enterprise_id], start, None)
        write(desk, {tied.enterprise_id: change}, start, reason, rank=tied.rank, to={})
        fact = Released(
            community=desk.community.name,
            stands_in=desk.stands_in,
            enterprise_id=tied.enterprise_id,
            enterprise=tied.enterprise.name,
            officer_id=tied.officer_id,
            officer=tied.officer.name,
            rank=tied.rank,
            rank_label=Rank.label_of(tied.rank),
            effective_on=start.isoformat(),
            reason=reason,
        )
        desk.tell(fact, CLAUSE)


def _take_firm(enterprise_id: int, *, by: Actor, at: datetime) -> tuple[Desk, "Enterprise"]:
    firm = enterprise_of(enterprise_id, by)
    assert firm.community_id is not None  # noqa: S101  enterprise_of refuses the others
    return take(firm.community_id, by=by, at=at), firm


def _take_tie(liaison_id: int, *, by: Actor, at: datetime) -> tuple[Desk, Liaison]:
    """Lock the lists of both communities a tie concerns; act at the desk of the one whose lists the actor keeps."""
    found = Liaison.objects.filter(pk=liaison_id, enterprise__town_id=by.town_id)
    tied = found.select_related("grid", "enterprise").first()
    if tied is None:
        raise NotFound("没有这条联系关系，或已由别人改过，请刷新后再看。", code="tie_not_found")
    communities = [pk for pk in (tied.enterprise.community_id, tied.grid.community_id) if pk is not None]
    lock(communities)
    own = by.office_id if by.office_id in communities else communities[0]
    desk = take(own, by=by, at=at)
    # Read again under the lock: the tie may have changed while we waited.
    fresh = found.select_related("grid", "enterprise", "officer").first()
    if fresh is None:
        raise NotFound("这条联系关系刚刚由别人改过，请刷新后再看。", code="tie_not_found")
    return desk, fresh


def _rank(raw: str) -> str:
    if raw not in dict(Rank.choices()):
        raise Refused("bad_rank", "请选择主责或B角。", field="rank")
    return raw


def _other(rank: str) -> str:
    return str(Rank.DEPUTY) if rank == Rank.LEAD else str(Rank.LEAD)
