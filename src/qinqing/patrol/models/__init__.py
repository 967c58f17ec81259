"""Tables of the patrol."""

from qinqing.patrol.models.duties import Duty
from qinqing.patrol.models.plans import InspectionReference, PlannedVisit
from qinqing.patrol.models.visits import Amendment, Answer, ChecklistRun, Visit

__all__ = ["Amendment", "Answer", "ChecklistRun", "Duty", "InspectionReference", "PlannedVisit", "Visit"]
