"""Which visits fulfil which duties. Computed anew from all visits of a firm whenever one more arrives, so that the order
in which phones find signal changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinqing.patrol.words import Lateness


@dataclass(frozen=True, slots=True)
class Made:
    """A visit on which a checklist was gone through, by the moment it was made on our clock."""

    id: int
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty to go through one checklist `need` times between two days; `extra`: beside the ordinary one (特殊时段)."""

    id: int
    starts_on: date
    due_on: date
    need: int = 1
    extra: bool = False

    def covers(self, visit: Made) -> bool:
        """Say whether a visit can count towards it."""
        return self.starts_on <= visit.on <= self.due_on


def settle(made: Iterable[Made], owed: Iterable[Owed]) -> dict[int, list[Made]]:
    """Return the visits that count towards each duty, by duty, earliest first and never more than it needs.

    Several visits of one day are one. An ordinary duty takes the first visits of its days: more change nothing. An extra
    one takes a visit of its days only if the ordinary duties do not need it: 适当增加频次 means one more than them.

    Source: 附2安-(3)b, 附2安-(3)d.
    """
    visits = _first_of_each_day(made)
    duties = list(owed)
    taken = {duty.id: [v for v in visits if duty.covers(v)][: duty.need] for duty in duties if not duty.extra}
    ordinary = [duty for duty in duties if not duty.extra]
    for duty in duties:
        if duty.extra:
            taken[duty.id] = _spare(duty, visits, ordinary, taken)
    return taken


def _spare(duty: Owed, visits: list[Made], ordinary: list[Owed], taken: dict[int, list[Made]]) -> list[Made]:
    """Return what an extra duty gets: visits nobody needs, or whose place in an ordinary duty another visit can take."""
    got: list[Made] = []
    for visit in visits:
        if len(got) == duty.need:
            break
        extra = [*_of_extra(taken, ordinary), *got]
        if not duty.covers(visit) or visit in extra:
            continue
        holders = [one for one in ordinary if visit in taken[one.id]]
        stand_ins = {one.id: _stand_in(one, visits, taken[one.id], [*extra, visit]) for one in holders}
        if any(stand_in is None for stand_in in stand_ins.values()):
            continue
        for holder_id, stand_in in stand_ins.items():
            rest = [one for one in taken[holder_id] if one is not visit]
            taken[holder_id] = sorted([*rest, *([stand_in] if stand_in else [])], key=lambda one: one.at)
        got.append(visit)
    return got


def _of_extra(taken: dict[int, list[Made]], ordinary: list[Owed]) -> list[Made]:
    """Return the visits that other extra duties have taken."""
    own = {one.id for one in ordinary}
    return [visit for duty_id, rows in taken.items() if duty_id not in own for visit in rows]


def _stand_in(duty: Owed, visits: list[Made], held: list[Made], gone: list[Made]) -> Made | None:
    return next((one for one in visits if duty.covers(one) and one not in held and one not in gone), None)


def _first_of_each_day(made: Iterable[Made]) -> list[Made]:
    first: dict[date, Made] = {}
    for one in sorted(made, key=lambda visit: (visit.at, visit.id)):
        first.setdefault(one.on, one)
    return list(first.values())


def lateness(made_on: date, received_on: date, due_on: date, grace_days: int) -> Lateness:
    """Say whether a record came in time for the stretch its visit was made in, which ended on `due_on`.

    Within the days of grace after the end it counts without a question: phones come out of halls without signal late.
    Later a person decides.

    Source: 附2安-(3)b (house rule for records without signal).
    """
    if made_on > due_on or received_on <= due_on:
        return Lateness.IN_TIME
    return Lateness.GRACE if received_on <= due_on + timedelta(days=grace_days) else Lateness.WAITS
