"""Everything that changes the other contacts with enterprises: one file a topic, and in `taking` what the phones bring."""

from qinqing.outreach.actions.taking.accident import take_in_accident
from qinqing.outreach.actions.taking.alert import take_in_alert
from qinqing.outreach.actions.taking.contact import take_in_contact
from qinqing.outreach.actions.taking.demand import take_in_demand
from qinqing.outreach.actions.taking.facts import take_in_facts
from qinqing.outreach.actions.taking.meeting import take_in_meeting
from qinqing.outreach.actions.taking.publicity import take_in_publicity
from qinqing.outreach.actions.taking.task import take_in_task

__all__ = [
    "take_in_accident",
    "take_in_alert",
    "take_in_contact",
    "take_in_demand",
    "take_in_facts",
    "take_in_meeting",
    "take_in_publicity",
    "take_in_task",
]
