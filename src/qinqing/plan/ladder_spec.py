"""The ladder's part of a plan: when a matter is reminded of, urged, supervised; when people may be disturbed at all.

All of it has a default, so that versions of the plan that were loaded before the ladder was built stay readable.
"""

from typing import Literal

from qinqing.plan.form import ClauseId, ClockTime, Form, Limit, RepeatedLimit
from qinqing.plan.words import LimitUnit


class Ladder(Form):
    """提醒 → 催办 → 督办一级 → 督办二级, in working days.

    `automatic`: the rungs the system climbs by itself; the others it proposes, a person decides. Nobody is ever punished
    by it.
    """

    remind: RepeatedLimit
    urge_overdue: Limit
    urge_reply: Limit
    supervise_overdue: Limit
    supervise_dissatisfied: Limit
    again_after: Limit
    automatic: tuple[Literal["urge", "supervise", "supervise_2"], ...] = ("urge",)


class Telling(Form):
    """When people are told outside the system: nobody at night, everything else of a day in one morning letter."""

    quiet_from: ClockTime
    quiet_to: ClockTime
    digest_at: ClockTime
    clause: ClauseId


def _days(value: int, clause: str, note: str, unit: LimitUnit = LimitUnit.WORKING_DAYS) -> Limit:
    return Limit(value=value, unit=unit, clause=clause, editable=True, provisional=True, note=note)


HOUSE_LADDER = Ladder(
    remind=RepeatedLimit(
        value=(1, 2),
        unit=LimitUnit.WORKING_DAYS,
        clause="二(二)1-诉求-跟进",
        editable=True,
        provisional=True,
        note="剩这几个工作日时各提醒一次经办人和单位负责人",
    ),
    urge_overdue=_days(1, "二(二)1-诉求-跟进", "超期满几个工作日，由中转站催办"),
    urge_reply=_days(1, "二(二)1-诉求-跟进", "收到催办后几个工作日内回复"),
    supervise_overdue=_days(3, "三要(三)-1", "超期满几个工作日，提请督办一级"),
    supervise_dissatisfied=_days(2, "三要(三)-1", "企业第几次不满意，提请督办一级", LimitUnit.TIMES),
    again_after=_days(5, "三要(三)-1", "督办一级后超过几个工作日仍未办结，提请督办二级"),
)
"""What holds where a plan says nothing of the ladder."""

HOUSE_TELLING = Telling.model_validate(
    {"quiet_from": "21:00", "quiet_to": "07:30", "digest_at": "08:45", "clause": "三要(四)-1"}
)
"""When people are told where a plan does not say it. Source: 三要(四)-1 (不以打扰充当落实)."""
