"""The form of a plan: what a town's file must hold, as frozen objects. The file itself explains each part in 中文.

Every rule names its clause and the clause must exist. References between the parts are checked in `checks`; the field's
part is in `field_spec`. A field added after the first release needs a default: versions loaded earlier are read with
the newer form.
"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from qinqing.plan.field_spec import FieldRules
from qinqing.plan.form import (
    ClauseId,
    ClockTime,
    Code,
    DayOfYear,
    Form,
    Limit,
    Name,
    Note,
    RepeatedLimit,
    Sentence,
    Short,
    SomeReasons,
)
from qinqing.plan.ladder_spec import HOUSE_LADDER, HOUSE_TELLING, Ladder, Telling
from qinqing.plan.standings_spec import HOUSE_STANDINGS, Standings
from qinqing.plan.words import DeadlinePolicy, DefaultRoute
from qinqing.workdays.rules import OfficeHours, hours_from


class TownSpec(Form):
    """The town the plan is for; its code names the ledger book."""

    code: Annotated[Code, Field(max_length=20)]
    name: Annotated[Name, Field(max_length=50)]
    short: Short
    is_demo: bool = False


class Duty(Form):
    """One duty of an office, in the plan's own words."""

    clause: ClauseId
    text: Sentence


class OfficeSpec(Form):
    """A unit of the town; `is_outpost` marks one that a higher bureau sends (派驻机构)."""

    code: Code
    kind: Literal["hub", "department", "leadership", "supervision", "administration"]
    name: Name
    short: Short
    is_outpost: bool = False
    duties: tuple[Duty, ...] = ()


class CommunitySpec(Form):
    """A village or community; `is_area` marks a management area that is neither but works like one."""

    code: Code
    kind: Literal["community"] = "community"
    name: Name
    short: Short
    is_area: bool = False
    is_outpost: Literal[False] = False


class ParkSpec(Form):
    """An industrial park and the communities it stands in; empty where not known."""

    code: Code
    name: Name
    communities: tuple[Code, ...] = ()
    clause: ClauseId = "二(三)-4"


class Topic(Form):
    """What a matter is about, who usually handles it and how it usually goes.

    `office` is an office's code, or "community" for the enterprise's own 属地. `keywords` feed suggestions.
    `is_restricted`: who complained is visible to the handling office alone.
    """

    code: Code
    name: Short
    group: Short
    kinds: Annotated[tuple[Literal["demand", "problem"], ...], Field(min_length=1, max_length=2)]
    office: Code
    route: DefaultRoute
    clause: ClauseId
    keywords: Annotated[tuple[Short, ...], Field(min_length=1)]
    is_restricted: bool = False


class ProblemCategory(Form):
    """A line of suspected violations and the office competent for it.

    `rechecks`: 回头看 after write-off; `needs_photo`: a report without a picture is no evidence.
    """

    code: Code
    name: Short
    office: Code
    clause: ClauseId
    rechecks: bool = False
    needs_photo: bool = False
    is_restricted: bool = False


class Limits(Form):
    """All time limits, in the order of a matter's way."""

    demand_close: Limit
    demand_max: Limit
    problem_close: Limit
    hub_accept_hours: Limit
    hub_dispatch_hours: Limit
    sign: Limit
    return_: Limit = Field(alias="return")
    upward_progress: Limit
    redo: Limit
    rate_days: Limit
    supervise_reply: Limit
    recheck_days: RepeatedLimit
    soon: Limit


class SeasonHours(Form):
    """Office hours from a day of the year until the next season begins; the last one runs on over New Year."""

    from_: DayOfYear = Field(alias="from")
    opens: ClockTime
    noon_from: ClockTime
    noon_to: ClockTime
    closes: ClockTime
    provisional: bool = False
    note: Note = ""


class Reasons(Form):
    """Why an office returns, asks more time, declines; why a leader suspends, the hub reopens, a matter is key."""

    return_: SomeReasons = Field(alias="return")
    extension: SomeReasons
    decline: SomeReasons
    suspension: SomeReasons
    reopening: SomeReasons
    key: SomeReasons


class Superior(Form):
    """A body of a higher level that an office may submit to: a suggestion, other names may be typed."""

    code: Code
    name: Name
    offices: Annotated[tuple[Code, ...], Field(min_length=1)]


class OfficerDuties(Form):
    """A row of the annex: what grid officers do for one office's line."""

    code: Code
    office: Code
    clause: ClauseId
    name: Sentence
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]


class Plan(FieldRules):
    """A town's plan. Look things up with the methods below rather than by position."""

    title: Name
    campaign_title: Name
    town: TownSpec
    deadline_policy: DeadlinePolicy
    offices: Annotated[tuple[OfficeSpec, ...], Field(min_length=1)]
    community_duties: Annotated[tuple[Duty, ...], Field(min_length=1)]
    communities: Annotated[tuple[CommunitySpec, ...], Field(min_length=1)]
    parks: tuple[ParkSpec, ...]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    problem_categories: Annotated[tuple[ProblemCategory, ...], Field(min_length=1)]
    limits: Limits
    ladder: Ladder = HOUSE_LADDER
    telling: Telling = HOUSE_TELLING
    standings: Standings = HOUSE_STANDINGS
    office_hours: Annotated[tuple[SeasonHours, ...], Field(min_length=1, max_length=12)]
    reasons: Reasons
    superiors: tuple[Superior, ...] = ()
    officer_duties: tuple[OfficerDuties, ...] = ()

    @property
    def all_offices(self) -> tuple[OfficeSpec | CommunitySpec, ...]:
        """Return offices, then communities, in the plan's order: what a town is installed with."""
        return (*self.offices, *self.communities)

    @cached_property
    def hours(self) -> OfficeHours:
        """Return the office hours in the form the working days count with."""
        return hours_from(self.office_hours)

    @property
    def hub(self) -> OfficeSpec:
        """Return the 中转站. Source: 二(二)0-1."""
        return next(office for office in self.offices if office.kind == "hub")

    def office(self, code: str) -> OfficeSpec | CommunitySpec | None:
        """Return an office or community by its code, None if this version has none."""
        return next((office for office in self.all_offices if office.code == code), None)

    def duties_of(self, code: str) -> tuple[Duty, ...]:
        """Return an office's duties; every community has the same."""
        found = self.office(code)
        return found.duties if isinstance(found, OfficeSpec) else self.community_duties if found else ()

    def topic(self, code: str) -> Topic | None:
        """Return a topic by its code, None if this version has none."""
        return next((topic for topic in self.topics if topic.code == code), None)

    def topics_for(self, kind: Literal["demand", "problem"]) -> tuple[Topic, ...]:
        """Return the topics for "demand" or "problem", in the plan's order."""
        return tuple(topic for topic in self.topics if kind in topic.kinds)

    def problem_category(self, code: str) -> ProblemCategory | None:
        """Return a line of problems by its code, None if this version has none."""
        return next((line for line in self.problem_categories if line.code == code), None)

    def superiors_for(self, office_code: str) -> tuple[Superior, ...]:
        """Return the higher bodies suggested to an office. Source: 二(二)1-诉求-上报."""
        return tuple(body for body in self.superiors if office_code in body.offices)
