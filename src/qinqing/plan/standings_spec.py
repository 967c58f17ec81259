"""The red and black lists' part of a plan: how offices are measured by what came of their matters, never by how busy they were.

All of it has a default, so that versions of the plan loaded before the lists were built stay readable. Points are whole
numbers; "half a point each" is written one point for every two.
"""

from typing import Annotated, Literal

from pydantic import Field

from qinqing.plan.form import ClauseId, Form, Limit, Note, Short
from qinqing.plan.words import LimitUnit

Points = Annotated[int, Field(ge=0, le=100)]
Indicator = Literal["signed", "in_time", "solved", "satisfied"]
Fault = Literal["late", "overruled", "reopened", "supervised", "supervised_again", "false_finish"]
Merit = Literal["typical", "helped"]


class Weight(Form):
    """One of the rates and what it is worth. `signed` is for the hub its own: 接办 in time."""

    rate: Indicator
    points: Points


class Deduction(Form):
    """What each matter of a kind takes off; `cap` 0 is no upper end."""

    fault: Fault
    points: Points
    cap: Points = 0


class Bonus(Form):
    """What is added: `points` for every `every` of a kind, `cap` at most."""

    merit: Merit
    points: Points
    every: Annotated[int, Field(ge=1, le=20)] = 1
    cap: Points


class Veto(Form):
    """A finding that keeps an office off the red list; supervision decides that it holds."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)]
    name: Short


class Standings(Form):
    """The scheme.

    Attributes:
        weights: of the four rates, 100 together.
        minimum: fewer matters due than this are no sample: not ranked, on neither list.
        red_from, red_places: points and rank within the group that bring an office on the red list.
        black_below: fewer points than this bring it on the black list; so do 督办二级 and 虚假办结. It has no quota.
        outposts_ranked: whether outposts of higher bureaus are ranked, or only told of.
        appeal: how long an office may object.
    """

    clause: ClauseId = "三要(三)-2"
    note: Note = ""
    weights: Annotated[tuple[Weight, ...], Field(min_length=1, max_length=4)]
    deductions: tuple[Deduction, ...]
    bonuses: tuple[Bonus, ...]
    vetoes: tuple[Veto, ...]
    minimum: Annotated[int, Field(ge=1, le=100)]
    red_from: Points
    red_places: Annotated[int, Field(ge=1, le=20)]
    black_below: Points
    outposts_ranked: bool = False
    appeal: Limit


HOUSE_STANDINGS = Standings(
    note="只看办理结果，不看登录、在线、走访次数；不足5件的不排名；派驻机构只通报不排名；黑榜可以空缺",
    weights=(
        Weight(rate="signed", points=20),
        Weight(rate="in_time", points=30),
        Weight(rate="solved", points=25),
        Weight(rate="satisfied", points=25),
    ),
    deductions=(
        Deduction(fault="late", points=1, cap=10),
        Deduction(fault="overruled", points=1),
        Deduction(fault="reopened", points=1),
        Deduction(fault="supervised", points=2),
        Deduction(fault="supervised_again", points=5),
        Deduction(fault="false_finish", points=5),
    ),
    bonuses=(
        Bonus(merit="typical", points=2, cap=4),
        Bonus(merit="helped", points=1, every=2, cap=2),
    ),
    vetoes=(
        Veto(code="integrity", name="廉洁问题查实"),
        Veto(code="accident", name="因履职不力致事故被认定"),
    ),
    minimum=5,
    red_from=95,
    red_places=3,
    black_below=75,
    appeal=Limit(
        value=3,
        unit=LimitUnit.WORKING_DAYS,
        clause="三要(三)-2",
        editable=True,
        provisional=True,
        note="单位收到结果后几个工作日内可以申诉",
    ),
)
"""What holds where a plan says nothing of the lists. Source: 三要(三)-2; domain §3.8."""
