"""Tables of the cases. One file a topic; Django finds them here."""

from qinqing.cases.models.account import Balance, Holding, Serial, Tally
from qinqing.cases.models.case import Case, Involvement, Problem
from qinqing.cases.models.records import (
    Attachment,
    Extension,
    Feedback,
    Instruction,
    LookBack,
    Rating,
    Recheck,
    SavedView,
    Suspension,
    Upward,
    Urge,
)
from qinqing.cases.models.task import Task

__all__ = [
    "Attachment",
    "Balance",
    "Case",
    "Extension",
    "Feedback",
    "Holding",
    "Instruction",
    "Involvement",
    "LookBack",
    "Problem",
    "Rating",
    "Recheck",
    "SavedView",
    "Serial",
    "Suspension",
    "Tally",
    "Task",
    "Upward",
    "Urge",
]
