"""What the rules see of a case: plain values, no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from qinqing.cases.words import LIVE_TASKS, OPEN, CaseState, Kind, Part, TaskState


@dataclass(frozen=True, slots=True)
class TaskSight:
    """One task as the rules see it."""

    id: int
    office_id: int
    part: Part
    state: TaskState
    handler_id: int | None
    return_due_at: datetime
    upward: bool
    returned_at: datetime | None
    ruling: str

    @property
    def is_live(self) -> bool:
        """Say whether the office still owes something."""
        return self.state in LIVE_TASKS

    @property
    def waits_for_ruling(self) -> bool:
        """Say whether it was returned and the hub has not ruled yet."""
        return self.state is TaskState.RETURNED and not self.ruling


@dataclass(frozen=True, slots=True)
class Sight:
    """A case as the rules see it. Field names are those of the row; `likely_route` is the way the plan gives its topic."""

    id: int
    kind: Kind
    state: CaseState
    round: int
    enterprise_id: int
    submitter_id: int | None
    first_asked_id: int | None
    community_id: int
    hub_id: int
    lead_office_id: int | None
    due_at: datetime
    last_due_at: datetime
    registered: bool
    is_key: bool
    wants_consultation: bool
    extension: str
    suspension: str
    urge_waits: bool
    instruction_waits: bool
    urged_stage: str
    rated_round: int
    rate_until: datetime | None
    reopenings: int
    complaint: str
    proof: str
    look_back_on: date | None
    has_complainant: bool
    published: bool
    likely_route: str
    tasks: tuple[TaskSight, ...]

    @property
    def is_open(self) -> bool:
        """Say whether the case is on the ledger (挂账)."""
        return self.state in OPEN

    @property
    def stage(self) -> str:
        """Name the stage an enterprise may urge once in."""
        return f"{self.state}:{self.round}"

    def live_tasks(self) -> Iterator[TaskSight]:
        """Yield tasks somebody still owes."""
        return (task for task in self.tasks if task.is_live)

    @property
    def lead_task(self) -> TaskSight | None:
        """Return the share of the office that has the matter now, None while it lies with the hub."""
        return next((task for task in self.live_tasks() if task.part is Part.LEAD), None)

    @property
    def returned_by(self) -> frozenset[int]:
        """Return the offices that have returned this case and were not overruled."""
        return frozenset(t.office_id for t in self.tasks if t.state is TaskState.RETURNED)

    @property
    def proposes_consultation(self) -> bool:
        """Say whether the hub should be shown 会商 first: asked for, or two offices returned it.

        Source: 三要(四)-4, 二(二)1-诉求-会商.
        """
        return self.wants_consultation or len(self.returned_by) >= 2
