"""Tables of the other contacts with enterprises, one file a topic."""

from qinqing.outreach.models.alerts import Alert, AlertFirm, AlertReply
from qinqing.outreach.models.contacts import ContactNote, Message
from qinqing.outreach.models.errands import Errand, Share
from qinqing.outreach.models.meetings import Attendance, Meeting
from qinqing.outreach.models.publicity import Batch, Material, Receipt

__all__ = [
    "Alert",
    "AlertFirm",
    "AlertReply",
    "Attendance",
    "Batch",
    "ContactNote",
    "Errand",
    "Material",
    "Meeting",
    "Message",
    "Receipt",
    "Share",
]
