"""Telling and sending: the inboxes are filled from the ledger, letters leave when they may."""

from qinqing.notices.actions.delivering import LEASE, MOST_TRIES, deliver
from qinqing.notices.actions.own import choose, claim, finish, mark_read
from qinqing.notices.actions.robots import add_robot, end_robot, retry, try_robot
from qinqing.notices.actions.telling import pump

__all__ = [
    "LEASE",
    "MOST_TRIES",
    "add_robot",
    "choose",
    "claim",
    "deliver",
    "end_robot",
    "finish",
    "mark_read",
    "pump",
    "retry",
    "try_robot",
]
