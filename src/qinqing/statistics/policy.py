"""Whose figures a person sees: a town's readers and its leaders all of them, an office its own. The cases behind are asked anew."""

from qinqing.kernel.actor import Actor
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, Role


def sees_town(by: Actor) -> bool:
    """Say whether somebody sees the figures of every office and of the town; anybody else sees his own office's."""
    return by.post in EVERYTHING_ROLES or by.post == Role.LEADER or by.is_system


def require(by: Actor) -> None:
    """Let pass only who may read statistics.

    Raises:
        NotAllowed: the post carries no right to the book.
    """
    rights.require(by, Right.READ_LEDGER)
