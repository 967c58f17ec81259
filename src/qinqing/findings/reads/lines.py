"""A finding as one line of a list: ready values, no further query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from qinqing.findings import policy
from qinqing.findings.models import Finding
from qinqing.findings.rules.deadlines import lamp
from qinqing.findings.words import SAFETY_ONLY, Level, State
from qinqing.kernel.clock import SHANGHAI
from qinqing.workdays.rules import Lamp

LINE_COLUMNS = ("enterprise", "community", "owner_office")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `is_grave`: only the safety office rechecks it."""

    id: int
    number: str
    text: str
    enterprise: str
    enterprise_id: int
    community: str
    category: str
    level: str
    is_grave: bool
    owner: str
    found_by: str
    state: str
    state_label: str
    lamp: Lamp
    deadline: date | None
    made_at: datetime
    is_parallel: bool
    is_repeat: bool
    photos: int
    checklist: str
    item: str
    place: str
    advice: str
    case_id: int | None


def lines(rows: Iterable[Finding], at: datetime) -> list[Line]:
    """Turn rows (fetched with `LINE_COLUMNS`) into lines."""
    today = at.astimezone(SHANGHAI).date()
    return [_line(row, today) for row in rows]


def _line(row: Finding, today: date) -> Line:
    return Line(
        id=row.pk,
        number=row.number,
        text=row.text,
        enterprise=row.enterprise.name,
        enterprise_id=row.enterprise_id,
        community=row.community.short if row.community else "待归属",
        category=row.category_name,
        level=Level.label_of(row.level),
        is_grave=row.level in SAFETY_ONLY,
        owner=row.owner_office.short,
        found_by=row.found_by_name,
        state=row.state,
        state_label=State.label_of(row.state),
        lamp=lamp(policy.sight_of(row), today),
        deadline=row.deadline,
        made_at=row.made_at.astimezone(SHANGHAI),
        is_parallel=row.is_parallel,
        is_repeat=row.repeat_of_id is not None,
        photos=len(row.photos),
        checklist=row.checklist,
        item=row.item,
        place=row.place_text,
        advice=row.advice,
        case_id=row.case_id,
    )
