"""Setting up, renaming and closing a community's grids."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from qinqing.grids.actions.desk import Desk, reason_given, take
from qinqing.grids.facts.roster import GridAdded, GridClosed, GridRenamed
from qinqing.grids.models import Grid, Liaison, Membership
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean

CLAUSE = "二(一)-1"
LONGEST_NAME = 30


def add_grid(*, community_id: int, name: str, by: Actor, at: datetime) -> Grid:
    """Set up a grid in a community, after the others in order.

    Raises:
        NotFound, NotAllowed: as `desk.take`.
        Refused: the name is missing, too long, or taken in this community.

    Source: 二(一)-1.
    """
    with transaction.atomic():
        desk = take(community_id, by=by, at=at)
        name = _free_name(name, desk)
        last = Grid.objects.filter(community_id=community_id).aggregate(last=Max("place"))["last"] or 0
        grid = Grid.objects.create(community_id=community_id, name=name, place=last + 1)
        desk.tell(
            GridAdded(community=desk.community.name, stands_in=desk.stands_in, grid_id=grid.pk, grid=name), CLAUSE
        )
    return grid


def rename_grid(*, grid_id: int, name: str, by: Actor, at: datetime) -> Grid:
    """Give a grid a new name.

    Raises:
        NotFound, NotAllowed, Refused: as `add_grid`; also when the name is the one it has.
    """
    with transaction.atomic():
        grid, desk = take_grid(grid_id, by=by, at=at)
        old_name = grid.name
        if clean(name) == old_name:
            raise Refused("same_name", f"网格现在就叫“{old_name}”。", field="name")
        grid.name = _free_name(name, desk)
        grid.save(update_fields=["name"])
        fact = GridRenamed(
            community=desk.community.name,
            stands_in=desk.stands_in,
            grid_id=grid.pk,
            grid=grid.name,
            old_name=old_name,
        )
        desk.tell(fact, CLAUSE)
    return grid


def close_grid(*, grid_id: int, reason: str, by: Actor, at: datetime) -> Grid:
    """Close a grid nobody's enterprise lies in any more; its officers leave it today.

    Raises:
        NotFound, NotAllowed: as `desk.take`.
        Refused: enterprises lie in it (the sentence says how many and what to do), or it is closed already.
    """
    with transaction.atomic():
        grid, desk = take_grid(grid_id, by=by, at=at)
        reason = reason_given(reason)
        reaching = Q(ends_on__isnull=True) | Q(ends_on__gte=desk.today)
        firms = Liaison.objects.filter(reaching, grid=grid).values("enterprise").distinct().count()
        if firms:
            raise Refused(
                "grid_has_enterprises",
                f"网格“{grid.name}”还有{firms}家企业有人联系，请先把它们交接到别的网格，再撤销。",
            )
        for membership in Membership.objects.filter(reaching, grid=grid):
            membership.ends_on = max(desk.today, membership.starts_on)
            membership.save(update_fields=["ends_on"])
        grid.is_active = False
        grid.save(update_fields=["is_active"])
        fact = GridClosed(
            community=desk.community.name,
            stands_in=desk.stands_in,
            grid_id=grid.pk,
            grid=grid.name,
            reason=reason,
        )
        desk.tell(fact, CLAUSE)
    return grid


def take_grid(grid_id: int, *, by: Actor, at: datetime) -> tuple[Grid, Desk]:
    """Lock the lists an open grid belongs to and return both.

    Raises:
        NotFound: no such open grid in the actor's town.
        NotAllowed: somebody else keeps these lists.
    """
    community_id = (
        Grid.objects.filter(pk=grid_id, community__town_id=by.town_id).values_list("community_id", flat=True).first()
    )
    if community_id is None:
        raise NotFound("没有这个网格。", code="grid_not_found")
    desk = take(community_id, by=by, at=at)
    grid = Grid.objects.get(pk=grid_id)
    if not grid.is_active:
        raise NotFound(f"网格“{grid.name}”已撤销。", code="grid_closed")
    return grid, desk


def _free_name(raw: str, desk: Desk) -> str:
    name = " ".join(clean(raw).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("name_bad", f"请填写网格名称，最多{LONGEST_NAME}个字，例如：第一网格。", field="name")
    if Grid.objects.filter(community=desk.community, name=name, is_active=True).exists():
        raise Refused("name_taken", f"本村（社区）已有网格“{name}”，请换一个名称。", field="name")
    return name
