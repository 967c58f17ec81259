"""Ranks within a group and sides of the list. Equal points are equal ranks: nobody is set before another by a coin."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qinqing.people.words import OfficeKind
from qinqing.plan.standings_spec import Standings
from qinqing.standings.rules.scoring import BLACKENING, Tally, volume
from qinqing.standings.words import Group, Part, Side


@dataclass(frozen=True, slots=True)
class Runner:
    """An office before it is ranked. `veto`: why it may not stand on the red list, "" if nothing speaks against it."""

    key: int
    group: Group
    total: Decimal
    tally: Tally
    veto: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office stands, and why."""

    rank: int | None
    side: Side
    why: str


def group_of(kind: str, *, is_outpost: bool) -> Group:
    """Return the group an office is ranked in."""
    if is_outpost:
        return Group.OUTPOSTS
    return Group.COMMUNITIES if kind == OfficeKind.COMMUNITY else Group.DEPARTMENTS


def places(runners: Sequence[Runner], scheme: Standings) -> dict[int, Place]:
    """Return everybody's place. Groups are ranked apart; few matters are no sample. Source: 三要(三)-2; domain §3.8."""
    found: dict[int, Place] = {}
    for group in Group:
        running = []
        for one in (runner for runner in runners if runner.group is group):
            if group is Group.OUTPOSTS and not scheme.outposts_ranked:
                found[one.key] = Place(None, Side.TOLD, "派驻机构由上级主管，镇里只通报情况")
            elif volume(one.tally) < scheme.minimum:
                why = f"本期应办结{volume(one.tally)}件，少于{scheme.minimum}件"
                found[one.key] = Place(None, Side.FEW, why)
            else:
                running.append(one)
        for one in running:
            rank = 1 + sum(other.total > one.total for other in running)
            found[one.key] = Place(rank, *_side(one, rank, scheme))
    return found


def _side(one: Runner, rank: int, scheme: Standings) -> tuple[Side, str]:
    black = [f"{Part.label_of(part)}{one.tally[part]}件" for part in BLACKENING if one.tally.get(part)]
    if one.total < scheme.black_below:
        black.insert(0, f"低于{scheme.black_below}分")
    if black:
        return Side.BLACK, "，".join(black)
    if one.total >= scheme.red_from and rank <= scheme.red_places:
        if one.veto:
            return Side.NEITHER, f"一票否决，不进红榜：{one.veto}"
        return Side.RED, f"{scheme.red_from}分以上，本组前{scheme.red_places}名"
    return Side.NEITHER, ""
