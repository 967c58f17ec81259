"""Handing enterprises over to another lead officer from a day on: one, some, or all of somebody's, all or none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qinqing.grids import rules
from qinqing.grids.actions.desk import reason_given, take
from qinqing.grids.actions.periods import CLAUSE, Receiver, chosen, held, later, receiver, settle, step_up, write
from qinqing.grids.facts.ties import EnterpriseHandedOver, HandedOver
from qinqing.grids.models import Liaison
from qinqing.grids.rules import Change
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused, TooLate

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise


@dataclass(frozen=True)
class _Move:
    """What handing one firm over changes."""

    change: Change
    grid_id: int
    line: EnterpriseHandedOver


def hand_over(
    *,
    enterprise_ids: Collection[int],
    to_officer_id: int,
    effective_on: date,
    reason: str,
    by: Actor,
    at: datetime,
    grid_id: int | None = None,
    seen: Mapping[int, int] | None = None,
) -> HandedOver:
    """Give one or many enterprises of a community to another lead officer from a day on, all or none.

    The former officers answer until the day before. What was planned for that day or later falls away. Deputies stay,
    unless the new lead was one himself. An enterprise keeps its grid where the new officer serves it.

    Args:
        enterprise_ids: enterprises of one community, each with a lead on that day or later.
        to_officer_id: account of the officer who takes over.
        effective_on: his first day; today to a year ahead.
        reason: kept with the ties and in the ledger.
        by: who keeps the community's lists.
        at: now.
        grid_id: needed only if he serves several grids, none of them the enterprise's.
        seen: by enterprise, the officer (account) the page showed; a hand-over of something else is refused.

    Raises:
        NotFound: an enterprise is not one of the actor's.
        NotAllowed: somebody else keeps these lists.
        TooLate: an enterprise has another officer than the page showed; the sentence says who changed it.
        Refused: nothing chosen, too many, several communities, an enterprise without a lead, an officer who cannot take
            them, a day that cannot be, no reason, or nothing would change.

    Source: 二(一)-3.
    """
    with transaction.atomic():
        firms, community_id = chosen(enterprise_ids, by)
        desk = take(community_id, by=by, at=at)
        reason = reason_given(reason)
        rules.require_day(effective_on, today=desk.today, field="effective_on")
        to = receiver(desk, to_officer_id, effective_on)
        leads, deputies = held(firms, Rank.LEAD.value), held(firms, Rank.DEPUTY.value)
        _require_as_seen(firms, leads, effective_on, seen or {})
        moves = {pk: _move(firm, leads[pk], effective_on, to, grid_id) for pk, firm in firms.items()}
        moves = {pk: move for pk, move in moves.items() if move.change}
        if not moves:
            raise Refused("nothing_to_hand_over", f"所选企业那天起本来就由{to.name}联系，不必交接。", field="officer")
        no_longer_deputy = step_up(desk, {pk: deputies[pk] for pk in moves}, effective_on, to.account_id)
        changes = {pk: move.change for pk, move in moves.items()}
        targets = {pk: (to.account_id, move.grid_id) for pk, move in moves.items()}
        write(desk, changes, effective_on, reason, rank=Rank.LEAD.value, to=targets)
        fact = HandedOver(
            community=desk.community.name,
            stands_in=desk.stands_in,
            to_officer_id=to.account_id,
            to_officer=to.name,
            effective_on=effective_on.isoformat(),
            reason=reason,
            enterprises=tuple(move.line for move in moves.values()),
            no_longer_deputy_of=tuple(sorted(no_longer_deputy)),
        )
        desk.tell(fact, CLAUSE)
    return fact


def _require_as_seen(
    firms: Mapping[int, "Enterprise"], leads: Mapping[int, list[Liaison]], start: date, seen: Mapping[int, int]
) -> None:
    bare = [firm.name for pk, firm in firms.items() if not later(leads[pk], start)]
    if bare:
        names = "、".join(bare[:3]) + ("等" if len(bare) > 3 else "")
        raise Refused(
            "no_lead_to_hand_over", f"{names}{len(bare)}家企业那天没有网格员，请用“定网格员”。", field="enterprises"
        )
    for pk, officer_id in seen.items():
        last = later(leads[pk], start)[-1] if pk in firms else None
        if last is not None and last.officer_id != officer_id:
            raise TooLate(
                "lead_changed",
                f"{firms[pk].name}刚刚已由{last.started_by}改为{last.officer.name}联系，请核对后再办。",
                field="enterprises",
            )


def _move(firm: "Enterprise", rows: list[Liaison], start: date, to: Receiver, grid_id: int | None) -> _Move:
    coming = later(rows, start)
    grid = rules.choose_grid(to.grids, grid_id, coming[0].grid_id)
    fallen = [row for row in coming if row.starts_on > start]
    line = EnterpriseHandedOver(
        enterprise_id=firm.pk,
        enterprise=firm.name,
        from_officer_id=coming[0].officer_id,
        from_officer=coming[0].officer.name,
        grid=to.grids[grid],
        planned_before="、".join(f"原定{row.starts_on}起由{row.officer.name}联系，不再生效" for row in fallen),
    )
    return _Move(settle(rows, start, to.account_id, grid), grid, line)
