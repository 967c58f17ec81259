"""Which folder takes in which kind of record. A kind without a row is kept and shown to the office as unknown."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from qinqing.evidence.words import Body, Flag, Record
from qinqing.field.words import Kind
from qinqing.kernel.actor import Actor


class Handler(Protocol):
    """What each of them is: called once, in the transaction that stores the record."""

    def __call__(self, data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
        """Take a record in; return what is questionable about it.

        Raises:
            Refused: it cannot be entered as it stands. NotYet: what it refers to has not arrived.
            ValueError, KeyError, TypeError: its shape is not what the protocol says.
        """
        ...


HANDLERS: dict[str, str] = {
    Kind.VISIT: "qinqing.patrol.actions:take_in",
    Kind.FINDING_EVENT: "qinqing.findings.actions:take_in",
    Kind.DEMAND: "qinqing.outreach.actions:take_in_demand",
    Kind.CONTACT: "qinqing.outreach.actions:take_in_contact",
    Kind.MEETING: "qinqing.outreach.actions:take_in_meeting",
    Kind.PUBLICITY: "qinqing.outreach.actions:take_in_publicity",
    Kind.ALERT: "qinqing.outreach.actions:take_in_alert",
    Kind.TASK: "qinqing.outreach.actions:take_in_task",
    Kind.ACCIDENT: "qinqing.outreach.actions:take_in_accident",
    Kind.FACTS: "qinqing.outreach.actions:take_in_facts",
    Kind.AMENDMENT: "qinqing.field.actions.amending:take_in",
}


def handler_of(kind: str) -> Handler | None:
    """Return the function that takes this kind in, None where this version has none."""
    where = HANDLERS.get(kind)
    if where is None:
        return None
    module, _, name = where.partition(":")
    try:
        found: Callable[..., list[Flag]] | None = getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None
    return cast("Handler | None", found)
