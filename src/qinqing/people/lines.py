"""Which office has which line of duty: the plan names it by code, the town has it as a row."""

from typing import TYPE_CHECKING

from qinqing.kernel.errors import Refused
from qinqing.people import reads
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.people.models import Office

SAFETY = "safety"
"""The line whose office stands for 镇安委办. Source: 三职(四)-2, 附2安-(6)a."""
ENVIRONMENT = "environment"
"""The line whose office starts emission alerts and looks after environment files. Source: 三职(四)-2, 附2环-(5)."""


def office_of_line(line: str, *, town_id: int, book: str) -> "Office | None":
    """Return the office competent for a line of problems (a code of the plan), None where the plan or the town has none."""
    try:
        found = plans.current(book).problem_category(line)
    except Refused:
        return None
    if found is None:
        return None
    return next((office for office in reads.offices(town_id) if office.code == found.office), None)
