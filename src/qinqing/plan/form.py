"""What every part of a plan's file is made of: exact words and numbers, limits, and lists of reasons to choose from."""

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from qinqing.kernel.text import clean
from qinqing.plan import clauses
from qinqing.plan.words import LimitUnit

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _tidy(text: str) -> str:
    if clean(text) != text:
        raise PydanticCustomError("untidy", "不要有首尾空格或看不见的控制字符")
    return text


def _known_clause(id_: str) -> str:
    if not clauses.exists(id_):
        raise PydanticCustomError("clause", "应为方案里有的条款编号，例如 二(四)-4（全部编号见 docs/plan.md）")
    return id_


def _clock_time(value: Any) -> Any:
    if not (isinstance(value, str) and _TIME.fullmatch(value)):
        raise PydanticCustomError("clock_time", '应为加引号的时刻，例如 "08:30"')
    return time.fromisoformat(value)


def _day_of_year(value: str) -> str:
    try:
        date.fromisoformat(f"2001-{value}")  # not a leap year: 29 February cannot open a season
    except ValueError:
        raise PydanticCustomError("day_of_year", '应为加引号的月-日，例如 "06-01"') from None
    return value


Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_tidy)]
Short = Annotated[str, Field(min_length=1, max_length=20), AfterValidator(_tidy)]
Sentence = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(_tidy)]
Note = Annotated[str, Field(max_length=400), AfterValidator(_tidy)]
ClauseId = Annotated[str, AfterValidator(_known_clause)]
ClockTime = Annotated[
    time, BeforeValidator(_clock_time), PlainSerializer(lambda at: at.strftime("%H:%M"), when_used="json")
]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
DayOfYearOrNone = Annotated[str, AfterValidator(lambda value: value and _day_of_year(value))]


class Form(BaseModel):
    """Frozen, exact in types, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LimitRules(Form):
    """What every limit says of itself. `editable`: the town may set it; otherwise it is the plan's own number."""

    unit: LimitUnit
    clause: ClauseId
    editable: bool
    provisional: bool = False
    note: Note = ""


class Limit(LimitRules):
    """A time limit; `provisional` is 暂定: the plan gives no number, this one holds until the town says otherwise."""

    value: Annotated[int, Field(ge=0, le=366)]


class RepeatedLimit(LimitRules):
    """A limit that comes round several times, e.g. 30 and 90 days after write-off."""

    value: Annotated[tuple[Annotated[int, Field(ge=1, le=366)], ...], Field(min_length=1, max_length=6)]


class Reason(Form):
    """An entry of a list people choose from. `hint` tells what to do or where to go instead."""

    code: Code
    name: Annotated[Short, Field(max_length=40)]
    clause: ClauseId
    hint: Note = ""
    needs_basis: bool = False
    proposes_consultation: bool = False


SomeReasons = Annotated[tuple[Reason, ...], Field(min_length=1)]
