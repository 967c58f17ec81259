"""Which folder takes in which kind of record. A kind without a row is kept and shown to the office as unknown."""

from datetime import datetime
from typing import Protocol

from qinqing.evidence.words import Body, Flag, Record
from qinqing.field.actions import amending
from qinqing.field.words import Kind
from qinqing.findings import actions as findings
from qinqing.kernel.actor import Actor
from qinqing.outreach import actions as outreach
from qinqing.patrol import actions as patrol


class Handler(Protocol):
    """What each of them is: called once, in the transaction that stores the record."""

    def __call__(self, data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
        """Take a record in; return what is questionable about it.

        Raises:
            Refused: it cannot be entered as it stands. NotYet: what it refers to has not arrived.
            ValueError, KeyError, TypeError: its shape is not what the protocol says.
        """
        ...


HANDLERS: dict[str, Handler] = {
    Kind.VISIT: patrol.take_in,
    Kind.FINDING_EVENT: findings.take_in,
    Kind.DEMAND: outreach.take_in_demand,
    Kind.CONTACT: outreach.take_in_contact,
    Kind.MEETING: outreach.take_in_meeting,
    Kind.PUBLICITY: outreach.take_in_publicity,
    Kind.ALERT: outreach.take_in_alert,
    Kind.TASK: outreach.take_in_task,
    Kind.ACCIDENT: outreach.take_in_accident,
    Kind.FACTS: outreach.take_in_facts,
    Kind.AMENDMENT: amending.take_in,
}
