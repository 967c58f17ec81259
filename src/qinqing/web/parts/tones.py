"""Which tones there are, and what a part says to the author of a template that asks for another."""

from collections.abc import Sequence

LAMPS = ("ok", "soon", "late", "calm")
NOTES = ("", *LAMPS)
BUTTONS = ("", "main", "danger", "quiet")


class Part(ValueError):  # noqa: N818  a fault of the template, told to its author
    """A part was given something it does not have, e.g. a tone."""


def one_of(what: str, given: str, allowed: Sequence[str]) -> str:
    """Return what was given if the part has it.

    Raises:
        Part: it has not.
    """
    if str(given) not in allowed:
        raise Part(f"{what}: {given!r}; there is {', '.join(repr(one) for one in allowed)}")
    return str(given)
