"""Who acts when a command is typed: the system, at the console, under the name of the machine's user."""

import getpass
from dataclasses import replace

from qinqing.kernel.actor import Actor
from qinqing.people import reads as people


def operator(town_code: str) -> Actor:
    """Return the actor for commands of one town; the ledger shows which user of the machine typed them.

    Raises:
        NotFound: no town has that code.
    """
    town = people.town(town_code)
    actor = Actor.system(f"命令行（{_user()}）", town_id=town.pk, book=town.code)
    return replace(actor, via="cli")


def machine() -> Actor:
    """Return the actor for what concerns no single town, such as the nationwide calendar. It may not write to a ledger."""
    return replace(Actor.system(f"命令行（{_user()}）", town_id=0, book=""), via="cli")


def _user() -> str:
    """Return the machine's user name; a container may run under a number that has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未知"
