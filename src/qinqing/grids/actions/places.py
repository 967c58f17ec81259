"""Which grids an officer serves."""

from datetime import date, datetime

from django.db import transaction

from qinqing.grids.actions.desk import reaching, take_officer
from qinqing.grids.actions.grids import take_grid
from qinqing.grids.facts.roster import OfficerPlaced, OfficerTakenOut
from qinqing.grids.models import Membership
from qinqing.grids.reads import attached
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused

CLAUSE = "二(一)-1"


def place_in_grid(
    *, officer_id: int, grid_id: int, by: Actor, at: datetime, starts_on: date | None = None
) -> Membership:
    """Let an officer serve a grid of his community from a day on (today if not given).

    Raises:
        NotFound, NotAllowed: as `desk.take`; or the grid is closed.
        Refused: another community's grid; he serves it already; the day is outside his time as officer.
    """
    with transaction.atomic():
        grid, desk = take_grid(grid_id, by=by, at=at)
        officer, _ = take_officer(officer_id, by=by, at=at)
        if officer.post.office_id != grid.community_id:
            raise Refused("grid_elsewhere", "网格员只能编入本村（社区）的网格。", field="grid")
        first_day = max(starts_on or desk.today, officer.post.starts_on)
        if officer.post.ends_on and first_day > officer.post.ends_on:
            raise Refused("day_after_last", f"他任至{officer.post.ends_on}，开始日期要在此之前。", field="starts_on")
        if Membership.objects.filter(reaching(first_day), officer=officer, grid=grid).exists():
            raise Refused("already_in_grid", f"{officer.post.account.name}已在网格“{grid.name}”。", field="grid")
        membership = Membership.objects.create(officer=officer, grid=grid, starts_on=first_day)
        fact = OfficerPlaced(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=officer.post.account_id,
            officer=officer.post.account.name,
            grid_id=grid.pk,
            grid=grid.name,
            starts_on=first_day.isoformat(),
        )
        desk.tell(fact, CLAUSE)
    return membership


def take_out_of_grid(*, officer_id: int, grid_id: int, by: Actor, at: datetime) -> Membership:
    """Let an officer serve a grid no longer, today being his last day there.

    Raises:
        NotFound, NotAllowed: as `desk.take`; or he does not serve this grid.
        Refused: he answers for enterprises of this grid (the sentence says how many and what to do).
    """
    with transaction.atomic():
        grid, desk = take_grid(grid_id, by=by, at=at)
        officer, _ = take_officer(officer_id, by=by, at=at)
        membership = Membership.objects.filter(reaching(desk.today), officer=officer, grid=grid).first()
        if membership is None:
            raise NotFound("他不在这个网格。", code="not_in_grid")
        name = officer.post.account.name
        firms = attached(officer, after=desk.today, grid_id=grid.pk)
        if firms:
            raise Refused(
                "officer_has_enterprises",
                f"{name}在网格“{grid.name}”还联系着{firms}家企业，请先把它们交接给别人，再移出网格。",
            )
        membership.ends_on = max(desk.today, membership.starts_on)
        membership.save(update_fields=["ends_on"])
        fact = OfficerTakenOut(
            community=desk.community.name,
            stands_in=desk.stands_in,
            officer_id=officer.post.account_id,
            officer=name,
            grid_id=grid.pk,
            grid=grid.name,
            ends_on=membership.ends_on.isoformat(),
        )
        desk.tell(fact, CLAUSE)
    return membership
