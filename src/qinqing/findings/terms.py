"""What the town's plan says of findings: days to put right, which office has which line, which office is the safety office."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qinqing.kernel.errors import Refused
from qinqing.people import reads as people
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.people.models import Office
    from qinqing.plan.spec import Plan, ProblemCategory

_SAFETY = "safety"
"""The line of problems whose office rechecks what is grave: in the plan the one 三、职责分工 gives 安全生产 to."""
_OTHER = "other"


@dataclass(frozen=True)
class Terms:
    """A town's plan as findings need it, and the town's offices."""

    plan: "Plan"
    offices: "tuple[Office, ...]"

    @property
    def days(self) -> int:
        """Return the calendar days a minor hazard is given, and an extension may add. Source: 附2安-(5)b."""
        return self.plan.patrol.minor_deadline.value

    @property
    def look_back_days(self) -> tuple[int, ...]:
        """Return after how many days a closed 两违 is looked at again. Source: 附2违-(2)."""
        return self.plan.limits.recheck_days.value

    @property
    def remedy_days(self) -> int:
        """Return the calendar days in which a building of grade C or D must be made safe. Source: 附3房-(2)."""
        return self.plan.patrol.building_remedy.value

    @property
    def safety_office(self) -> "Office":
        """Return the office that rechecks and closes what is grave.

        Raises:
            Refused: the plan names none, or it is not installed.
        Source: 附2安-(5)b.
        """
        line = self.plan.problem_category(_SAFETY)
        found = self.office(line.office) if line else None
        if found is None:
            raise Refused("no_safety_office", "方案里没有写明安全类问题由哪个单位负责，请先补全方案。")
        return found

    def office(self, code: str) -> "Office | None":
        """Return one of the town's offices by the plan's code."""
        return next((office for office in self.offices if office.code == code), None)

    def category(self, code: str) -> "ProblemCategory | None":
        """Return a line of problems by its code."""
        return self.plan.problem_category(code)

    def category_or_other(self, code: str) -> "ProblemCategory":
        """Return a line of problems; for an unknown code the one for everything else."""
        lines = self.plan.problem_categories
        return self.category(code) or self.category(_OTHER) or lines[-1]


def of_town(book: str, town_id: int) -> Terms:
    """Return the terms in force in a town. Two small queries."""
    return Terms(plans.current(book), tuple(people.offices(town_id, active=False)))
