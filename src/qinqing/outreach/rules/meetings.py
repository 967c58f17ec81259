"""How an enterprise or an officer stands with the meetings of a year."""

from datetime import date

from qinqing.workdays.rules import Lamp
from qinqing.workdays.words import Tone

_QUARTERS = 4


def progress(done: int, wanted: int, *, year: int, today: date) -> Lamp:
    """Say how many of a year's meetings there were, and whether the rest can still be held at one a quarter.

    In December whatever is missing is red; so is what is over.

    Source: 附2安-(4)a.
    """
    missing = wanted - done
    if missing <= 0:
        return Lamp(Tone.OK, f"{done}次，已满")
    words = f"{done}次，差{missing}次"
    if today.year > year:
        return Lamp(Tone.LATE, words)
    if today.year < year:
        return Lamp(Tone.CALM, words)
    quarters_left = _QUARTERS - (today.month - 1) // 3
    if missing > quarters_left * wanted / _QUARTERS or today.month == 12:
        return Lamp(Tone.LATE, words)
    in_last_month = today.month % 3 == 0
    return Lamp(Tone.SOON if in_last_month and missing >= quarters_left * wanted / _QUARTERS else Tone.CALM, words)
