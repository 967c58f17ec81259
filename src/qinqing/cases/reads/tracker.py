"""跟进台: everything open by office and stage, with what is late and what soon will be. Each figure has a filter of the book.

Two statements over the open cases alone (index `case_due`): what is written off is never looked at, so the cost follows the
work in hand and not the years.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Q, Value, When

from qinqing.cases import policy
from qinqing.cases.models import Task
from qinqing.cases.reads.ledger import STAGES, Filter, standing
from qinqing.cases.words import LIVE_TASKS, OPEN, Part, Stage
from qinqing.kernel.actor import Actor

_OPEN = Q(state__in=[state.value for state in OPEN])
_STAGE = Choose(
    *[When(condition, then=Value(stage.value)) for stage, condition in STAGES.items()], output_field=CharField()
)


@dataclass
class Cell:
    """How many stand so, how many of them are late or soon due, how many carry an instruction nobody has answered."""

    count: int = 0
    late: int = 0
    soon: int = 0
    instructed: int = 0

    def add(self, other: "Cell") -> None:
        """Add another's figures."""
        self.count += other.count
        self.late += other.late
        self.soon += other.soon
        self.instructed += other.instructed


@dataclass
class Row:
    """One office: its cells by stage, its total, and how many shares it still owes as a supporting office."""

    office_id: int
    cells: dict[Stage, Cell] = field(default_factory=dict)
    total: Cell = field(default_factory=Cell)
    supports: int = 0


def matrix(by: Actor, at: datetime, *, within: Q | None = None) -> dict[int, Row]:
    """Return what is open of what a person may see, by the office that has the lead (the hub while none has). Two statements.

    Args:
        by: the reader.
        at: now, for what is late.
        within: only cases that match.

    Source: 二(二)1-诉求-跟进.
    """
    seen = policy.visible_to(by).filter(_OPEN)
    if within is not None:
        seen = seen.filter(within)
    late, soon = standing("late", by, at), standing("soon", by, at)
    counted = (
        seen.order_by()
        .annotate(stage=_STAGE)
        .values("lead_office_id", "hub_id", "stage")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=late),
            soon=Count("pk", filter=soon),
            instructed=Count("pk", filter=Q(instruction_waits=True)),
        )
    )
    rows: dict[int, Row] = {}
    for group in counted:
        office = group["lead_office_id"] or group["hub_id"]
        row = rows.setdefault(office, Row(office))
        cell = Cell(group["count"], group["late"], group["soon"], group["instructed"])
        row.cells.setdefault(Stage(group["stage"]), Cell()).add(cell)
        row.total.add(cell)
    owed = Task.objects.filter(part=Part.SUPPORT.value, state__in=list(LIVE_TASKS), case__in=seen.values("pk"))
    for office, count in owed.order_by().values_list("office_id").annotate(count=Count("pk")):
        rows.setdefault(office, Row(office)).supports = count
    return rows


def rows_of(office_id: int, stage: Stage | None = None, stand: str = "open", *, instructed: bool = False) -> Filter:
    """Return the filter of the book that opens a figure to its rows."""
    return Filter(stand=stand, holder=office_id, stage=stage.value if stage else "", instructed=instructed)


def supports_of(office_id: int) -> Filter:
    """Return the filter that opens the shares an office still owes as a supporting one."""
    return Filter(support=office_id)


def by_place(by: Actor, at: datetime) -> dict[tuple[str, int], Cell]:
    """Return what is open of what a person may see, by community and by park: keys ("community", 12), ("park", 3). One statement."""
    late, soon = standing("late", by, at), standing("soon", by, at)
    rows = policy.visible_to(by).filter(_OPEN).order_by().values("community_id", "park_id")
    found: dict[tuple[str, int], Cell] = {}
    for group in rows.annotate(
        count=Count("pk"),
        late=Count("pk", filter=late),
        soon=Count("pk", filter=soon),
    ):
        cell = Cell(group["count"], group["late"], group["soon"])
        for place in (("community", group["community_id"]), ("park", group["park_id"] or 0)):
            if place[1]:
                found.setdefault(place, Cell()).add(cell)
    return found
