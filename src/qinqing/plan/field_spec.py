"""The field's part of a plan: which checklists, how often, when more, when not, and what the officers choose from.

All of it has a default, so that versions of the plan that were loaded before the field was built stay readable.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from qinqing.plan.form import (
    ClauseId,
    Code,
    DayOfYear,
    DayOfYearOrNone,
    Form,
    Limit,
    Name,
    Note,
    Reason,
    Sentence,
    Short,
)
from qinqing.plan.words import LimitUnit, Period


def _day(value: str) -> str:
    try:
        if len(value) != 10:
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", '应为加引号的日期，例如 "2027-02-06"') from None
    return value


def _list_code(value: str) -> str:
    if not (value.isascii() and value.isalnum() and value.upper() == value and value[0].isalpha()):
        raise PydanticCustomError("list_code", "清单代码只用大写字母和数字，以字母开头，例如 F4")
    return value


ListCode = Annotated[str, Field(min_length=1, max_length=8), AfterValidator(_list_code)]
Day = Annotated[str, AfterValidator(_day)]
Phone = Annotated[str, Field(pattern=r"^[0-9-]{0,20}$")]
ScaleCode = Literal["unknown", "above", "below", "small", "non_industrial"]
Times = Annotated[int, Field(ge=1, le=31)]


class ListSpec(Form):
    """A checklist of the town: F4 is 附件4. A failed item becomes a problem of `category` unless the officer says otherwise.

    `photo_wanted`: pictures are evidence in this line (两违); nowhere else may a list demand one.
    """

    code: ListCode
    name: Name
    short: Short
    category: Code
    clause: ClauseId
    photo_wanted: bool = False


class Frequency(Form):
    """How often lists fall due: `times` in each `period`. `provisional`: the plan gives no number (暂定)."""

    period: Period = Period.QUARTER
    times: Times = 1
    frequency_clause: ClauseId
    provisional: bool = False


class ChecklistSet(Frequency):
    """The lists of one class of enterprise. A 重点 set is for every scale; the others for the scales they name."""

    code: Code
    name: Short
    is_key: bool = False
    scales: tuple[ScaleCode, ...] = ()
    checklists: Annotated[tuple[ListCode, ...], Field(min_length=1)]
    clause: ClauseId

    def fits(self, scale: str, is_key: bool) -> bool:
        """Say whether an enterprise of this scale and standing belongs to the class."""
        return self.is_key if is_key else not self.is_key and scale in self.scales


class ChecklistAddon(Frequency):
    """A list on top of the class's own for enterprises with any of these traits (codes of tags); none named: for all."""

    code: Code
    name: Short
    traits: tuple[Code, ...] = ()
    checklists: Annotated[tuple[ListCode, ...], Field(min_length=1)]
    clause: ClauseId

    def fits(self, traits: Collection[str]) -> bool:
        """Say whether an enterprise with these traits needs it."""
        return not self.traits or any(trait in traits for trait in self.traits)


class DayRange(Form):
    """Days from `from` to `to`, both included: a period that lies elsewhere each year."""

    from_: Day = Field(alias="from")
    to: Day


class Window(Form):
    """A stretch of days that comes every year, `from` to `to` (both included, over New Year if `to` is earlier).

    `dates` say it exactly for the years they begin in, such as the Spring Festival's.
    """

    code: Code
    name: Short
    from_: DayOfYearOrNone = Field(default="", alias="from")
    to: DayOfYearOrNone = ""
    dates: tuple[DayRange, ...] = ()
    clause: ClauseId
    provisional: bool = False
    note: Note = ""

    def window(self, year: int) -> tuple[date, date] | None:
        """Return first and last day of the stretch that begins in a year, None if there is none."""
        for days in self.dates:
            if days.from_.startswith(f"{year:04}-"):
                return date.fromisoformat(days.from_), date.fromisoformat(days.to)
        if not (self.from_ and self.to):
            return None
        end = year + (self.to < self.from_)
        return date.fromisoformat(f"{year:04}-{self.from_}"), date.fromisoformat(f"{end:04}-{self.to}")

    def between(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield every stretch that touches the days from `first` to `last`, whole, in order."""
        for year in range(first.year - 1, last.year + 1):
            found = self.window(year)
            if found and found[0] <= last and found[1] >= first:
                yield found

    def holds(self, day: date) -> bool:
        """Say whether a day lies within."""
        return next(self.between(day, day), None) is not None


class SpecialPeriod(Window):
    """特殊时段: `extra` visits with the lists of these `sets` (none named: of every class) fall due within it."""

    extra: Times = 1
    sets: tuple[Code, ...] = ()


class QuietDays(Window):
    """宁静日: days without ordinary visits, as a stretch of the year or as days of every month; `parks` none: everywhere."""

    month_from: Annotated[int, Field(ge=0, le=31)] = 0
    month_to: Annotated[int, Field(ge=0, le=31)] = 0
    parks: tuple[Code, ...] = ()

    def holds(self, day: date) -> bool:
        """Say whether a day lies within."""
        return self.month_from <= day.day <= self.month_to or super().holds(day)


class VisitNature(Form):
    """What an officer comes for.

    `fulfils`: its lists count towards what is due. `guarded`: counted by the frequency guard and kept out of quiet days.
    """

    code: Code
    name: Short
    clause: ClauseId
    fulfils: bool = True
    guarded: bool = True
    hint: Note = ""


class EmergencyPhone(Form):
    """A number to call first; an empty one is still to be told by the town and is not shown to officers."""

    code: Code
    name: Short
    phone: Phone
    clause: ClauseId
    provisional: bool = False
    note: Note = ""


class Patrol(Form):
    """The numbers of the officers' duties."""

    late_alert: Limit
    late_received: Limit
    minor_deadline: Limit
    building_remedy: Limit
    meetings_per_year: Limit
    visits_per_month: Limit
    visits_per_year: Limit
    joint_window: Limit
    emission_reply: Limit
    self_monitoring: Limit
    self_monitoring_from: DayOfYear


def _number(value: int, unit: LimitUnit, clause: str, *, plans_own: bool = False) -> Limit:
    return Limit(value=value, unit=unit, clause=clause, editable=not plans_own, provisional=not plans_own)


HOUSE = Patrol(
    late_alert=_number(15, LimitUnit.CALENDAR_DAYS, "附2安-(3)b"),
    late_received=_number(5, LimitUnit.CALENDAR_DAYS, "附2安-(3)b"),
    minor_deadline=_number(15, LimitUnit.CALENDAR_DAYS, "附2安-(5)b"),
    building_remedy=_number(30, LimitUnit.CALENDAR_DAYS, "附3房-(2)"),
    meetings_per_year=_number(4, LimitUnit.TIMES, "附2安-(4)a", plans_own=True),
    visits_per_month=_number(2, LimitUnit.TIMES, "三要(四)-3"),
    visits_per_year=_number(12, LimitUnit.TIMES, "三要(四)-3"),
    joint_window=_number(10, LimitUnit.WORKING_DAYS, "三要(四)-3"),
    emission_reply=_number(2, LimitUnit.HOURS, "附2环-(5)"),
    self_monitoring=_number(1, LimitUnit.TIMES, "附2环-(6)a"),
    self_monitoring_from="10-01",
)
"""What holds where a plan says nothing of the field."""


class FieldRules(Form):
    """The field's part of `Plan`."""

    checklists: tuple[ListSpec, ...] = ()
    checklist_sets: tuple[ChecklistSet, ...] = ()
    checklist_addons: tuple[ChecklistAddon, ...] = ()
    special_periods: tuple[SpecialPeriod, ...] = ()
    quiet_days: tuple[QuietDays, ...] = ()
    quiet_exceptions: tuple[Reason, ...] = ()
    patrol: Patrol = HOUSE
    visit_natures: tuple[VisitNature, ...] = ()
    meeting_topics: tuple[Reason, ...] = ()
    emergency_phones: tuple[EmergencyPhone, ...] = ()
    accident_kinds: tuple[Reason, ...] = ()
    alert_levels: tuple[Reason, ...] = ()
    advice_phrases: tuple[Sentence, ...] = ()

    def checklist(self, code: str) -> ListSpec | None:
        """Return a checklist of the plan by its code, None if this version has none."""
        return next((one for one in self.checklists if one.code == code), None)

    def special_periods_between(self, first: date, last: date) -> list[tuple[SpecialPeriod, date, date]]:
        """Return (period, its first day, its last day) of every special period that touches these days, in order.

        Source: 附2安-(3)b, 附2安-(3)d.
        """
        found = [(one, *days) for one in self.special_periods for days in one.between(first, last)]
        return sorted(found, key=lambda each: (each[1], each[2], each[0].code))

    def quiet_on(self, day: date, park: str = "") -> QuietDays | None:
        """Return the quiet days that a day lies in for an enterprise of a park ("" none), or None. Source: 三要(四)-3."""
        return next(
            (one for one in self.quiet_days if (not one.parks or park in one.parks) and one.holds(day)),
            None,
        )

    def visit_nature(self, code: str) -> VisitNature | None:
        """Return the nature of a visit by its code, None if this version has none."""
        return next((one for one in self.visit_natures if one.code == code), None)
