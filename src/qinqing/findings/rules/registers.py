"""The ways of a building and of a 两违 on their registers: which step from where to where, and when one is late."""

from datetime import date, timedelta

from qinqing.findings.words import (
    DANGEROUS,
    BuildingState,
    BuildingStep,
    Grade,
    IllegalState,
    IllegalStep,
)
from qinqing.workdays.rules import Lamp
from qinqing.workdays.words import Tone

B, I = BuildingState, IllegalState  # noqa: E741  as short as the tables below want it

BUILDING_STARTS: dict[BuildingStep, frozenset[BuildingState]] = {
    BuildingStep.EDIT: frozenset(B),
    BuildingStep.TELL: frozenset({B.FOUND}),
    BuildingStep.APPRAISE: frozenset({B.TOLD, B.APPRAISED}),
    BuildingStep.SKIP_APPRAISAL: frozenset({B.TOLD}),
    BuildingStep.REMEDY: frozenset({B.APPRAISED}),
    BuildingStep.CLOSE: frozenset({B.REMEDIED}),
    BuildingStep.REOPEN: frozenset({B.CLOSED}),
}
ILLEGAL_STARTS: dict[IllegalStep, frozenset[IllegalState]] = {
    IllegalStep.EDIT: frozenset(I),
    IllegalStep.STOP: frozenset({I.FOUND}),
    IllegalStep.TRANSFER: frozenset({I.FOUND, I.STOPPED}),
    IllegalStep.ASSIST: frozenset({I.TRANSFERRED}),
    IllegalStep.CLEAR: frozenset({I.STOPPED, I.TRANSFERRED}),
    IllegalStep.CLOSE: frozenset({I.CLEARED}),
    IllegalStep.LOOK_BACK: frozenset({I.CLOSED}),
}
ILLEGAL_ENDS: dict[IllegalStep, IllegalState] = {
    IllegalStep.STOP: I.STOPPED,
    IllegalStep.TRANSFER: I.TRANSFERRED,
    IllegalStep.CLEAR: I.CLEARED,
    IllegalStep.CLOSE: I.CLOSED,
}
SHOWN = frozenset({IllegalStep.CLEAR})
"""Steps of a 两违 that want a picture, as its registration does. Source: 附2违-(1)b."""
OFFICES_ONLY_BUILDING = frozenset({BuildingStep.CLOSE, BuildingStep.REOPEN})
OFFICES_ONLY_ILLEGAL = frozenset({IllegalStep.CLOSE})
"""Steps an officer leaves to his village's office or to the department."""


def building_steps(state: BuildingState, *, is_officer: bool) -> list[BuildingStep]:
    """Return what may be done to a building now, the next thing first."""
    found = [step for step, starts in BUILDING_STARTS.items() if state in starts and step is not BuildingStep.EDIT]
    found = [step for step in found if not (is_officer and step in OFFICES_ONLY_BUILDING)]
    if state is B.APPRAISED:
        found.sort(key=lambda step: step is not BuildingStep.REMEDY)
    return [*found, BuildingStep.EDIT]


def illegal_steps(state: IllegalState, *, owes_look_back: bool, is_officer: bool) -> list[IllegalStep]:
    """Return what may be done to a 两违 now, the next thing first."""
    found = [step for step, starts in ILLEGAL_STARTS.items() if state in starts and step is not IllegalStep.EDIT]
    found = [step for step in found if not (is_officer and step in OFFICES_ONLY_ILLEGAL)]
    if not owes_look_back:
        found = [step for step in found if step is not IllegalStep.LOOK_BACK]
    return [*found, IllegalStep.EDIT]


def remedy_due(grade: Grade, appraised_on: date, days: int) -> date | None:
    """Return until when a building must be made safe; None where its grade asks for nothing. Source: 附3房-(2)."""
    return appraised_on + timedelta(days=days) if grade in DANGEROUS else None


def look_backs(closed_on: date, days: tuple[int, ...]) -> list[date]:
    """Return when a closed 两违 is looked at again. Source: 附2违-(2)."""
    return [closed_on + timedelta(days=n) for n in days]


def building_lamp(state: BuildingState, due_on: date | None, today: date) -> Lamp:
    """Return the lamp of a building: grade C or D without a remedy within the limit is red. Source: 附3房-(2)."""
    if state is B.CLOSED:
        return Lamp(Tone.CALM, "已销号")
    if state is not B.APPRAISED or due_on is None:
        return Lamp(Tone.SOON if state is B.FOUND else Tone.OK, state.label)
    left = (due_on - today).days
    if left < 0:
        return Lamp(Tone.LATE, f"整治超期{-left}天")
    return Lamp(Tone.SOON, "今天到期" if left == 0 else f"剩{left}天")


def illegal_lamp(state: IllegalState, next_look_back: date | None, today: date) -> Lamp:
    """Return the lamp of a 两违: a look back that is due is red. Source: 附2违-(2)."""
    if state is not I.CLOSED:
        return Lamp(Tone.LATE if state is I.FOUND else Tone.SOON, state.label)
    if next_look_back is None:
        return Lamp(Tone.CALM, "已销号")
    left = (next_look_back - today).days
    if left < 0:
        return Lamp(Tone.LATE, f"回头看超期{-left}天")
    if left == 0:
        return Lamp(Tone.SOON, "今天回头看")
    return Lamp(Tone.CALM, f"{next_look_back.month}月{next_look_back.day}日回头看")
