"""Words of the quick report: what harm is known, what is noted afterwards, who is told. What happened is the plan's own list."""

from qinqing.kernel.choices import Words


class Casualties(Words):
    """What is known of people. Not knowing is an answer: nobody waits for it."""

    UNKNOWN = "unknown", "情况不明"
    NONE = "none", "无人员伤亡"
    INJURED = "injured", "有人受伤"
    TRAPPED = "trapped", "有人被困"
    DEAD = "dead", "有人死亡"


class LineKind(Words):
    """What a line of the report's log is about."""

    MEASURE = "measure", "现场处置"
    ARRIVED = "arrived", "到场"
    UPWARD = "upward", "上报上级"
    AFTERCARE = "aftercare", "善后"
    CLOSED = "closed", "处置结束"


NOTED = (LineKind.MEASURE, LineKind.UPWARD, LineKind.AFTERCARE)
"""Kinds of line that people write themselves."""


class Why(Words):
    """As what somebody is told."""

    SAFETY = "safety", "镇安委办（综执安监办）"
    HUB = "hub", "中转站"
    COMMUNITY = "community", "属地村（社区）负责人"
    LEADER = "leader", "分管、蹲点领导"
    OFFICER = "officer", "联系网格员"
